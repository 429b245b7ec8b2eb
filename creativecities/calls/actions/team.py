"""A file's team: invited by its owner, given parts of it, let go; and a file that serves a later call."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext, override

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Invitation, Person
from creativecities.calls.actions import conflicts
from creativecities.calls.actions.applications import begin
from creativecities.calls.models import Answer, AnswerVersion, Application, Call, Contributor
from creativecities.calls.notices import applications as notices
from creativecities.calls.queries import applications as queries
from creativecities.calls.queries.conflicts import working
from creativecities.calls.rules import team as rules
from creativecities.calls.rules.applications import own
from creativecities.core import outbox
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event

OWNER, EDITOR = Contributor.Role.OWNER, Contributor.Role.EDITOR


@action(quiet=True)
def invite(application: Application, *, email: str, name: str, language: str, role: str, by: Person) -> Invitation:
    """Send somebody a link by which they join the file. Its purpose does not name the city."""
    _hold(application)
    if refusal := rules.invite(by, application, role):
        raise refusal
    with override(language):
        purpose = gettext("Prepare a city’s file in a call for applications, as %(role)s")
        purpose %= {"role": str(Contributor.Role(role).label).lower()}
    payload = {"application": application.pk, "role": role}
    invitation = accounts.invite(
        email=email, name=name, language=language, purpose=purpose, kind=rules.INVITATION, payload=payload, by=by
    )
    record("calls.application.invited", application, by=by, role=role, invitation_id=invitation.pk)
    return invitation


@step
def take_up(invitation: Invitation, person: Person, *, by: Actor) -> None:
    """Join the file; who is in it already stays what they are. `rules.stands` was asked before."""
    application = Application.objects.get(pk=invitation.payload["application"])
    given = {"role": invitation.payload["role"]}
    _part, is_new = Contributor.objects.get_or_create(application=application, person=person, defaults=given)
    if is_new:
        record("calls.application.joined", application, by=person, role=given["role"])
    if reading := working(application.call).filter(person=person):
        conflicts.find_again(application.call, reviewers=reading)


@action(quiet=True)
def withdraw_invitation(application: Application, invitation: Invitation, *, by: Person) -> Event:
    """Take back an invitation that nobody has accepted."""
    if refusal := own(by, application):
        raise refusal
    accounts.revoke(invitation, by=by)
    return record("calls.application.uninvited", application, by=by, invitation_id=invitation.pk)


@action(quiet=True)
def change(part: Contributor, *, role: str, sections: list[str], by: Person) -> Event:
    """Let somebody write or only read, and look after some sections."""
    _hold_part(part)
    if refusal := rules.change(by, part, role):
        raise refusal
    Contributor.objects.filter(pk=part.pk).update(role=role, sections=sections)
    return record("calls.application.team_changed", part.application, by=by, person_id=part.person_id, role=role)


@action(quiet=True)
def look_after(part: Contributor, *, sections: list[str], by: Person) -> Event:
    """The owner's own sections."""
    if refusal := own(by, part.application):
        raise refusal
    Contributor.objects.filter(pk=part.pk).update(sections=sections)
    return record(
        "calls.application.team_changed", part.application, by=by, person_id=part.person_id, role=part.role
    )  # fmt: skip


@action(quiet=True)
def hand_over(part: Contributor, *, by: Person) -> Event:
    """Let another of the team own the file; who owned it writes on as an editor."""
    _hold_part(part)
    if refusal := rules.change(by, part):
        raise refusal
    return _now_owned_by(part, by=by)


@step
def _now_owned_by(part: Contributor, *, by: Actor) -> Event:
    application = part.application
    application.contributors.filter(role=OWNER).update(role=EDITOR)
    if not application.contributors.filter(pk=part.pk).update(role=OWNER):
        raise rules.gone()
    event = record("calls.application.handed_over", application, by=by, to_person_id=part.person_id)
    notices.now_owner(part.person, application, event)
    return event


@action(quiet=True)
def let_go(part: Contributor, *, by: Person) -> Event:
    """Take somebody out of the team. What they wrote stays."""
    _hold_part(part)
    if refusal := rules.change(by, part):
        raise refusal
    Contributor.objects.filter(pk=part.pk).delete()
    outbox.take_back(notices.comment_keys(part.application_id, part.person_id))
    return record("calls.application.let_go", part.application, by=by, person_id=part.person_id)


@action(quiet=True)
def leave(application: Application, *, by: Person) -> Event:
    """Go. What one wrote stays."""
    _hold(application)
    if refusal := rules.leave(by, application):
        raise refusal
    application.contributors.filter(person=by).delete()
    outbox.take_back(notices.comment_keys(application.pk, by.pk))
    return record("calls.application.left", application, by=by)


@action(quiet=True)
def take_into(application: Application, call: Call, *, by: Person) -> Application:
    """Begin the file anew in a later call, with the answers to questions that are asked there as well, and the team."""
    if refusal := rules.serves_later(by, application):
        raise refusal
    facts = {name: getattr(application, name) for name in Application.FACTS}
    new: Application = begin(call, facts, by=by)
    asked = {each["key"]: each["kind"] for each in queries.definition_of(new)["questions"]}
    before = {each["key"]: each["kind"] for each in queries.definition_of(application)["questions"]}
    for answer in application.answers.all():
        if asked.get(answer.question, "") == before.get(answer.question):
            _copy(answer, new)
    for part in application.contributors.exclude(person=by):
        Contributor.objects.create(application=new, person_id=part.person_id, role=part.role)
    record("calls.application.taken_over", new, by=by, from_application_id=application.pk)
    return new


@step
def _copy(answer: Answer, to: Application) -> None:
    said: dict[str, Any] = {name: getattr(answer, name) for name in ("question", "row", "value", "at")}
    said |= {"application": to, "person_id": answer.person_id, "person_name": answer.person_name}
    Answer.objects.create(**said)
    AnswerVersion.objects.create(**said, began_at=answer.at)


@step
def forget_member(person: Person, *, by: Actor) -> None:
    """Who deletes their account leaves all files. One that others prepare passes to the first of them.

    The rule asks people to hand it over themselves; this serves what comes back with a backup.
    """
    for application in rules.owned_with_others(person):
        _hold(application)
        others = application.contributors.exclude(person=person)
        heir = others.filter(role=EDITOR).first() or others.first()
        assert heir is not None  # there are others
        _now_owned_by(heir, by=by)
    Contributor.objects.filter(person=person).exclude(role=OWNER).delete()


@step
def _hold(application: Application) -> None:
    """Take the file for the length of this transaction: of two who change the team one waits."""
    Application.objects.filter(pk=application.pk).update(version=F("version") + 1)


@step
def _hold_part(part: Contributor) -> None:
    """Take the file, then read again what somebody is in its team: who waited may find them gone."""
    _hold(part.application)
    now = Contributor.objects.filter(pk=part.pk).values_list("role", flat=True).first()
    if now is None:
        raise rules.gone()
    part.role = now
