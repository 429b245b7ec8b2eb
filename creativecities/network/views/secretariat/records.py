"""What the Secretariat reads and decides about records: the files' differences, the outbox, the trail of events."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.core import events as kinds
from creativecities.core import outbox as post
from creativecities.core.access import page
from creativecities.core.downloads import as_csv, as_json
from creativecities.core.models import Event, Mail
from creativecities.network import rules
from creativecities.network.actions import loading
from creativecities.network.compute.differences import differences
from creativecities.network.forms.secretariat import DecisionForm, EventFilter, MailFilter
from creativecities.network.models import Imported
from creativecities.network.queries import desk as queries
from creativecities.network.views import saving
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND

MOST_ROWS = 10_000


@page("secretariat")
def data(request: HttpRequest) -> HttpResponse:
    """Where the files say otherwise than what a person wrote: both, side by side."""
    found, pager = cut(request, queries.pending(), size=20)
    held = queries.held_values(list(found))
    rows = [_difference(imported, held[imported.pk]) for imported in found]
    return render(request, "network/secretariat_data.html", {"rows": rows, "pager": pager})


def _difference(imported: Imported, held: dict[str, Any]) -> dict[str, Any]:
    columns = [
        {"name": name, "ours": _text(held.get(name)), "files": _text(value),
         "pieces": differences(_text(held.get(name)), _text(value))}
        for name, value in sorted(imported.pending.items())
    ]  # fmt: skip
    return {"imported": imported, "columns": columns}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


@page("secretariat", methods=("POST",))
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the files' value of one column, or keep ours."""
    imported = get_object_or_404(Imported, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    act = loading.take_pending if form.cleaned_data["decision"] == "take" else loading.keep_mine
    act(imported, [form.cleaned_data["column"]], by=saving.person(request))
    taken = form.cleaned_data["decision"] == "take"
    messages.success(request, _("The value of the files is taken.") if taken else _("What was written here stays."))
    return redirect("network:secretariat_data")


@page("secretariat")
def outbox(request: HttpRequest) -> HttpResponse:
    """Mails that are held, wait or failed, and the batches one can release."""
    filters = MailFilter(request.GET)
    status = 200 if filters.is_valid() else 400
    found = post.watched(request.user).order_by("-pk")
    if state := filters.cleaned_data.get("state"):
        found = found.filter(state=state)
    rows, pager = cut(request, found)
    shown = [(each, post.is_confidential(each)) for each in rows]
    context = {"filters": filters, "rows": shown, "pager": pager, "batches": _batches(request.user)}
    return render(request, "network/secretariat_outbox.html", context, status=status)


def _batches(person: Any) -> list[dict[str, Any]]:
    held = post.watched(person).filter(state=Mail.HELD).order_by("batch")
    return [dict(row) for row in held.values("batch").annotate(count=Count("pk"))]


@page("secretariat", methods=READ_OR_SEND)
def release(request: HttpRequest) -> HttpResponse:
    """Read a held batch and say to how many it goes; then let it leave."""
    batch = (request.POST if request.method == "POST" else request.GET).get("batch", "")
    held = post.watched(request.user).filter(state=Mail.HELD, batch=batch.replace("\0", ""))
    mails = list(held[:3])
    if not mails:
        raise Http404
    if request.method == "POST":
        if refusal := rules.only_secretariat(request.user):
            raise refusal
        sent = held.count()
        post.release(batch, by=saving.person(request))
        messages.success(request, ngettext("%d mail leaves now.", "%d mails leave now.", sent) % sent)
        return redirect("network:secretariat_outbox")
    languages = held.order_by("language").values("language").annotate(count=Count("pk"))
    context = {"batch": batch, "mails": mails, "count": held.count(), "languages": languages}
    return render(request, "network/secretariat_release.html", context)


@page("secretariat")
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as it leaves. What lets its reader sign in, and what cities write to each other, is for its reader."""
    shown = get_object_or_404(post.watched(request.user), pk=pk)
    context = {"mail": shown, "is_confidential": post.is_confidential(shown)}
    return render(request, "network/secretariat_mail.html", context)


@page("secretariat")
def events(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The trail of everything that happened, with filters; the same list as CSV or JSON."""
    filters = EventFilter(request.GET)
    status = 200 if filters.is_valid() else 400
    found = _filtered(Event.objects.visible_to(request.user), filters.cleaned_data)
    if kind:
        rows = [_as_data(event) for event in found[:MOST_ROWS]]
        columns = ("at", "kind", "what", "subject", "subject_id", "actor")
        return (
            as_csv(rows, columns, name="events")
            if kind == "csv"
            else as_json({"count": found.count(), "results": rows})
        )
    shown, pager = cut(request, found)
    rows = [
        {"event": event, "sentence": saving.sentence(event), "changes": saving.changes_in(event)} for event in shown
    ]
    context = {"filters": filters, "rows": rows, "pager": pager, "query": request.GET.urlencode()}
    return render(request, "network/secretariat_events.html", context, status=status)


def _filtered(found: QuerySet[Event], asked: dict[str, Any]) -> QuerySet[Event]:
    query = Q()
    if asked.get("actor"):
        query &= Q(actor_name__icontains=asked["actor"])
    if asked.get("subject"):
        query &= Q(subject_name__icontains=asked["subject"])
    if asked.get("kind"):
        query &= Q(kind=asked["kind"])
    if asked.get("since"):
        query &= Q(at__gte=_midnight(asked["since"]))
    if asked.get("until") and asked["until"] < dt.date.max:
        query &= Q(at__lt=_midnight(asked["until"] + dt.timedelta(days=1)))
    return found.filter(query)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _as_data(event: Event) -> dict[str, Any]:
    return {
        "at": event.at,
        "kind": event.kind,
        "what": saving.sentence(event),
        "subject": event.subject_label,
        "subject_id": kinds.number(event.subject_label, event.subject_id),
        "actor": event.actor_name,
    }
