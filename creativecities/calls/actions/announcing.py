"""One act makes the decision of a call known: all of it, or nothing."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import conflicts
from creativecities.calls.compute import planned
from creativecities.calls.models import Announcement, Application, Call, Contributor, Decision
from creativecities.calls.notices import letters
from creativecities.calls.queries import applications as files
from creativecities.calls.queries import standing as queries
from creativecities.calls.queries.calls import memberships
from creativecities.calls.rules import decisions as rules
from creativecities.core import days
from creativecities.core.action import action, move, step
from creativecities.core.refusal import Refusal
from creativecities.exchange.actions.proposals import propose
from creativecities.network.actions import integration, membership
from creativecities.network.models import City, DesignationRound, Membership

WRITERS = Contributor.WRITERS


@action
def announce(call: Call, *, opened: int, designations: int, below_quorum: bool = False, by: Person) -> Announcement:
    """Apply every decision of a call at once, and let everybody know.

    `opened` is the version and `designations` the number that the head of the network has read; `below_quorum` says
    that files with too few reviews are decided on nonetheless. All three are about the files that the head may know;
    the act covers those with which they are in conflict too, see docs/decisions/0015. Raises Refusal, and changes
    nothing, if something is missing or has changed since.
    """
    one = _take(call, opened, by=by)
    _hold(call)
    conflicts.find_again(call)
    prepared = queries.standing(call, Application.objects.clear_of(by))
    whole = queries.standing(call, Application.objects.all())
    if refusal := rules.announce(by, call, prepared.hinders, whole.hinders):
        raise refusal
    if prepared.below_quorum and not below_quorum:
        raise Refusal(_("Files have too few reviews: say that they are decided on nonetheless."), code="no-quorum")
    if len(prepared.chosen) != designations:
        raise rules.changed_meanwhile()
    Announcement.objects.filter(pk=one.pk).update(announced_at=timezone.now(), person_id=by.pk, person_name=by.name)
    move(one, "announce", by=by, designations=len(whole.chosen))
    left = _apply(call, prepared.table.definition["evaluation"]["feedback"], by=by)
    Announcement.objects.filter(pk=one.pk).update(left=left)
    one.refresh_from_db()
    return one


@step
def _take(call: Call, opened: int, *, by: Person) -> Announcement:
    """By one conditional UPDATE: of two who announce, or announce and change something, one is too late."""
    found = Announcement.objects.filter(call=call, version=opened, state=states.PREPARED)
    if not found.update(version=opened + 1):
        if refusal := rules.announce(by, call, ()):
            raise refusal
        raise rules.changed_meanwhile()
    return Announcement.objects.get(call=call)


@step
def _hold(call: Call) -> None:
    """Take the files of a call, then the call, for the length of this transaction: what is counted stays as it is."""
    list(Application.objects.select_for_update(of=("self",), no_key=True).filter(call=call).order_by("pk"))
    conflicts.hold(call)
    call.refresh_from_db()


@step
def _apply(call: Call, feedback: str, *, by: Person) -> list[dict[str, str]]:
    """Every decision, file by file; returns what could not be done."""
    found = Decision.objects.filter(application__call=call, application__state=states.ELIGIBLE)
    decisions = list(found.select_related("application__country", "application__field", "application__call"))
    applications = [each.application for each in decisions]
    chosen, members = queries.buddies(applications), memberships(applications)
    today, left = days.today(), []
    round = membership.round_on(today)
    for decision in decisions:
        buddy, reasons = chosen.get(decision.application_id, (None, ()))
        Decision.objects.filter(pk=decision.pk).update(buddy=buddy, buddy_reasons=list(reasons))
        decision.refresh_from_db(fields=["buddy", "buddy_reasons"])
        if decision.is_designated:
            missing = _designate(decision, members.get(decision.application_id), round, today, by=by)
            left += [{"file": decision.application.code, "role": role, "why": why} for role, why in missing]
        else:
            move(decision.application, "decline", by=by)
        if not _write(decision, feedback):
            left.append({"file": decision.application.code, "role": "", "why": "no-letter"})
    return left


@step
def _designate(
    decision: Decision, member: Membership | None, round: DesignationRound, today: dt.date, *, by: Person
) -> Iterable[tuple[str, str]]:
    """The city becomes a member today, or goes on in another field; what it planned enters the exchange."""
    application = decision.application
    if member is None:
        city = _admit(application, round, today, by=by)
    else:
        city = membership.change_field(member.city, field=application.field, on=today, by=by).city
    Application.objects.filter(pk=application.pk).update(city=city)
    move(application, "designate", by=by)
    application.city = city
    content = files.handed_in(application)
    propose(city, planned.ideas(content), fields=[application.field_id], by=by)
    if member is not None:
        return []  # its team is there, and so are its first steps and the day of its report
    contacts = [integration.Contact(*each) for each in planned.contacts(content)]
    found: list[tuple[str, str]] = integration.welcome(
        city, on=today, contacts=contacts, language=application.language, buddy=decision.buddy,
        reasons=decision.buddy_reasons, by=by,
    )  # fmt: skip
    return found


@step
def _admit(application: Application, round: DesignationRound, today: dt.date, *, by: Person) -> City:
    assert application.latitude is not None  # announcing hinders what lies nowhere
    assert application.longitude is not None
    city: City = membership.admit(
        name=application.city_name, country=application.country, latitude=application.latitude,
        longitude=application.longitude, field=application.field, round=round, population=application.population,
        local_name=application.local_name, start=today, by=by,
    )  # fmt: skip
    return city


@step
def _write(decision: Decision, rule: str) -> int:
    """The letters to those who own and wrote the file, and are there still; returns how many."""
    application = decision.application
    texts = queries.feedback(application, rule, is_designated=decision.is_designated)
    writers = application.contributors.filter(role__in=WRITERS, person__is_active=True).select_related("person")
    for part in writers:
        letters.letter(decision, part.person, texts)
    return len(writers)
