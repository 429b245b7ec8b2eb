"""`docs/access-by-state.md` against the answer of every address of calls, for everybody, at each moment of a file."""

import functools
import re
import uuid
from collections import defaultdict
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from django_htmx.middleware import HtmxDetails

from creativecities.accounts.models import Person
from creativecities.calls import states, urls
from creativecities.calls.compute import answers
from creativecities.calls.models import Announcement, Call, Decision, Item, Meeting
from creativecities.calls.models.applications import ApplicationQuerySet
from creativecities.calls.models.evaluation import AssignmentQuerySet
from creativecities.calls.queries import word
from creativecities.calls.tests import kit, story
from creativecities.calls.tests.presenting import pdf
from creativecities.calls.tests.story import World
from creativecities.core import pdf as papers
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team
from tests.source import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.apart]
DOCUMENT = ROOT / "docs" / "access-by-state.md"
SIGN_IN = "/sign-in/"
EVENTS = re.compile(r'(?:INSERT INTO|UPDATE) "core_event"')
"""Whatever is done leaves an event."""
WORDS = {"key": "city", "question": "presentation", "row": 0, "number": 1, "earlier": 1, "kind": "csv", "iso2": "PT"}
OWN_WORDS = {
    "paper": {"key": "mayors-letter"}, "remove_paper": {"key": "mayors-letter"}, "since": {"number": 2},
    "item": {"name": "criteria", "key": "quality"}, "arrange": {"name": "criteria", "key": "quality"},
    "new_item": {"name": "answers"}, "part": {"name": "about"}, "reviewing_act": {"name": "leave"},
    "commission_act": {"name": "decline"}, "endorse_act": {"name": "decline"},
}  # fmt: skip
OF_CALLS = "ahcmDx"
"""The moments at which the addresses of a call itself are asked: it is another at each."""
WHOLE = "am"
"""The moments at which something is sent also where no page opens: what is closed is closed for both."""
OF_THE_CALL = ("release", "arrange")
"""What is sent there can be written before there is a file."""
REASON = {"reason": "For the lamps."}
POINTS = {f"points_{key}": str(points) for key, points in story.POINTS.items()}
SENT: dict[str, Any] = {
    "begin": {"city_name": "Sedia", "country": "PT", "field": "design", "language": "en", "name": "Vera Exemplo",
              "email": "vera@sedia.example"},
    "facts": {"population": "130000"},
    "team": {"act": "invite", "name": "Ines", "email": "ines@lampara.example", "role": "reader", "language": "en"},
    "take_into": {"call": "2033"},
    "section": lambda world: {"answer_presentation_0": "Lamps again", "opened_presentation_0": str(_opened(world)[1])},
    "answer_history": lambda world: {"version": _first_version(world), "opened": _opened(world)[0]},
    "paper": lambda world: {"mayors-letter-1-file": _upload(), "mayors-letter-1-opened": _paper(world)},
    "remove_paper": lambda world: {"mayors-letter-1-opened": _paper(world)},
    "take_word": lambda world: {"text-presentation.0": "Lamps from Word", "take-presentation.0": "on",
                                "opened-presentation.0": _opened(world)[0]},
    "hand_in": {"is_read": "on"},
    "give_up": {"is_sure": "on"},
    "presented": lambda world: {"act": "" if world.file.presented_at else "present", "text": "Forty lamps.",
                                "once": uuid.uuid4()},
    "reviewing_act": REASON,
    "review": {"act": "hand-in", **POINTS},
    "say": lambda _world: {"text": "Dim lamps", "once": uuid.uuid4()},
    "recuse": {"kind": "personal", "detail": "A cousin"},
    "commission_file": lambda _world: {"text": "How many lamps?", "once": uuid.uuid4()},
    "commission_act": REASON,
    "commission_ranks": lambda world: {world.file.code: "1"},
    "endorse_file": {"ask": "on"},
    "endorse_act": {"ask": "on"},
    "endorse_ranks": {"ask": "on"},
    "received_file": lambda world: {"act": "reject" if world.file.state == states.SUBMITTED else "again", **REASON,
                                    "opened": world.file.version},
    "file_results": lambda _world: {"text": "Which lamps?", "once": uuid.uuid4()},
    "assign": lambda world: {"reviewer": world.readers["unassigned"].pk},
    "decide_plan": {"act": "drop"},
    "reviewer": REASON,
    "decide": lambda world: {"is_designated": "yes", **REASON,
                             "opened": getattr(Decision.objects.filter(application=world.file).first(), "version", 0)},
    "decision": {"name": "Another choice", "source": ""},
    "adopt": {"reasons": "1"},
    "scenario": {"name": "A third choice"},
    "announcement_text": {"title_en": "Cities of lamps"},
    "announce": lambda _world: {"sure": "on", "below_quorum": "on", "designations": "1",
                                "opened": getattr(Announcement.objects.first(), "version", 0)},
    "lead_meeting": lambda _world: {"act": "close", "opened": getattr(Meeting.objects.first(), "version", 0)},
    "meeting_notes": {"notes": "Forty lamps."},
    "commission_links": {"country": "PT"},
    "item": {"weight": "2"},
    "ask_cities": {"fields": "design", "sure": "on"},
    "all": {"slug": "2040", "source": "nothing"},
    "release": lambda world: {"opened": world.call.version, **REASON, "sure": "on"},
    "withdraw": {**REASON, "sure": "on"},
    "arrange": lambda world: {"act": "down", "opened": world.call.version},
}  # fmt: skip
"""What is typed on each page beside what its form holds already: something that is taken from who may."""


