"""What keeps a call from being published, in words."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute.definition import COUNTED, GROUPS, Definition, languages, questions_in, texts
from creativecities.calls.compute.instants import instants
from creativecities.calls.compute.labels import GROUPS as GROUP_NAMES

Text = str | Promise


def faults(definition: Definition) -> list[Text]:
    """Everything that is missing or contradicts itself; empty: the call can be published."""
    return [*_dates(definition), *_rules(definition), *_form(definition), *_rubric(definition), *_words(definition)]


def _dates(definition: Definition) -> Iterator[Text]:
    known = instants(definition)
    for name in ("opens_at", "closes_at"):
        if name not in known:
            yield {"opens_at": _("It does not say when it opens."), "closes_at": _("It has no deadline.")}[name]
    ordered: list[dt.datetime] = list(known.values())
    if ordered != sorted(set(ordered)):
        yield _("Its dates do not follow one another.")


def _rules(definition: Definition) -> Iterator[Text]:
    if not languages(definition):
        yield _("It names no language in which cities can answer.")
    if not definition["rules"]["fields"]:
        yield _("It is open for no creative field.")


def _form(definition: Definition) -> Iterator[Text]:
    if not definition["sections"]:
        yield _("Its form has no section.")
    for section in definition["sections"]:
        if not questions_in(definition, section["key"]):
            yield _("The section “%(name)s” has no question.") % {"name": _name(definition, section["label"])}
    sections = {section["key"] for section in definition["sections"]}
    blocks = {each["key"] for each in definition["questions"] if each["kind"] == "block"}
    for question in definition["questions"]:
        name = {"name": _name(definition, question["label"])}
        if question["section"] not in sections or question.get("block") not in {"", None, *blocks - {question["key"]}}:
            yield _("The question “%(name)s” stands in a section or block that is not there.") % name
        if question["kind"] == "block" and not questions_in(definition, question["section"], question["key"]):
            yield _("The block “%(name)s” has no question.") % name
        if question["kind"] in COUNTED and not question.get("words"):
            yield _("The question “%(name)s” has no limit of words.") % name
        if question["kind"] in ("choice", "choices") and len(question.get("options", [])) < 2:
            yield _("The question “%(name)s” has nothing to choose between.") % name


def _rubric(definition: Definition) -> Iterator[Text]:
    plan = definition["evaluation"]
    for group in GROUPS:
        wanted = plan[f"{group.replace('-', '_')}_reviews"]
        weights = [each["weight"] for each in definition["criteria"] if group in each["groups"]]
        if wanted and not sum(weights):
            yield _("The weights of the criteria sum to nothing: %(group)s.") % {"group": GROUP_NAMES[group]}
    if plan["quorum"] > plan["expert_reviews"] + plan["member_city_reviews"]:
        yield _("More reviews are needed for a decision than are asked for.")


def _words(definition: Definition) -> Iterator[Text]:
    """Each text is there in each language of the call, or in none where it may be left out."""
    wanted = set(languages(definition))
    for where, key, text in texts(definition):
        written = {code for code, words in text.items() if words}
        if (written or (where, key) == ("about", "title")) and wanted - written:
            yield _("“%(name)s” is not written in every language of the call.") % {
                "name": _name(definition, text) or f"{where} / {key}"
            }


def _name(definition: Definition, text: Mapping[str, str]) -> str:
    return next((text[code] for code in [*languages(definition), *text] if text.get(code)), "")[:60]
