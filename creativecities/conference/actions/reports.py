"""The Secretariat puts the report of a conference in order, introduces it and publishes it."""

from collections.abc import Mapping

from django.db.models import F
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference.models import Edition, Report
from creativecities.conference.rules import editions
from creativecities.conference.rules import trips as rules
from creativecities.core.action import action, move, record
from creativecities.core.models import Event
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict


@action
def arrange(
    edition: Edition, introduction: Mapping[str, str], places: Mapping[str, int], *, opened: int, by: Person
) -> Event:
    """Write the introduction by language, and give each part its place. Raises Conflict if somebody did meanwhile."""
    if refusal := editions.run(by, edition):
        raise refusal
    Report.objects.get_or_create(edition=edition)
    report = Report.objects.select_for_update(of=("self",)).get(edition=edition)
    if refusal := network.build_on_version(opened, newest=report.version, fewest=1):
        raise refusal
    if report.version > opened:
        last = Event.objects.about(report).filter(kind="conference.report.arranged").first()
        theirs = {f"introduction_{code}": text for code, text in report.introduction.items()}
        theirs |= {f"place_{name}": str(place) for name, place in report.places.items()}
        raise Conflict(
            by_name=last.actor_name if last else "", at=last.at if last else timezone.now(), opened={}, theirs=theirs
        )
    Report.objects.filter(pk=report.pk).update(
        introduction=dict(introduction), places=dict(places), version=F("version") + 1
    )
    return record("conference.report.arranged", report, by=by)


@action
def publish(report: Report, *, by: Person) -> Event:
    """Make it public: what cities share with everybody for everybody, what they share with members for members."""
    if refusal := rules.publish(by, report):
        raise refusal
    return move(report, "publish", by=by)


@action
def withdraw(report: Report, *, by: Person) -> Event:
    """Take it from the public pages again."""
    if refusal := editions.run(by, report.edition):
        raise refusal
    return move(report, "withdraw", by=by)
