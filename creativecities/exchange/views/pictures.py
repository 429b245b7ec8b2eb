"""What the teams of an initiative do with its pictures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core import files
from creativecities.core.access import page
from creativecities.exchange.actions import pictures as acts
from creativecities.exchange.forms.pictures import PictureForm, WordsForm
from creativecities.exchange.models import Initiative, InitiativePicture
from creativecities.exchange.queries import own
from creativecities.exchange.queries import pictures as queries
from creativecities.exchange.views.initiatives import mine
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("city-team", methods=READ_OR_SEND)
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """The pictures of an initiative, and a form for another one."""
    one = mine(request, slug)
    form = PictureForm(request.POST or None, request.FILES or None)
    outcome = saving.attempt(form, lambda: _add(one, form, request))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("exchange:pictures", slug)
    context = {
        "one": one,
        "city": own.side_of(request.user, one),
        "form": form,
        "rows": queries.of(one),
        "most": InitiativePicture.MOST,
    }
    return render(request, "exchange/pictures.html", context, status=outcome.status)


def _add(one: Initiative, form: PictureForm, request: HttpRequest) -> Any:
    words = {name: form.cleaned_data[name] for name in ("alt", "credit", "licence", "holds_rights")}
    prepared = files.prepare(form.cleaned_data["file"])  # before the action, whose transaction others wait for
    return acts.add_picture(one, picture=prepared, **words, by=person(request))


@page("city-team", methods=READ_OR_SEND)
def picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One picture: correct its words, or take it away."""
    one = mine(request, slug)
    shown = _picture_of(one, pk)
    words = {name: getattr(shown.file, name) for name in ("alt", "credit", "licence")}
    form = WordsForm(request.POST or None, initial=words)
    outcome = saving.attempt(form, lambda: acts.describe_picture(shown, **form.cleaned_data, by=person(request)))
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("exchange:pictures", slug)
    row = next(row for row in queries.of(one) if row.pk == pk)
    context = {"one": one, "city": own.side_of(request.user, one), "row": row, "form": form}
    return render(request, "exchange/picture.html", context, status=outcome.status)


@page("city-team", methods=("POST",))
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a picture away for good."""
    acts.remove_picture(_picture_of(mine(request, slug), pk), by=person(request))
    messages.success(request, _("The picture is gone, and its file is erased."))
    return redirect("exchange:pictures", slug)


def _picture_of(one: Initiative, pk: int) -> InitiativePicture:
    if (found := one.pictures.select_related("file", "initiative").filter(pk=pk).first()) is None:
        raise Http404
    return found
