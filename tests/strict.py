"""A test client that reads every answer as a strict browser, a screen reader and a reviewer would."""

import functools
import re
from contextlib import nullcontext
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.db import connection
from django.http import HttpResponse
from django.test import Client

MAY_BE_WRITTEN = ("django_session", "cache", "usersessions_usersession")
TARGET = re.compile(r"\b(?:INTO|UPDATE|FROM)\s+[\"`]?(\w+)", re.IGNORECASE)
STRAY = re.compile(r"\{\{|\{%|%\}|\{#|\}\}")
DATA_SCRIPTS = frozenset({"application/ld+json", "application/json"})
TYPED_WITHOUT_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})


class PageFault(AssertionError):
    """A page is not what a page must be."""


class StrictClient(Client):
    """Checks every HTML answer, and that reading changes nothing."""

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        reads = method in ("GET", "HEAD")
        with connection.execute_wrapper(_refuse_writes) if reads else nullcontext():
            response = super().generic(method, path, *args, **kwargs)
        check(response, path)
        return response


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", sql, re.IGNORECASE):
        target = TARGET.search(sql)
        if target is None or target[1] not in MAY_BE_WRITTEN:
            raise PageFault(f"reading a page wrote: {sql[:200]}")
    return execute(sql, params, many, context)


def check(response: HttpResponse, path: str) -> None:
    """Raise PageFault if this answer is an HTML page, or part of one, with a fault."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    if response.get("Content-Encoding") or not response.content:
        return
    text = response.content.decode("utf-8")
    faults = _faults(re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r'\1"-"', text))
    if faults:
        raise PageFault(f"{path}: " + "; ".join(faults[:8]))


@functools.lru_cache(maxsize=256)
def _faults(text: str) -> tuple[str, ...]:
    is_page = text.lstrip()[:9].lower() == "<!doctype"
    tree, found = _parsed(text, is_page=is_page)
    return (*found, *_in_text(tree), *_elements(tree), *_labels(tree), *(_document(tree) if is_page else ()))


def _parsed(text: str, *, is_page: bool) -> tuple[Element, list[str]]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text) if is_page else parser.parseFragment(text)
    ignored = {"expected-doctype-but-got-start-tag"}
    errors = [(at, code) for at, code, _data in parser.errors if code not in ignored]
    lines = text.split("\n")
    return tree, [f"not valid HTML, {code} near {lines[at[0] - 1].strip()[:80]!r}" for at, code in errors if at]


def _in_text(tree: Element) -> list[str]:
    shown = " ".join(
        piece
        for element in tree.iter()
        if element.tag not in ("script", "style", "code", "pre", "textarea")
        for piece in (element.text or "", *(child.tail or "" for child in element), *map(str, element.attrib.values()))
    )
    stray = STRAY.search(shown)
    return [f"stray template code near {shown[max(0, stray.start() - 30) : stray.end() + 30]!r}"] if stray else []


def _elements(tree: Element) -> list[str]:
    faults, ids = [], set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and not element.get("src") and element.get("type") not in DATA_SCRIPTS:
            faults.append("inline script")
        if element.tag == "style":
            faults.append("inline style sheet")
        faults += [f"attribute {name} on <{element.tag}>" for name in element.attrib if _is_inline(str(name))]
        if element.tag == "img" and element.get("alt") is None:
            faults.append(f"picture without alt: {element.get('src')}")
        if (mark := element.get("id")) is not None:
            faults += [f"id {mark!r} twice"] if mark in ids else []
            ids.add(mark)
    return faults


def _is_inline(name: str) -> bool:
    return name == "style" or name.startswith("on")


def _labels(tree: Element) -> list[str]:
    labelled = {label.get("for") for label in tree.iter("label")}
    inside = {id(control) for label in tree.iter("label") for control in label.iter()}
    return [
        f"<{control.tag} name={control.get('name')!r}> without a label"
        for control in tree.iter()
        if control.tag in ("input", "select", "textarea")
        and control.get("type") not in TYPED_WITHOUT_LABEL
        and id(control) not in inside
        and not (control.get("aria-label") or control.get("aria-labelledby"))
        and (control.get("id") is None or control.get("id") not in labelled)
    ]


def _document(tree: Element) -> list[str]:
    faults = []
    title = tree.find(".//head/title")
    if title is None or not (title.text or "").strip():
        faults.append("no title")
    if not tree.get("lang") or tree.get("dir") not in ("ltr", "rtl"):
        faults.append("no lang or dir")
    if len(tree.findall(".//h1")) != 1:
        faults.append(f"{len(tree.findall('.//h1'))} first headings")
    return faults
