"""Whether a city can apply in a call, rule by rule, with the reason. Advice before anybody starts; the call decides."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from creativecities.calls.compute.definition import Definition
from creativecities.calls.compute.labels import LABELS

MET, NOT_MET, DEPENDS = "met", "not-met", "depends"


@dataclass(frozen=True)
class City:
    """What a city says of itself, and the field in which it is a member, empty for none.

    `calls_since_refusal` is None if it was never refused, 0 in the last call.
    """

    field: str
    region: str
    population: int | None
    member_of: str
    calls_since_refusal: int | None


@dataclass(frozen=True)
class Verdict:
    """One rule: what it is about, whether it is met, and why."""

    rule: str | Promise
    outcome: str
    reason: str


def check(definition: Definition, city: City, *, phase: str) -> list[Verdict]:
    """Whether the call still takes files, then every rule of it that can be told before a file is begun."""
    rules = definition["rules"]
    found = [_time(phase), field(rules["fields"], city), population(rules["population_floor"], city)]
    found.append(membership(rules["members_may_apply"], city))
    if city.calls_since_refusal is not None:
        found.append(cooldown(rules["cooldown_calls"], city.calls_since_refusal))
    found.append(_endorsement(rules["endorsements_per_country"], rules["distinct_fields"]))
    if city.region in rules["regions"]:
        reason = _("Applications from your region are encouraged.")
        found.append(Verdict(LABELS["regions"], MET, reason))
    return found


def _time(phase: str) -> Verdict:
    label = LABELS["closes_at"]
    told = {
        "open": (MET, _("The call is open now.")),
        "opens-later": (DEPENDS, _("The call is not open yet.")),
        "withdrawn": (NOT_MET, _("This call was withdrawn.")),
    }
    return Verdict(label, *told.get(phase, (NOT_MET, _("The deadline has passed."))))


def field(fields: list[str], city: City) -> Verdict:
    """Whether the call is open for its creative field."""
    if city.field in fields:
        return Verdict(LABELS["fields"], MET, _("The call is open for this creative field."))
    return Verdict(LABELS["fields"], NOT_MET, _("The call is not open for this creative field."))


def population(floor: int | None, city: City) -> Verdict:
    """Whether enough people live there."""
    label = LABELS["population_floor"]
    if floor is None:
        return Verdict(label, MET, _("Cities of every size can apply."))
    numbers = {"floor": floor, "found": city.population}
    if city.population is None:
        return Verdict(label, DEPENDS, _("At least %(floor)d inhabitants are asked for.") % numbers)
    if city.population >= floor:
        return Verdict(label, MET, _("%(found)d inhabitants; at least %(floor)d are asked for.") % numbers)
    return Verdict(label, NOT_MET, _("%(found)d inhabitants; at least %(floor)d are asked for.") % numbers)


def may_stand(members_may_apply: bool, member_of: str, field: str) -> bool:
    """No member yet, or for another field than its own where members may apply."""
    return not member_of or (members_may_apply and member_of != field)


def membership(members_may_apply: bool, city: City) -> Verdict:
    """Whether it is a member already, and may not apply for another field."""
    label = _("Not yet a member")
    if not city.member_of:
        return Verdict(label, MET, _("No member city of this name is known in the country."))
    if not members_may_apply:
        return Verdict(label, NOT_MET, _("The city is a member of the network already."))
    if not may_stand(members_may_apply, city.member_of, city.field):
        return Verdict(label, NOT_MET, _("The city is a member in this creative field already."))
    return Verdict(label, MET, _("The city is a member, and applies to go on in another creative field."))


def cooldown(wanted: int, since: int) -> Verdict:
    """Whether enough calls have gone by since it was refused."""
    label = LABELS["cooldown_calls"]
    if since >= wanted:
        return Verdict(label, MET, _("A city that was not designated can apply in this call."))
    return Verdict(
        label, NOT_MET, _("Calls to wait: %(wanted)d; since then: %(since)d.") % {"wanted": wanted, "since": since}
    )


def _endorsement(most: int | None, distinct: bool) -> Verdict:
    label = _("Endorsement by the National Commission")
    if most is None:
        return Verdict(label, DEPENDS, _("Your National Commission decides which cities it endorses."))
    words = _("Your National Commission endorses at most %(most)d cities in this call.") % {"most": most}
    if distinct and most > 1:
        words += " " + _("They must be of different creative fields.")
    return Verdict(label, DEPENDS, words)
