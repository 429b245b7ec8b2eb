"""What a city's team edits: portrait, names, contact and links."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.core import presence
from creativecities.core.access import page
from creativecities.network import rules
from creativecities.network.actions import cities, portraits
from creativecities.network.compute.languages import language_name
from creativecities.network.compute.words import count_words
from creativecities.network.forms.city import (
    ContactForm,
    LanguageForm,
    Links,
    LinksVersion,
    LocalNameForm,
    NameForm,
    PortraitForm,
    RenameForm,
    spoken_choices,
)
from creativecities.network.models import City, CityName, Picture, Portrait
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, TEAM, Outcome

FORMS = frozenset({"edit_portrait", "edit_names", "edit_contact", "edit_links"})
"""The pages that say who else has them open."""


def _show(request: HttpRequest, template: str, city: City, outcome: Outcome, **more: Any) -> HttpResponse:
    context = {"city": city, "saved": saving.just_saved(request, city), "conflict": outcome.conflict, **more}
    if template in FORMS:
        place = f"network.city/{city.pk}/{template}/{more.get('language', '')}"
        context["presence"] = presence.ticket(place, request.user)
    return render(request, f"network/{template}.html", context, status=outcome.status)


@page(*TEAM)
def edit_city(request: HttpRequest, slug: str) -> HttpResponse:
    """The desk of a city: what is there, and what is missing."""
    city = saving.city_of(request, slug)
    reader = get_language() or "en"
    portraits_now = list(city.portraits.filter(is_current=True).order_by("-is_original", "language"))
    sections = {
        "portraits": [
            {"language": language_name(each.language, reader), "code": each.language, "words": count_words(each.text),
             "is_original": each.is_original, "at": each.at, "is_by_hand": each.by_hand}
            for each in portraits_now
        ],
        "names": city.names.count(),
        "links": city.links.count(),
        "pictures": city.pictures.filter(state=Picture.SHOWN).count(),
    }  # fmt: skip
    return _show(request, "edit_city", city, Outcome(), next_step=_next_step(city, sections), **sections)


def _next_step(city: City, sections: dict[str, Any]) -> dict[str, str] | None:
    """The one thing to do next."""
    if not any(each["is_by_hand"] for each in sections["portraits"]):
        return {"name": "network:edit_portrait", "text": _("Replace the portrait by one in the city’s own words.")}
    if not sections["pictures"]:
        return {"name": "network:pictures", "text": _("Show the city: hand in a first picture.")}
    if not city.office_email:
        return {"name": "network:edit_contact", "text": _("Say to which office one can write.")}
    if not sections["links"]:
        return {"name": "network:edit_links", "text": _("Add a link to where people can read more.")}
    return None


@page(*TEAM, methods=READ_OR_SEND)
def edit_portrait(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the portrait in one language; each save is a new version."""
    city = saving.city_of(request, slug)
    current = _portraits(city)
    language = _language(request, city, current)
    portrait = current.get(language)
    form = PortraitForm(request.POST or None, initial=_initial(portrait))
    outcome = saving.attempt(
        form,
        lambda: portraits.save_portrait(
            city, language=language, values=form.values, opened=form.cleaned_data["opened"], by=saving.person(request)
        ),
        version=lambda: _newest(city, language),
    )
    if outcome.event:
        return saving.saved("network:edit_portrait", city, outcome.event, language=language)
    return _show(
        request, "edit_portrait", city, outcome, form=form, portrait=portrait, language=language,
        language_name=language_name(language, get_language() or "en"),
        choose=LanguageForm(initial={"language": language}, city=city),
        written=[(code, language_name(code, get_language() or "en")) for code in current],
        words=count_words(str(form["text"].value() or "")),
    )  # fmt: skip


def _portraits(city: City) -> dict[str, Portrait]:
    """The current portraits by language, the original first."""
    found = city.portraits.filter(is_current=True).order_by("-is_original", "language")
    return {portrait.language: portrait for portrait in found}


def _language(request: HttpRequest, city: City, current: dict[str, Portrait]) -> str:
    asked = request.GET.get("language", "")
    if not asked:
        return next(iter(current), "en")
    if asked not in dict(spoken_choices(city)):
        raise Http404
    return asked


def _initial(portrait: Portrait | None) -> dict[str, Any]:
    texts = (portrait or Portrait(is_original=False)).texts
    number = portrait.number if portrait else 0
    lines = {name: "\n".join(texts[name]) for name in ("keywords", "challenges")}
    return {**texts, **lines, "opened": number}


def _newest(city: City, language: str) -> int:
    newest = city.portraits.filter(language=language).order_by("-number").first()
    return newest.number if newest else 0


