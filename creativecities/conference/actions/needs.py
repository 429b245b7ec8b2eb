"""What delegates need and answer, said by themselves or their team and deleted by rule; the link that leads there."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, override

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Invitation, Person
from creativecities.conference import states
from creativecities.conference.actions import certificates, delegates, delegations, traces
from creativecities.conference.models import Delegate, Edition, Needs
from creativecities.conference.models.delegations import TOMBSTONE
from creativecities.conference.queries import delegations as sent_by
from creativecities.conference.queries import editions
from creativecities.conference.queries.needs import Going
from creativecities.conference.rules import registration as rules
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event

NEEDS = ("diet", "access", "answers")


@action(quiet=True)
def say(delegate: Delegate, *, values: dict[str, Any], opened: int, by: Person) -> Event:
    """Write down days, languages, consent, needs and answers. Raises Refusal when somebody else did meanwhile."""
    delegations.hold(delegate.delegation, opened)
    delegate.refresh_from_db(fields=["state"])
    if refusal := rules.say(by, delegate):
        raise refusal
    for name in ("days", "languages", "consent"):
        setattr(delegate, name, values[name])
    delegate.save(update_fields=["days", "languages", "consent"])
    kept = {name: values[name] for name in NEEDS} | {"person_id": delegate.person_id}
    Needs.objects.update_or_create(delegate=delegate, defaults=kept)
    return record("conference.delegate.needs_said", delegate, by=by)


@action(quiet=True)
def forget(going: Going, *, by: Actor) -> Event:
    """Delete what is kept no longer after an edition, in the end also who came; that somebody came stays counted."""
    Edition.objects.select_for_update().get(pk=going.edition.pk)  # no certificates are issued meanwhile
    rows = list(Needs.objects.select_for_update().filter(delegate__delegation__edition=going.edition))
    for row in rows:
        row.answers = {key: said for key, said in row.answers.items() if key not in going.keys}
        if going.is_all:
            row.diet, row.access, row.person = "", "", None
        row.save(update_fields=[*NEEDS, "person"])
    if going.is_all:
        certificates.part_with(going.edition)
        traces.lose(going.edition, by=by)
        _forget_who(Delegate.objects.filter(delegation__edition=going.edition))
        Needs.objects.filter(delegate__delegation__edition=going.edition, answers={}).delete()
    return record("conference.edition.needs_forgotten", going.edition, by=by, number=len(rows))


@action(quiet=True)
def invite(delegate: Delegate, *, language: str, by: Person) -> Invitation:
    """Send a delegate without an account a link to their own address, by which they see their entry."""
    if refusal := rules.invite(by, delegate):
        raise refusal
    sent = delegate.delegation
    with override(language):
        purpose = gettext("Your entry in the delegation of %(city)s: %(edition)s")
        purpose %= {"city": sent.city.name, "edition": editions.shown(sent.edition).title}
    invitation: Invitation = accounts.invite(
        email=delegate.email, name=delegate.name[:120], language=language, purpose=purpose[:300],
        kind=rules.INVITATION, payload={"delegate": delegate.pk}, by=by,
    )  # fmt: skip
    record("conference.delegate.invited", delegate, by=by)
    return invitation


@step
def take_up(invitation: Invitation, person: Person, *, by: Actor) -> None:
    """The entry is theirs from now on; who has another one in the delegation keeps that. `rules.stands` was asked."""
    found = Delegate.objects.filter(pk=invitation.payload["delegate"], person=None).exclude(state=states.WITHDRAWN)
    try:
        with transaction.atomic():
            if not found.update(person=person):
                return
    except IntegrityError:
        return
    Needs.objects.filter(delegate=invitation.payload["delegate"]).update(person=person)
    record("conference.delegate.claimed", Delegate.objects.get(pk=invitation.payload["delegate"]), by=by)


@step
def _forget_who(people: QuerySet[Delegate]) -> None:
    people.exclude(name="").update(name=TOMBSTONE)
    people.update(
        person=None, latin_name="", office="", email="", languages=[], gender="", consent=Delegate.Consent.NOBODY
    )


@step
def forget_person(person: Person, *, by: Actor) -> None:
    """Who deletes their account comes to no edition and is named in no delegation; that somebody came stays counted."""
    for delegate in sent_by.to_come(person):
        delegates.drop_out(delegate, by=by)
    Needs.objects.filter(Q(person=person) | Q(delegate__person=person)).delete()
    _forget_who(Delegate.objects.filter(person=person))
