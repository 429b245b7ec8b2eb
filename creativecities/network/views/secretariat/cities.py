"""Cities and their teams: who holds which mandate, and how it passes on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Invitation
from creativecities.core import days
from creativecities.core.access import page
from creativecities.core.downloads import as_csv, as_json
from creativecities.network.actions import appointments, mandates
from creativecities.network.forms.secretariat import CityFilter, CityMandateForm, CloseForm, InviteForm, SuccessorForm
from creativecities.network.models import City, CreativeField, Mandate
from creativecities.network.queries import desk as queries
from creativecities.network.queries import handover
from creativecities.network.views import saving
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND

COLUMNS = (
    "slug",
    "city",
    "country",
    "creative_field",
    "has_focal_point",
    "has_mayor",
    "has_own_portrait",
    "office_email",
)


@page("secretariat")
def cities(request: HttpRequest, kind: str = "") -> HttpResponse:
    """All cities, by name and by what they lack; the same list as CSV or JSON."""
    fields = [(field.slug, field.name) for field in CreativeField.objects.all()]
    filters = CityFilter(request.GET, fields=fields)
    status = 200 if filters.is_valid() else 400
    found = queries.cities(days.today(), **filters.cleaned_data)
    if kind:
        data = [_as_data(city) for city in found]
        return as_csv(data, COLUMNS, name="cities") if kind == "csv" else as_json({"count": len(data), "results": data})
    rows, pager = cut(request, found)
    context = {"filters": filters, "rows": rows, "pager": pager, "query": request.GET.urlencode()}
    return render(request, "network/secretariat_cities.html", context, status=status)


def _as_data(city: Any) -> dict[str, Any]:
    designation = getattr(city, "designation", None)
    return {
        "slug": city.slug,
        "city": city.name,
        "country": city.country_id,
        "creative_field": designation.field_id if designation else "",
        "has_focal_point": city.has_focal_point,
        "has_mayor": city.has_mayor,
        "has_own_portrait": city.has_own_portrait,
        "office_email": city.office_email,
    }


@page("secretariat", methods=READ_OR_SEND)
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """A city's mandates, now and before; open one."""
    shown = saving.city_of(request, slug)
    form = CityMandateForm(request.POST or None, initial={"language": get_language()}, auto_id="open_%s")
    outcome = saving.attempt(
        form, lambda: appointments.appoint(city=shown, **form.cleaned_data, by=saving.person(request))
    )
    if outcome.done:
        messages.success(request, _("The mandate is open; the person is told by mail."))
        return redirect("network:secretariat_city", slug=slug)
    return _city_page(request, shown, outcome.status, form=form)


@page("secretariat", methods=("POST",))
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Send somebody a link by which they take up a role in a city's team."""
    shown = saving.city_of(request, slug)
    form = InviteForm(request.POST, auto_id="invite_%s")
    outcome = saving.attempt(form, lambda: _invite(shown, form, request))
    if outcome.done:
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}
        )
        return redirect("network:secretariat_city", slug=slug)
    return _city_page(request, shown, outcome.status, invite=form)


def _invite(shown: City, form: InviteForm, request: HttpRequest) -> Invitation:
    """A seat that is taken passes to the invited person when they accept."""
    role = form.cleaned_data["role"]
    holder = Mandate.objects.on(days.today()).filter(city=shown, role=role, role__in=Mandate.SINGLE_ROLES).first()
    return mandates.invite_focal_point(shown, **form.cleaned_data, succeeds=holder, by=saving.person(request))


def _city_page(request: HttpRequest, shown: City, status: int, **forms: Any) -> HttpResponse:
    today, language = days.today(), {"language": get_language()}
    held = Mandate.objects.visible_to(request.user).filter(city=shown).select_related("person", "field")
    everyone = list(held.order_by("-start"))
    invitations = Invitation.objects.visible_to(request.user).filter(
        kind=mandates.INVITATION, payload__city_id=shown.pk, state="sent", expires_at__gt=timezone.now()
    )
    context = {
        "city": shown,
        "today": today,
        "now": [mandate for mandate in everyone if mandate.end is None or mandate.end > today],
        "past": [mandate for mandate in everyone if mandate.end is not None and mandate.end <= today],
        "invitations": invitations,
        "form": CityMandateForm(initial=language, auto_id="open_%s"),
        "invite": InviteForm(initial=language, auto_id="invite_%s"),
        **forms,
    }
    return render(request, "network/secretariat_city.html", context, status=status)


@page("secretariat", methods=("POST",))
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation to a city's team."""
    sent = Invitation.objects.visible_to(request.user).filter(kind=mandates.INVITATION)
    invitation = get_object_or_404(sent, pk=pk)
    accounts.revoke(invitation, by=saving.person(request))
    messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect("network:secretariat_city", slug=get_object_or_404(City, pk=invitation.payload["city_id"]).slug)


@page("secretariat", methods=READ_OR_SEND)
def close_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """State what closing a mandate means, then close it."""
    mandate = _mandate(request, pk)
    form = CloseForm(request.POST or None)
    outcome = saving.attempt(
        form, lambda: mandates.close_mandate(mandate, on=form.cleaned_data["on"], by=saving.person(request))
    )
    if outcome.done:
        messages.success(request, _("The mandate is closed; the person is told by mail."))
        return _back(mandate)
    return _confirm(request, mandate, "close", form, outcome.status)


@page("secretariat", methods=READ_OR_SEND)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """State what passes on, then let somebody follow in a mandate."""
    mandate = _mandate(request, pk)
    form = SuccessorForm(request.POST or None, initial={"language": get_language()})
    outcome = saving.attempt(
        form, lambda: appointments.appoint_successor(mandate, **form.cleaned_data, by=saving.person(request))
    )
    if outcome.done:
        messages.success(request, _("The mandate is handed over; both persons are told by mail."))
        return _back(mandate)
    return _confirm(request, mandate, "hand_over", form, outcome.status)


def _mandate(request: HttpRequest, pk: int) -> Mandate:
    seen = Mandate.objects.visible_to(request.user).select_related("person", "city", "commission__country", "field")
    return get_object_or_404(seen, pk=pk)


def _confirm(request: HttpRequest, mandate: Mandate, act: str, form: Any, status: int) -> HttpResponse:
    context = {
        "layout": "network/_secretariat.html",
        "form": form,
        **handover.consequences(mandate, act),
        "back": _page_of(mandate),
    }
    return render(request, "network/secretariat_mandate.html", context, status=status)


def _back(mandate: Mandate) -> HttpResponseRedirect:
    return HttpResponseRedirect(_page_of(mandate))


def _page_of(mandate: Mandate) -> str:
    """The page that lists the mandate."""
    if mandate.role in Mandate.FIELD_ROLES:
        return reverse("network:secretariat_field", args=[mandate.field_id])
    if mandate.commission:
        return reverse("network:secretariat_commission", args=[mandate.commission.country_id])
    if mandate.city:
        return reverse("network:secretariat_city", args=[mandate.city.slug])
    return reverse("network:secretariat_people")
