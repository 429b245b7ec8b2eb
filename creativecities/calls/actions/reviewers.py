"""The Secretariat asks people to read files; they answer, promise confidence, declare conflicts, and may leave."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import conflicts
from creativecities.calls.compute.definition import languages
from creativecities.calls.models import Application, Assignment, Call, Conflict, Reviewer
from creativecities.calls.notices import reviewers as notices
from creativecities.calls.notices.reviews import opinion_keys
from creativecities.calls.queries import reviewers as queries
from creativecities.calls.queries.calls import published_definition
from creativecities.calls.rules import reviewers as rules
from creativecities.core import outbox
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import City, CreativeField

USUAL_MOST = 10


@action(quiet=True)
def invite_expert(call: Call, *, email: str, name: str, language: str, by: Person, **values: Any) -> Reviewer:
    """Ask somebody from outside to read files; an account is opened for their address if there is none.

    `values` are `fields`, `languages`, `countries`, `most` and `about`.
    """
    if refusal := rules.manage(by, call):
        raise refusal
    conflicts.hold(call)
    person = accounts.welcome(email, name, language, by=by)
    return _invite(call, person, None, values, by=by)


@action(quiet=True)
def invite_of_city(call: Call, person: Person, city: City, *, by: Person) -> Reviewer:
    """Ask somebody of a member city's team to read files of its field."""
    if refusal := rules.manage(by, call):
        raise refusal
    conflicts.hold(call)
    return _invite(call, person, city, _of(call, city), by=by)


@action(quiet=True)
def invite_cities(call: Call, fields: Iterable[CreativeField], *, by: Person) -> Event:
    """Ask the focal points of all member cities of some fields, each once; who was asked before is not asked again."""
    if refusal := rules.manage(by, call):
        raise refusal
    conflicts.hold(call)
    to_ask = queries.to_ask(call, [field.pk for field in fields])
    if not to_ask.mandates:
        raise Refusal(_("There is nobody to ask: all have been asked, or there is no focal point."), code="nobody")
    for mandate in to_ask.mandates:
        assert mandate.city is not None  # a focal point has a city
        _invite(call, mandate.person, mandate.city, _of(call, mandate.city), by=by)
    return record("calls.call.cities_invited", call, by=by, number=len(to_ask.mandates))


def _of(call: Call, city: City) -> dict[str, Any]:
    """What is known of who reads for a city: its field, its country, and which of the call's languages it works in."""
    field = network.member_cities().filter(city=city).values_list("field_id", flat=True).first()
    spoken = {"en", *(code.split("-")[0] for code in city.country.languages.split(";"))}
    read = [code for code in languages(published_definition(call)) if code.split("-")[0] in spoken]
    return {
        "fields": [field] if field else [], "languages": read, "countries": [city.country_id], "most": USUAL_MOST
    }  # fmt: skip


@step
def _invite(call: Call, person: Person, city: City | None, values: Mapping[str, Any], *, by: Person) -> Reviewer:
    if refusal := rules.invite(by, call, person, city):
        raise refusal
    group = Reviewer.Group.MEMBER_CITY if city else Reviewer.Group.EXPERT
    reviewer = Reviewer.objects.create(call=call, person=person, group=group, city=city, **values)
    record("calls.reviewer.invited", reviewer, by=by, group=group)
    notices.invited(reviewer)
    return reviewer


@action(quiet=True)
def invite_again(reviewer: Reviewer, *, by: Person) -> Event:
    """Ask somebody again who has declined or left. Promise and declaration begin anew.

    What went back unread is free for them again; a conflict that stands still keeps it from them.
    """
    if refusal := rules.invite_again(by, reviewer):
        raise refusal
    conflicts.hold(reviewer.call)
    event = move(reviewer, "invite_again", by=by)
    _set(reviewer, at=timezone.now(), confided_at=None, declared_at=None, reminded_at=None, reason="")
    Assignment.objects.filter(reviewer=reviewer, state=states.RECUSED, review__isnull=True).delete()
    notices.invited(reviewer, again=event.pk)
    return event


