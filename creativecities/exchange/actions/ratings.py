"""How great a challenge each topic is for a city, and how much it knows of it."""

from collections.abc import Mapping

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.action import action, record
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import rules
from creativecities.exchange.models import Rating
from creativecities.network import rules as network
from creativecities.network.actions import cities
from creativecities.network.models import City

PART = "topics"


@action
def rate(city: City, *, values: Mapping[str, int | None], opened: int, by: Person) -> Event:
    """Write down how a city rates topics from today on; `values` are by kind and slug, as in `challenge-tourism`.

    Raises Conflict when somebody else has rated since version `opened` of the city.
    """
    if refusal := rules.speaks_for_member(by, city):
        raise refusal
    version = cities.hold(city, PART, opened)
    held = {f"{one.kind}-{one.topic_id}": one for one in Rating.objects.filter(city=city, end__isnull=True)}
    before = {name: held[name].value if name in held else None for name in values}
    if before == values:
        raise Refusal(network.UNCHANGED, code="unchanged")
    for name, value in values.items():
        if value != before[name]:
            _change(
                held.get(name), Rating(city=city, kind=name.split("-")[0], topic_id=name.split("-", 1)[1]), value, by
            )
    return record("exchange.rating.saved", city, by=by, part=PART, version=version, before=before, after=dict(values))


def _change(old: Rating | None, new: Rating, value: int | None, by: Person) -> None:
    """End what held until today, and begin what holds from now on; of one day only the last word counts."""
    today = days.today()
    if old is not None and old.start == today:
        old.delete()
    elif old is not None:
        Rating.objects.filter(pk=old.pk).update(end=today)
    if value is not None:
        new.value, new.start, new.person_id, new.person_name = value, today, by.pk, by.name
        new.save(force_insert=True)
