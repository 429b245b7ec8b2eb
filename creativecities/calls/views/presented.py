"""The city's side: the file is presented to the National Commission, which is answered here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from creativecities.calls.actions import applications, endorsements
from creativecities.calls.forms.endorsements import RemarkForm
from creativecities.calls.queries import applications as reading
from creativecities.calls.queries import files as queries
from creativecities.calls.queries import links
from creativecities.calls.rules import endorsements as rules
from creativecities.calls.views.doors import Door, Opened, around, show
from creativecities.core.access import page
from creativecities.network.models import NationalCommission
from creativecities.network.views.saving import READ_OR_SEND, attempt, person


@page("signed-in", methods=READ_OR_SEND)
def presented(request: HttpRequest, code: str) -> HttpResponse:
    """What the commission says of the file, until when; questions and answers; what has changed since."""
    own = queries.mine(request.user, code)
    asked, content = reading.definition_of(own.file), reading.content_of(own.file)
    one = Opened(Door(person(request), "commission"), own.file, asked, content)
    form = RemarkForm(request.POST or None)
    if request.POST.get("act") == "present":
        applications.present(one.application, by=person(request))
        messages.success(request, _("Presented; the commission is told."))
        return redirect("calls:presented", one.code)
    outcome = attempt(form, lambda: endorsements.answer(one.application, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Sent; the commission is told."))
        return redirect("calls:presented", one.code)
    commission = NationalCommission.objects.visible_to(request.user).filter(country=one.application.country_id).first()
    context = {
        **around(one), "one": own, "conflict": None, "form": form, "commission": commission,
        "remarks": one.application.remarks.all(),
        "present_refusal": rules.present(request.user, one.application, one.definition),
        "ask_refusal": rules.remark(
            request.user, one.application, by_commission=False, is_read=links.reads(one.application)
        ),
    }  # fmt: skip
    return show(request, "calls/presented.html", context, outcome.status)
