"""How the sign-in library speaks to this platform: mail through the outbox, no open sign-up, limits that answer 429."""

from types import SimpleNamespace
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from creativecities.accounts import actions, notices, queries, rules
from creativecities.accounts.models import Person
from creativecities.core import views as core

TOO_MANY = frozenset({"too_many_login_attempts", "rate_limited"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in by mail code, password, passkey."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code of the mail. Look at the newest mail, or ask for a new code."),
        "too_many_login_attempts": _("Too many wrong tries. Ask for a new code in a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations alone."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The message of a form; too many tries are a page of their own."""
        if code in TOO_MANY:
            raise ImmediateHttpResponse(core.error_page(current.request, 429))
        return super().validation_error(code, *args)  # type: ignore[no-any-return]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail in the recipient's language, or in the page's for an address without an account."""
        person = context.get("user") or Person.objects.filter(email=email.lower()).first()
        language = person.language if person else get_language() or settings.LANGUAGE_CODE
        words = {"email": email, "current_site": SimpleNamespace(name=settings.SITE["name"]), **context}
        notices.tell(
            template_prefix, to=email, language=language, context=words, person_id=person.pk if person else None
        )

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Every change to the safety of an account leaves an event and a mail."""
        actions.security_changed(user, template_prefix, to=email or user.email, by=user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk, in the language the person has chosen."""
        with translation.override(getattr(request.user, "language", None) or get_language()):
            return reverse(settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("accounts:profile")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps, passkeys, recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That is not the code of the moment. Wait for the next one and try again."),
    }

    def get_totp_issuer(self) -> str:
        return str(settings.SITE["name"])

    def _get_site_name(self) -> str:
        return str(settings.SITE["name"])

    def build_totp_svg(self, url: str) -> str:
        """The secret as a QR code on white, so that it can be read in the dark scheme too."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")  # type: ignore[no-any-return]


class OrganisationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by the organisation's own directory, for persons who already have an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """Directories come from the environment alone, so a page that offers them asks the database nothing."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]


def proven_by_setting_up(request: HttpRequest, user: Person, **_: Any) -> None:
    """Whoever has just set a second factor up has proven that they hold it: the recovery codes may follow at once."""
    record_authentication(request, user, method="mfa", reauthenticated=True)
    _end_unproven(request, user)


def _end_unproven(request: HttpRequest, user: Person) -> None:
    """Sessions opened before there was a second factor never proved one: the first ends them, but for the present."""
    if not rules.is_only_second_factor(user):
        return
    here = request.session.session_key
    if pks := [one.pk for one in queries.sessions(user) if one.session_key != here]:
        actions.end_sessions(user, pks=pks, by=user)
