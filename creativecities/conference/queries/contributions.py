"""Where cases can stand in the draft of a programme, and who can speak for them."""

from django.db.models import QuerySet

from creativecities.conference.models import Case, Contribution, Delegate, Edition, Session
from creativecities.conference.queries import programme


def of_case(case: Case) -> Contribution | None:
    """Where a case stands, with those who speak for it. Two statements."""
    found = Contribution.objects.filter(case=case).select_related("session")
    return found.prefetch_related("speakers__delegate").first()


def sessions(edition: Edition) -> QuerySet[Session]:
    """Where a case can stand."""
    return Session.objects.planned().filter(edition=edition).select_related("edition")


def able_to_speak(case: Case) -> QuerySet[Delegate]:
    """Who can speak for a case: those of its city who are confirmed by name and have the right to."""
    return programme.able_to_speak(case.edition).filter(delegation__city=case.city_id)
