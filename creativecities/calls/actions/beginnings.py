"""Somebody without an account begins a file: a link goes to their address, and following it begins the file."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, override

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Invitation, Person
from creativecities.calls.actions.applications import begin
from creativecities.calls.models import Call
from creativecities.calls.rules import applications as rules
from creativecities.core.action import action, step
from creativecities.core.actor import Actor, Robot
from creativecities.core.refusal import Refusal
from creativecities.network.models import Country, CreativeField

INVITATION = "calls.begin"


@action(quiet=True)
def invite_to_begin(
    call: Call, facts: Mapping[str, Any], *, email: str, name: str, language: str, by: Robot
) -> Invitation:  # fmt: skip
    """Send a link by which a file is begun. Its purpose does not name the city: it is read in more places."""
    definition = call.versions.all()[0].definition
    if refusal := rules.takes(call, definition, dict(facts)):
        raise refusal
    with override(language):
        purpose = gettext("The file of your city in a call for applications")
    kept = {**facts, "country": facts["country"].pk, "field": facts["field"].pk}
    return accounts.invite(
        email=email, name=name, language=language, purpose=purpose, kind=INVITATION,
        payload={"call": call.pk, "facts": kept}, by=by,
    )  # fmt: skip


@step
def take_up(invitation: Invitation, person: Person, *, by: Actor) -> None:
    """Begin the file of who followed the link; one that they have begun already serves them as well."""
    call, facts = _begun_by(invitation)
    try:
        begin(call, facts, by=person)
    except Refusal as refusal:
        if refusal.code != "begun-already":
            raise


def _begun_by(invitation: Invitation) -> tuple[Call, dict[str, Any]]:
    """The call and what the file says of the city, from an invitation to begin one."""
    facts = invitation.payload["facts"]
    found = {
        "country": Country.objects.get(pk=facts["country"]),
        "field": CreativeField.objects.get(pk=facts["field"]),
    }
    return Call.objects.get(pk=invitation.payload["call"]), {**facts, **found}
