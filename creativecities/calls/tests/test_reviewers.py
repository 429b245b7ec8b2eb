"""Reviewers are asked, answer, promise confidence, declare, are reminded and leave; before that nothing is shown."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import reviewers as actions
from creativecities.calls.models import Application, Assignment, Call, Conflict, Reviewer
from creativecities.calls.tests import kit
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.models import Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import CountryFactory, holder, member

pytestmark = pytest.mark.django_db
ASK = {
    "email": "ana@example.org", "name": "Ana Exemplo", "language": "fr", "fields": ["design"], "languages": ["en"],
    "country": "JP", "most": 5, "about": "Lamps of paper",
}  # fmt: skip
MINE = "/reviews/invitations/2031/"


@pytest.fixture
def call(officer: Person) -> Call:
    CountryFactory(iso2="JP")
    return kit.published(officer)


@pytest.fixture
def file(call: Call) -> Application:
    return kit.eligible(call, people.person("Rui Exemplo"))


def at(name: str, *more: Any) -> str:
    return reverse(f"calls:{name}", args=["2031", *more])


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def asked(desk: Any) -> Reviewer:
    assert desk.post(at("ask_expert"), ASK).status_code == 302
    return Reviewer.objects.get()


def test_an_expert_is_asked_by_mail_in_their_language_and_the_mail_names_no_candidate(
    desk: Any, call: Call, file: Application
):
    ana = asked(desk)
    mail = Mail.objects.get(kind="calls.reviewer.invited")
    assert (mail.to_address, mail.language, mail.link.endswith("/fr" + MINE)) == ("ana@example.org", "fr", True)
    assert "Appel des lampes" in mail.subject
    assert "Lampara" not in mail.subject + mail.body
    assert (ana.state, ana.countries, ana.group) == (states.INVITED, ["JP"], "expert")
    assert desk.post(at("ask_expert"), ASK).status_code == 409
    assert "Ana Exemplo" in desk.get(at("reviewers")).content.decode()


def test_the_way_to_the_files_shows_no_name_before_the_promise_and_none_in_conflict_after_it(
    client: Any, desk: Any, new_client: Any, call: Call, file: Application
):
    kit.eligible(call, people.person("Kenji Exemplo"), "Andon", country=kit.country("JP"))
    ana = asked(desk)
    browser = team.sign_in(new_client(), ana.person)
    page = browser.get(MINE).content.decode()
    assert "Lampara" not in page
    assert browser.post(f"{MINE}accept/", {"languages": ["en"], "most": 3, "country": "JP"}).status_code == 302
    assert Conflict.objects.get().kind == "country"
    assert "Lampara" not in browser.get(MINE).content.decode()
    refused = browser.post(f"{MINE}declare/", {})
    assert refused.status_code == 409
    assert "Lampara" not in refused.content.decode()
    browser.post(f"{MINE}promise/", {})
    page = browser.get(MINE).content.decode()
    assert "Lampara" in page
    assert "Andon" not in page
    half = browser.post(f"{MINE}declare/", {f"kind_{file.code}": "personal"})
    assert half.status_code == 422
    assert "A conflict has a kind and a word on it." in half.content.decode()
    browser.post(f"{MINE}declare/", {f"kind_{file.code}": "personal", f"detail_{file.code}": "A cousin"})
    assert Conflict.objects.filter(kind="personal", detail="A cousin", application=file).exists()
    ana.refresh_from_db()
    assert ana.declared_at is not None
    assert "Lampara" not in browser.get(MINE).content.decode()


def test_a_candidate_in_conflict_makes_no_difference_to_any_page_of_a_reviewer(
    new_client: Any, call: Call, file: Application
):
    ana = kit.reviewer(call, countries=["JP"])
    browser = team.sign_in(new_client(), ana.person)

    def pages() -> list[bytes]:
        found = [browser.get(path) for path in (MINE, "/reviews/invitations/", "/desk/")]
        assert [each.status_code for each in found] == [200, 200, 200]
        return [each.content for each in found]

    without = pages()
    andon = kit.eligible(call, people.person("Kenji Exemplo"), "Andon", country=kit.country("JP"))
    Conflict.objects.create(reviewer=ana, application=andon, kind="country")
    strip = [_without_tokens(each) for each in pages()]
    assert strip == [_without_tokens(each) for each in without]
    typed = browser.post(f"{MINE}conflict/", {"file": andon.code, "kind": "personal", "detail": "Mine"})
    unknown = browser.post(f"{MINE}conflict/", {"file": "0" * 12, "kind": "personal", "detail": "Mine"})
    assert typed.status_code == unknown.status_code == 422
    assert _without_tokens(typed.content).replace(andon.code.encode(), b"0" * 12) == _without_tokens(unknown.content)


def _without_tokens(page: bytes) -> bytes:
    return re.sub(rb'(nonce|value|name="csrfmiddlewaretoken" value)="[\w-]{20,}"', b"", page)


def test_a_conflict_that_comes_up_later_takes_the_file_away_at_once(new_client: Any, call: Call, file: Application):
    ana = kit.reviewer(call, countries=["JP"])
    kit.assigned(ana, file)
    browser = team.sign_in(new_client(), ana.person)
    browser.post(f"{MINE}conflict/", {"file": file.code, "kind": "interest", "detail": "My studio lights it"})
    assert Assignment.objects.get().state == states.RECUSED
    assert not Application.objects.visible_to(ana.person).exists()


def test_the_pages_of_a_reviewer_are_not_there_for_anybody_else(client: Any, new_client: Any, call: Call):
    kit.reviewer(call)
    assert client.get(MINE).status_code == 302
    commission = kit.endorsed(kit.begun(call, people.person())).endorsement.commission
    commission = holder("commission-officer", commission=commission)
    for someone in (people.person(), commission, team.member(team.city())):
        browser = team.sign_in(new_client(), someone)
        assert [browser.get(path).status_code for path in (MINE, "/reviews/invitations/none/")] == [404, 404]
        assert browser.post(f"{MINE}accept/", {}).status_code == 404
        assert "2031" not in browser.get("/reviews/invitations/").content.decode()
        assert browser.get(at("reviewers")).status_code == 404


def test_the_focal_points_of_a_field_are_asked_in_one_step_after_the_number_is_shown(desk: Any, call: Call):
    lampara, longe = member(name="Lampara"), member(name="Longe")
    member(name="Without a focal point")
    gone = member(name="Gone")
    Membership.objects.filter(city=gone).update(end=timezone.now().date())
    ana, bruno, _left = (holder("focal-point", city=city) for city in (lampara, longe, gone))
    Reviewer.objects.create(call=call, person=bruno, group="member-city", city=longe, most=1)
    page = desk.post(at("ask_cities"), {"fields": ["design"]}).content.decode()
    assert "1 focal point would be asked" in page
    assert "Member cities: 3. Asked before: 1. Without somebody to ask: 1." in page
    assert Mail.objects.filter(kind="calls.reviewer.invited").count() == 0
    assert desk.post(at("ask_cities"), {"fields": ["design"], "sure": "on"}).status_code == 302
    made = Reviewer.objects.get(person=ana)
    assert (made.city, made.fields, made.countries, made.languages) == (lampara, ["design"], ["PT"], ["en"])
    assert desk.post(at("ask_cities"), {"fields": ["design"], "sure": "on"}).status_code == 409
    assert Mail.objects.filter(kind="calls.reviewer.invited").count() == 1


def test_only_the_team_of_a_member_reads_for_it_and_nobody_who_sees_every_file(desk: Any, officer: Person, call: Call):
    lampara = member(name="Lampara")
    ana, stranger = holder("focal-point", city=lampara), people.person()
    assert desk.post(at("ask_city"), {"city": lampara.slug, "email": stranger.email}).status_code == 409
    assert desk.post(at("ask_city"), {"city": lampara.slug, "email": "nobody@example.org"}).status_code == 409
    assert desk.post(at("ask_city"), {"city": lampara.slug, "email": ana.email}).status_code == 302
    assert desk.post(at("ask_expert"), {**ASK, "email": officer.email}).status_code == 409
    reviewer = Reviewer.objects.get()
    Membership.objects.update(end=timezone.now().date())
    assert code_of(lambda: actions.accept(reviewer, by=ana, languages=["en"], most=2)) == "not-a-member"
    assert code_of(lambda: actions.accept(reviewer, by=stranger, languages=["en"], most=2)) == "not-oneself"


def test_who_has_come_to_see_every_file_is_asked_no_more_and_not_shown_what_they_are_in_conflict_with(
    desk: Any, officer: Person, call: Call, file: Application
):
    mine = kit.reviewer(call, officer, state=states.INVITED, confided_at=None, declared_at=None)
    assert code_of(lambda: actions.accept(mine, by=officer, languages=["en"], most=2)) == "sees-all"
    actions.decline(mine, reason="No time", by=officer)
    assert code_of(lambda: actions.invite_again(mine, by=officer)) == "sees-all"
    place = at("assigned", file.code)
    assert desk.get(place).status_code == 200
    mine.conflicts.create(application=file, kind="personal", detail="A friend")
    assert desk.get(place).status_code == 404
    assert place not in desk.get(at("assignments")).content.decode()


def test_who_keeps_silent_is_reminded_once_a_day(desk: Any, call: Call):
    ana = asked(desk)
    kit.reviewer(call)
    assert desk.post(at("remind_invited")).status_code == 409
    Reviewer.objects.filter(pk=ana.pk).update(at=timezone.now() - dt.timedelta(days=2))
    assert "Remind 1 person" in desk.get(at("reviewers")).content.decode()
    assert desk.post(at("remind_invited")).status_code == 302
    assert desk.post(at("remind_invited")).status_code == 409
    assert Mail.objects.filter(kind="calls.reviewer.reminded").count() == 1


def test_who_leaves_keeps_what_is_handed_in_and_the_desk_reads_what_is_missing(
    desk: Any, officer: Person, call: Call, file: Application
):
    ana = kit.reviewer(call, countries=["JP"])
    other = kit.eligible(call, people.person(), "Sedia", country=kit.country("NP"))
    done, open_ = kit.assigned(ana, file), kit.assigned(ana, other)
    Assignment.objects.filter(pk=done.pk).update(state=states.DONE)
    page = desk.post(at("reviewer", ana.pk), {"reason": "Ill"}, follow=True).content.decode()
    assert [Assignment.objects.get(pk=each.pk).state for each in (done, open_)] == [states.DONE, states.RECUSED]
    missing = page.split('id="short"')[1].split("</section>")[0]
    assert "Sedia" in missing
    assert "Lampara" not in missing
    assert not Application.objects.visible_to(ana.person).exists()
    assert desk.post(at("ask_again", ana.pk)).status_code == 302
    ana.refresh_from_db()
    assert (ana.state, ana.declared_at, ana.confided_at) == (states.INVITED, None, None), "each round anew"
    assert list(ana.assignments.values_list("pk", flat=True)) == [done.pk], "what went back unread can be given anew"


def test_who_deletes_their_account_leaves_and_nothing_they_wrote_of_themselves_stays(call: Call, file: Application):
    ana = kit.reviewer(call, about="Lamps of paper")
    kit.assigned(ana, file)
    accounts.erase(ana.person, by=ana.person)
    ana.refresh_from_db()
    assert (ana.state, ana.about, Assignment.objects.get().state) == (states.LEFT, "", states.RECUSED)


def test_one_conflict_is_no_declaration_of_all(client: Any, call: Call, file: Application):
    ana = kit.reviewer(call, people.person("Ana Exemplo"), declared_at=None)
    team.sign_in(client, ana.person)
    sent = {"file": file.code, "kind": "personal", "detail": "A cousin"}
    assert client.post(f"{MINE}conflict/", sent).status_code == 409
    ana.refresh_from_db()
    assert (ana.declared_at, Conflict.objects.count()) == (None, 0)
    Reviewer.objects.update(declared_at=timezone.now())
    assert client.post(f"{MINE}conflict/", sent).status_code == 302
