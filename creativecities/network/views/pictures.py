"""What a city's team does with its pictures."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from creativecities.core import files
from creativecities.core.access import page
from creativecities.core.files import LICENCES
from creativecities.network import rules
from creativecities.network.actions import pictures as actions
from creativecities.network.forms.city import PictureForm, PictureWordsForm, ReasonForm
from creativecities.network.models import City, Picture
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, TEAM


def _picture_of(city: City, pk: int) -> Picture:
    picture = city.pictures.select_related("file", "city").filter(pk=pk).first()
    if picture is None:
        raise Http404
    return picture


def _row(picture: Picture) -> dict[str, Any]:
    stored = picture.file
    small = min(stored.sizes.all(), key=lambda size: size.width or 0, default=stored)
    return {
        "picture": picture,
        "file": stored,
        "source": reverse("file", args=[small.code, small.name]),
        "width": small.width,
        "height": small.height,
        "licence": LICENCES.get(stored.licence, stored.licence),
        "is_shown": picture.state == Picture.SHOWN,
        "is_taken_down": picture.state == Picture.TAKEN_DOWN,
    }


@page(*TEAM, methods=READ_OR_SEND)
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """The pictures of a city in their order, and a form for another one."""
    city = saving.city_of(request, slug)
    form = PictureForm(request.POST or None, request.FILES or None)
    outcome = saving.attempt(form, lambda: _add(city, form, request))
    if outcome.event:
        return saving.saved("network:pictures", city, outcome.event)
    found = city.pictures.select_related("file").prefetch_related("file__sizes")
    context = {"city": city, "form": form, "rows": [_row(each) for each in found], "most": actions.MOST_PICTURES}
    context["saved"] = saving.just_saved(request, city)
    return render(request, "network/pictures.html", context, status=outcome.status)


def _add(city: City, form: PictureForm, request: HttpRequest) -> Any:
    words = {name: form.cleaned_data[name] for name in ("alt", "credit", "licence", "holds_rights")}
    prepared = files.prepare(form.cleaned_data["file"])  # before the action, whose transaction others wait for
    return actions.add_picture(city, picture=prepared, **words, by=saving.person(request))


@page(*TEAM, methods=READ_OR_SEND)
def picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One picture: correct its words, withdraw it, show it again."""
    city = saving.city_of(request, slug)
    shown = _picture_of(city, pk)
    words = {name: getattr(shown.file, name) for name in ("alt", "credit", "licence")}
    form = PictureWordsForm(request.POST or None, initial=words)
    outcome = saving.attempt(
        form, lambda: actions.describe_picture(shown, **form.cleaned_data, by=saving.person(request))
    )
    if outcome.event:
        return saving.saved("network:pictures", city, outcome.event)
    return _picture_page(request, city, shown, form=form, status=outcome.status)


def _picture_page(
    request: HttpRequest, city: City, shown: Picture, *, form: PictureWordsForm, status: int, reason: Any = None
) -> HttpResponse:
    context = {
        "city": city,
        "row": _row(shown),
        "form": form,
        "reason": reason or ReasonForm(),
        "show_refusal": rules.show_picture(request.user, shown),
        "take_down_refusal": rules.take_down_picture(request.user, shown),
    }
    return render(request, "network/picture.html", context, status=status)


@page(*TEAM, methods=("POST",))
def place_picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move a picture one place."""
    city = saving.city_of(request, slug)
    event = actions.place_picture(_picture_of(city, pk), earlier="earlier" in request.POST, by=saving.person(request))
    return saving.saved("network:pictures", city, event)


@page(*TEAM, methods=("POST",))
def withdraw_picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a picture from the public pages."""
    city = saving.city_of(request, slug)
    event = actions.withdraw_picture(_picture_of(city, pk), by=saving.person(request))
    return saving.saved("network:pictures", city, event)


@page(*TEAM, methods=("POST",))
def show_picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a withdrawn picture again."""
    city = saving.city_of(request, slug)
    event = actions.show_picture(_picture_of(city, pk), by=saving.person(request))
    return saving.saved("network:pictures", city, event)


@page(*TEAM, methods=("POST",))
def take_down_picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a picture down, with the reason its team is told."""
    city = saving.city_of(request, slug)
    shown = _picture_of(city, pk)
    form = ReasonForm(request.POST)
    outcome = saving.attempt(
        form, lambda: actions.take_down_picture(shown, **form.cleaned_data, by=saving.person(request))
    )
    if outcome.event:
        return saving.saved("network:pictures", city, outcome.event)
    words = {name: getattr(shown.file, name) for name in ("alt", "credit", "licence")}
    return _picture_page(request, city, shown, form=PictureWordsForm(initial=words), reason=form, status=outcome.status)