@step
def _set(reviewer: Reviewer, **values: Any) -> None:
    Reviewer.objects.filter(pk=reviewer.pk).update(**values)
    reviewer.refresh_from_db()


@action(quiet=True)
def accept(reviewer: Reviewer, *, by: Person, **values: Any) -> Event:
    """Say yes, with how many files at most and in which languages. What stands against files is found at once."""
    if refusal := rules.accept(by, reviewer):
        raise refusal
    event = move(reviewer, "accept", by=by)
    _set(reviewer, **values)
    conflicts.find_again(reviewer.call, reviewers=[reviewer])
    return event


@action(quiet=True)
def decline(reviewer: Reviewer, *, reason: str, by: Person) -> Event:
    """Say no, with a reason."""
    if refusal := rules.own(by, reviewer):
        raise refusal
    if not reason:
        raise Refusal(_("Say why, in a few words."), code="no-reason")
    event = move(reviewer, "decline", by=by)
    _set(reviewer, reason=reason)
    return event


@action(quiet=True)
def promise(reviewer: Reviewer, *, by: Person) -> Event:
    """Promise to keep confidence; then the names of candidates can be shown."""
    if refusal := rules.promise(by, reviewer):
        raise refusal
    _set(reviewer, confided_at=timezone.now())
    return record("calls.reviewer.promised", reviewer, by=by)


@action(quiet=True)
def declare(
    reviewer: Reviewer, ties: Mapping[Application, tuple[str, str]], *, later: bool = False, by: Person
) -> Event:  # fmt: skip
    """Declare conflicts by type, each with a word on it, or that there is none; `later`, one that has come up since."""
    conflicts.hold(reviewer.call)
    reviewer.refresh_from_db()
    if refusal := rules.declare(by, reviewer, later=later):
        raise refusal
    for application, (kind, detail) in ties.items():
        conflicts.declare(reviewer, application, kind, detail)
    if reviewer.declared_at is None:
        _set(reviewer, declared_at=timezone.now())
    return record("calls.reviewer.declared", reviewer, by=by, number=len(ties))


@action(quiet=True)
def leave(reviewer: Reviewer, *, reason: str, by: Actor) -> Event:
    """Read no more in this call. What was handed in stays; what was not goes back."""
    if refusal := rules.leave(by, reviewer, reason):
        raise refusal
    conflicts.hold(reviewer.call)
    event = move(reviewer, "leave", by=by)
    _set(reviewer, reason=reason)
    for assignment in Assignment.objects.filter(reviewer=reviewer):
        outbox.take_back(opinion_keys(assignment.application_id, reviewer.person_id))
        if assignment.state == states.OPEN:
            move(assignment, "recuse", by=by)
    return event


@action(quiet=True)
def remind(call: Call, *, by: Person) -> Event:
    """Remind all who have not answered or not declared, each once a day at most."""
    if refusal := rules.manage(by, call):
        raise refusal
    conflicts.hold(call)
    silent = queries.to_remind(call)
    if not silent:
        raise Refusal(_("There is nobody to remind now."), code="nobody")
    now = timezone.now()
    Reviewer.objects.filter(pk__in=[each.pk for each in silent]).update(reminded_at=now)
    event = record("calls.call.reviewers_reminded", call, by=by, number=len(silent))
    for reviewer in silent:
        notices.reminded(reviewer, event)
    return event


@step
def forget(person: Person, *, by: Actor) -> None:
    """Of somebody who deletes their account nothing is kept that they wrote of themselves; what is open goes back."""
    for reviewer in Reviewer.objects.filter(Q(state=states.INVITED) | Q(state=states.ACCEPTED), person=person):
        move(reviewer, "leave", by=by)
        for assignment in Assignment.objects.filter(reviewer=reviewer, state=states.OPEN):
            move(assignment, "recuse", by=by)
    Reviewer.objects.filter(person=person).update(about="", reason="")
    Conflict.objects.filter(reviewer__person=person, kind__in=Conflict.DECLARED).update(detail="")