def _sent(name: str, world: World) -> dict[str, Any]:
    sent = SENT.get(name, {})
    if callable(sent):
        sent = sent(world) if world.file or name in OF_THE_CALL else {}
    return dict(sent)


def _opened(world: World) -> tuple[int, Any]:
    answer = world.file.answers.get(question="presentation")
    return answer.version, answers.opened(answer.version, answer.value)


def _first_version(world: World) -> int:
    return world.file.answer_versions.filter(question="presentation").last().pk


def _paper(world: World) -> str:
    return world.file.documents.get(document="mayors-letter").file.code


def _upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.pdf", pdf(), content_type="application/pdf")


ADDRESSES = [pattern for pattern in urls.urlpatterns if pattern.name]


def _numbers(world: World) -> dict[str, int]:
    """The number each address names, of what is there at this moment; 0 where it is not there yet."""
    given = world.readers["reviewer"].assignments.first() if world.readers else None
    item, scenario = Item.objects.first(), world.scenario
    reader = {who: each.pk for who, each in world.readers.items()}
    return {
        "reviewer": reader.get("reviewer", 0), "ask_again": reader.get("left", 0), "take_away": getattr(given, "pk", 0),
        "decide_plan": world.proposal, "meeting_notes": item.pk if item else 0,
        "scenario": scenario, "remove_scenario": scenario, "adopt": scenario,
    }  # fmt: skip


def _paths(world: World) -> dict[str, str]:
    """Every address of calls with what it names, and that of a paper of the file."""
    numbers, found = _numbers(world), {}
    given = {**WORDS, "code": world.file.code if world.file else "0" * 12, "slug": world.call.slug, "token": "TOKEN",
             "paper": _paper(world) if world.file else "0" * 12}  # fmt: skip
    for pattern in ADDRESSES:
        own = {"pk": numbers.get(pattern.name, 0), "name": "letter.pdf", **OWN_WORDS.get(pattern.name, {})}
        values = {name: own.get(name, given.get(name)) for name in pattern.pattern.converters}
        found[pattern.name] = reverse(f"calls:{pattern.name}", kwargs=values)
    return found


_view = functools.cache(resolve)


class Door:
    """Somebody before the views of a site whose pages are not drawn: only who gets in counts here."""

    def __init__(self, person: Person | None, drawn: dict[str, Any]) -> None:
        self.person = Person.objects.get(pk=person.pk) if person else AnonymousUser()
        self.drawn = drawn

    def _ask(self, path: str, data: dict[str, Any] | None = None) -> HttpResponse | None:
        """What the view answers; None where nothing is there for this person."""
        make = RequestFactory()
        request: Any = make.get(path) if data is None else make.post(path, data)
        request.user, request.session, request.htmx = self.person, {}, HtmxDetails(request)
        request._messages = FallbackStorage(request)
        found = _view(path)
        self.drawn.clear()
        try:
            response = found.func(request, *found.args, **found.kwargs)
        except Http404:
            return None
        except Refusal as refusal:
            return HttpResponse(str(refusal), status=refusal.status)
        is_closed = response.status_code in (404, 410) or response.get("Location", "").startswith(SIGN_IN)
        return None if is_closed else response

    def opens(self, path: str) -> dict[str, Any] | None:
        """What the form of a page holds, as a browser would send it back; None where nothing is there."""
        if self._ask(path) is None:
            return None
        typed = {"opened": 0} | kit.filled_in(self.drawn["form"]) if self.drawn.get("form") else {}
        return typed | {f"initial-{name}": value for name, value in typed.items()}

    def takes(self, path: str, data: dict[str, Any]) -> bool:
        """Whether something is done with what was sent; it is undone at once."""
        written: list[str] = []

        def listen(execute: Any, sql: str, *given: Any) -> Any:
            written.extend(EVENTS.findall(sql))
            return execute(sql, *given)

        with story.undone(), connection.execute_wrapper(listen):
            self._ask(path, data)
        return bool(written)


