"""Who was a reviewer and is now of the Secretariat, or its head, does not meet a file they are in conflict with."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states, urls
from creativecities.calls.actions import announcing, checking, meetings, scenarios
from creativecities.calls.actions import assignments as giving
from creativecities.calls.actions import decisions as acts
from creativecities.calls.models import Announcement, Application, Assignment, Call, Decision, Item, Meeting, Proposal
from creativecities.calls.notices import checking as notices
from creativecities.calls.tests import kit
from creativecities.calls.tests.test_board import HEAD
from creativecities.calls.tests.test_nothing_is_learnt import TOKENS, addresses, told
from creativecities.core import days
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.models import Mandate, Membership
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
WORDS = {"name": "about", "kind": "csv", "key": "history"}
GENERAL = ("/desk/", "/secretariat/", "/secretariat/outbox/", "/secretariat/events/", "/secretariat/events.csv")
OPENED = re.compile(rb'name="opened" value="\d+"|value="\d+" name="opened"|datetime="[^"]+"|\d?\d:\d\d')
"""Grows whoever changes anything; and the hour."""


def of_the_secretariat(code: str, scenario: int, reviewer: int, item: int) -> Iterator[str]:
    """Every page of the Secretariat about a call, its lists as those of a file that is known."""
    numbers = {"scenario": scenario, "adopt": scenario, "reviewer": reviewer, "meeting_notes": item}
    for pattern in urls.urlpatterns:
        if str(pattern.pattern).startswith("secretariat/"):
            number = numbers.get(str(pattern.name), 987_654)
            given = {"slug": "2031", "code": code, "pk": number, **WORDS}
            wanted = {name: given[name] for name in pattern.pattern.converters}
            try:
                yield reverse(f"calls:{pattern.name}", kwargs=wanted)
            except NoReverseMatch:  # the name of a list
                yield reverse(f"calls:{pattern.name}", kwargs=wanted | {"name": "questions"})


def heads(person: Person) -> Person:
    """Somebody of the Secretariat, who becomes its head as well."""
    Mandate.objects.create(person=person, role=HEAD, start=days.today() - timezone.timedelta(days=9))
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def kenji(db: Any) -> Person:
    """Was a reviewer, and is an officer and the head by now."""
    return heads(team.officer("Kenji Exemplo"))


@pytest.fixture
def call(officer: Person, kenji: Person) -> Call:
    """After the deadline, with a file that everybody knows: given, on the agenda, in a scenario, decided on."""
    made = kit.published(officer, opens=-30)
    kit.reviewer(made, kenji)
    known = kit.eligible(made, people.person("Rui Exemplo"), name="Vila Clara")
    reader = kit.reviewer(made, people.person("Eva Exemplo"))
    kit.assigned(reader, known)
    scenarios.draw_up(made, "Chosen", [known.pk], by=officer)
    acts.decide(known, True, "Its lamps.", opened=0, by=officer)
    acts.write_text(made, {"en": "New cities"}, {}, opened=Announcement.objects.get().version, by=officer)
    meetings.set_agenda(made, [known], opened=0, by=officer)
    plan = {
        "added": [],
        "kept": [[known.pk, reader.pk]],
        "removed": [],
        "short": [],
        **dict.fromkeys(("value", "bound", "simple", "simple_missing"), 1),
    }
    Proposal.objects.create(call=made, state=states.READY, keeps=True, plan=plan, basis="")
    kit.officer_of(kit.country("NP"))
    people.person("Olinda Exemplo")
    return kit.closed(made)


def a_file_comes(call: Call, officer: Person, kenji: Person) -> Application:
    """It goes all the way that the known one went; Kenji has a friend in its city."""
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() + timezone.timedelta(days=1))
    call.refresh_from_db()
    file = kit.eligible(call, Person.objects.get(name="Olinda Exemplo"), country=kit.country("NP"))
    call.reviewers.get(person=kenji).conflicts.create(application=file, kind="personal", detail="A friend")
    kit.closed(call)
    reader = call.reviewers.get(person__name="Eva Exemplo")
    kit.assigned(reader, file)
    reader.conflicts.create(application=file, kind="country", detail="NP")
    Assignment.objects.filter(application=file).update(state=states.DONE)
    call.scenarios.get().files.add(file)
    acts.decide(file, True, "Its bells.", opened=0, by=officer)
    Item.objects.create(meeting=Meeting.objects.get(), application=file, position=0)
    proposal = Proposal.objects.get()
    proposal.plan["kept"].append([file.pk, reader.pk])
    proposal.plan["short"].append({"file": file.pk, "group": "expert", "missing": 2, "causes": {}})
    proposal.save()
    return file


def test_every_page_of_the_secretariat_is_the_same_with_and_without_it(
    new_client: Any, officer: Person, kenji: Person, call: Call, monkeypatch: pytest.MonkeyPatch
):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    known, browser = Application.objects.get(), team.sign_in(new_client(), kenji)
    eva = call.reviewers.get(person__name="Eva Exemplo")
    paths = [*of_the_secretariat(known.code, call.scenarios.get().pk, eva.pk, Item.objects.get().pk), *GENERAL]
    assert len(paths) > 40

    def everything() -> dict[str, tuple[Any, ...]]:
        pages = {path: told(browser, path) for path in paths}
        return {path: (status, heads, OPENED.sub(b"", body)) for path, (status, heads, body, _number) in pages.items()}

    before = everything()
    file = a_file_comes(call, officer, kenji)
    after = everything()
    assert [path for path in paths if before[path] != after[path]] == []
    assert sum(status == 200 for status, _heads, _body in after.values()) > 30
    of_others = team.sign_in(new_client(), officer).get("/secretariat/calls/2031/decision/files/")
    assert file.city_name in TOKENS.sub(b"", of_others.content).decode()


def test_its_addresses_answer_as_those_of_no_file(new_client: Any, officer: Person, kenji: Person, call: Call):
    file, browser = a_file_comes(call, officer, kenji), team.sign_in(new_client(), kenji)
    none = "0" * len(file.code)
    browser.get(f"/applications/{none}/")  # draws what every page has
    for there, missing in zip(addresses(file.code, 987_654), addresses(none, 987_654), strict=True):
        one, other = told(browser, there), told(browser, missing)
        assert (one[0], len(one[2]), one[3]) == (other[0], len(other[2]), other[3]), there
        assert one[0] in (404, 405), there


def test_what_is_not_shown_stays_as_it_is_when_the_rest_is_changed(officer: Person, kenji: Person, call: Call):
    file, known = a_file_comes(call, officer, kenji), Application.objects.get(city_name="Vila Clara")
    one = call.scenarios.get()
    scenarios.save(one, "Nobody", "", [], opened=one.version, by=kenji)
    assert [each.pk for each in one.files.all()] == [file.pk]
    nobody = scenarios.draw_up(call, "Really nobody", [], by=officer)
    acts.adopt(nobody, reasons=1, by=kenji)
    assert (Decision.objects.get(application=file).is_designated, Decision.objects.get(application=file).reason) == (
        True, "Its bells.",
    )  # fmt: skip
    assert not Decision.objects.get(application=known).is_designated


def test_nobody_acts_on_it_in_any_office(officer: Person, kenji: Person, call: Call):
    file = a_file_comes(call, officer, kenji)
    reader = kit.reviewer(call)
    for act in (
        lambda: acts.decide(file, False, "Dark.", opened=1, by=kenji),
        lambda: checking.check_again(file, opened=file.version, by=kenji),
        lambda: giving.assign(reader, file, by=kenji),
    ):
        with pytest.raises(Refusal) as found:
            act()
        assert found.value.code == "conflict"


def announce(call: Call, by: Person, designations: int) -> None:
    opened = Announcement.objects.get().version
    announcing.announce(call, opened=opened, designations=designations, below_quorum=True, by=by)


def test_the_head_announces_all_of_it_by_the_numbers_they_may_know(
    new_client: Any, officer: Person, kenji: Person, call: Call
):
    file, browser = a_file_comes(call, officer, kenji), team.sign_in(new_client(), kenji)
    Decision.objects.filter(application=file).update(reason="")
    page = browser.get("/secretariat/calls/2031/decision/announce/").content.decode()
    assert "Missing before it can be announced" not in page
    with pytest.raises(Refusal) as found:
        announce(call, kenji, 1)
    assert "not shown to you" in str(found.value)
    assert "1 decision" not in str(found.value)
    Decision.objects.filter(application=file).update(reason="Its bells.")
    announce(call, kenji, 1)
    assert Membership.objects.filter(city__name__in=["Lampara", "Vila Clara"]).count() == 2
    page = browser.get("/secretariat/calls/2031/decision/announce/").content.decode()
    assert file.code not in page


def test_its_letters_and_mails_are_read_by_others(new_client: Any, officer: Person, kenji: Person, call: Call):
    file = a_file_comes(call, officer, kenji)
    announce(call, heads(officer), 2)
    letter = Mail.objects.get(subject__contains="Lampara", kind__startswith="calls.letter.")
    for person, sees in ((officer, True), (kenji, False)):
        browser = team.sign_in(new_client(), person)
        assert (browser.get(f"/secretariat/outbox/{letter.pk}/").status_code == 200) is sees
        assert ("Lampara" in browser.get("/secretariat/outbox/").content.decode()) is sees
        batch = browser.get("/secretariat/outbox/release/?batch=announcement-2031").content.decode()
        assert ("Lampara" in batch, "Vila Clara" in batch) == (sees, True)
    completion = file.completions.create(items=["documents/letter"], reason="Lost", until=timezone.now())
    notices.lapsed(completion)
    told_to = Mail.objects.filter(key__contains="lapsed-office").values_list("to_person_id", flat=True)
    assert list(told_to) == [officer.pk]
