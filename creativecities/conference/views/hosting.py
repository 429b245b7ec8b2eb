"""Who hosts an edition: the search, and the bids of cities."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from creativecities.conference.actions import bids as actions
from creativecities.conference.compute import definition, labels
from creativecities.conference.forms import hosting as forms
from creativecities.conference.models import Bid, Edition
from creativecities.conference.queries import bids as queries
from creativecities.conference.queries import cities, editions
from creativecities.conference.rules import bids as rules
from creativecities.core.access import get_visible, page
from creativecities.core.words import Words, in_language
from creativecities.network import rules as network
from creativecities.network.models import City
from creativecities.network.views import saving
from creativecities.network.views.saving import READ_OR_SEND, person

ACTS = {
    "submit": (actions.submit, gettext_lazy("Submitted.")),
    "take-back": (actions.take_back, gettext_lazy("You can write on.")),
    "withdraw": (actions.withdraw, gettext_lazy("Withdrawn.")),
}


@page("public")
def hosting(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked of a host, until when cities bid, the bids one may read, and the votes on them. Five statements."""
    edition = get_visible(Edition, request.user, slug=slug)
    votes = list(edition.votes.all())
    until = queries.until(edition)
    bids = queries.of_edition(request.user, edition)
    if not (until or votes or bids):
        raise Http404
    said = definition.part(edition.settings, "hosting")
    context = {
        "shown": editions.shown(edition),
        "until": until,
        "criteria": [_worded(edition, item) for item in definition.listed(edition.settings, "criteria")],
        "method": labels.METHODS[said["method"]],
        "tie": labels.TIES[said["tie"]],
        "said": said,
        "bids": bids,
        "votes": votes,
        "may_begin": queries.may_begin(request.user, edition),
    }
    return render(request, "conference/hosting.html", context)


def _worded(edition: Edition, item: dict[str, Any]) -> dict[str, Any]:
    reader, codes = get_language() or "en", edition.settings["languages"]
    words = {name: Words(*in_language(item[name], reader, codes)) for name in ("label", "guidance")}
    return {**words, "kind": labels.KINDS[item["kind"]], "is_required": item["is_required"]}


@page("city-team", methods=READ_OR_SEND)
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a bid for a city of one's team."""
    edition = get_visible(Edition, request.user, slug=slug)
    mine = queries.may_begin(request.user, edition)
    form = forms.BeginForm(request.POST or None, cities=[(city.slug, city.name) for city in mine])
    outcome = saving.attempt(form, lambda: _begin(request, edition, form, mine))
    if outcome.done:
        return redirect("conference:write_bid", slug, outcome.event.code)
    context = {
        "shown": editions.shown(edition),
        "form": form,
        "mine": mine,
        "refusal": rules.takes_bids(edition),
    }
    return render(request, "conference/bid_begin.html", context, status=outcome.status)


def _begin(request: HttpRequest, edition: Edition, form: forms.BeginForm, mine: list[City]) -> Bid:
    city = next(each for each in mine if each.slug == form.cleaned_data["city"])
    language = get_language() or "en"
    return actions.begin(
        edition, city, title=form.cleaned_data["title"], language=language.replace("zh-hans", "zh-Hans"),
        by=person(request),
    )  # fmt: skip


def _bid(request: HttpRequest, slug: str, code: str) -> Bid:
    found = Bid.objects.visible_to(request.user).select_related("edition").prefetch_related("cities__city__country")
    bid = found.filter(edition__slug=slug, code=code).first()
    if bid is None:
        raise Http404
    return bid


@page("public")
def bid(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A bid: its cities and what they answer; for its team also what is to be done next."""
    return _bid_page(request, _bid(request, slug, code))


def _bid_page(request: HttpRequest, one: Bid, status: int = 200, **forms_: Any) -> HttpResponse:
    someone = request.user
    is_team = someone.is_authenticated and network.team_cities(someone).filter(city=rules.lead(one)).exists()
    may_write = is_team and rules.write(someone, one) is None
    context = {
        "bid": one,
        "shown": editions.shown(one.edition),
        "state": Bid.STATES[one.state],
        "answers": queries.answers(one),
        "parts": one.cities.all(),
        "to_confirm": queries.to_confirm(someone, one),
        "is_inside": is_team or one.state != "presented",
        "may_write": may_write,
        "ask": _ask_form(one) if may_write else None,
        "submit_refusal": rules.submit(someone, one) if may_write else None,
        "is_team": is_team,
        "may_take_back": is_team and one.state == "submitted" and rules.take_back(someone, one) is None,
        "may_withdraw": is_team
        and one.state in ("draft", "submitted", "eligible", "presented")
        and rules.withdraw(someone, one) is None,
        **forms_,
    }
    return render(request, "conference/bid.html", context, status=status)


def _ask_form(one: Bid, data: Any = None) -> forms.AskForm:
    inside = {each.city_id for each in one.cities.all()}
    members = [city for city in cities.members() if city.pk not in inside]
    return forms.AskForm(data, cities=cities.choices(members))


@page("city-team", methods=READ_OR_SEND)
def write(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Write a bid, on top of the version it was opened with."""
    one = _bid(request, slug, code)
    if not network.team_cities(request.user).filter(city=rules.lead(one)).exists():
        raise Http404
    form = forms.BidForm(request.POST or None, bid=one, criteria=definition.listed(one.edition.settings, "criteria"))
    outcome = saving.attempt(
        form,
        lambda: actions.save(one, values=form.values, opened=form.cleaned_data["opened"], by=person(request)),
        version=lambda: saving.version_of(one),
    )
    if outcome.done:
        messages.success(request, _("Saved."))
        return redirect("conference:bid", slug, code)
    context = {"bid": one, "form": form, "conflict": outcome.conflict, "refusal": rules.write(request.user, one)}
    return render(request, "conference/bid_write.html", context, status=outcome.status)


@page("member", methods=("POST",))
def ask(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Ask another member city to host along."""
    one = _bid(request, slug, code)
    form = _ask_form(one, request.POST)
    outcome = saving.attempt(
        form, lambda: actions.ask(one, cities.called([form.cleaned_data["city"]])[0], by=person(request))
    )
    if outcome.done:
        messages.success(request, _("Asked: who acts for the city confirms it."))
        return redirect("conference:bid", slug, code)
    return _bid_page(request, one, outcome.status, ask=form)


@page("member", methods=("POST",))
def answer(request: HttpRequest, slug: str, code: str, city: str) -> HttpResponse:
    """Confirm or decline for a city that is asked to host along."""
    one = _bid(request, slug, code)
    part = next((each for each in one.cities.all() if each.city.slug == city and each.position), None)
    if part is None:
        raise Http404
    if request.POST.get("act") == "confirm":
        actions.confirm(part, by=person(request))
        messages.success(request, _("Confirmed."))
        return redirect("conference:bid", slug, code)
    actions.decline(part, by=person(request))
    messages.success(request, _("Declined."))
    return redirect("conference:hosting", slug)


@page("member", methods=("POST",))
def act(request: HttpRequest, slug: str, code: str, name: str) -> HttpResponse:
    """Submit a bid, take it back to write on, or withdraw it."""
    verb, said = ACTS[name]
    verb(_bid(request, slug, code), by=person(request))
    messages.success(request, said)
    return redirect("conference:bid", slug, code)
