"""A National Commission without an account: it reads by its link, and confirms each act with a code."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from creativecities.calls.compute.links import ByLink
from creativecities.calls.models import CommissionLink
from creativecities.calls.queries import calls, links
from creativecities.calls.queries import endorsements as queries
from creativecities.calls.rules import links as rules
from creativecities.calls.views import commission
from creativecities.calls.views.doors import Door, opened, show
from creativecities.core.access import page
from creativecities.network.queries.files import visible_file
from creativecities.network.views.saving import READ_OR_SEND

View = Callable[..., HttpResponse]


def _by_link(view: View) -> View:
    """Let in whoever has a link that opens; else say why it does not, and nothing else."""

    @wraps(view)
    def entered(request: HttpRequest, token: str, **named: object) -> HttpResponse:
        link = links.opened_by(token)
        if link is None:
            return show(request, "calls/endorse_closed.html", {"refusal": None}, 404)
        if refusal := rules.opens(link, links.until(link.call, link.commission.country_id)):
            return show(request, "calls/endorse_closed.html", {"refusal": refusal}, refusal.status)
        by = ByLink(link.pk, link.call_id, link.commission.country_id, link.commission.name)
        return view(request, Door(by, "endorse", (token,), link), link, **named)

    return entered


def _desks(door: Door, link: CommissionLink) -> list[queries.Desk]:
    """The one call of the link."""
    found = [each for each in calls.published(door.by) if each.call.pk == link.call_id]
    return queries.desks(door.by, [link.commission], found)


@page("public")
@_by_link
def queue(request: HttpRequest, door: Door, link: CommissionLink) -> HttpResponse:
    """The files of the country in the call of the link."""
    return commission.queue_by(request, door, _desks(door, link))


@page("public", methods=READ_OR_SEND)
@_by_link
def file(request: HttpRequest, door: Door, link: CommissionLink, code: str) -> HttpResponse:
    """A file that was presented."""
    return commission.file_by(request, opened(door, code))


@page("public", methods=READ_OR_SEND)
@_by_link
def act(request: HttpRequest, door: Door, link: CommissionLink, code: str, name: str) -> HttpResponse:
    """Endorse, decline or withdraw, with a code."""
    return commission.act_by(request, opened(door, code), name)


@page("public", methods=READ_OR_SEND)
@_by_link
def ranks(request: HttpRequest, door: Door, link: CommissionLink) -> HttpResponse:
    """Put the endorsed files in an order, with a code."""
    return commission.ranks_by(request, door, _desks(door, link))


@page("public")
@_by_link
def paper(request: HttpRequest, door: Door, link: CommissionLink, *, code: str, paper: str, name: str) -> HttpResponse:
    """A paper of a file."""
    opened(door, code)
    stored = visible_file(door.by, paper, name)
    if stored is None:
        raise Http404
    with stored.content.open("rb") as content:
        response = HttpResponse(content.read(), content_type=stored.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=stored.name)
    response["Cache-Control"], response["X-Content-Type-Options"] = "private, no-store", "nosniff"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
