"""Why a partner is suggested, in words, and the arithmetic behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from creativecities.core import days, freshness
from creativecities.exchange import states
from creativecities.exchange.compute.partners import REACH, City, Matter, Suggestion
from creativecities.exchange.compute.ties import Member
from creativecities.exchange.models import Suggestion as Noted
from creativecities.exchange.queries import matching, topics
from creativecities.exchange.queries.ties import health
from creativecities.network.compute.languages import language_name
from creativecities.network.models import Country, CreativeField

LABELS: dict[str, str | Promise] = {
    "topics": gettext_lazy("Knows what you look for"),
    "challenges": gettext_lazy("The same challenges"),
    "field": gettext_lazy("Creative field"),
    "language": gettext_lazy("A language in common"),
    "aims": gettext_lazy("The same aims"),
    "meaning": gettext_lazy("Close in meaning"),
    "new": gettext_lazy("Never worked together"),
    "capacity": gettext_lazy("Has time"),
    REACH: gettext_lazy("Reach"),
}
FEW_TIES = 2
CLOSE = 0.5
"""From which likeness on two are called close in meaning: about one pair in fifty of the real cities."""


class Line(NamedTuple):
    """One line of the arithmetic."""

    label: str | Promise
    value: float
    weight: float
    product: float


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A suggested partner with reasons and arithmetic."""

    member: Member
    country: str
    score: float
    reasons: list[str]
    lines: list[Line]
    state: str | Promise
    """What became of it, in words; empty as long as nothing has."""


def label_of(signal: str) -> str | Promise:
    """The name of a signal; of those added by higher rungs as they say it."""
    return LABELS.get(signal) or matching.FURTHER[signal][0]


@freshness.kept(maxsize=6)
def names(reader: str) -> tuple[dict[str, str], dict[str, str]]:
    """Names of fields and of countries in the reader's language. Two statements."""
    with override(reader):
        fields = {field.slug: field.name for field in CreativeField.objects.all()}
        return fields, {country.iso2: country.name for country in Country.objects.all()}


def lines(suggestion: Suggestion) -> list[Line]:
    """Value times weight, for each signal that has one."""
    return [
        Line(label_of(signal), value, weight, value * weight)
        for signal, (value, weight) in suggestion.parts.items()
        if weight
    ]


def reasoned(city: int, found: Iterable[Suggestion], matter: Matter | None) -> list[Reasoned]:
    """Suggestions as they are read. One statement, and two between two writes."""
    known = {each.key: each for each in matching.network().cities}
    members = {member.key: member for member in health(days.today()).members}
    noted = {one.partner_id: one.words for one in Noted.objects.filter(city=city).exclude(state=states.SUGGESTED)}
    fields, countries = names(get_language() or "en")
    return [
        Reasoned(
            member=(member := members[each.partner]),
            country=countries[member.country],
            score=each.score,
            reasons=list(reasons(each, known[city], known[each.partner], fields[member.field], matter)),
            lines=lines(each),
            state=noted.get(each.partner, ""),
        )
        for each in found
    ]


def reasons(
    suggestion: Suggestion, city: City, partner: City, field: str, matter: Matter | None = None
) -> Iterator[str]:
    """What speaks for a partner, in sentences, the weightiest kind first. `field` is the name of the partner's.

    Of a single matter they speak of what it says, and of the city where it says nothing.
    """
    parts = {signal: value for signal, (value, weight) in suggestion.parts.items() if weight}
    yield from _of_topics(matter.wants if matter else city.challenges, matter.gives if matter else (), partner)
    if parts.get("field") == 1 and matter and matter.fields:
        yield _("Of a field that is looked for: %(field)s") % {"field": field}
    elif parts.get("field") == 1:
        yield _("You share a field: %(field)s") % {"field": field}
    elif parts.get("field"):
        yield _("Your fields have worked together before")
    if languages := city.languages & partner.languages:
        reader = get_language() or "en"
        spoken = " · ".join(sorted(language_name(code, reader) for code in languages)[:3])
        yield _("A language in common: %(languages)s") % {"languages": spoken}
    if aims := ((matter and matter.aims) or city.aims) & partner.aims:
        yield _("Both serve: %(aims)s") % {"aims": " · ".join(_aim(aim) for aim in sorted(aims, key=_order))}
    if parts.get("meaning", 0) > CLOSE:
        has_own = matter is not None and matter.vector is not None
        yield _("What it has written is close in meaning") if has_own else _("What both write is close in meaning")
    yield from (str(matching.FURTHER[name][0]) for name in matching.FURTHER if parts.get(name))
    yield from _of_reach(partner, parts)


def _of_topics(wants: Iterable[str], gives: Iterable[str], partner: City) -> Iterator[str]:
    """Which topics a partner knows, needs or shares."""
    said = {slug: topic.name for slug, topic in topics.every().items()}
    for sentence, asked, its in (
        (_("It knows much about: %(topics)s"), wants, partner.expertise),
        (_("It faces what you can help with: %(topics)s"), gives, partner.challenges),
        (_("You face the same: %(topics)s"), wants, partner.challenges),
    ):
        if named := [said[topic] for topic in asked if topic in its and topic in said]:
            yield sentence % {"topics": " · ".join(named)}


def _of_reach(partner: City, parts: dict[str, float]) -> Iterator[str]:
    if REACH in parts:
        if partner.is_ldc or partner.is_sids:
            yield _("Its country is one of those the network wants to reach most")
        elif partner.is_developing:
            yield _("It lies in a developing economy")
        if len(partner.partners) <= FEW_TIES:
            yield _("It has few known ties so far")


def _order(aim: str) -> tuple[bool, int, str]:
    return (aim.isdigit(), int(aim) if aim.isdigit() else 0, aim)


def _aim(aim: str) -> str:
    return f"SDG {aim}" if aim.isdigit() else aim
