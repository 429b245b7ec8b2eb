"""What a city has planned enters its list as ideas, when it joins the network."""

from collections.abc import Iterable, Mapping
from typing import Any

from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.exchange import rules
from creativecities.exchange.actions.initiatives import create
from creativecities.exchange.actions.versions import keep
from creativecities.exchange.models import Initiative
from creativecities.network.models import City

LONGEST_TITLE = 200


@action
def propose(city: City, ideas: Iterable[Mapping[str, Any]], *, fields: list[str], by: Actor) -> list[Initiative]:
    """Write down what a city plans as ideas it leads: drafts that its team looks through and publishes itself.

    Each idea has `kind`, `title`, `summary` and `language`. The words are the city's own, so no version of them bears
    the name of who let it join.
    """
    if refusal := rules.propose(by):
        raise refusal
    made = []
    for idea in ideas:
        values = {**idea, "title": idea["title"][:LONGEST_TITLE], "course": Initiative.Course.IDEA, "fields": fields}
        one = create(city, {"starts_on": "", "ends_on": "", **values})
        keep(one)
        made.append(one)
    record("exchange.initiative.proposed", Initiative(pk=0, lead=city), by=by, city=city.name, number=len(made))
    return made
