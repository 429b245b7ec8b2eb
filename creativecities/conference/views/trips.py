"""A delegation writes its trip report together, saved as one types, and hands it in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.conference.actions import trips as actions
from creativecities.conference.compute.reporting import IDEA
from creativecities.conference.forms import trips as forms
from creativecities.conference.models import Delegation, TripReport
from creativecities.conference.queries import trips as queries
from creativecities.conference.queries.outcomes import said
from creativecities.conference.rules import delegations
from creativecities.conference.rules import trips as rules
from creativecities.core.access import page
from creativecities.core.refusal import Refusal
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


def _delegation_of(request: HttpRequest, slug: str, city: str) -> tuple[Delegation, TripReport | None]:
    """The delegation whose report this person writes, with the report if it is begun. Two statements."""
    found = Delegation.objects.visible_to(request.user).filter(delegations.own(request.user))
    one = get_object_or_404(found.select_related("edition", "city__country"), edition__slug=slug, city__slug=city)
    report = TripReport.objects.visible_to(request.user).filter(delegation=one).first()
    if report:
        report.delegation = one
    return one, report


@page("signed-in", methods=READ_OR_SEND)
def report(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Write the report. What comes by itself from the browser is answered with what changed on the page alone."""
    one, begun = _delegation_of(request, slug, city)
    if request.method != "POST":
        return _page(request, one, begun, queries.sheet(one, begun, forms.asked(request.GET.dict())))
    data = request.POST.dict()
    groups = queries.sheet(one, begun, forms.asked(data))
    boxes = forms.typed(data, [box for group in groups for box in group.boxes])
    refusal = _keep(request, one, boxes)
    status = _status(groups, refusal)
    if request.headers.get("HX-Request"):
        context = {"boxes": boxes, "kept": {"refusal": refusal}, "now": timezone.now(), "is_whole": status == 200}
        response = render(request, "network/_saved.html", context, status=status)
        response["X-Saved"] = "yes"  # by which the page knows this answer from that of a sign-in page
        return response
    if status != 200:
        return _page(request, one, begun, groups, refusal)
    messages.success(request, _("Saved."))
    return redirect("conference:trip_report", slug, city)


def _keep(request: HttpRequest, one: Delegation, boxes: list[queries.Box]) -> Refusal | None:
    """Save what can be saved, and let each box know what became of it."""
    language = forms.LanguageForm(request.POST, city=one.city)
    if not language.is_valid():
        return Refusal(_("Say in which language you write."), code="no-language", status=422)
    words, by = language.cleaned_data["language"], person(request)
    try:
        saved = actions.write(
            one, {box.place: box.text for box in boxes}, opened={box.place: box.opened for box in boxes},
            roles={box.place: box.role for box in boxes}, language=words, by=by,
        )  # fmt: skip
    except Refusal as refusal:
        return refusal
    for box in boxes:
        if theirs := saved.clashes.get(box.place):
            box.clashes(theirs)
        else:
            box.opened, box.is_saved = saved.versions[box.place], True
    return None


def _status(groups: list[queries.Group], refusal: Refusal | None) -> int:
    if refusal:
        return refusal.status
    return 409 if any(box.clash for group in groups for box in group.boxes) else 200


def _page(
    request: HttpRequest, one: Delegation, begun: TripReport | None, groups: list[queries.Group],
    refusal: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    written = max((box.note for group in groups for box in group.boxes if box.note), key=lambda each: each.at,
                  default=None)  # fmt: skip
    initial = {"language": written.language if written else {"zh-hans": "zh-Hans"}.get(get_language() or "", "en")}
    hindered = rules.write(request.user, one, begun)
    context = _context(one, begun) | {
        "groups": groups, "refusal": refusal, "hindered": hindered, "may_write": hindered is None,
        "clashes": [box for group in groups for box in group.boxes if box.clash],
        "language": forms.LanguageForm(initial=initial, city=one.city),
        "hand_in": rules.hand_in(request.user, begun) if begun else None,
        "take_back": rules.take_back(request.user, begun) if begun else None,
    }  # fmt: skip
    return render(request, "conference/trip_report.html", context, status=_status(groups, refusal))


def _context(one: Delegation, begun: TripReport | None) -> dict[str, Any]:
    edition = one.edition
    return {
        "delegation": one, "city": one.city, "edition": edition, "report": begun,
        "edition_title": said(edition.settings["about"]["title"]),
    }  # fmt: skip


@page("signed-in", methods=READ_OR_SEND)
def hand_in(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Hand the report in and say with whom it is shared."""
    one, begun = _delegation_of(request, slug, city)
    if begun is None:
        raise Http404
    form = forms.HandInForm(request.POST or None, initial={"shared": begun.shared})
    outcome = saving.attempt(form, lambda: actions.hand_in(begun, form.cleaned_data["shared"], by=person(request)))
    if outcome.done:
        messages.success(request, _("The report is handed in."))
        return redirect("conference:trip_report", slug, city)
    context = _context(one, begun) | {"form": form, "refusal": rules.hand_in(request.user, begun)}
    return render(request, "conference/trip_hand_in.html", context, status=outcome.status)


@page("signed-in", methods=("POST",))
def take_back(request: HttpRequest, slug: str, city: str) -> HttpResponse:
    """Take the report back."""
    _one, begun = _delegation_of(request, slug, city)
    if begun is None:
        raise Http404
    actions.take_back(begun, by=person(request))
    messages.success(request, _("The report is yours again."))
    return redirect("conference:trip_report", slug, city)


@page("signed-in", methods=READ_OR_SEND)
def idea(request: HttpRequest, slug: str, city: str, number: int) -> HttpResponse:
    """Say which initiative, need or offer of the city an idea became."""
    one, begun = _delegation_of(request, slug, city)
    if begun is None:
        raise Http404
    note = get_object_or_404(begun.notes.select_related("initiative", "need"), kind=IDEA, key=str(number))
    note.report = begun
    initiatives, needs = queries.things_of(request.user, one.city)
    at = f"initiative-{note.initiative_id}" if note.initiative_id else f"need-{note.need_id}" if note.need_id else ""
    form = forms.PointForm(request.POST or None, initial={"to": at}, initiatives=initiatives, needs=needs)
    outcome = saving.attempt(form, lambda: actions.point(note, form.thing, by=person(request)))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:trip_report", slug, city)
    context = _context(one, begun) | {"form": form, "note": note, "refusal": rules.write(request.user, one, begun)}
    return render(request, "conference/trip_idea.html", context, status=outcome.status)
