"""Who is told what by mail, and the sentence of each event of this slice."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Invitation, Person
from creativecities.core import events, outbox

SENTENCES = {
    "accounts.person.welcomed": _("%(actor)s opened an account for %(subject)s"),
    "accounts.person.recognised": _("%(actor)s used the existing account of %(subject)s"),
    "accounts.person.reactivated": _("%(actor)s opened the account of %(subject)s again"),
    "accounts.person.changed": _("%(actor)s changed their account settings"),
    "accounts.person.stopped_notices": _("%(actor)s stopped the notices by mail"),
    "accounts.person.exported": _("%(actor)s downloaded their own data"),
    "accounts.person.code_sent": _("%(actor)s asked for a code by mail"),
    "accounts.person.sessions_ended": _("%(actor)s ended sessions on other devices"),
    "accounts.person.second_factor_reset": _("%(actor)s took the second factor of %(subject)s away, as a witness"),
    "accounts.person.erased": _("An account was deleted by its owner"),
    "accounts.mail.forgotten": _("Mails with expired codes were deleted"),
    "accounts.invitation.sent": _("%(actor)s sent an invitation: %(subject)s"),
    "accounts.invitation.accepted": _("%(actor)s accepted an invitation: %(subject)s"),
    "accounts.invitation.revoked": _("%(actor)s withdrew an invitation: %(subject)s"),
    "accounts.person.password_changed": _("%(actor)s changed their password"),
    "accounts.person.password_set": _("%(actor)s set a password"),
    "accounts.person.password_reset": _("%(actor)s replaced a forgotten password"),
    "accounts.person.address_changed": _("%(actor)s changed their e-mail address"),
    "accounts.person.address_confirmed": _("%(actor)s confirmed their e-mail address"),
    "accounts.person.address_removed": _("%(actor)s removed an e-mail address"),
    "accounts.person.app_added": _("%(actor)s set up an authenticator app"),
    "accounts.person.app_removed": _("%(actor)s removed their authenticator app"),
    "accounts.person.passkey_added": _("%(actor)s added a passkey or security key"),
    "accounts.person.passkey_removed": _("%(actor)s removed a passkey or security key"),
    "accounts.person.recovery_codes_made": _("%(actor)s made new recovery codes"),
    "accounts.person.organisation_connected": _("%(actor)s connected the account of their organisation"),
    "accounts.person.organisation_disconnected": _("%(actor)s disconnected the account of their organisation"),
}

# What allauth calls its notifications → the event, and the sentence of the mail.
SECURITY = {
    "account/email/password_changed": ("password_changed", _("The password of your account was changed.")),
    "account/email/password_set": ("password_set", _("A password was set for your account.")),
    "account/email/password_reset": ("password_reset", _("The password of your account was replaced.")),
    "account/email/email_changed": ("address_changed", _("The e-mail address of your account was changed.")),
    "account/email/email_confirm": ("address_confirmed", _("The e-mail address of your account was confirmed.")),
    "account/email/email_deleted": ("address_removed", _("An e-mail address was removed from your account.")),
    "mfa/email/totp_activated": ("app_added", _("An authenticator app was set up for your account.")),
    "mfa/email/totp_deactivated": ("app_removed", _("The authenticator app of your account was removed.")),
    "mfa/email/webauthn_added": ("passkey_added", _("A passkey or security key was added to your account.")),
    "mfa/email/webauthn_removed": ("passkey_removed", _("A passkey or security key of your account was removed.")),
    "mfa/email/recovery_codes_generated": ("recovery_codes_made", _("New recovery codes were made for your account.")),
    "socialaccount/email/account_connected": (
        "organisation_connected",
        _("The sign-in of your organisation was connected to your account."),
    ),
    "socialaccount/email/account_disconnected": (
        "organisation_disconnected",
        _("The sign-in of your organisation was disconnected from your account."),
    ),
}


def register() -> None:
    """Make the sentences known."""
    events.register(SENTENCES)


def tell(
    template: str, *, to: str, language: str, context: Mapping[str, Any], person_id: int | None = None, link: str = "",
    due_at: dt.datetime | None = None, kind: str = "",
) -> None:  # fmt: skip
    """Queue a mail written from `<template>_subject.txt` and `<template>_message.txt`, in the reader's language."""
    words = {"site": settings.SITE, **context}
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", words).split())
        body = render_to_string(f"{template}_message.txt", words).strip()
    kind = kind or "accounts." + template.rsplit("/", 1)[-1]
    outbox.queue(
        kind=kind,
        key=f"{kind}:{secrets.token_hex(16)}",
        to=to,
        subject=subject,
        body=body + "\n",
        link=link,
        person_id=person_id,
        language=language,
        due_at=due_at,
    )


def address(name: str, language: str, *arguments: Any) -> str:
    """The whole address of a page, in a language."""
    with translation.override(language):
        return f"{settings.SITE['url']}{reverse(name, args=arguments)}"


def invited(invitation: Invitation, token: str) -> None:
    """Send the link of an invitation."""
    link = address("accounts:invitation", invitation.language, token)
    tell(
        "accounts/mail/invitation",
        to=invitation.email,
        language=invitation.language,
        context={"invitation": invitation},
        link=link,
        kind=invitation.kind if outbox.is_unseen(invitation.kind) else "",
    )


def security_changed(person: Person, what: str, *, to: str) -> None:
    """Tell a person that something about the safety of their account has changed."""
    tell(
        "accounts/mail/security",
        to=to,
        language=person.language,
        context={"person": person, "what": SECURITY[what][1]},
        person_id=person.pk,
        link=address("accounts:profile", person.language),
    )


def code_sent(person: Person, code: str) -> None:
    """Send the code that confirms a deciding act."""
    tell(
        "accounts/mail/code",
        to=person.email,
        language=person.language,
        context={"person": person, "code": code},
        person_id=person.pk,
    )


def second_factor_reset(person: Person, *, by: str) -> None:
    """Tell a person that a witness took their second factor away."""
    tell(
        "accounts/mail/second_factor_reset",
        to=person.email,
        language=person.language,
        context={"person": person, "witness": by},
        person_id=person.pk,
        link=address("account_request_login_code", person.language),
    )
