"""The Secretariat looks over what a release would change, and releases it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.conference.actions import releases as acts
from creativecities.conference.compute import released
from creativecities.conference.compute.programme_changes import wordings
from creativecities.conference.forms.programme import ReleaseForm
from creativecities.conference.queries import programme as plans
from creativecities.conference.queries import releases
from creativecities.conference.rules import programme as rules
from creativecities.conference.views.secretariat_programme import edition_of
from creativecities.core.access import page
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("secretariat", methods=READ_OR_SEND)
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """What would be otherwise for everybody, with what clashes, before it is released."""
    edition = edition_of(request, slug)
    draft = releases.draft(edition)
    form = ReleaseForm(request.POST or None, initial={"read": draft.fingerprint})
    outcome = saving.attempt(
        form,
        lambda: acts.release(
            edition, note=form.cleaned_data["note"], read=form.cleaned_data["read"], by=person(request)
        ),
    )
    if outcome.done:
        words = {"number": outcome.event.number}
        messages.success(request, _("Release %(number)s of the programme is what everybody reads now.") % words)
        return redirect("conference:programme", slug)
    if form.is_bound:
        form.data = {**request.POST.dict(), "read": draft.fingerprint}  # what is shown now is what is read next
    told = released.told(draft.changes, get_language() or "en")
    plan = plans.plan(edition)
    context = {
        "edition": edition, "draft": draft, "form": form, "clashes": plan.clashes,
        "changes": [(change, wordings(change, edition.zone)) for change in told],
        "unplaced": sum(1 for each in plan.parts if not each.starts_at),
        "refusal": rules.release(request.user, edition, draft.changes, is_read=True),
    }  # fmt: skip
    return render(request, "conference/secretariat_release.html", context, status=outcome.status)
