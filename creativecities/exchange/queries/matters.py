"""The best partners for a single need, offer or idea of a city."""

from creativecities.exchange import states
from creativecities.exchange.compute.partners import Matter, Suggestion
from creativecities.exchange.models import Initiative, Need, Reply
from creativecities.exchange.models import Suggestion as Noted
from creativecities.exchange.queries import matching
from creativecities.exchange.queries.catalogue import many_of
from creativecities.exchange.queries.wanted import looking
from creativecities.network.models import City
from creativecities.search.compute.vectors import Rows
from creativecities.search.queries.wholes import wholes

UNWANTED = (states.REFUSED, states.DISMISSED)


def for_need(need: Need, *, reach: bool) -> tuple[Matter, list[Suggestion]]:
    """Who knows of the topics of a need, or struggles with those of an offer. Cities that have replied are known."""
    asked = frozenset(need.places.values_list("topic_id", flat=True))
    is_offer = need.kind == Need.Kind.OFFER
    matter = Matter(
        need.city_id,
        wants=frozenset() if is_offer else asked,
        gives=asked if is_offer else frozenset(),
        fields=frozenset(need.fields.values_list("pk", flat=True)),
        vector=_meaning(f"{need.title}. {need.text}"),
    )
    replied = Reply.objects.filter(need=need).values_list("city_id", flat=True)
    return matter, _found(matter, set(replied), reach=reach)


def for_idea(one: Initiative, city: City, *, reach: bool) -> tuple[Matter, list[Suggestion]]:
    """Who serves the same aims in one of the fields of an idea, and knows of the topics for which it seeks partners."""
    sought = looking().get(one.pk)
    many = many_of(one.pk).get(one.pk, {})
    matter = Matter(
        city.pk,
        wants=frozenset(sought.topics if sought else ()),
        fields=frozenset(many.get("fields", ())),
        aims=frozenset((*many.get("objectives", ()), *many.get("goals", ()))),
        vector=_meaning(f"{one.title}. {one.summary}"),
    )
    taking_part = {one.lead_id, *one.parts.values_list("city_id", flat=True)}
    return matter, _found(matter, taking_part, reach=reach)


def seeks_partners(one: Initiative) -> bool:
    """Whether partners are looked for: as long as it is an idea, public or not, or says so itself."""
    return one.pk in looking() or (one.course == Initiative.Course.IDEA and one.state != states.RETIRED)


def _meaning(text: str) -> Rows | None:
    told = wholes()
    return told.of(text) if told else None


def _found(matter: Matter, besides: set[int], *, reach: bool) -> list[Suggestion]:
    """Without those it must not be suggested to, and those with which the city will not work."""
    unwanted = Noted.objects.filter(city=matter.city, state__in=UNWANTED).values_list("partner_id", flat=True)
    besides |= {*unwanted, *matching.conflicts_of(matter.city)}
    return matching.network().for_matter(matter, matching.SHOWN, besides=besides, reach=reach)
