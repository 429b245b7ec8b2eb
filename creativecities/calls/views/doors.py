"""How somebody comes to the files of a commission: signed in as its officer, or by the link that was sent to it."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from creativecities.calls import states
from creativecities.calls.actions import links
from creativecities.calls.compute import differences, filed, files, telling
from creativecities.calls.models import Application, Call
from creativecities.calls.notices.endorsements import NOT_YET
from creativecities.calls.queries import applications as reading
from creativecities.calls.queries import endorsements as queries
from creativecities.calls.queries.reading import stored
from creativecities.calls.rules import endorsements as rules
from creativecities.calls.rules import links as rules_of_links
from creativecities.core import clocks
from creativecities.core.access import get_visible

RELATED = ("call", "field", "country", "endorsement__letter")


@dataclass(frozen=True)
class Door:
    """Who comes, and under which addresses they find everything."""

    by: Any
    name: str
    first: tuple[str, ...] = ()
    link: Any = None
    """That by which they come; then each act is confirmed by a code."""

    def url(self, page: str, *args: Any) -> str:
        """The address of a page by this way."""
        return reverse(f"calls:{self.name}_{page}", args=[*self.first, *args])

    @property
    def home(self) -> str:
        """The queue."""
        return self.url("queue")

    def paper(self, code: str, paper: str, name: str) -> str:
        """The address of a paper of a file."""
        return self.url("paper", code, paper, name) if self.link else reverse("file", args=[paper, name])

    def ask(self, act: str, application: Any) -> None:
        """Mail a code for an act to the registered address."""
        links.ask_code(self.link, act, application, by=self.by)

    def proven(self, act: str, application: Any, form: Any) -> Any:
        """Who acts, with the code that was typed; who is signed in has proved it already."""
        if not self.link:
            return self.by
        proof = links.try_code(act, application, form.cleaned_data["code"], by=self.by)
        if proof is None:
            raise rules_of_links.wrong_code()
        return replace(self.by, proof=proof)

    def go(self, page: str, *args: Any) -> HttpResponse:
        """Go on to a page."""
        return redirect(self.url(page, *args))


@dataclass(frozen=True)
class Opened:
    """A file as the commission has it before it."""

    door: Door
    application: Any
    definition: dict[str, Any]
    content: files.Content

    @property
    def fingerprint(self) -> str:
        """What proves which state of the file was read."""
        return files.fingerprint(self.content)

    @property
    def word(self) -> Any:
        """What the commission has said."""
        return getattr(self.application, "endorsement", None)

    @property
    def code(self) -> str:
        """The address of the file."""
        return str(self.application.code)

    @property
    def deadline(self) -> Any:
        """Until when the commission decides."""
        return rules.deadline(self.application, self.definition)


def opened(door: Door, code: str) -> Opened:
    """The file a commission was presented; what is hidden and what is missing give the same 404."""
    found = get_visible(Application, door.by, related=RELATED, code=code)
    if found.presented_at is None or not rules.speaks_for(door.by, found.country_id):
        raise Http404
    return Opened(door, found, reading.definition_of(found), reading.content_of(found))


def around(one: Opened) -> dict[str, Any]:
    """What the pages of a file have in common."""
    reader = get_language() or "en"
    day, hour = clocks.last_minute(one.deadline)
    there = stored(one.content)
    changed = queries.changes(one.word, one.content)
    again = rules.asked_again(one.application, one.definition)
    return {
        "door": one.door, "file": one.application, "word": one.word, "code": one.code, "day": day, "hour": hour,
        "until": one.deadline, "now": timezone.now(), "zone": one.definition["dates"]["zone"].replace("_", " "),
        "call": reading.title_of(one.application.call, reader), "not_yet": NOT_YET,
        "is_endorsed": bool(one.word) and one.word.state == states.ENDORSED,
        "sections": filed.filed(one.definition, one.content, reader),
        "papers": [(telling.label_of(one.definition, f"documents/{each['document']}", reader),
                    {"name": each["name"], "url": one.door.paper(one.code, there[each["file"]].code, each["name"])})
                   for each in one.content["documents"] if each["file"] in there],
        "file_url": one.door.url("file", one.code), "letter_url": _letter_url(one),
        "again": again if again and not rules.has_answered(one.word, again) else None,
        "changes": [_named(one, each, reader) for each in changed],
    }  # fmt: skip


def _letter_url(one: Opened) -> str:
    letter = one.word.letter if one.word else None
    return one.door.paper(one.code, letter.code, letter.name) if letter else ""


def _named(one: Opened, change: differences.Difference, reader: str) -> dict[str, Any]:
    before, after = telling.wordings(one.definition, change, reader)
    label = telling.label_of(one.definition, change.place, reader)
    return {"label": label, "before": before, "after": after, "is_paper": change.place.startswith("documents/")}


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of a file: never kept, never listed."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def call_of(door: Door, slug: str) -> Call:
    """A published call."""
    return get_visible(Call, door.by, slug=slug)
