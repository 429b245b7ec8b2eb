"""Teams are reminded of what their city has not said: once an occasion, each person one mail."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Reminder
from creativecities.conference.notices import reminders as notices
from creativecities.conference.queries import reminders as queries
from creativecities.conference.queries.reminders import Occasion
from creativecities.conference.rules import editions
from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.core.refusal import Refusal
from creativecities.network.queries import mandates


@action(quiet=True)
def remind(occasion: Occasion, *, by: Actor, seen: int | None = None) -> Reminder:
    """Write to everybody in the teams of the cities that have not answered.

    Raises Refusal when it was done before, and when there are not as many cities as an officer has `seen`.
    """
    if refusal := editions.run(by, occasion.edition):
        raise refusal
    cities = list(queries.cities(occasion.edition, occasion.what))
    if seen is not None and seen != len(cities):
        raise Refusal(_("Other cities have answered since you opened the page: look again."), code="other-number")
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(edition=occasion.edition, name=occasion.name)
    except IntegrityError:
        raise Refusal(_("They have been reminded today already."), code="reminded") from None
    teams = mandates.teams_of(cities)
    reminder.people = notices.remind(occasion, teams)
    reminder.save(update_fields=["people"])
    record("conference.edition.reminded", occasion.edition, by=by, number=reminder.people, cities=len(cities))
    return reminder
