"""Cities propose cases of what they have recorded; the Secretariat sends them back once, and decides with reasons."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from creativecities.conference import jobs, states
from creativecities.conference.actions import cases as acts
from creativecities.conference.models import Bid, Case, CaseReading
from creativecities.conference.tests import kit, proposed
from creativecities.core import days
from creativecities.core.access import events_visible_to
from creativecities.core.action import action, record
from creativecities.core.desk import due
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import states as exchange
from creativecities.exchange.tests.factories import initiative
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import Mandate, Membership
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
CALL, DESK = "/conference/2031/cases/", "/secretariat/conference/2031/cases/"


def page_of(city: Any) -> str:
    return f"/conference/2031/delegation/{city.slug}/cases/"


def form(opened: int, **more: str) -> dict[str, str]:
    plain = {name: text for name, text in proposed.TEXTS.items() if isinstance(text, str)}
    return {**plain, "opened": str(opened), "answers_hall": "A dark room", **more}


def now(case: Case) -> int:
    """The version an officer reads who opens the page."""
    return Case.objects.get(pk=case.pk).version


def why(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_a_city_proposes_a_case_of_what_it_has_recorded(client: Any, new_client: Any):
    edition, city = proposed.called(), team.city()
    one = initiative("Lamps on the water", lead=city)
    hidden = initiative("Secrets", lead=city, state=exchange.DRAFT)
    focal, visitor = team.sign_in(client, team.member(city)), new_client()
    shown = visitor.get(CALL).content.decode()
    assert "Tell us of light." in shown
    assert "What do you need?" in shown
    assert "Nearness to the theme" in shown
    assert page_of(city) not in shown
    assert CALL in visitor.get("/conference/2031/").content.decode()
    assert page_of(city) in focal.get(CALL).content.decode()
    begun = focal.get(page_of(city)).content.decode()
    assert "Lamps on the water" in begun
    assert "Secrets" not in begun
    assert focal.post(page_of(city), {"initiative": hidden.pk, "language": "en"}).status_code == 422
    page = focal.post(page_of(city), {"initiative": one.pk, "language": "en"}).url
    text = focal.get(page).content.decode()
    assert "A night of lamps on the water." in text  # the summary of the record
    assert "not answered yet" in text
    assert focal.post(page, form(1, angle="\u202e!")).status_code == 422
    assert focal.post(page, form(1)).status_code == 302
    assert focal.post(f"{page}hand-in/").status_code == 302
    assert "Take it back to write on" in focal.get(page).content.decode()
    case = Case.objects.get()
    assert (case.edition, case.state, case.filed["story"]) == (edition, "submitted", proposed.TEXTS["story"])
    officer = team.sign_in(new_client(), team.officer())
    assert "Lamps on the water" in officer.get(DESK).content.decode()
    assert "How the lamps came to the river" in officer.get(f"{DESK}{case.code}/").content.decode()


def test_where_no_cases_are_asked_for_there_is_no_call(client: Any):
    kit.edition("2031")
    assert client.get(CALL).status_code == 404
    assert CALL not in client.get("/conference/2031/").content.decode()


def test_a_case_is_nobody_elses_business(client: Any, new_client: Any):
    edition, city = proposed.called(), team.city()
    case = proposed.case(edition, city, by=team.member(city), is_in=False)
    other, officer = team.member(team.city("Nara")), team.officer()
    stranger, secretariat = team.sign_in(client, other), team.sign_in(new_client(), officer)
    for path in (page_of(city), f"{page_of(city)}{case.code}/", f"{page_of(city)}none/"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{page_of(city)}{case.code}/hand-in/").status_code == 404
    for code in (case.code, "none"):  # a draft is not even the Secretariat's
        assert secretariat.get(f"{DESK}{code}/").status_code == 404
    assert case.code not in secretariat.get(DESK).content.decode()
    assert list(Case.objects.visible_to(other)) == []


def test_cases_are_proposed_in_their_time_by_member_cities_up_to_so_many():
    edition, city = proposed.called(most_cases=1), team.city()
    focal = team.member(city)
    one, other = initiative("One", lead=city), initiative("Other", lead=city)

    def begin(**facts: Any) -> str:
        given = {"edition": edition, "city": city, "one": one, "by": focal, "language": "en", **facts}
        return why(acts.begin, **given)

    assert begin(by=team.officer()) == "not-the-team"
    assert begin(one=initiative("Theirs")) == "not-its-own"
    edition.settings["cases"]["cases_from"] = proposed.wall(1)
    assert begin() == "not-yet"
    edition.settings["cases"]["cases_from"] = ""
    case = proposed.case(edition, city, by=focal, of=one)
    assert begin(one=other) == "full"
    edition.settings["cases"]["most_cases"] = 2
    assert begin() == "there-already"
    acts.withdraw(case, by=focal)
    assert proposed.case(edition, city, by=focal, of=one).number == 1
    Membership.objects.filter(city=city).update(end=days.today())
    assert begin(one=other) == "not-a-member"
    proposed.close(edition)
    assert begin() == "closed"


def test_a_partner_city_tells_of_what_it_takes_part_in_and_only_once_it_has_confirmed():
    edition, city = proposed.called(), team.city()
    one = initiative("Lamps", lead=team.city("Nara"), partners=(city,))
    focal = team.member(city)
    assert why(acts.begin, edition, city, one, language="en", by=focal) == "not-its-own"
    one.parts.update(state=exchange.CONFIRMED)
    assert acts.begin(edition, city, one, language="en", by=focal).number == 1


def test_a_case_is_handed_in_whole_by_a_mandate_that_binds_and_taken_back_until_the_day():
    edition, city = proposed.called(), team.city()
    focal, other = team.member(city), team.member(city, role="alternative-contact")
    case = proposed.case(edition, city, by=other, is_in=False, story="")
    assert why(acts.hand_in, case, by=other) == "not-binding"
    assert why(acts.hand_in, case, by=focal) == "incomplete"
    case.refresh_from_db()
    acts.save(case, values=proposed.TEXTS | {"answers": {"hall": ""}}, opened=case.version, by=other)
    assert why(acts.hand_in, case, by=focal) == "incomplete"
    case.refresh_from_db()
    acts.save(case, values=proposed.TEXTS, opened=case.version, by=other)
    acts.hand_in(Case.objects.get(), by=focal)
    case.refresh_from_db()
    assert why(acts.save, case, values=proposed.TEXTS, opened=case.version, by=focal) == "handed-in"
    acts.take_back(case, by=focal)
    assert not Case.objects.visible_to(team.officer()).exists()
    acts.hand_in(case, by=focal)
    proposed.close(edition)
    case.edition.refresh_from_db()
    assert why(acts.take_back, case, by=focal) == "closed"


def test_of_two_who_write_the_second_sees_what_the_first_saved(client: Any):
    edition, city = proposed.called(), team.city()
    focal, other = team.member(city), team.member(city, "Second Hand", "alternative-contact")
    case = proposed.case(edition, city, by=focal, is_in=False)
    opened = case.version
    acts.save(case, values=proposed.TEXTS | {"angle": "Other words"}, opened=opened, by=other)
    with pytest.raises(Conflict):
        acts.save(case, values=proposed.TEXTS | {"angle": "Mine"}, opened=opened, by=focal)
    back = team.sign_in(client, focal).post(f"{page_of(city)}{case.code}/", form(opened, angle="Mine"))
    assert back.status_code == 409
    assert "Second Hand" in back.content.decode()
    assert "Mine" in back.content.decode()


def test_a_case_is_sent_back_once_changed_and_read_again():
    _edition, case, focal = proposed.given_out()
    officer = team.officer()
    proposed.read(case, advice="wait")
    until = timezone.now() + dt.timedelta(hours=5)
    assert why(acts.send_back, case, wanted="", until=until, opened=now(case), by=officer) == "no-reason"
    assert (
        why(acts.send_back, case, wanted="More light", until=timezone.now(), opened=now(case), by=officer)
        == "too-early"
    )
    acts.send_back(case, wanted="More light", until=until, opened=now(case), by=officer)
    mail = Mail.objects.get(kind="conference.case.sent_back")
    assert mail.to_address == focal.email
    assert "More light" in mail.body
    assert [each.due_at for each in due(focal) if "/cases/" in each.url] == [until]
    acts.save(case, values=proposed.TEXTS | {"story": "With more light"}, opened=case.version, by=focal)
    assert case.filed["story"] == proposed.TEXTS["story"]  # others go on reading what was handed in
    acts.hand_in(case, by=focal)
    assert case.filed["story"] == "With more light"
    assert set(CaseReading.objects.values_list("state", "advice")) == {("open", "wait")}
    assert Mail.objects.filter(kind="conference.casereading.opened_again").count() == 2
    assert (
        why(acts.send_back, case, wanted="Even more", until=until, opened=now(case), by=officer) == "returned-already"
    )
    assert why(acts.decide, case, "select", reason="Good", opened=now(case), by=officer) == "not-read"
    proposed.read(case)
    acts.decide(case, "select", reason="Good", opened=now(case), by=officer)


def test_what_does_not_come_back_in_time_stays_as_it_was_handed_in():
    _edition, case, focal = proposed.given_out()
    until = timezone.now() + dt.timedelta(hours=1)
    acts.send_back(case, wanted="More", until=until, opened=now(case), by=team.officer())
    acts.save(case, values=proposed.TEXTS | {"story": "Half a thought"}, opened=case.version, by=focal)
    assert jobs.let_cases_lapse() == 0
    Case.objects.update(returned_until=timezone.now())
    case.refresh_from_db()
    assert why(acts.hand_in, case, by=focal) == "closed"
    assert jobs.let_cases_lapse() == 1
    case.refresh_from_db()
    assert (case.state, case.story) == (states.SUBMITTED, proposed.TEXTS["story"])
    assert Mail.objects.filter(kind="conference.case.lapsed", to_address=focal.email).count() == 1


@pytest.mark.parametrize(
    ("verb", "state", "words"),
    [("select", "selected", "selected"), ("keep", "waiting", "waiting list"), ("turn_down", "not-selected", "not sel")],
)
def test_a_decision_is_told_with_its_reason_and_without_its_readers(client: Any, verb: str, state: str, words: str):
    edition, case, focal = proposed.given_out()
    officer = team.officer("Deciding Officer")
    assert why(acts.decide, case, verb, reason="Good", opened=now(case), by=officer) == "not-read"
    proposed.read(case, reasons="Words of a reader")
    assert why(acts.decide, case, verb, reason="", opened=now(case), by=officer) == "no-reason"
    assert why(acts.decide, case, verb, reason="Good", opened=now(case), by=focal) == "secretariat-only"
    acts.decide(case, verb, reason="It is near to the theme", opened=now(case), by=officer)
    assert case.state == state
    mail = Mail.objects.get(kind__startswith="conference.case.", to_person_id=focal.pk)
    assert words in mail.subject
    assert "near to the theme" in mail.body
    page = team.sign_in(client, focal).get(f"{page_of(case.city)}{case.code}/").content.decode()
    assert "near to the theme" in page
    for text in (mail.subject + mail.body, page):
        assert "Words of a reader" not in text
        assert "Reader 0" not in text
    assert CALL in client.get(f"/conference/{edition.slug}/").content.decode()


def test_the_secretariat_decides_on_the_page_and_what_is_wrong_comes_back(client: Any):
    _edition, case, _focal = proposed.given_out()
    proposed.read(case)
    page = f"{DESK}{case.code}/"
    officer = team.sign_in(client, team.officer())
    assert [each.url for each in due(team.officer("Second Officer")) if "cases" in each.url] == [DESK]
    text = officer.get(page).content.decode()
    assert "It can be done elsewhere." in text
    assert "Reader 0" in text
    assert f'value="{now(case)}"' in text
    wrong = officer.post(page, {"opened": now(case), "wanted": "More light", "until": "2020-01-01T10:00"})
    assert wrong.status_code == 409
    assert "More light" in wrong.content.decode()
    assert officer.post(page, {"opened": now(case), "verb": "select", "reason": ""}).status_code == 422
    for verb, status in (("select", 302), ("keep", 409), ("turn_down", 302)):
        assert officer.post(page, {"opened": now(case), "verb": verb, "reason": "Good"}).status_code == status


def test_of_two_officers_who_decide_the_second_reads_what_the_first_decided(client: Any, new_client: Any):
    _edition, case, _focal = proposed.given_out()
    proposed.read(case)
    page, opened = f"{DESK}{case.code}/", now(case)
    first, second = team.sign_in(client, team.officer()), team.sign_in(new_client(), team.officer("Second Officer"))
    assert first.post(page, {"opened": opened, "verb": "select", "reason": "Good"}).status_code == 302
    back = second.post(page, {"opened": opened, "verb": "turn_down", "reason": "No room for it"})
    assert back.status_code == 409
    assert Case.objects.get().state == states.SELECTED
    text = back.content.decode()
    assert "Somebody was faster" in text
    assert "No room for it" in text
    assert f'name="opened" value="{now(case)}"' in text
    assert second.post(page, {"opened": "x", "wanted": "More", "until": "2031-01-01T10:00"}).status_code == 400
    assert second.post(page, {"opened": now(case), "verb": "turn_down", "reason": "No room"}).status_code == 302


def test_what_was_saved_of_a_case_or_a_bid_on_the_way_is_in_no_list_of_events(client: Any):
    edition, city = proposed.called(), team.city()
    focal, officer = team.member(city), team.officer()
    case = proposed.case(edition, city, by=focal, is_in=False, story="Only between ourselves")
    bid = Bid.objects.create(edition=edition, title="Lamps")
    record_saved(bid, focal)

    def told() -> set[str]:
        found = Event.objects.filter(events_visible_to(officer), kind__startswith="conference.")
        return set(found.values_list("kind", flat=True))

    team.sign_in(client, officer)
    assert not {kind for kind in told() if kind.startswith(("conference.case.", "conference.bid."))}
    assert "Only between ourselves" not in client.get("/secretariat/events/").content.decode()
    acts.save(case, values=proposed.TEXTS, opened=now(case), by=focal)
    acts.hand_in(case, by=focal)
    assert "conference.case.handed_in" in told()
    assert "conference.case.saved" not in told()
    for path in ("", ".json", ".csv"):
        answer = client.get(f"/secretariat/events{path or '/'}")
        assert b"Only between ourselves" not in b"".join(answer)
    assert Event.objects.filter(events_visible_to(focal), kind="conference.case.saved").count() == 2


def record_saved(bid: Bid, by: Any) -> None:
    @action(quiet=True)
    def save(one: Bid, *, by: Any) -> None:
        record("conference.bid.saved", one, by=by, version=2, before={}, after={"answers": "Only between ourselves"})

    save(bid, by=by)


def test_an_officer_of_a_citys_team_has_its_drafts_there_and_not_on_the_desk(client: Any):
    edition, city = proposed.called(), team.city()
    officer = team.officer()
    case = proposed.case(edition, city, by=team.member(city), is_in=False)
    Mandate.objects.create(person=officer, city=city, role="alternative-contact", start="2020-01-01")
    team.sign_in(client, officer)
    assert list(Case.objects.visible_to(officer)) == [case]
    assert client.get(f"{page_of(city)}{case.code}/").status_code == 200
    assert client.get(f"{DESK}{case.code}/").status_code == 404
    assert case.code not in client.get(DESK).content.decode()


def test_a_city_that_has_left_the_network_can_withdraw_and_the_secretariat_is_told(client: Any):
    edition, city = proposed.called(), team.city()
    focal, officer = team.member(city), team.officer()
    case = proposed.case(edition, city, by=focal)
    Membership.objects.filter(city=city).update(end=days.today())
    team.sign_in(client, focal)
    page = f"{page_of(city)}{case.code}/"
    assert client.get(page).status_code == 200
    assert client.post(f"{page}take-back/").status_code == 409
    assert client.post(f"{page}withdraw/").status_code == 302
    assert client.post(f"{page}withdraw/").status_code == 409
    assert Mail.objects.filter(kind="conference.case.withdrawn", to_address=officer.email).count() == 1


def test_the_secretariat_writes_the_call_in_the_settings(client: Any):
    kit.edition("2031")
    officer = team.sign_in(client, team.officer())
    page = "/secretariat/conference/2031/settings/cases/"
    given = {"opened": "1", "asked_en": "Tell us", "most_cases": "3", "case_languages": ["en", "fr"]}
    hours = {"cases_from": "2031-05-02T10:00", "cases_until": "2031-05-01T10:00"}
    assert officer.post(page, given | hours).status_code == 422
    assert officer.post(page, given | {"cases_until": "2031-05-01T10:00"}).status_code == 302
    item = {"opened": "2", "label_en": "Use to others", "guidance_en": ""}
    assert officer.post("/secretariat/conference/2031/settings/rubric/", item).status_code == 302
    assert "Use to others" in client.get(CALL).content.decode()
    assert officer.get("/secretariat/conference/2031/settings/").status_code == 200


def test_the_database_counts_the_cases_of_a_city():
    edition, city = proposed.called(), team.city()
    case = proposed.case(edition, city, by=team.member(city))
    twin = {"edition": edition, "city": city, "initiative": case.initiative}
    for wrong in ({"number": 2}, {"number": None}, {"number": 2, "initiative": initiative("x"), "state": "submitted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.create(**{**twin, **wrong})


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_clicks_do_not_begin_more_cases_than_a_city_has() -> None:
    edition, city = proposed.called(most_cases=1), team.city()
    focal = team.member(city)
    two = [initiative(name, lead=city) for name in ("One", "Two")]

    def begin(one: Any) -> bool:
        try:
            acts.begin(edition, city, one, language="en", by=focal)
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(begin, two)) == [False, True]
