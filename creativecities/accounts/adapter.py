"""How the sign-in library speaks to this platform: mail through the outbox, no open sign-up, limits that answer 429."""

from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as current
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.accounts import actions, jobs, notices, queries, rules
from creativecities.accounts.models import Person
from creativecities.core import views as core

TOO_MANY = frozenset({"too_many_login_attempts", "rate_limited"})
UNKNOWN = "account/email/unknown_account"
ANSWERS = frozenset({"account/email/login_code", UNKNOWN})
"""The mails that answer the question for a code, for a known and for an unknown address."""
CODE_IS_SHARED_SECONDS = 15 * 60
DIGITS, DIGITS_WHEN_MANY_ASK = 6, 12


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

    def ask_for_code(self, email: str) -> None:
        """Choose the code that the mail will bring; too many questions from one network are refused.

        Nobody can hold the owner of an address off by asking again and again from elsewhere: the code belongs to the
        address and not to who asked, so the one that is out opens the page of everybody who waits for it. Where many
        ask within a day, new codes are so long that guessing stays hopeless.
        """
        address = email.lower()
        if not ratelimit.consume(current.request, action="ask_for_code", key=f"{address} {get_ip(current.request)}"):
            raise self.validation_error("too_many_login_attempts")
        are_few = ratelimit.consume(current.request, action="short_code", key=address)
        current.request.code_out = _code_out(address, DIGITS if are_few else DIGITS_WHEN_MANY_ASK)

    def generate_login_code(self) -> str:
        """The code that is out for the address that was typed."""
        code: str = current.request.code_out
        return code

    def long_code_out(self, email: str) -> str | None:
        """The long code that came by mail meanwhile, because many asked; it opens the page of everybody who waits."""
        code: str | None = cache.get(_place("out", email.lower(), str(DIGITS_WHEN_MANY_ASK)))
        return code

    def use_code(self, email: str, code: str) -> bool:
        """Let a right code be used up, for everybody who waits for it; False if it is already."""
        address = email.lower()
        cache.set(_place("out", address, str(len(code))), None)
        return cache.add(_place("used", address, code), True, 2 * CODE_IS_SHARED_SECONDS)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail in the recipient's language, or in the page's for an address without an account.

        A code that is out is sent again a few times only, however many ask for it. Of the mails to an address without
        an account a few a day leave; more are written too, as the work must not tell it from a known one, but for a day
        on which they are long forgotten.
        """
        person = context.get("user")
        if person is None and template_prefix != UNKNOWN:  # was looked for twice already, a known one only once
            person = Person.objects.filter(email=email.lower()).first()
        if template_prefix in ANSWERS and not _may_be_mailed(email):
            return
        language = person.language if person else get_language() or settings.LANGUAGE_CODE
        words = {"email": email, "current_site": SimpleNamespace(name=settings.SITE["name"]), **context}
        due_at = timezone.now() + 2 * jobs.CODES_ARE_KEPT if _is_too_much(template_prefix, email) else None
        pk = person.pk if person else None
        notices.tell(template_prefix, to=email, language=language, context=words, person_id=pk, due_at=due_at)

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


def _code_out(address: str, digits: int) -> str:
    """The code that waits in the mailbox of this address, or a fresh one. Kept for unknown addresses just the same."""
    place = _place("out", address, str(digits))
    code: str | None = cache.get(place)
    if code is None:
        code = get_random_string(digits, "0123456789")
        cache.set(place, code, CODE_IS_SHARED_SECONDS)
    return code


def _may_be_mailed(email: str) -> bool:
    code = getattr(current.request, "code_out", None)  # None on the page for a forgotten password
    return code is None or ratelimit.consume(current.request, action="mail_code", key=f"{email.lower()} {code}")


def _is_too_much(template_prefix: str, email: str) -> bool:
    """Whether an address without an account has had its mails of the day. Counted for known addresses just the same."""
    if not hasattr(current.request, "code_out"):  # the page for a forgotten password has a limit of its own
        return False
    are_few = ratelimit.consume(current.request, action="mail_without_account", key=email.lower())
    return template_prefix == UNKNOWN and not are_few


def _place(*parts: str) -> str:
    return "code:" + salted_hmac("accounts.sign-in", " ".join(parts), algorithm="sha256").hexdigest()


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
        import qrcode  # slow to load, and one page in a person's life needs it
        from qrcode.image.svg import SvgPathFillImage

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
