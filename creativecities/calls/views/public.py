"""What everybody reads of calls: the list, a call, its form, and its dates for calendars."""

from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls.compute import assessing, eligibility, labels, reading, rubric
from creativecities.calls.formats import feeds
from creativecities.calls.forms.public import EligibilityForm, FitForm, SelfAssessmentForm
from creativecities.calls.models import Call
from creativecities.calls.queries import calls as queries
from creativecities.calls.queries import fitting
from creativecities.core import atom, downloads, pages
from creativecities.core.access import page
from creativecities.core.calendars import as_calendar
from creativecities.core.text import fold
from creativecities.network.models import Country, CreativeField, Region


@page("public")
def calls(request: HttpRequest) -> HttpResponse:
    """Every call, the newest first. Four statements. How a call stands changes by the second, so no page is kept."""
    return render(request, "calls/calls.html", {"rows": queries.published(request.user)})


@page("public")
def calls_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as CSV, or as JSON with all that each call says."""
    found = queries.published(request.user)
    if kind == "csv":
        return downloads.as_csv(map(feeds.as_row, found), feeds.COLUMNS, name="calls")
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    rows = [feeds.as_data(each) for each in found[(number - 1) * size : number * size]]
    return downloads.as_json({"count": len(found), "page": number, "page_size": size, "results": rows})


@page("public")
def feed(request: HttpRequest) -> HttpResponse:
    """An Atom feed: what there is to tell of each call, that it is published, changed, extended, withdrawn."""
    entries = chain.from_iterable(map(feeds.news, queries.published(request.user)))
    return atom.as_feed(request, _("Calls for applications"), reverse("calls:calls"), entries)


@page("public")
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of a call for calendar programs."""
    shown = _shown(request, slug)
    return as_calendar(feeds.entries(shown), name=str(shown.title))


@page("public")
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """A call: how it stands, its dates, who may apply, what is asked, and how it is judged. Six statements."""
    shown = _shown(request, slug)
    return render(request, "calls/call.html", context_of(shown, request.user))


@page("public")
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether a city can apply, rule by rule with the reason, before anybody begins a file. Seven statements."""
    shown = _shown(request, slug)
    countries = {country.pk: country for country in Country.objects.visible_to(request.user)}
    form = EligibilityForm(
        request.GET if "city" in request.GET else None,
        countries=sorted(((iso2, one.name) for iso2, one in countries.items()), key=lambda pair: fold(pair[1])),
        fields=_fields(shown, request.user),
    )
    verdicts = []
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        city = eligibility.City(
            field=given["field"],
            region=countries[given["country"]].region_id,
            population=given["population"],
            member_of=queries.field_of_member([given["city"]], given["country"]),
            calls_since_refusal=given["refused"],
        )
        verdicts = eligibility.check(shown.definition, city, phase=shown.phase)
    status = 422 if form.is_bound and form.errors else 200
    context = {"shown": shown, "call": shown.call, "form": form, "verdicts": verdicts, **_summed(verdicts)}
    return render(request, "calls/check.html", context, status=status)


def _shown(request: HttpRequest, slug: str) -> queries.Shown:
    return queries.shown(get_object_or_404(queries.with_all(Call.objects.visible_to(request.user)), slug=slug))


def _summed(verdicts: list[eligibility.Verdict]) -> dict[str, bool]:
    return {"is_hindered": any(each.outcome == eligibility.NOT_MET for each in verdicts)}


def _fields(shown: queries.Shown, person: Any) -> list[tuple[str, str]]:
    """The fields the call is open for, by name."""
    open_for = shown.definition["rules"]["fields"]
    return [(field.pk, field.name) for field in CreativeField.objects.visible_to(person) if field.pk in open_for]


@page("public", methods=("GET", "HEAD", "POST"))
def fit(request: HttpRequest, slug: str) -> HttpResponse:
    """Which creative field fits a city's own words: advice. The words are posted, so that no log keeps them."""
    shown = _shown(request, slug)
    form, names = FitForm(request.POST or None), dict(_fields(shown, request.user))
    context: dict[str, Any] = {"shown": shown, "call": shown.call, "form": form, "fits": None}
    if form.is_bound and form.is_valid():
        fits, has_meaning = fitting.fields_for(form.cleaned_data["text"], list(names), get_language() or "en")
        context |= {"fits": [(each, names[each.field]) for each in fits], "has_meaning": has_meaning}
    return render(request, "calls/fit.html", context, status=422 if form.is_bound and form.errors else 200)


@page("public")
def assess(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a city stands by the criteria of the call, in its own judgement: nothing of it is kept. Four statements."""
    shown = _shown(request, slug)
    said = reading.read(shown.definition, get_language() or "en")
    most = rubric.scale(shown.definition)
    form = SelfAssessmentForm(request.GET, criteria=said["criteria"], most=most)
    context = {
        "shown": shown, "call": shown.call, "form": form, "most": most, "documents": said["documents"],
        "writing": assessing.writing(said["sections"]), "people": assessing.people(said["sections"]),
        "ends": [each for each in shown.steps if each.name in ("commissions_by", "closes_at")],
    }  # fmt: skip
    if form.is_bound and form.is_valid():
        found = assessing.standings(said["criteria"], form.points, most)
        means = assessing.means(shown.definition, form.points)
        context |= {"standings": found, "strengths": [each for each in found if each.is_strength]}
        context["means"] = [(labels.GROUPS[each.group], each) for each in means]
    return render(request, "calls/assess.html", context, status=422 if form.is_bound and form.errors else 200)


def context_of(shown: queries.Shown, person: Any) -> dict[str, Any]:
    """What the page of a call shows; also that of a version that is not published yet."""
    names = {
        "field": {field.pk: field.name for field in CreativeField.objects.visible_to(person)},
        "region": {region.pk: region.name for region in Region.objects.visible_to(person)},
    }
    return {
        "shown": shown,
        "call": shown.call,
        "rules": queries.rules_in_words(shown.definition, names),
        "judging": queries.judging_in_words(shown.definition),
        "kinds": labels.KINDS,
        **reading.read(shown.definition, get_language() or "en"),
        "root": reverse("calls:calls"),
    }
