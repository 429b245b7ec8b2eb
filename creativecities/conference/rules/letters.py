"""Who issues invitation letters: None, or a Refusal with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import Delegate, Edition
from creativecities.conference.rules import editions, registration
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def issue(person: Any, delegate: Delegate) -> Refusal | None:
    """The city's team or the Secretariat, for somebody who is confirmed by name."""
    sent = delegate.delegation
    if refusal := _runs(person, delegate) or registration.comes(sent) or known(sent.edition):
        return refusal
    if delegate.state != states.CONFIRMED:
        return Refusal(_("A letter is issued to who is confirmed by name."), code="not-confirmed")
    return None


def issue_all(person: Any, edition: Edition) -> Refusal | None:
    """The Secretariat, before the edition is over."""
    return editions.run(person, edition) or registration.going_on(edition) or known(edition)


def _runs(person: Any, delegate: Delegate) -> Refusal | None:
    sent = delegate.delegation
    if network.is_secretariat(person):
        return registration.going_on(sent.edition)
    return registration.act(person, sent)


def known(edition: Edition) -> Refusal | None:
    """A letter says where one is invited to."""
    if edition.hosts.exists():
        return None
    return Refusal(_("The host city is not known yet: a letter says where one is invited to."), code="no-host")
