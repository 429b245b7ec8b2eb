"""An officer of the Secretariat has a whole round exported, watches how far it is, and downloads it."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from creativecities.calls import states
from creativecities.calls.actions import exports as actions
from creativecities.calls.formats import archives
from creativecities.calls.models import Call, Export
from creativecities.calls.queries import exports as queries
from creativecities.calls.rules import exports as rules
from creativecities.calls.views.results import call_of
from creativecities.calls.views.secretariat_reviewers import context_of
from creativecities.core.access import page
from creativecities.core.refusal import Refusal
from creativecities.network.views.saving import READ_OR_SEND, person

PIECE = 1 << 18
"""Bytes that are read at once for who downloads."""


@page("secretariat", methods=READ_OR_SEND)
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """What an export would hold; how far the one is that was asked for, or where it is fetched."""
    call = call_of(request, slug)
    if request.method == "POST":
        return _act(request, call)
    one, numbers = queries.last_of(request.user, call), queries.numbers(request.user, call)
    is_kept = one is not None and one.state == states.READY and _is_kept(one)
    context = context_of(
        call, export=one, numbers=numbers, is_kept=is_kept, is_packing=one is not None and one.state == states.PACKING,
        refusal=rules.start(request.user, call, numbers.files),
    )  # fmt: skip
    return render(request, "calls/secretariat_export.html", context)


def _is_kept(one: Export) -> bool:
    return archives.is_there(one.archive) and queries.stands(one)


def _act(request: HttpRequest, call: Call) -> HttpResponse:
    """Begin, or stop. A second click finds what the first one began."""
    if request.POST.get("act") == "cancel":
        actions.cancel(_mine(request, call.slug), by=person(request))
        return redirect("calls:export", call.slug)
    try:
        actions.start(call, language=get_language() or "en", by=person(request))
    except Refusal as refusal:
        if refusal.code != "under-way":
            raise
    return redirect("calls:export", call.slug)


@page("secretariat", methods=("POST",))
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The archive, piece by piece, to the officer who asked for it."""
    one = _mine(request, slug)
    actions.fetch(one, by=person(request))
    response = FileResponse(archives.place(one.archive).open("rb"), as_attachment=True, filename=f"round-{slug}.zip")
    response.block_size = PIECE
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # what is streamed has a type of its own


def _mine(request: HttpRequest, slug: str) -> Export:
    found = Export.objects.filter(call__slug=slug, person=person(request)).select_related("call", "person")
    return get_object_or_404(found[:1])
