"""The technical check of a file that was handed in: each rule of the call, whether it is met, and why."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from creativecities.calls.compute import eligibility
from creativecities.calls.compute.checklist import BY_COMMISSION, Lack, lacks, numbers
from creativecities.calls.compute.definition import COUNTED, Definition, find, languages
from creativecities.calls.compute.eligibility import DEPENDS, MET, NOT_MET, Verdict
from creativecities.calls.compute.files import Content, is_empty, rows_of

RULES: dict[str, str | Promise] = {
    "deadline": gettext_lazy("Deadline"),
    "field": gettext_lazy("Creative field"),
    "language": gettext_lazy("Language"),
    "population": gettext_lazy("Population"),
    "membership": gettext_lazy("Not yet a member"),
    "cooldown": gettext_lazy("Calls to wait after a refusal"),
    "once": gettext_lazy("One file of a city"),
    "endorsement": gettext_lazy("Endorsement by the National Commission"),
    "since-endorsed": gettext_lazy("As the National Commission read it"),
    "cap": gettext_lazy("Endorsements per country, at most"),
    "distinct": gettext_lazy("In different fields"),
    "answers": gettext_lazy("Every question answered"),
    "words": gettext_lazy("Limits of words"),
    "links": gettext_lazy("Links, at most"),
    "documents": gettext_lazy("Documents"),
    "intact": gettext_lazy("As it was handed in"),
}
"""The rules by key, in the order of the page. An officer sets a verdict aside under its key."""


@dataclass(frozen=True)
class Around:
    """What is known beside the file itself. `calls_since_refusal` is None if the city was never refused.

    `country_fields` are the fields of the endorsed files that were handed in from the country, this one included;
    `damaged` names the papers whose bytes are not those that were handed in.
    """

    handed_in_at: dt.datetime
    deadline: dt.datetime
    member_of: str
    calls_since_refusal: int | None
    is_endorsed: bool
    as_endorsed: Content | None
    country_fields: tuple[str, ...]
    same_city: int
    is_unchanged: bool
    damaged: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """A rule by key, the machine's verdict on it, and the places of the file that would have to be opened."""

    key: str
    outcome: str
    reason: str | Promise
    places: tuple[Lack, ...] = ()

    @property
    def label(self) -> str | Promise:
        return RULES[self.key]


def check(definition: Definition, content: Content, around: Around) -> list[Finding]:
    """Every rule, in their order."""
    return [
        _deadline(around), *_of_city(definition, content, around), _once(around), *_endorsement(content, around),
        *_country(definition, around), *_completeness(definition, content), _intact(around),
    ]  # fmt: skip


def _found(key: str, is_met: bool, met: str, not_met: str) -> Finding:
    return Finding(key, MET, met) if is_met else Finding(key, NOT_MET, not_met)


def _deadline(around: Around) -> Finding:
    in_time = around.handed_in_at < around.deadline
    return _found("deadline", in_time, _("Handed in before the deadline."), _("Handed in after the deadline."))


def _of_city(definition: Definition, content: Content, around: Around) -> Iterator[Finding]:
    """What the city itself must be."""
    rules, said = definition["rules"], content["city"]
    city = eligibility.City(said["field"], "", said["population"], around.member_of, around.calls_since_refusal)
    yield _of("field", eligibility.field(rules["fields"], city))
    known = said["language"] in languages(definition)
    yield _found(
        "language", known, _("The call takes answers in this language."),
        _("The call does not take answers in this language."),
    )  # fmt: skip
    yield _of("population", eligibility.population(rules["population_floor"], city), "city/population")
    yield _of("membership", eligibility.membership(rules["members_may_apply"], city))
    if around.calls_since_refusal is None:
        yield Finding("cooldown", MET, _("No earlier file of the city was refused."))
    else:
        yield _of("cooldown", eligibility.cooldown(rules["cooldown_calls"], around.calls_since_refusal))


def _of(key: str, verdict: Verdict, place: str = "") -> Finding:
    places = (Lack(place, verdict.reason),) if place and verdict.outcome != MET else ()
    return Finding(key, verdict.outcome, verdict.reason, places)


def _once(around: Around) -> Finding:
    others = ngettext(
        "%(n)d other file of a city of this name was handed in from the country.",
        "%(n)d other files of a city of this name were handed in from the country.",
        around.same_city,
    )
    return _found(
        "once", not around.same_city, _("No other file of the city was handed in."), others % {"n": around.same_city}
    )


