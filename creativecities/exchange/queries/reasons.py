"""Why a partner is suggested, in words, and the arithmetic behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from creativecities.core import freshness
from creativecities.exchange.compute.partners import REACH, City, Suggestion
from creativecities.exchange.compute.ties import Member
from creativecities.exchange.queries import matching, topics
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


def reasons(suggestion: Suggestion, city: City, partner: City, field: str) -> Iterator[str]:
    """What speaks for a partner, in sentences, the weightiest kind first. `field` is the name of the partner's."""
    said = {slug: topic.name for slug, topic in topics.every().items()}
    parts = {signal: value for signal, (value, weight) in suggestion.parts.items() if weight}
    known = [said[topic] for topic in city.challenges if topic in partner.expertise and topic in said]
    if known:
        yield _("It knows much about: %(topics)s") % {"topics": " · ".join(known)}
    shared = [said[topic] for topic in city.challenges if topic in partner.challenges and topic in said]
    if shared:
        yield _("You face the same: %(topics)s") % {"topics": " · ".join(shared)}
    if parts.get("field") == 1:
        yield _("You share a field: %(field)s") % {"field": field}
    elif parts.get("field"):
        yield _("Your fields have worked together before")
    if languages := city.languages & partner.languages:
        reader = get_language() or "en"
        spoken = " · ".join(sorted(language_name(code, reader) for code in languages)[:3])
        yield _("A language in common: %(languages)s") % {"languages": spoken}
    if aims := city.aims & partner.aims:
        yield _("Both serve: %(aims)s") % {"aims": " · ".join(_aim(aim) for aim in sorted(aims, key=_order))}
    if parts.get("meaning", 0) > 0.5:
        yield _("What both write is close in meaning")
    yield from (str(matching.FURTHER[name][0]) for name in matching.FURTHER if parts.get(name))
    yield from _of_reach(partner, parts)


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
