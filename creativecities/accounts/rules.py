"""May this person do this now? And the hooks by which higher rungs say what accounts cannot know.

Whose account needs a second factor, what an accepted invitation opens, when an account cannot be deleted and what else
is forgotten with it: higher rungs register that here in `AppConfig.ready()`.
"""

from collections.abc import Callable
from typing import Any, Protocol

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts import states
from creativecities.accounts.models import Invitation, Person
from creativecities.core import access
from creativecities.core.actor import Actor
from creativecities.core.refusal import Refusal


class Acceptance(Protocol):
    """What a slice does when an invitation of its kind is accepted, in the same transaction."""

    def __call__(self, invitation: Invitation, person: Person, *, by: Actor) -> object: ...


class Erasure(Protocol):
    """What a slice forgets or ends when a person leaves, in the same transaction."""

    def __call__(self, person: Person, *, by: Actor) -> object: ...


SecondFactorRule = Callable[[Any], bool]
StandingRule = Callable[[Invitation], bool]
ErasureRule = Callable[[Person], Refusal | None]

_second_factor_rules: list[SecondFactorRule] = []
_acceptances: dict[str, Acceptance] = {}
_standing: dict[str, StandingRule] = {}
_erasure_rules: list[ErasureRule] = []
_erasures: list[Erasure] = []


def register_second_factor_rule(rule: SecondFactorRule) -> None:
    """Say whose account needs a second factor."""
    _second_factor_rules.append(rule)


def register_acceptance(kind: str, act: Acceptance, stands: StandingRule) -> None:
    """Say what happens when an invitation of this kind is accepted, and whether its sender may still invite."""
    _acceptances[kind] = act
    _standing[kind] = stands


def register_erasure_rule(rule: ErasureRule) -> None:
    """Say when a person's account cannot be deleted, and why."""
    _erasure_rules.append(rule)


def register_erasure(erase: Erasure) -> None:
    """Say what else is forgotten when a person's account is deleted."""
    _erasures.append(erase)


def acceptance(kind: str) -> Acceptance | None:
    """What to do when an invitation of this kind is accepted."""
    return _acceptances.get(kind)


def erasures() -> tuple[Erasure, ...]:
    return tuple(_erasures)


def second_factor_needed(person: Any) -> bool:
    """Whether this person's account must have a second factor."""
    return any(rule(person) for rule in _second_factor_rules)


def has_second_factor(person: Any) -> bool:
    """Whether a second factor is set up. One statement."""
    return bool(_second_factors(person).exists())


def is_only_second_factor(person: Any) -> bool:
    """Whether the second factor that was just set up is the only one. One statement."""
    return bool(_second_factors(person).count() == 1)


def _second_factors(person: Any) -> Any:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=person.pk, type__in=kinds)


def second_factor_missing(person: Any) -> bool:
    """Whether this person has to set up a second factor before anything else."""
    return second_factor_needed(person) and not has_second_factor(person)


def accept(invitation: Invitation) -> Refusal | None:
    """An invitation works once, until its day and while its sender may invite. Each refusal says what to do."""
    ask_again = _("Ask %(name)s for a new one.") % {"name": invitation.invited_by_name}
    if invitation.state == states.ACCEPTED:
        return Refusal(
            _("This invitation has been used."),
            remedy=_("Sign in with the address it was sent to; a code is sent to you by mail."),
            code="invitation-used",
            status=410,
        )
    stands = _standing.get(invitation.kind)
    if invitation.state == states.REVOKED or not invitation.email.strip() or (stands and not stands(invitation)):
        return Refusal(_("This invitation was withdrawn."), remedy=ask_again, code="invitation-revoked", status=410)
    if invitation.expires_at <= timezone.now():
        return Refusal(_("This invitation has expired."), remedy=ask_again, code="invitation-expired", status=410)
    return None


def erase(person: Person) -> Refusal | None:
    """The first reason why this account cannot be deleted now, None if it can."""
    for rule in _erasure_rules:
        if refusal := rule(person):
            return refusal
    return None


def reset_second_factor(by: Any, person: Person) -> Refusal | None:
    """Only another officer of the Secretariat, as a witness, takes a lost second factor away."""
    secretariat = access.audiences().get("secretariat")
    if not (secretariat and getattr(by, "is_authenticated", False) and secretariat(by)):
        return Refusal(_("Only the Secretariat can take a second factor away."), code="not-secretariat", status=403)
    if by.pk == person.pk:
        return Refusal(
            _("You cannot witness for yourself."),
            remedy=_("Another officer of the Secretariat has to confirm that it is you who lost the second factor."),
            code="own-witness",
            status=403,
        )
    if not has_second_factor(person):
        return Refusal(_("This account has no second factor."), code="no-second-factor")
    return None
