"""People, National Commissions, and the sub-networks of the creative fields."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.access import page
from creativecities.core.downloads import as_csv, as_json
from creativecities.network.actions import appointments
from creativecities.network.forms.secretariat import CommissionForm, CoordinatorForm, OfficerForm, PeopleFilter
from creativecities.network.models import Country, CreativeField, Mandate, NationalCommission
from creativecities.network.views import saving
from creativecities.network.views.paging import cut
from creativecities.network.views.saving import READ_OR_SEND


@page("secretariat")
def people(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Everybody who holds or held a mandate or has an account, with what they hold today."""
    filters = PeopleFilter(request.GET)
    status = 200 if filters.is_valid() else 400
    today = days.today()
    held = Mandate.objects.on(today).select_related("city", "commission", "field")
    found = Person.objects.visible_to(request.user).filter(erased_at__isnull=True).order_by("name", "pk")
    if q := filters.cleaned_data.get("q"):
        found = found.filter(Q(name__icontains=q) | Q(email__icontains=q))
    if role := filters.cleaned_data.get("role"):
        found = found.filter(Exists(held.filter(person=OuterRef("pk"), role=role)))
    found = found.prefetch_related(Prefetch("mandates", held, to_attr="held"))
    if kind:
        data = [_as_data(person, mandate) for person in found for mandate in person.held or [None]]
        columns = ("name", "email", "role", "body", "since")
        return as_csv(data, columns, name="people") if kind == "csv" else as_json({"count": len(data), "results": data})
    rows, pager = cut(request, found)
    context = {"filters": filters, "rows": rows, "pager": pager, "query": request.GET.urlencode()}
    return render(request, "network/secretariat_people.html", context, status=status)


def _as_data(person: Person, mandate: Mandate | None) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "role": mandate.role if mandate else "",
        "body": str(mandate.body or "") if mandate else "",
        "since": mandate.start if mandate else None,
    }


@page("secretariat")
def commissions(request: HttpRequest) -> HttpResponse:
    """Every country with members, now or before, and its National Commission."""
    officers = Mandate.objects.on(days.today()).filter(role="commission-officer").select_related("person")
    found = Country.objects.filter(Exists(NationalCommission.objects.filter(country=OuterRef("pk"))))
    found = found | Country.objects.filter(pk__in=Country.objects.filter(cities__isnull=False).values("pk"))
    known = NationalCommission.objects.prefetch_related(Prefetch("mandates", officers, to_attr="officers"))
    by_country = {commission.country_id: commission for commission in known}
    rows = [{"country": country, "commission": by_country.get(country.pk)} for country in found]
    rows.sort(key=lambda row: row["country"].name)
    return render(request, "network/secretariat_commissions.html", {"rows": rows})


@page("secretariat", methods=READ_OR_SEND)
def commission(request: HttpRequest, iso2: str) -> HttpResponse:
    """The National Commission of a country: its name, its address, its officers."""
    country = get_object_or_404(Country.objects.visible_to(request.user), pk=iso2)
    known = NationalCommission.objects.filter(country=country).first() or NationalCommission(country=country)
    form = CommissionForm(
        request.POST or None, initial={name: getattr(known, name) for name in ("name", "website", "email")}
    )
    outcome = saving.attempt(
        form, lambda: appointments.save_commission(country, values=form.cleaned_data, by=saving.person(request))
    )
    if outcome.done:
        messages.success(request, _("The commission is saved."))
        return redirect("network:secretariat_commission", iso2=iso2)
    return _commission_page(request, known, outcome.status, form=form)


@page("secretariat", methods=("POST",))
def officer(request: HttpRequest, iso2: str) -> HttpResponse:
    """Open the mandate of an officer of a commission."""
    known = get_object_or_404(
        NationalCommission.objects.visible_to(request.user).select_related("country"), country=iso2
    )
    form = OfficerForm(request.POST, auto_id="officer_%s")
    outcome = saving.attempt(
        form,
        lambda: appointments.appoint(
            role="commission-officer", commission=known, **form.cleaned_data, by=saving.person(request)
        ),
    )
    if outcome.done:
        messages.success(request, _("The mandate is open; the person is told by mail."))
        return redirect("network:secretariat_commission", iso2=iso2)
    return _commission_page(request, known, outcome.status, officer=form)


def _commission_page(request: HttpRequest, known: NationalCommission, status: int, **forms: Any) -> HttpResponse:
    values = {name: getattr(known, name) for name in ("name", "website", "email")}
    held = Mandate.objects.visible_to(request.user).select_related("person").order_by("-start")
    context = {
        "commission": known,
        "country": known.country,
        "mandates": held.filter(commission=known) if known.pk else [],
        "today": days.today(),
        "form": CommissionForm(initial=values),
        "officer": OfficerForm(initial={"language": get_language()}, auto_id="officer_%s"),
        **forms,
    }
    return render(request, "network/secretariat_commission.html", context, status=status)


@page("secretariat")
def fields(request: HttpRequest) -> HttpResponse:
    """The sub-networks and who coordinates them."""
    held = Mandate.objects.on(days.today()).filter(role__in=Mandate.FIELD_ROLES).select_related("person", "city")
    rows = CreativeField.objects.visible_to(request.user).prefetch_related(Prefetch("mandates", held, to_attr="held"))
    return render(request, "network/secretariat_fields.html", {"rows": rows})


@page("secretariat", methods=READ_OR_SEND)
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """One sub-network: its coordinators now and before; open the next term of two years."""
    shown = get_object_or_404(CreativeField.objects.visible_to(request.user), pk=slug)
    form = CoordinatorForm(request.POST or None, field=slug, initial={"language": get_language()})
    outcome = saving.attempt(
        form, lambda: appointments.appoint(field=shown, **form.cleaned_data, by=saving.person(request))
    )
    if outcome.done:
        messages.success(request, _("The term has begun; the person is told by mail."))
        return redirect("network:secretariat_field", slug=slug)
    held = Mandate.objects.visible_to(request.user).filter(field=shown, role__in=Mandate.FIELD_ROLES)
    context = {
        "field": shown,
        "form": form,
        "mandates": held.select_related("person", "city").order_by("-start"),
        "today": days.today(),
    }
    return render(request, "network/secretariat_field.html", context, status=outcome.status)