Answers = dict[str, dict[str, dict[str, str]]]
"""Of each address, what opens and what takes: for whom, at which moments."""


def _asked(world: World, moment: str, drawn: dict[str, Any], found: Answers) -> None:
    """Everybody asks every address, and sends something to each that takes it."""
    cache.clear()
    asked = {
        name: path for name, path in _paths(world).items() if moment in OF_CALLS or not _is_of_the_call(path, world)
    }
    for who, token in [*((who, "x:y") for who in world.cast), *world.links.items()]:
        door = Door(world.cast.get(who), drawn)
        for name, path in asked.items():
            if who in world.links and not name.startswith("endorse_"):
                continue
            methods, here = _view(path).func.methods, path.replace("TOKEN", token)
            typed = door.opens(here) if "GET" in methods else {}
            if "GET" in methods and typed is not None:
                found[name]["opens"][who] += moment
            tries = typed is not None or moment in WHOLE
            if "POST" in methods and tries and door.takes(here, (typed or {}) | _sent(name, world)):
                found[name]["takes"][who] += moment


def _is_of_the_call(path: str, world: World) -> bool:
    """Whether what an address answers is the same whatever becomes of a file."""
    return path.startswith(("/calls", "/secretariat")) and not (world.file and world.file.code in path)


@pytest.fixture
def asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which files somebody sees is looked up once at each moment, not at each of the hundred addresses."""
    for kind, name in ((ApplicationQuerySet, "visible_to"), (AssignmentQuerySet, "visible_to_reviewer")):
        monkeypatch.setattr(kind, name, _once(kind.__dict__[name]))


def _once(rule: Any) -> Any:
    def visible(rows: Any, person: Any) -> Any:
        key = f"_seen_{rule.__qualname__}"
        if not hasattr(person, key):
            object.__setattr__(
                person, key, list(rule(rows.model.objects, person).order_by().values_list("pk", flat=True))
            )
        return rows.filter(pk__in=getattr(person, key))

    return visible


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the last page would have shown. No page is drawn: how each looks is asked elsewhere."""
    shown: dict[str, Any] = {}

    def draw(_template: str, context: Any = None, *_more: Any, **_named: Any) -> str:
        shown.update(context or {})
        return ""

    monkeypatch.setattr("django.shortcuts.loader.render_to_string", draw)
    monkeypatch.setattr(word, "exported", lambda *_given: b"")
    monkeypatch.setattr(papers, "offer", lambda *_given, **_named: HttpResponse())
    return shown


def _everything(drawn: dict[str, Any]) -> Answers:
    found: Answers = defaultdict(lambda: {"opens": defaultdict(str), "takes": defaultdict(str)})
    world = story.begin()
    kit.published(team.officer(), "2033", opens=-2, closes=90)  # into which a file can be taken
    for moment in story.tell(world):
        _asked(world, moment, drawn, found)
    return found


def _rows(found: Answers) -> list[str]:
    """The rows of the page: the addresses that answer alike together, in the order of their first."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in _paths(World(Call(slug="x"), {})):
        said = " | ".join(_cell(found[name][kind]) for kind in ("opens", "takes"))
        alike[said].append(f"`{name}`")
    return [f"| {' '.join(names)} | {said} |" for said, names in alike.items()]


def _cell(by_role: dict[str, str]) -> str:
    together: dict[str, list[str]] = defaultdict(list)
    for who, moments in by_role.items():
        together["".join(each for each in story.MOMENTS if each in moments)].append(who)
    return "; ".join(f"{', '.join(who)} `{moments}`" for moments, who in together.items())


def test_every_address_opens_and_takes_for_those_and_when_the_page_says(drawn: dict[str, Any], asked_once: None):
    rows = _rows(_everything(drawn))
    table = DOCUMENT.read_text(encoding="utf-8").split("| Addresses |")[1]
    written = [line for line in table.splitlines() if line.startswith("| `")]
    assert rows == written, "\n".join(sorted(set(rows) ^ set(written)))
