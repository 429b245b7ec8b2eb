"""A section of a file is written: saved as one types, or by a button; what two wrote at once is shown beside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from creativecities.accounts.models import Person
from creativecities.calls.actions import applications as actions
from creativecities.calls.actions import comments as acts
from creativecities.calls.compute.answers import Opened, Place, opened
from creativecities.calls.compute.definition import find, questions_in
from creativecities.calls.forms.sheet import Sheet
from creativecities.calls.models import Application, Comment
from creativecities.calls.queries import files as queries
from creativecities.calls.queries.writing import comments, part
from creativecities.core import presence
from creativecities.core.access import get_visible, page
from creativecities.core.refusal import Refusal
from creativecities.core.text import legible
from creativecities.exchange.forms.fields import Words
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.differences import Piece, as_text, differences
from creativecities.network.views.saving import READ_OR_SEND, person


@dataclass
class Clash:
    """What somebody else saved in a box while it was open here, and what saving this one would change in it."""

    by_name: str
    at: Any
    theirs: str
    change: list[Piece]


@dataclass
class Kept:
    """What became of the answers of a page: those that were saved, those that somebody else wrote, or why none."""

    versions: dict[Place, int] = field(default_factory=dict)
    clashes: dict[Place, Conflict] = field(default_factory=dict)
    refusal: Refusal | None = None


@page("signed-in", methods=READ_OR_SEND)
def section(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Write a section. What comes by itself from the browser is answered with what changed on the page alone."""
    if request.method != "POST":
        return _page(request, Sheet(part(queries.mine(request.user, code), key)))
    sheet = _written(request, code, key)
    sheet.form.is_valid()
    typed = {place: value for place, value in sheet.form.typed.items() if place not in _given_up(request)}
    typed |= _cleared(request, sheet)
    kept = _keep(
        sheet.part.one.file, typed, {place: sheet.form.boxes[place].opened for place in typed}, person(request)
    )
    _mark(sheet, kept)
    talked = _talk(request, sheet)
    status = kept.refusal.status if kept.refusal else 409 if kept.clashes else 422 if sheet.form.has_unkept else 200
    if request.headers.get("HX-Request"):
        return _state(request, sheet, kept, status)
    if status != 200:
        return _page(request, sheet, kept, status)
    if talked:
        return redirect(f"{request.path}#talk-{talked}")
    messages.success(request, _("Saved."))
    return redirect("calls:section", code, _next(request, sheet) or key)


def _written(request: HttpRequest, code: str, key: str) -> Sheet:
    """The section with what was typed into it; of what comes by itself, several times a minute, that and no more."""
    data = _sent(request)
    if not request.headers.get("HX-Request"):
        return Sheet(part(queries.mine(request.user, code), key), data)
    one = queries.mine(request.user, code, related=("application__call",))
    return Sheet(part(one, key, {name.removeprefix("opened_") for name in data if name.startswith("opened_")}), data)


def _talk(request: HttpRequest, sheet: Sheet) -> str:
    """Say something about a question, or resolve what was said; gives the question. Raises Http404 and Refusal."""
    one, key = sheet.part.one, request.POST.get("comment", "")
    if key:
        if key not in {each["key"] for each in questions_in(sheet.part.definition, sheet.part.section["key"])}:
            raise Http404
        text = Words(rows=2, required=False).clean(request.POST.get(f"comment_{key}", ""))
        return str(acts.comment(one.file, key, text, by=person(request)).question)
    if number := request.POST.get("resolve", ""):
        remark = get_visible(Comment, request.user, pk=number, application=one.file)
        remark.application = one.file
        acts.resolve(remark, by=person(request))
        return str(remark.question)
    return ""


def _next(request: HttpRequest, sheet: Sheet) -> str:
    wanted = request.POST.get("go", "")
    return wanted if find(sheet.part.definition, "sections", wanted) else ""


def _sent(request: HttpRequest) -> Any:
    """What the page sent, legible; a box that is to be saved on top of another's text builds on that one."""
    data = request.POST.copy()
    for key in data:
        data.setlist(key, [legible(text) for text in data.getlist(key)])
    name, _space, opened = data.get("top", "").partition(" ")
    if name:
        data[f"opened_{name}"] = opened
    return data


def _given_up(request: HttpRequest) -> list[Place]:
    """The box for which what somebody else wrote is to stay."""
    key, _low, row = request.POST.get("theirs", "").rpartition("_")
    return [(key, int(row))] if row.isascii() and row.isdigit() else []


def _cleared(request: HttpRequest, sheet: Sheet) -> dict[Place, Any]:
    """The row of a block that is to be emptied."""
    block, _low, row = request.POST.get("clear", "").rpartition("_")
    places = sheet.row_of(block, int(row)) if block and row.isascii() and row.isdigit() else []
    boxes = [sheet.form.boxes[place] for place in places if place in sheet.form.boxes]
    return {box.place: "" for box in boxes if box.is_sent and box.kept is not None}


def _keep(file: Application, values: Mapping[Place, Any], on: Mapping[Place, Opened], by: Person) -> Kept:
    """Save what can be saved: what somebody else wrote meanwhile holds up nothing but itself."""
    kept, rest = Kept(), dict(values)
    while rest:
        try:
            versions = {place: on[place].version for place in rest}
            kept.versions = actions.save_answers(file, rest, opened=versions, by=by)
            break
        except Conflict as conflict:
            for name in conflict.theirs:
                key, _dot, row = name.rpartition(".")
                kept.clashes[key, int(row)] = conflict
                del rest[key, int(row)]
        except Refusal as refusal:
            kept.refusal = refusal
            break
    return kept


def _mark(sheet: Sheet, kept: Kept) -> None:
    """Let each box know what it is now built on, and what somebody else wrote in it."""
    for place, version in kept.versions.items():
        box = sheet.form.boxes[place]
        box.saved = opened(version, box.value)
    for place, conflict in kept.clashes.items():
        box = sheet.form.boxes[place]
        theirs, mine = as_text(conflict.theirs[f"{place[0]}.{place[1]}"]), as_text(box.value)
        box.clash = Clash(conflict.by_name, conflict.at, theirs, differences(theirs, mine))


def _state(request: HttpRequest, sheet: Sheet, kept: Kept, status: int) -> HttpResponse:
    touched = [box for box in sheet.boxes if box.saved or box.clash or box.cannot_be_kept]
    context = {"boxes": touched, "kept": kept, "sheet": sheet, "now": timezone.now(), "is_whole": status == 200}
    response = render(request, "network/_saved.html", context, status=status)
    response["X-Saved"] = "yes"  # by which the page knows this answer from that of a sign-in page
    return response


def _page(request: HttpRequest, sheet: Sheet, kept: Kept | None = None, status: int = 200) -> HttpResponse:
    one, key = sheet.part.one, sheet.part.section["key"]
    keys = [each["key"] for each in sheet.part.definition["sections"]]
    at = keys.index(key)
    sheet.comments = comments(one, request.user)
    context = {
        "one": one,
        "file": one.file,
        "sheet": sheet,
        "section": sheet.part.section,
        "kept": kept,
        "may_write": bool(sheet.part.is_open),
        "next": keys[at + 1] if at + 1 < len(keys) else None,
        "previous": keys[at - 1] if at else None,
        "presence": presence.ticket(f"calls.application/{one.file.code}/{key}", person(request)),
    }
    return render(request, "calls/section.html", context, status=status)
