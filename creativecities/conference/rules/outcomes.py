"""Who writes and opens outcome documents, and which city signs: None, or a Refusal with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute import outcomes as compute
from creativecities.conference.models import Outcome, OutcomeVersion, Signature
from creativecities.conference.rules import editions, signing
from creativecities.core.refusal import Refusal
from creativecities.network.models import City


def write(person: Any, one: Outcome) -> Refusal | None:
    """The Secretariat, as long as cities have not finished signing."""
    if refusal := editions.run(person, one.edition):
        return refusal
    if one.state == states.CLOSED:
        return Refusal(
            _("This document is closed for signing, and its text stays as it is."), code="closed",
            remedy=_("Open it again first."),
        )  # fmt: skip
    return None


def release(person: Any, one: Outcome, before: OutcomeVersion | None) -> Refusal | None:
    """Who may write it, when there is something new to read."""
    if refusal := write(person, one):
        return refusal
    if not any(one.text.values()):
        return Refusal(_("Nothing is written yet."), code="nothing-written")
    if not compute.is_new(one.title, one.text, before):
        return Refusal(_("Everything that is written is public already."), code="nothing-new")
    return None


def open_for_signing(person: Any, one: Outcome) -> Refusal | None:
    """The Secretariat, once a version is public."""
    if refusal := editions.run(person, one.edition):
        return refusal
    if one.state == states.DRAFT:
        return Refusal(_("Publish a version first: cities sign what everybody can read."), code="not-public")
    return None


def sign(person: Any, city: City, version: OutcomeVersion) -> Refusal | None:
    """By mandate, the newest version, while it is open, once for each city."""
    return signing.bind(person, city) or is_open(version)


def is_open(version: OutcomeVersion) -> Refusal | None:
    """A version is signed while its document is open, and while none is newer."""
    one = version.outcome
    if one.state != states.OPEN:
        return Refusal(_("This document is not open for signing."), code="not-open")
    if version.number != one.number:
        return Refusal(
            _("A newer version is public since you opened this page."), code="newer-version",
            remedy=_("Read it, then sign that one."),
        )  # fmt: skip
    return None


def withdraw(person: Any, signature: Signature) -> Refusal | None:
    """By mandate for the same city, while the document is open."""
    if signature.withdrawn_at is not None:
        return Refusal(_("This signature is withdrawn already."), code="withdrawn")
    if refusal := signing.bind(person, signature.city):
        return refusal
    if signature.version.outcome.state != states.OPEN:
        return Refusal(_("A signature is withdrawn as long as the document is open for signing."), code="not-open")
    return None


def signed_already() -> Refusal:
    """Why a city signs once."""
    return Refusal(_("Your city has signed this version already."), code="signed")
