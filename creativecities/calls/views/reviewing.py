"""A reviewer's own part in a call: accept or decline, promise confidence, declare conflicts, leave."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from creativecities.calls import states
from creativecities.calls.actions import reviewers as actions
from creativecities.calls.compute.declaring import PROMISES, TIES
from creativecities.calls.forms import reviewers as forms
from creativecities.calls.models import Conflict, Reviewer
from creativecities.calls.queries import reviewers as queries
from creativecities.calls.queries.calls import published_definition, title_of
from creativecities.core.access import get_visible, page
from creativecities.network.views.saving import Outcome, attempt, person

DONE: dict[str, str | Promise] = {
    "accept": gettext_lazy("Thank you. Two short steps come before the files."),
    "decline": gettext_lazy("Your answer is noted. Thank you for it."),
    "promise": gettext_lazy("Your promise is noted."),
    "declare": gettext_lazy("Your declaration is noted. You are told by mail when files are given to you."),
    "conflict": gettext_lazy("Your declaration is noted. That file is not yours to judge."),
    "leave": gettext_lazy("You read no more files in this call. Thank you for what you have done."),
}


@page("signed-in")
def invitations(request: HttpRequest) -> HttpResponse:
    """Every call in which this person was asked to read files."""
    mine = Reviewer.objects.visible_to(request.user).filter(person=request.user.pk).select_related("call", "city")
    rows = [(each, title_of(each.call)) for each in mine.order_by("-at")]
    return render(request, "calls/reviewer_invitations.html", {"rows": rows})


@page("signed-in")
def reviewing(request: HttpRequest, slug: str) -> HttpResponse:
    """One's part in a call, with the step that comes next. To who was not asked it is not there."""
    return _shown(request, _own(request, slug))


@page("signed-in", methods=("POST",))
def act(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Answer, promise, declare or leave."""
    reviewer = _own(request, slug)
    form = _forms(reviewer, request.POST)[name]
    outcome = attempt(form, lambda: _ACTS[name](reviewer, form, person(request)))
    if not outcome.done:
        return _shown(request, reviewer, outcome, **{name: form})
    messages.success(request, str(DONE[name]))
    return redirect("calls:reviewing", slug)


def _own(request: HttpRequest, slug: str) -> Reviewer:
    if not request.user.is_authenticated:
        raise Http404
    return get_visible(
        Reviewer, request.user, related=("call", "city", "person"), call__slug=slug, person_id=request.user.pk
    )  # fmt: skip


_ACTS: dict[str, Callable[[Reviewer, Any, Any], Any]] = {
    "accept": lambda reviewer, form, by: actions.accept(reviewer, **_values(form), by=by),
    "decline": lambda reviewer, form, by: actions.decline(reviewer, reason=form.cleaned_data["reason"], by=by),
    "promise": lambda reviewer, _form, by: actions.promise(reviewer, by=by),
    "declare": lambda reviewer, form, by: actions.declare(reviewer, form.ties, by=by),
    "conflict": lambda reviewer, form, by: actions.declare(reviewer, form.ties, later=True, by=by),
    "leave": lambda reviewer, form, by: actions.leave(reviewer, reason=form.cleaned_data["reason"], by=by),
}


def _values(form: Any) -> dict[str, Any]:
    values: dict[str, Any] = getattr(form, "values", form.cleaned_data)
    return values


def _forms(reviewer: Reviewer, data: Any = None) -> dict[str, Any]:
    """The forms of every step; names of candidates are read only for who has promised to keep confidence."""
    has_promised = reviewer.state == states.ACCEPTED and reviewer.confided_at is not None
    candidates = queries.candidates(reviewer) if has_promised else []
    return {
        "accept": _accept_form(reviewer, data),
        "decline": forms.WhyForm(data, auto_id="decline_%s"),
        "promise": forms.PromiseForm(data),
        "declare": forms.DeclarationForm(data, candidates=candidates),
        "conflict": forms.ConflictForm(data, candidates=candidates, auto_id="conflict_%s"),
        "leave": forms.WhyForm(data, auto_id="leave_%s"),
    }


def _accept_form(reviewer: Reviewer, data: Any) -> forms.ReadsForm:
    known = {"languages": reviewer.languages, "most": reviewer.most, "about": reviewer.about}
    known |= dict(zip(("country", "nationality"), reviewer.countries, strict=False))
    kind = forms.KnowsForm if reviewer.group == Reviewer.Group.EXPERT else forms.ReadsForm
    return kind(data, definition=published_definition(reviewer.call), initial=known, auto_id="accept_%s")


def _shown(request: HttpRequest, reviewer: Reviewer, outcome: Outcome | None = None, **bound: Any) -> HttpResponse:
    context = {
        "reviewer": reviewer,
        "call": reviewer.call,
        "title_": title_of(reviewer.call),
        "promises": PROMISES,
        "ties": [(Conflict.Kind(kind).label, words) for kind, words in TIES.items()],
        **_forms(reviewer),
        **bound,
    }
    return render(request, "calls/reviewing.html", context, status=outcome.status if outcome else 200)
