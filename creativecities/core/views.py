"""Pages of the house itself: errors, health, metrics, and the gallery of components."""

import hmac
import sys
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template import Context, loader
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.core import gallery, http, metrics, presence
from creativecities.core.access import page
from creativecities.core.context import around

ERRORS = {
    400: (
        gettext_lazy("This address cannot be read"),
        gettext_lazy("Part of it is not text, or not in a form this page knows."),
    ),
    403: (
        gettext_lazy("This is not open to you"),
        gettext_lazy("The request was refused. Go back, reload the page and try again."),
    ),
    404: (
        gettext_lazy("There is no page at this address"),
        gettext_lazy("It may have moved, or it was never here. The atlas and the search find every city."),
    ),
    405: (
        gettext_lazy("This page cannot be used that way"),
        gettext_lazy("The address exists, but not for this kind of request."),
    ),
    413: (
        gettext_lazy("That is too large"),
        gettext_lazy("What you sent is larger than this page accepts. Nothing was changed."),
    ),
    414: (gettext_lazy("This address is too long"), gettext_lazy("Shorten the search or the filters.")),
    429: (gettext_lazy("Too many tries"), gettext_lazy("Wait a few minutes, then try again.")),
    500: (
        gettext_lazy("Something broke here"),
        gettext_lazy("It is our fault, not yours. What you saved is safe; please try again."),
    ),
    503: (
        gettext_lazy("Back in a moment"),
        gettext_lazy("The database does not answer. Nothing you saved is lost; this page works again by itself."),
    ),
}


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """A page that says what went wrong. Touches neither database nor session, so it works when they do not."""
    title, text = ERRORS[status]
    wants_json = request.path_info.endswith((".json", ".geojson"))
    if wants_json:
        return JsonResponse({"error": status, "title": str(title), "detail": str(text)}, status=status)
    frame = around(request, signed_in=False, may_have_messages=False)
    context = {**frame, "status": status, "title": title, "text": text}
    template: Any = loader.get_template("core/error.html")
    # Rendered without the context processors, which ask session and database.
    return HttpResponse(template.template.render(Context(context)), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 413 if type(exception).__name__ == "RequestDataTooBig" else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    return error_page(request, 405)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or the database is away and a middleware asked it, which Django reports here."""
    fault = sys.exception()
    if fault is not None and http.is_away(fault):
        return http.away(request, fault)
    return error_page(request, 500)


@page("public")
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@page("public")
def readyz(request: HttpRequest) -> HttpResponse:
    """This process can serve: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database away\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


@page("public")
def prometheus(request: HttpRequest) -> HttpResponse:
    """Counters, for whoever holds METRICS_TOKEN; to everybody else this address does not exist."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(metrics.page(), content_type="text/plain; version=0.0.4")


@page("public")
def ui(request: HttpRequest) -> HttpResponse:
    """The gallery: every shared component in all its states."""
    template = loader.get_template("core/ui.html")
    return HttpResponse(template.render({"title": _("Components"), **gallery.examples()}, request))


@page("signed-in", methods=("POST",))
def same_form(request: HttpRequest) -> HttpResponse:
    """I have a form open: who else has?"""
    place = presence.place_on(request.POST.get("ticket", ""), request.user)
    if place is None:
        raise Http404
    template = loader.get_template("core/same_form.html")
    return HttpResponse(template.render({"others": presence.come(place, request.user)}, request))
