"""What a file still lacks before it can be handed in, place by place, and why.

A place is `city/<fact>`, `questions/<key>` or, in a block, `questions/<key>/<row>`, `documents/<key>/<number>`,
`links` or `endorsement`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from creativecities.calls.compute.definition import COUNTED, Definition, Item
from creativecities.calls.compute.files import Content, is_empty, rows_of
from creativecities.network.compute.words import count_words

NEEDED_FACTS = ("city_name", "population", "latitude", "longitude")
_TYPES: dict[str, Any] = {"yes-no": bool, "choices": list, "number": (str, int, float)}
"""What an answer is in JSON; a text for all other kinds."""
_FORMS: dict[str, tuple[re.Pattern[str], str | Promise]] = {
    "number": (re.compile(r"\d{1,15}([.,]\d{1,2})?"), _("Write a number in digits, without separators.")),
    "link": (
        re.compile(r"https?://[^/$.?#].*", re.IGNORECASE), _("Write a whole web address, beginning with https://.")
    ),
}  # fmt: skip
"""How an answer is written, blanks aside, and what is said if it is not."""
BY_COMMISSION = "commission"
"""Who adds a paper, where it is not the city."""


@dataclass(frozen=True)
class Lack:
    """One thing that keeps a file from being handed in."""

    place: str
    reason: str | Promise


def lacks(definition: Definition, content: Content, *, is_endorsed: bool) -> list[Lack]:
    """Everything that is missing, too long or wrong, in the order of the call; empty: the file is complete."""
    found = [Lack(f"city/{name}", _("Not said yet.")) for name in NEEDED_FACTS if content["city"][name] in (None, "")]
    for question in definition["questions"]:
        if not question.get("block"):
            found += _of_question(definition, content, question)
    found += _links(definition, content)
    for paper in definition["documents"]:
        found += _of_paper(definition, content, paper, is_endorsed=is_endorsed)
    if not is_endorsed:
        found.append(Lack("endorsement", _("The National Commission has not endorsed it.")))
    return found


def _of_question(definition: Definition, content: Content, question: Item) -> Iterator[Lack]:
    if question["kind"] == "block":
        yield from _of_block(definition, content, question)
        return
    value = rows_of(content, question["key"]).get(0)
    if reason := fault(question, value):
        yield Lack(f"questions/{question['key']}", reason)


def _of_block(definition: Definition, content: Content, block: Item) -> Iterator[Lack]:
    """Each row in which anything is answered is answered whole; a block that must be answered has one."""
    inside = [each for each in definition["questions"] if each.get("block") == block["key"]]
    answered = {each["key"]: rows_of(content, each["key"]) for each in inside}
    used = sorted({row for rows in answered.values() for row, value in rows.items() if not is_empty(value)})
    if not used and block["is_required"]:
        yield Lack(f"questions/{block['key']}", _("Not answered yet."))
    for row in used:
        for each in inside:
            if reason := fault(each, answered[each["key"]].get(row)):
                yield Lack(f"questions/{each['key']}/{row}", reason)


def fault(question: Item, value: Any) -> str | Promise:
    """What is wrong with an answer; empty text if nothing is."""
    if is_empty(value):
        return _("Not answered yet.") if question["is_required"] else ""
    if not isinstance(value, _TYPES.get(question["kind"], str)):
        return _("The question has changed: answer it again.")
    if question["kind"] in COUNTED:
        over = count_words(value) - question["words"]
        return (
            ngettext("%(over)d word too many.", "%(over)d words too many.", over) % {"over": over} if over > 0 else ""
        )
    if question["kind"] in ("choice", "choices"):
        keys = {option["key"] for option in question["options"]}
        is_offered = keys.issuperset([value] if isinstance(value, str) else value)
        return "" if is_offered else _("What was chosen is no longer offered: choose again.")
    form, reason = _FORMS.get(question["kind"], (None, ""))
    return reason if form and not form.fullmatch("".join(str(value).split())) else ""


def _links(definition: Definition, content: Content) -> Iterator[Lack]:
    """No more links in the whole file than the call allows."""
    links = [each["key"] for each in definition["questions"] if each["kind"] == "link"]
    given = sum(not is_empty(value) for key in links for value in rows_of(content, key).values())
    if given > (most := definition["rules"]["most_links"]):
        yield Lack("links", _("%(given)d links are given, at most %(most)d are read.") % {"given": given, "most": most})


def _of_paper(definition: Definition, content: Content, paper: Item, *, is_endorsed: bool) -> Iterator[Lack]:
    if paper.get("by") == BY_COMMISSION:
        return  # comes with the endorsement
    there = {each["number"] for each in content["documents"] if each["document"] == paper["key"]}
    for number in numbers(definition, paper):
        if number not in there:
            yield Lack(f"documents/{paper['key']}/{number}", _("Not added yet."))


def numbers(definition: Definition, paper: Item) -> range:
    """The numbers under which a paper is added: one for each of what it goes with."""
    with_ = next((each for each in definition["documents"] if each["key"] == paper["goes_with"]), None)
    return range(1, (with_["count"] if with_ else 1) * paper["count"] + 1)
