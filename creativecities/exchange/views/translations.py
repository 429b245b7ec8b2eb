"""The teams of an initiative put it into other languages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.core.access import page
from creativecities.exchange.actions import translations as acts
from creativecities.exchange.forms.translations import TranslationForm
from creativecities.exchange.queries import own
from creativecities.exchange.queries import translations as queries
from creativecities.exchange.views.initiatives import mine
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person


@page("city-team")
def translations(request: HttpRequest, slug: str) -> HttpResponse:
    """The languages, and in which of them it can be read."""
    one = mine(request, slug)
    context = {"one": one, "city": own.side_of(request.user, one), "rows": queries.rows(one)}
    return render(request, "exchange/translations.html", context)


@page("city-team", methods=READ_OR_SEND)
def translate(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """One language, with the original beside each field."""
    one = mine(request, slug)
    if language not in (names := dict(queries.languages(one))):
        raise Http404
    held = queries.current(one).get(language)
    initial = {**(queries.written(held) if held else {}), "opened": held.number if held else 0}
    form = TranslationForm(request.POST or None, one=one, initial=initial)
    outcome = saving.attempt(
        form,
        lambda: acts.translate(
            one, language, values=form.values, opened=form.cleaned_data["opened"], by=person(request)
        ),
        version=lambda: queries.newest(one, language),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("exchange:translations", slug)
    context = {
        "one": one,
        "city": own.side_of(request.user, one),
        "form": form,
        "code": language,
        "name": names[language],
        "is_outdated": held is not None and queries.is_outdated(held, one),
        "conflict": outcome.conflict,
    }
    return render(request, "exchange/translate.html", context, status=outcome.status)
