"""My account: settings, sessions, my data, leaving."""

from typing import cast

from allauth.account.internal.flows.logout import logout
from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.accounts import actions, queries, rules
from creativecities.accounts.forms import ConfirmForm, ProfileForm, keep_code
from creativecities.accounts.models import Person
from creativecities.accounts.views import too_many_requests
from creativecities.core import language
from creativecities.core.access import page
from creativecities.core.pages import bare_path

ERASE = "erase"


def _me(request: HttpRequest) -> Person:
    return cast(Person, request.user)


@page("signed-in", methods=("GET", "HEAD", "POST"))
def profile(request: HttpRequest) -> HttpResponse:
    """My account: name, language, time zone, rhythm of notices, and the ways to everything else about it."""
    person = _me(request)
    fields = ("name", "language", "time_zone", "rhythm")
    form = ProfileForm(request.POST or None, initial={field: getattr(person, field) for field in fields})
    if request.method == "POST" and form.is_valid():
        actions.update_profile(person, **form.cleaned_data, by=person)
        messages.success(request, _("Saved."))
        return redirect(language.address(bare_path(request), person.language))
    return render(request, "accounts/profile.html", {"form": form, "has_factor": rules.has_second_factor(person)})


@page("public", methods=("GET", "HEAD", "POST"), by_link=True)
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the notices by mail, also signed out: a mail program in one click (RFC 8058); to open it does nothing."""
    if (person := queries.person_of_stop_link(token)) is None:
        raise Http404
    if stopped := request.method == "POST":
        actions.stop_notices(person, by=person)
    response = render(request, "accounts/stop_notices.html", {"stopped": stopped})
    response["X-Robots-Tag"] = "noindex"
    return response


@page("signed-in", methods=("GET", "HEAD", "POST"))
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in; end one session, or all others."""
    person = _me(request)
    here = request.session.session_key
    found = queries.sessions(person)
    if request.method == "POST":
        wanted = request.POST.get("session", "")
        pks = [one.pk for one in found if one.session_key != here and wanted in ("others", str(one.pk))]
        number = actions.end_sessions(person, pks=pks, by=person)
        messages.success(request, _("Sessions ended: %(number)s") % {"number": number})
        return redirect("accounts:sessions")
    rows = [
        {"session": one, "browser": queries.browser(one.user_agent), "is_here": one.session_key == here}
        for one in found
    ]
    return render(request, "accounts/sessions.html", {"rows": rows})


@page("signed-in")
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept about me, to take along or to delete."""
    return render(request, "accounts/my_data.html", {"refusal": rules.erase(_me(request))})


@page("signed-in", methods=("POST",))
def download(request: HttpRequest) -> HttpResponse:
    """Everything about me as one JSON file."""
    person = _me(request)
    actions.note_export(person, by=person)
    response = JsonResponse(queries.everything_about(person), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response["Cache-Control"] = "no-store"
    return response


@page("signed-in", methods=("GET", "HEAD", "POST"))
def delete(request: HttpRequest) -> HttpResponse:
    """Delete my account: the consequences, then a code sent to my address, then nothing is left."""
    person = _me(request)
    refusal = rules.erase(person)
    if request.method == "POST" and refusal is None:
        if "code" not in request.POST:
            if not ratelimit.consume(request, action="reauthenticate"):
                return too_many_requests(request)
            keep_code(request.session, actions.send_code(person, by=person), purpose=ERASE)
            return redirect("accounts:delete")
        form = ConfirmForm(request.POST, session=request.session, purpose=ERASE)
        if form.is_valid():
            actions.erase(person, by=person)
            logout(request)
            messages.success(request, _("Your account is deleted."))
            return redirect("account_request_login_code")
    else:
        form = ConfirmForm(session=request.session, purpose=ERASE)
    context = {"refusal": refusal, "form": form, "is_code_sent": f"code_{ERASE}" in request.session}
    return render(request, "accounts/delete.html", context, status=refusal.status if refusal and request.POST else 200)
