"""What else leads to who came to an edition, beside the list itself: it goes with their names."""

from django.db.models import CharField
from django.db.models.functions import Cast

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Invitation
from creativecities.conference.models import Delegate, Edition, SurveyLink, TripNote
from creativecities.conference.models.delegations import TOMBSTONE
from creativecities.conference.rules import registration as rules
from creativecities.core import outbox
from creativecities.core.action import step
from creativecities.core.actor import Actor
from creativecities.core.models import Event, Mail

OF_THEMSELVES = ("conference.delegate.claimed", "conference.delegate.needs_said")
OF_SEATS = ("conference.session.signed_up", "conference.session.waited_for", "conference.session.given_back")
"""What delegates do themselves: beside the code or the role, the name of who did it would tell who they are."""


@step
def lose(edition: Edition, *, by: Actor) -> None:
    """Let nothing lead from a code or an address to somebody. To be called while the list still knows who came."""
    came = Delegate.objects.filter(delegation__edition=edition)
    SurveyLink.objects.filter(delegate__in=came).delete()
    TripNote.objects.filter(report__delegation__edition=edition).update(person=None)
    keys = list(came.values_list("pk", flat=True))
    accounts.forget_invited(Invitation.objects.filter(kind=rules.INVITATION, payload__delegate__in=keys), by=by)
    written = Mail.objects.filter(kind__startswith="conference.", to_person_id=None, state__in=(Mail.SENT, Mail.FAILED))
    outbox.forget(written.filter(to_address__in=came.exclude(email="").values("email")))
    _unname(edition)


def _unname(edition: Edition) -> None:
    people = Delegate.objects.filter(delegation__edition=edition, person__isnull=False)
    for kinds, about in ((OF_THEMSELVES, people), (OF_SEATS, edition.sessions.all())):
        keys = about.annotate(key=Cast("pk", CharField())).order_by().values("key")
        said = Event.objects.filter(kind__in=kinds, subject_id__in=keys)
        said.filter(actor_id__in=people.order_by().values("person")).forget_actors(TOMBSTONE)
