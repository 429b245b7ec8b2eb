"""The Secretariat arranges the report of a conference, introduces it and publishes it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from creativecities.conference.actions import reports as actions
from creativecities.conference.compute import reporting
from creativecities.conference.forms.trips import ReportForm
from creativecities.conference.models import Edition, Report
from creativecities.conference.queries import reports as queries
from creativecities.conference.queries.outcomes import said
from creativecities.conference.rules import editions
from creativecities.conference.rules import trips as rules
from creativecities.core.access import page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def arrange(request: HttpRequest, slug: str) -> HttpResponse:
    """Introduction, places of the parts, and which cities share their report with whom."""
    edition = get_object_or_404(Edition, slug=slug)
    report = Report.objects.filter(edition=edition).first() or Report(edition=edition)
    usual = {name: at for at, name in enumerate(reporting.PARTS, 1)}
    initial = {f"place_{name}": at for name, at in {**usual, **report.places}.items()}
    initial |= {f"introduction_{code}": text for code, text in report.introduction.items()}
    form = ReportForm(request.POST or None, initial={**initial, "opened": report.version})
    outcome = saving.attempt(
        form,
        lambda: actions.arrange(
            edition, form.introduction, form.places, opened=form.cleaned_data["opened"], by=person(request)
        ),
        version=lambda: saving.version_of(report) if report.pk else 1,
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:arrange_report", slug)
    context = {
        "edition": edition, "edition_title": said(edition.settings["about"]["title"]), "report": report, "form": form,
        "conflict": outcome.conflict, "trips": queries.handed_in(edition), "state": report.STATES[report.state],
        "run": editions.run(request.user, edition), "publish": rules.publish(request.user, report),
    }  # fmt: skip
    return render(request, "conference/secretariat_report.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the report, or take it from the public pages."""
    report = get_object_or_404(Report.objects.select_related("edition"), edition__slug=slug)
    acts = {"publish": actions.publish, "withdraw": actions.withdraw}
    if (wanted := request.POST.get("act", "")) not in acts:
        raise Http404
    acts[wanted](report, by=person(request))
    messages.success(request, _("Saved."))
    return redirect("conference:arrange_report", slug)
