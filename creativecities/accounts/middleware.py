"""Between sign-in and the pages: the person's time zone, the last day of a session, and the second factor."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from creativecities.accounts import rules

Handler = Callable[[HttpRequest], HttpResponse]
SETS_UP = "mfa_index"
OPEN_WITHOUT = frozenset(
    {
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn", "account_reauthenticate", "account_logout", "core:healthz", "core:readyz",
    }
)  # fmt: skip


class SignedIn:
    """Middleware. A visitor without a session passes untouched and costs no statement."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _has_session(request) or not request.user.is_authenticated:
            return self.get_response(request)
        _seen_today(request)
        with timezone.override(request.user.time_zone):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send a person whose account needs a second factor and has none to the page that sets one up."""
        match = request.resolver_match
        if not _has_session(request) or match is None or not request.user.is_authenticated:
            return None
        if not rules.second_factor_needed(request.user):
            return None
        if match.view_name in OPEN_WITHOUT or rules.has_second_factor(request.user):
            return None
        return redirect(SETS_UP)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """The sign-in library's `site` (the host's name) must not hide ours."""
        if response.context_data:
            response.context_data.pop("site", None)
        return response


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _seen_today(request: HttpRequest) -> None:
    """Note once a day that a session is in use, so that its owner can recognise it in the list."""
    today = timezone.now().date().isoformat()
    if request.session.get("seen_on") != today:
        request.session["seen_on"] = today
        UserSession.objects.create_from_request(request)