@page(*TEAM, methods=READ_OR_SEND)
def edit_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whom one can write to."""
    city = saving.city_of(request, slug)
    initial = {name: getattr(city, name) for name in cities.CONTACT}
    form = ContactForm(request.POST or None, initial={**initial, "opened": city.version})
    outcome = saving.attempt(
        form,
        lambda: cities.change_contact(city, **form.cleaned_data, by=saving.person(request)),
        version=lambda: saving.version_of(city),
    )
    if outcome.event:
        return saving.saved("network:edit_contact", city, outcome.event)
    return _show(request, "edit_contact", city, outcome, form=form)


@page(*TEAM, methods=READ_OR_SEND)
def edit_links(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the list of links."""
    city = saving.city_of(request, slug)
    rows = [{**link, "position": at} for at, link in enumerate(city.links.values("label", "url"), 1)]
    links: Any = Links(request.POST or None, initial=rows, prefix="links")
    form = LinksVersion(request.POST or None, initial={"opened": city.version}, rows=links)
    outcome = saving.attempt(
        form,
        lambda: cities.replace_links(
            city, links=links.links, opened=form.cleaned_data["opened"], by=saving.person(request)
        ),
        version=lambda: saving.version_of(city),
    )
    if outcome.event:
        return saving.saved("network:edit_links", city, outcome.event)
    return _show(request, "edit_links", city, outcome, form=form, links=links)


@page(*TEAM, methods=READ_OR_SEND)
def edit_names(request: HttpRequest, slug: str) -> HttpResponse:
    """Add another name of the city; see and remove those there are."""
    city = saving.city_of(request, slug)
    form = NameForm(request.POST or None, city=city, auto_id="new_%s")
    outcome = saving.attempt(form, lambda: cities.add_name(city, **form.cleaned_data, by=saving.person(request)))
    if outcome.event:
        return saving.saved("network:edit_names", city, outcome.event)
    return _names_page(request, city, outcome, form=form)


@page(*TEAM, methods=("POST",))
def local_name(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the name in the city's own language."""
    city = saving.city_of(request, slug)
    form = LocalNameForm(request.POST, city=city, auto_id="local_%s")
    outcome = saving.attempt(
        form,
        lambda: cities.change_local_name(city, **form.cleaned_data, by=saving.person(request)),
        version=lambda: saving.version_of(city),
    )
    if outcome.event:
        return saving.saved("network:edit_names", city, outcome.event)
    return _names_page(request, city, outcome, local=form)


@page(*TEAM, methods=("POST",))
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the English name, which only the Secretariat does."""
    city = saving.city_of(request, slug)
    form = RenameForm(request.POST, auto_id="english_%s")
    outcome = saving.attempt(
        form,
        lambda: cities.rename(city, **form.cleaned_data, by=saving.person(request)),
        version=lambda: saving.version_of(city),
    )
    if outcome.event:
        return saving.saved("network:edit_names", city, outcome.event)
    return _names_page(request, city, outcome, english=form)


def _names_page(request: HttpRequest, city: City, outcome: Outcome, **forms: Any) -> HttpResponse:
    opened = {"opened": city.version if outcome.status == 200 else saving.version_of(city)}
    local = {"local_name": city.local_name, "local_language": city.local_language}
    context = {
        "form": NameForm(city=city, auto_id="new_%s"),
        "local": LocalNameForm(city=city, initial={**local, **opened}, auto_id="local_%s"),
        "english": RenameForm(initial={"name": city.name, **opened}, auto_id="english_%s"),
        "rename_refusal": rules.rename_city(request.user, city),
        "names": _rows(city),
    }
    return _show(request, "edit_names", city, outcome, **{**context, **forms})


def _rows(city: City) -> list[dict[str, Any]]:
    reader = get_language() or "en"
    kinds = {
        CityName.CURRENT: _("Present English name"), CityName.LOCAL: _("Local name"),
        CityName.FORMER: _("Former name"), CityName.OTHER: _("Name in another language"),
    }  # fmt: skip
    order = list(kinds)
    names = sorted(city.names.all(), key=lambda name: (order.index(name.kind), name.language, name.name))
    return [
        {
            "name": name,
            "kind": kinds[name.kind],
            "language": language_name(name.language, reader) if name.language else "",
            "may_go": name.kind != CityName.CURRENT,
        }
        for name in names
    ]


@page(*TEAM, methods=("POST",))
def remove_name(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one of the names away."""
    city = saving.city_of(request, slug)
    event = cities.remove_name(get_object_or_404(city.names, pk=pk), by=saving.person(request))
    return saving.saved("network:edit_names", city, event)
