"""Who is in conflict with a file, and who has no part in it, learns nothing at any address: as if it was not there."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states, urls
from creativecities.calls.actions import conflicts, decisions, scenarios
from creativecities.calls.models import Application, Assignment, Conflict
from creativecities.calls.tests import kit
from creativecities.core.models import Event, Mail
from creativecities.network.tests import team
from creativecities.network.tests.factories import holder
from tests.test_access import LEFT_OUT, ROWS

pytestmark = pytest.mark.django_db
TOKENS = re.compile(rb'(nonce|value|content)="[\w-]{20,}"|request [\w-]+')
WORDS = {"slug": "2031", "name": "about", "kind": "csv", "question": "history", "document": "photo", "key": "history"}
GENERAL = [
    path for path, name, _may in ROWS if "<" not in path and name not in LEFT_OUT and "second-factor" not in path
]
ASKED = ("/search/?q=Lampara", "/search.json?q=Lampara", "/calls.json", "/calls.atom", "/calls/2031/")


def addresses(code: str, number: int) -> Iterator[str]:
    """Every address of calls that names a file, by its code or by any number."""
    for pattern in urls.urlpatterns:
        wanted = pattern.pattern.converters
        if not {"code", "pk", "number"} & set(wanted):
            continue
        given = {name: WORDS.get(name, number) for name in wanted} | ({"code": code} if "code" in wanted else {})
        yield _address(pattern.name, given, ("about", "accept", "endorse", "questions") if "name" in wanted else ())


def _address(address: str, given: dict[str, Any], names: Iterable[str]) -> str:
    """With the first name that it takes."""
    for name in [{"name": each} for each in names] or [{}]:
        try:
            return reverse(f"calls:{address}", kwargs=given | name)
        except NoReverseMatch:
            continue
    raise AssertionError(f"no name is given for {address}")


def told(browser: Any, path: str) -> tuple[Any, ...]:
    """Status, names of the headers, the page without what is drawn by lot, and the number of statements."""
    with CaptureQueriesContext(connection) as statements:
        response = browser.get(path)
    body = TOKENS.sub(b"", response.content)
    heads = sorted(response.headers)
    return response.status_code, heads, body, len(statements)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that shows the clock is the same twice."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


def in_conflict(officer: Person) -> tuple[Any, Any]:
    call = kit.published(officer)
    kenji = kit.reviewer(call, people.person("Kenji Exemplo"), countries=["JP"])
    return call, kenji


def a_file_comes(call: Any, kenji: Any, officer: Person) -> Application:
    """Lampara is handed in, admitted, and given to Kenji; then it turns out that he was its mayor."""
    way = its_way(call, kenji, officer)
    next(way)
    return next(way)


def its_way(call: Any, kenji: Any, officer: Person) -> Iterator[Application]:
    """The same, step by step, and on to a decision that waits for its announcement."""
    file = kit.submitted(call, people.person("Rui Exemplo"))
    yield file
    Application.objects.filter(pk=file.pk).update(state=states.ELIGIBLE)
    file.refresh_from_db()
    kit.assigned(kenji, file)
    type(kenji).objects.filter(pk=kenji.pk).update(countries=["JP", "PT"])
    conflicts.find(call, by=officer)
    assert Conflict.objects.get().kind == "country"
    assert Assignment.objects.get().state == states.RECUSED
    yield file
    head = holder("head-of-the-network")
    decisions.adopt(scenarios.draw_up(call, "Lampara", [file.pk], by=head), by=head)
    decisions.decide(file, True, "Its lamps.", opened=1, by=head)
    yield file


def test_every_page_is_the_same_with_and_without_a_file_one_must_not_know_of(
    moment: None, new_client: Any, officer: Person
):
    call, kenji = in_conflict(officer)
    own = team.sign_in(new_client(), kenji.person)
    asked = [(new_client(), path) for path in ASKED]
    asked += [(own, path) for path in (*GENERAL, *ASKED, "/reviews/invitations/2031/")]

    def everything() -> list[tuple[Any, ...]]:
        return [(path, *told(browser, path)[:3]) for browser, path in asked]

    before = everything()
    assert {status for _path, status, _heads, _body in before} >= {200, 404}
    for file in its_way(call, kenji, officer):
        differ = [one[0] for one, other in zip(before, everything(), strict=True) if one != other]
        assert not differ, file.state


def test_every_address_of_the_file_answers_as_one_that_was_never_there(moment: None, new_client: Any, officer: Person):
    call, kenji = in_conflict(officer)
    file = a_file_comes(call, kenji, officer)
    nobody, number = "0" * len(file.code), Assignment.objects.get().pk
    hidden, missing = list(addresses(file.code, number)), list(addresses(nobody, 987_654))
    assert len(hidden) > 20
    for someone in (kenji.person, people.person()):
        browser = team.sign_in(new_client(), someone)
        browser.get(missing[0])
        wrong = []
        for there, none in zip(hidden, missing, strict=True):
            one, other = told(browser, there), told(browser, none)
            if _alike(one, there) != _alike(other, none) or one[0] not in (404, 405):
                wrong.append((there, one[0], other[0], one[3], other[3]))
        assert not wrong


def _alike(answer: tuple[Any, ...], path: str) -> tuple[Any, ...]:
    status, heads, body, statements = answer
    return status, heads, body.replace(path.encode(), b""), statements


def test_neither_mails_nor_events_of_a_reviewer_speak_of_a_file_in_conflict(officer: Person):
    call, kenji = in_conflict(officer)
    a_file_comes(call, kenji, officer)
    assert not Mail.objects.filter(to_person_id=kenji.person_id).exists()
    assert not Event.objects.visible_to(kenji.person).exists()
    assert not Assignment.objects.visible_to(kenji.person).exists()
    assert Application.objects.visible_to(kenji.person).count() == 0
