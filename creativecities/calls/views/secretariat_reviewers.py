"""The Secretariat asks people to read the files of a call, and sees who has answered and what stands against whom."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import conflicts as conflict_acts
from creativecities.calls.actions import reviewers as actions
from creativecities.calls.forms import reviewers as forms
from creativecities.calls.models import Application, Assignment, Call, Conflict, Reviewer
from creativecities.calls.queries import reviewers as queries
from creativecities.calls.queries.calls import published_definition, title_of
from creativecities.core import days
from creativecities.core.access import get_visible, page
from creativecities.network.models import City, CreativeField, Mandate
from creativecities.network.views.saving import READ_OR_SEND, attempt, person


def context_of(call: Call, **more: Any) -> dict[str, Any]:
    """What every page about the reviewers of a call says."""
    return {"call": call, "title_": title_of(call), **more}


@page("secretariat")
def reviewers(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who was asked, how they have answered, and where readers are missing."""
    call = get_visible(Call, request.user, slug=slug)
    rows = queries.of_call(request.user, call)
    counted = Counter(each.state for each in rows)
    context = context_of(
        call,
        rows=rows,
        counted=[(words, counted[state]) for state, words in Reviewer.STATES.items() if counted[state]],
        silent=len(queries.to_remind(call)),
        short=queries.short(request.user, call),
    )
    return render(request, "calls/secretariat_reviewers.html", context)


@page("secretariat", methods=READ_OR_SEND)
def ask_expert(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody from outside; those who hold the mandate of an expert are offered."""
    call = get_visible(Call, request.user, slug=slug)
    experts = Person.objects.filter(mandates__in=Mandate.objects.on(days.today()).filter(role="expert"))
    experts = experts.exclude(reviewing__call=call).distinct().order_by("name", "pk")
    chosen = next((each for each in experts if str(each.pk) == request.GET.get("expert")), None)
    known = {name: getattr(chosen, name) for name in ("email", "name", "language")} if chosen else {}
    form = forms.AskExpertForm(
        request.POST or None, definition=published_definition(call), auto_id="expert_%s",
        initial={"language": get_language(), "most": actions.USUAL_MOST, **known},
    )  # fmt: skip
    outcome = attempt(form, lambda: actions.invite_expert(call, **form.values, by=person(request)))
    if outcome.done:
        messages.success(request, _("The invitation is on its way."))
        return redirect("calls:reviewers", slug)
    context = context_of(call, form=form, experts=experts)
    return render(request, "calls/secretariat_ask_expert.html", context, status=outcome.status)


@page("secretariat", methods=READ_OR_SEND)
def ask_city(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one person of a member city's team, by address."""
    call = get_visible(Call, request.user, slug=slug)
    fields = published_definition(call)["rules"]["fields"]
    members = City.objects.filter(memberships__field__in=fields, memberships__end__isnull=True).distinct()
    form = forms.AskCityForm(request.POST or None, cities=members.order_by("name"), auto_id="city_%s")
    outcome = attempt(form, lambda: _ask_of_city(call, form, person(request)))
    if outcome.done:
        messages.success(request, _("The invitation is on its way."))
        return redirect("calls:reviewers", slug)
    return render(request, "calls/secretariat_ask.html", context_of(call, form=form), status=outcome.status)


def _ask_of_city(call: Call, form: forms.AskCityForm, by: Person) -> Reviewer:
    city, address = form.cleaned_data["city"], form.cleaned_data["email"]
    someone = Person.objects.filter(email__iexact=address).first() or Person(pk=0)  # who is in no team is refused alike
    return actions.invite_of_city(call, someone, city, by=by)


@page("secretariat", methods=READ_OR_SEND)
def ask_cities(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the focal points of all member cities of some fields: first whom it reaches is shown, then it is sent."""
    call = get_visible(Call, request.user, slug=slug)
    form = forms.AskCitiesForm(request.POST or None, definition=published_definition(call), auto_id="cities_%s")
    context = context_of(call, form=form)
    if form.is_bound and form.is_valid() and not form.cleaned_data["sure"]:
        chosen = form.cleaned_data["fields"]
        return render(
            request, "calls/secretariat_ask.html",
            {**context, "reach": queries.to_ask(call, chosen), "chosen": chosen},
        )  # fmt: skip
    outcome = attempt(form, lambda: actions.invite_cities(call, _fields(form), by=person(request)))
    if outcome.done:
        _say(request, outcome.event.facts["number"])
        return redirect("calls:reviewers", slug)
    return render(request, "calls/secretariat_ask.html", context, status=outcome.status)


def _fields(form: forms.AskCitiesForm) -> list[CreativeField]:
    return list(CreativeField.objects.filter(pk__in=form.cleaned_data["fields"]))


def _say(request: HttpRequest, number: int) -> None:
    words = ngettext("%(n)s person is asked by mail.", "%(n)s people are asked by mail.", number)
    messages.success(request, words % {"n": number})


@page("secretariat", methods=("POST",))
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Remind all who keep silent."""
    call = get_visible(Call, request.user, slug=slug)
    _say(request, actions.remind(call, by=person(request)).facts["number"])
    return redirect("calls:reviewers", slug)


@page("secretariat", methods=("POST",))
def conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """Find all conflicts anew."""
    call = get_visible(Call, request.user, slug=slug)
    event = conflict_acts.find(call, by=person(request))
    messages.success(request, _("Conflicts of interest: %(new)d new, %(gone)d gone.") % event.facts)
    return redirect("calls:reviewers", slug)


@page("secretariat", methods=READ_OR_SEND)
def reviewer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One reviewer: answers, files, what stands against which file and why; they can be let go with a reason."""
    one = get_object_or_404(
        Reviewer.objects.visible_to(request.user).select_related("call", "city", "person"), pk=pk, call__slug=slug
    )
    form = forms.WhyForm(request.POST or None, auto_id="leave_%s")
    outcome = attempt(form, lambda: actions.leave(one, reason=form.cleaned_data["reason"], by=person(request)))
    if outcome.done:
        messages.success(request, _("This reviewer reads no more files. What is missing now is listed below."))
        return redirect("calls:reviewer", slug, pk)
    given = Assignment.objects.visible_to(request.user).filter(reviewer=one).select_related("application__country")
    went_back = {each.application_id for each in given if each.state == states.RECUSED}
    known = Application.objects.on_desk_of(request.user)
    stands = Conflict.objects.filter(reviewer=one, application__in=known).select_related("application__country")
    context = context_of(
        one.call,
        reviewer=one,
        form=form,
        facts=queries.facts_in_words(one),
        given=given,
        conflicts=stands.order_by("application__city_name", "pk"),
        short=[each for each in queries.short(request.user, one.call) if each.application.pk in went_back],
    )
    return render(request, "calls/secretariat_reviewer.html", context, status=outcome.status)


@page("secretariat", methods=("POST",))
def ask_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask somebody again who has declined or left."""
    one = get_object_or_404(
        Reviewer.objects.visible_to(request.user).select_related("call", "person"), pk=pk, call__slug=slug
    )
    actions.invite_again(one, by=person(request))
    messages.success(request, _("The invitation is on its way."))
    return redirect("calls:reviewer", slug, pk)