def _endorsement(content: Content, around: Around) -> Iterator[Finding]:
    """Whether the word of the commission stands, and whether the file is still what it had read."""
    stands, stands_not = _("The endorsement stands."), _("The National Commission has not endorsed it.")
    if around.is_endorsed:
        yield Finding("endorsement", MET, stands)
    else:
        yield Finding("endorsement", NOT_MET, stands_not, (Lack("endorsement", stands_not),))
    if around.as_endorsed is None:
        return
    changed = changed_since(around.as_endorsed, content)
    if not changed:
        yield Finding("since-endorsed", MET, _("Nothing has changed since the National Commission read it."))
        return
    words = ngettext(
        "%(n)d place has changed since the National Commission read it.",
        "%(n)d places have changed since the National Commission read it.",
        len(changed),
    )
    places = tuple(Lack(each, _("Changed since.")) for each in changed)
    yield Finding("since-endorsed", DEPENDS, words % {"n": len(changed)}, places)


def changed_since(before: Content, after: Content) -> list[str]:
    """The places in which two states of a file differ: facts of the city, questions, papers."""
    found = [f"city/{name}" for name, value in after["city"].items() if before["city"].get(name) != value]
    keys = dict.fromkeys([*before["answers"], *after["answers"]])
    found += [f"questions/{key}" for key in keys if before["answers"].get(key) != after["answers"].get(key)]
    papers = [
        {(each["document"], each["number"]): each["digest"] for each in state["documents"]} for state in (before, after)
    ]
    places = dict.fromkeys([*papers[0], *papers[1]])
    return found + [f"documents/{key}/{number}" for key, number in places
                    if papers[0].get((key, number)) != papers[1].get((key, number))]  # fmt: skip


def _country(definition: Definition, around: Around) -> Iterator[Finding]:
    """What holds for all files of a country together."""
    most, number = definition["rules"]["endorsements_per_country"], len(around.country_fields)
    numbers = {"n": number, "most": most}
    if most is None:
        yield Finding("cap", MET, _("A country can have any number of files endorsed."))
    else:
        words = _("Endorsed files handed in from the country: %(n)d, at most %(most)d.") % numbers
        yield _found("cap", number <= most, words, words)
    if definition["rules"]["distinct_fields"]:
        alone = len(set(around.country_fields)) == number
        yield _found(
            "distinct", alone, _("The endorsed files of the country are of different creative fields."),
            _("Two endorsed files of the country are of one creative field."),
        )  # fmt: skip


def _completeness(definition: Definition, content: Content) -> Iterator[Finding]:
    """Answers, their words, links and papers; what is missing is named place by place."""
    found: dict[str, list[Lack]] = {"answers": [], "words": [], "links": [], "documents": []}
    for lack in lacks(definition, content, is_endorsed=True):
        found[_kind(definition, content, lack.place)].append(lack)
    met = {
        "answers": _("Every question is answered."), "words": _("No text is longer than its limit."),
        "links": _("No more links than are read."), "documents": _("Every paper is there."),
    }  # fmt: skip
    for key, missing in found.items():
        words = ngettext("%(n)d place is not as the call asks.", "%(n)d places are not as the call asks.", len(missing))
        yield Finding(key, NOT_MET if missing else MET, words % {"n": len(missing)} if missing else met[key],
                      tuple(missing))  # fmt: skip


def _kind(definition: Definition, content: Content, place: str) -> str:
    """Under which rule a lack stands; an answer that is there and lacks something is too long."""
    part, _slash, rest = place.partition("/")
    if part in ("links", "documents"):
        return part
    key, _slash, row = rest.partition("/")
    question = find(definition, "questions", key) if part == "questions" else None
    if question and question["kind"] in COUNTED:
        return "answers" if is_empty(rows_of(content, key).get(int(row or 0))) else "words"
    return "answers"


def _intact(around: Around) -> Finding:
    """Nothing of what was handed in was altered since, neither by a fault nor by anybody."""
    if not around.is_unchanged:
        return Finding("intact", NOT_MET, _("The file does not match its fingerprint."))
    if around.damaged:
        names = {"names": ", ".join(around.damaged)}
        return Finding("intact", NOT_MET, _("These papers are not as they were handed in: %(names)s") % names)
    return Finding("intact", MET, _("The fingerprints of the file and of every paper match."))


def opened(definition: Definition, places: Iterable[str]) -> list[str]:
    """The places a city writes in to mend what is named: the questions of a block, each question for a link."""
    found: dict[str, None] = {}
    for place in places:
        key = place.removeprefix("questions/")
        inner = [each["key"] for each in definition["questions"] if each.get("block") == key]
        if place == "links":
            inner = [each["key"] for each in definition["questions"] if each["kind"] == "link"]
        found |= dict.fromkeys(f"questions/{each}" for each in inner) if inner else {place: None}
    return list(found)


def every_place(definition: Definition) -> list[str]:
    """All that a city writes or adds, to be opened by hand: facts of the city, questions, papers."""
    places = [f"city/{name}" for name in ("city_name", "local_name", "population", "latitude", "longitude")]
    places += [f"questions/{each['key']}" for each in definition["questions"] if each["kind"] != "block"]
    papers = [each for each in definition["documents"] if each.get("by") != BY_COMMISSION]
    return places + [f"documents/{each['key']}/{number}" for each in papers for number in numbers(definition, each)]
