"""The files a person prepares: all of them, and one with all that its pages show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute import answers, checklist, instants
from creativecities.calls.compute.changes import called
from creativecities.calls.compute.definition import Definition, find, languages, questions_in
from creativecities.calls.compute.files import rows_of
from creativecities.calls.compute.labels import FACTS
from creativecities.calls.models import Application, Call, Comment, Contributor
from creativecities.calls.queries import applications, calls, news
from creativecities.calls.rules import applications as rules
from creativecities.core import clocks, events
from creativecities.core.desk import Due
from creativecities.core.models import Event
from creativecities.core.words import Words, in_language

EVENTS = 30


@dataclass(frozen=True)
class Clock:
    """Until when a file is handed in, on the clock of its call, and how long that is from now."""

    deadline: dt.datetime
    now: dt.datetime
    zone: str

    @property
    def day(self) -> dt.date:
        """The day of the deadline there; midnight belongs to the day it ends."""
        return clocks.last_minute(self.deadline)[0]

    @property
    def hour(self) -> str:
        """The hour of the deadline there."""
        return clocks.last_minute(self.deadline)[1]

    @property
    def is_over(self) -> bool:
        """Whether it is too late."""
        return self.now >= self.deadline


@dataclass(frozen=True)
class Mine:
    """A file, this person's part in it, and the call it answers, of which nothing is read that nobody asks for."""

    file: Any
    part: Contributor

    @cached_property
    def shown(self) -> calls.Shown:
        """The call as it stands now."""
        return calls.shown(self.file.call)

    @cached_property
    def definition(self) -> Definition:
        """What the call asks of the file: what was returned is completed as it was asked for."""
        if self.file.state == states.RETURNED:
            return applications.asked_of(self.file)
        newest = calls.newest(self.file.call)
        assert newest is not None  # files are begun in published calls alone
        said: Definition = newest.definition
        return said

    @property
    def state(self) -> str | Promise:
        """How it stands, in words."""
        return Application.STATES[self.file.state]

    @property
    def clock(self) -> Clock:
        """Whose clock decides, and until when."""
        zone = ZoneInfo(self.shown.definition["dates"]["zone"])
        until = instants.deadline(self.file.call.closes_at, calls.more_time(self.file.call), self.file.country_id)
        return Clock(until.astimezone(zone), self.shown.now, self.shown.zone)

    @property
    def may_write(self) -> bool:
        """Whether this person writes in the file, and the file can be written in."""
        return self.part.role in Contributor.WRITERS and self.file.state in states.WRITABLE

    @property
    def may_resolve(self) -> bool:
        """Whether this person resolves comments."""
        return self.part.role in Contributor.WRITERS

    @property
    def owns(self) -> bool:
        """Whether it is this person's."""
        return self.part.role == Contributor.Role.OWNER


def prepared_by(person: Any) -> QuerySet[Contributor]:
    """The parts a person has in the preparation of files, each with its file: who has one sees the file.

    What others see of a file has pages of its own.
    """
    return Contributor.objects.filter(person_id=person.pk).select_related("application")


FOR_A_PAGE = ("application__call__announcement", "application__country", "application__field")
"""What every page of a file shows of what it belongs to."""


def mine(person: Any, code: str, *, related: tuple[str, ...] = FOR_A_PAGE) -> Mine:
    """One of them, with what is read along; hidden and missing give the same Http404 after the same statement."""
    found = prepared_by(person).select_related(*related).defer("application__call__next")
    part = found.filter(application__code=code).first()
    if part is None:
        raise Http404
    return Mine(part.application, part)


def all_mine(person: Any) -> list[Mine]:
    """All of them, the newest call first. Five statements, whatever their number."""
    return _several(prepared_by(person).order_by("-application__call__opens_at", "application__city_name", "pk"))


def _several(parts: QuerySet[Contributor]) -> list[Mine]:
    whole = Prefetch("application__call", calls.with_all(Call.objects.all()))
    found = parts.select_related("application__country", "application__field").prefetch_related(whole)
    return [Mine(part.application, part) for part in found]


@dataclass(frozen=True)
class Missing:
    """What one part of a file lacks: the part's name, the way to it, and each thing with its reason."""

    label: str
    url: str
    lacks: list[tuple[str, str, str | Promise]]


@dataclass(frozen=True)
class Section:
    """A section of the form in a file: how far it has come, and who looks after it."""

    key: str
    label: Words
    answered: int
    asked: int
    people: list[str]
    comments: int

    @property
    def is_whole(self) -> bool:
        """Whether everything in it is answered."""
        return self.answered == self.asked


