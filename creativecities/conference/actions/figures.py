"""An edition is counted once it is over: its figures stay when its people are forgotten."""

from django.db import IntegrityError, transaction

from creativecities.conference.models import CityFigures, Edition, Figures
from creativecities.conference.queries import figures as queries
from creativecities.conference.rules import figures as rules
from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.core.models import Event


@action
def count(edition: Edition, *, by: Actor) -> Event:
    """Count an edition and keep the figures for good. Of two who do it at once the second is told."""
    if refusal := rules.count(by, edition):
        raise refusal
    counted = queries.count(edition)
    try:
        with transaction.atomic():
            figures = Figures.objects.create(edition=edition, basis=counted.basis, genders=counted.genders)
    except IntegrityError:
        raise rules.counted_already() from None
    for each in counted.cities:
        each.figures = figures
    CityFigures.objects.bulk_create(counted.cities)
    return record("conference.edition.counted", edition, by=by, number=len(counted.cities))
