"""What every page that saves has in common: the form comes back with what was typed, whatever happened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from creativecities.accounts.models import Person
from creativecities.core import events
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import cities
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.differences import Piece, as_text, differences
from creativecities.network.compute.languages import language_name
from creativecities.network.models import City, Mandate

TEAM = ("city-team", "secretariat")
READ_OR_SEND = ("GET", "HEAD", "POST")
FIELD_OF = {
    "picture-too-large": "file",
    "not-a-picture": "file",
    "picture-rights": "holds_rights",
    "name-there": "name",
}


LABELS = {
    "office": gettext_lazy("Office"),
    "office_email": gettext_lazy("E-mail of the office"),
    "website": gettext_lazy("Website"),
    "local_name": gettext_lazy("Local name"),
    "local_language": gettext_lazy("Language"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail"),
    "links": gettext_lazy("Links"),
    "alt": gettext_lazy("Description"),
    "credit": gettext_lazy("Author"),
    "licence": gettext_lazy("Licence"),
}
"""What the fields are called that an event says it changed."""


@dataclass
class Outcome:
    """What became of a form: what the action gave back, or the status of the page that comes back."""

    status: int = 200
    done: bool = False
    event: Any = None
    conflict: "Comparison | None" = None


@dataclass(frozen=True)
class Part:
    """One field that two people wrote: what the other changed, and what saving would now change in that."""

    label: str
    theirs: list[Piece]
    mine: list[Piece]


@dataclass(frozen=True)
class Comparison:
    """Who saved in the meantime, when, and what."""

    by_name: str
    at: Any
    parts: list[Part]


def person(request: HttpRequest) -> Person:
    """Who is signed in. These pages are for nobody else."""
    return cast(Person, request.user)


def city_of(request: HttpRequest, slug: str) -> City:
    """The city whose desk this person sees; that of another city and one that is missing give the same 404."""
    try:
        return City.objects.editable_by(request.user).select_related("country").get(slug=slug)
    except City.DoesNotExist:
        raise Http404 from None


def attempt(form: forms.BaseForm, act: Callable[[], Any], *, version: Callable[[], int] | None = None) -> Outcome:
    """Do what a form asks if it is sound; a refusal comes back as an error of the form, a conflict as a comparison.

    `version` tells the present version, on top of which the form can be sent again.
    """
    if not form.is_bound:
        return Outcome()
    if not form.is_valid():
        _make_legible(form)
        return _forged(form, version()) if "opened" in form.errors and version else Outcome(422)
    try:
        return Outcome(done=True, event=act())
    except Conflict as conflict:
        _put_on_top(form, version)
        return Outcome(409, conflict=_compare(form, conflict))
    except Refusal as refusal:
        if refusal.code == "forged-version":
            _put_on_top(form, version)
        field = FIELD_OF.get(refusal.code)
        form.add_error(field if field in form.fields else None, f"{refusal.reason} {refusal.remedy}".strip())
        return Outcome(refusal.status)


def version_of(record: Any) -> int:
    """The present version of a city or an initiative, read anew: somebody else may have saved meanwhile."""
    record.refresh_from_db(fields=["version"])
    return int(record.version)


def opened(request: HttpRequest) -> int:
    """The version the person saw when pressing the button; -1, which is refused, if it is no number."""
    text = request.POST.get("opened", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _make_legible(form: forms.BaseForm) -> None:
    """What comes back shows a mark where it held a NUL, which no page can hold."""
    data = cast(QueryDict, form.data).copy()
    for key in data:
        data.setlist(key, [text.replace("\0", "\ufffd") for text in data.getlist(key)])
    for each in (form, *getattr(form, "rows", ())):
        each.data = data


def _forged(form: forms.BaseForm, version: int) -> Outcome:
    refusal = rules.build_on_version(-1, newest=version, fewest=0)
    del form.errors["opened"]
    form.add_error(None, f"{refusal} {refusal.remedy}" if refusal else "")
    _put_on_top(form, lambda: version)
    return Outcome(400)


def _put_on_top(form: forms.BaseForm, version: Callable[[], int] | None) -> None:
    if version:
        data = cast(QueryDict, form.data).copy()
        data["opened"] = str(version())
        form.data = data


def _compare(form: forms.BaseForm, conflict: Conflict) -> Comparison:
    mine = getattr(form, "values", form.cleaned_data)
    parts = []
    for name, theirs in conflict.theirs.items():
        before, saved, typed = (as_text(value) for value in (conflict.opened.get(name, ""), theirs, mine.get(name, "")))
        if before != saved or saved != typed:
            label = str(form.fields[name].label) if name in form.fields else _("Links")
            parts.append(Part(label, differences(before, saved), differences(saved, typed)))
    return Comparison(conflict.by_name, conflict.at, parts)


def changes_in(event: Event) -> list[Part]:
    """What an event changed, for those that say what was there before."""
    before, after = event.facts.get("before"), event.facts.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return [
        Part(str(LABELS.get(name) or events.part(name)), differences(as_text(before.get(name)), as_text(value)), [])
        for name, value in after.items()
        if before.get(name) != value
    ]


def sentence(event: Event) -> str:
    """What happened, in the reader's language, whatever the language was in which it was noted."""
    facts, subject = dict(event.facts), event.subject_name
    if event.kind.startswith("network.mandate.") and facts.get("role") in Mandate.Role:
        subject = str(Mandate.Role(facts["role"]).label)
    if "language" in facts:
        facts["language"] = language_name(str(facts["language"]), get_language() or "en")
    return events.sentence(event.kind, actor=event.actor_name, subject=subject, facts=facts)


def saved(name: str, city: City, event: Event, **query: str) -> HttpResponse:
    """Go to a page of the desk that says what was saved and offers to undo it."""
    more = "".join(f"&{key}={value}" for key, value in query.items())
    return HttpResponseRedirect(f"{reverse(name, args=[city.slug])}?saved={event.pk}{more}")


def just_saved(request: HttpRequest, city: City) -> dict[str, Any] | None:
    """What was saved a moment ago, with the way to undo it; None without `?saved=`."""
    number = request.GET.get("saved", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    about = Event.objects.visible_to(request.user).filter(rules.events_of([city.pk]))
    event = about.filter(pk=int(number)).first()
    return {"sentence": sentence(event), "undo": undo_of(event, city)} if event else None


def undo_of(event: Event, city: City) -> dict[str, Any] | None:
    """The address to post to, and the version to send along, that puts back what was before an event."""
    kind, facts = event.kind.removeprefix("network."), event.facts
    if event.kind in cities.UNDOABLE:
        return {"url": reverse("network:undo", args=[city.slug, event.pk]), "opened": city.version}
    if kind == "city.portrait_saved" and facts["number"] > 1:
        before = [city.slug, facts["language"], facts["number"] - 1]
        return {"url": reverse("network:portrait_version", args=before), "opened": facts["number"]}
    if kind == "picture.withdrawn":
        return {"url": reverse("network:show_picture", args=[city.slug, event.subject_id]), "opened": None}
    if kind in ("picture.added", "picture.shown"):
        return {"url": reverse("network:withdraw_picture", args=[city.slug, event.subject_id]), "opened": None}
    return None