def overview(one: Mine, person: Any) -> dict[str, Any]:
    """What the page of a file shows beside how it stands. Six statements."""
    file, asked = one.file, one.definition
    people = list(file.contributors.select_related("person"))
    talk = Comment.objects.visible_to(person).filter(application=file, resolved_at__isnull=True)
    remarks = list(talk.values_list("question", flat=True))
    content = applications.content_of(file)
    lacks = applications.lacks_of(file, content, asked)
    return {
        "sections": [_section(asked, content, each, people, remarks) for each in asked["sections"]],
        "missing": missing(file, asked, lacks),
        "lacking": len(lacks),
        "people": people,
        "events": happened(file, person),
        "news": news.since_last_edit(file, one.shown.number),
    }


def _section(asked: Definition, content: Any, section: Any, people: list[Contributor], remarks: list[str]) -> Section:
    values = {(key, row): value for key in content["answers"] for row, value in rows_of(content, key).items()}
    answered, number = answers.progress(asked, section["key"], values)
    mine_ = [each.person.name for each in people if section["key"] in each.sections]
    questions = {each["key"] for each in questions_in(asked, section["key"])}
    talked = sum(each in questions for each in remarks)
    return Section(section["key"], said(asked, section["label"]), answered, number, mine_, talked)


def said(asked: Definition, text: Any) -> Words:
    """A text of the call in the reader's language, or in the call's own."""
    return Words(*in_language(text, get_language() or "en", languages(asked)))


def happened(file: Application, person: Any) -> list[tuple[Event, str]]:
    """What happened to a file, the newest first, each with its sentence, as far as this person may know it."""
    found = Event.objects.visible_to(person).about(file)[:EVENTS]
    return [
        (each, events.sentence(each.kind, actor=each.actor_name, subject=each.subject_name, facts=each.facts))
        for each in found
    ]


def missing(file: Application, asked: Definition, lacks: Iterable[checklist.Lack]) -> list[Missing]:
    """What a file lacks, by the part in which it is put right, in the order of the call."""
    parts: dict[str, Missing] = {}
    for lack in lacks:
        part, label, url, anchor = _where(file, asked, lack.place)
        about = parts.setdefault(part, Missing(_part_name(asked, part), url, []))
        about.lacks.append((label, f"{url}#{anchor}" if url else "", lack.reason))
    return list(parts.values())


def _part_name(asked: Definition, part: str) -> str:
    if section := find(asked, "sections", part.removeprefix("section ")):
        return called(section, asked, get_language() or "en")
    names = {"city": _("The city"), "documents": _("Documents"), "links": _("Links")}
    return names.get(part, _("National Commission"))


def _where(file: Application, asked: Definition, place: str) -> tuple[str, str, str, str]:
    """The part a place stands in, what it is called, the page on which it is put right, and where there."""
    kind, _slash, rest = place.partition("/")
    key, _slash, row = rest.partition("/")
    reader = get_language() or "en"
    if kind == "city":
        return kind, str(FACTS[key]), reverse("calls:facts", args=[file.code]), f"id_{key}"
    if kind == "questions" and (question := find(asked, "questions", key)):
        label = called(question, asked, reader) + (f" ({int(row) + 1})" if row else "")
        url = reverse("calls:section", args=[file.code, question["section"]])
        return f"section {question['section']}", label, url, f"answer-{key}_{row or 0}"
    if kind == "documents" and (paper := find(asked, "documents", key)):
        url = reverse("calls:documents", args=[file.code])
        return kind, f"{called(paper, asked, reader)} ({row})", url, f"{key}-{row}"
    label = _("Links, at most") if kind == "links" else _("Endorsement")
    return kind, str(label), "", ""


def due_for(person: Any) -> Iterable[Due]:
    """What is handed in before the deadline, or completed, by those who write it. One statement without files."""
    if not getattr(person, "is_authenticated", False):
        return
    open_now = {"application__state__in": states.WRITABLE, "application__call__state": states.PUBLISHED}
    for one in _several(prepared_by(person).filter(**open_now)):
        until = _until(one)
        if one.may_write and until > one.clock.now:
            title = _("Go on with the file of %(city)s") % {"city": one.file.city_name}
            yield Due(title, reverse("calls:file", args=[one.file.code]), until, str(one.shown.title))


def _until(one: Mine) -> dt.datetime:
    waits = rules.open_completion(one.file) if one.file.state == states.RETURNED else None
    return waits.until if waits else one.clock.deadline
