"""Who reads cases: two people each, none with a city in it, in even shares; each judges before reading the other."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from creativecities.accounts import rules as accounts
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.conference import states
from creativecities.conference.actions import cases, readings
from creativecities.conference.compute import reading
from creativecities.conference.models import CaseReader, CaseReading, Delegate, Delegation
from creativecities.conference.queries.case_readers import shares
from creativecities.conference.tests import kit, proposed
from creativecities.core.actor import Robot
from creativecities.core.desk import due
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange.tests.factories import initiative
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import Mandate
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
MINE, DESK = "/conference/2031/mine/cases/", "/secretariat/conference/2031/cases/"


def why(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return refused.value.code


def with_all(**lookup: Any) -> CaseReading:
    return CaseReading.objects.select_related("case__edition", "case__city", "reader__person").filter(**lookup)[0]


def judges(number: int, **facts: Any) -> list[reading.Judge]:
    return [reading.Judge(each, languages=frozenset(["en"]), **facts) for each in range(number)]


@pytest.mark.apart
def test_shares_are_as_even_as_can_be_and_every_case_has_two():
    proposals = [reading.Proposal(each, "en", city=each) for each in range(13)]
    found = reading.share(proposals, judges(7), held=(), barred={})
    assert set(Counter(case for case, _judge in found).values()) == {2}
    load = Counter(judge for _case, judge in found)
    assert max(load.values()) - min(load.values()) <= 1
    more = reading.share(proposals, judges(7), held=found[:20], barred={})
    assert len(more) == 6
    assert not set(more) & set(found[:20])


@pytest.mark.apart
def test_who_is_barred_gets_nothing_and_a_scarce_reader_is_kept_for_what_only_they_read():
    two = [reading.Proposal(1, "ar", city=1), reading.Proposal(2, "en", city=2)]
    some = [
        *judges(2),
        reading.Judge(8, languages=frozenset(["ar", "en"])),
        reading.Judge(9, languages=frozenset(["ar"])),
    ]
    barred = {
        (case.key, each.key): why for case in two for each in some
        if (why := reading.hindrance(case, each, by_country=False))
    }  # fmt: skip
    found = reading.share(two, some, held=(), barred=barred)
    assert sorted(found) == [(1, 8), (1, 9), (2, 0), (2, 1)]


@pytest.mark.apart
def test_conflicts_are_found_by_city_partner_and_country():
    case = reading.Proposal(1, "en", city=1, partners=frozenset([2]), country="PT")
    own, partner = judges(1, cities=frozenset([1]))[0], judges(1, cities=frozenset([2]))[0]
    same = judges(1, countries=frozenset(["PT"]))[0]
    assert reading.conflict(case, own, by_country=False) == "city"
    assert reading.conflict(case, partner, by_country=False) == "partner"
    assert reading.conflict(case, same, by_country=False) == ""
    assert reading.conflict(case, same, by_country=True) == "country"


def test_the_secretariat_asks_readers_who_say_yes_and_get_cases(client: Any, new_client: Any):
    edition, city = proposed.called(), team.city()
    case = proposed.case(edition, city, by=team.member(city))
    officer, rita = team.sign_in(client, team.officer()), people.person("Rita Leitora")
    form = {"email": rita.email, "name": "R", "language": "en", "languages": ["en"], "city": ""}
    assert officer.post(DESK, form | {"languages": []}).status_code == 422
    assert officer.post(DESK, form).status_code == 302
    assert officer.post(DESK, form).status_code == 409
    assert Mail.objects.get(kind="conference.casereader.asked").to_address == rita.email
    reader, stranger = team.sign_in(new_client(), rita), team.sign_in(new_client(), people.person())
    assert stranger.get(MINE).status_code == 404
    assert [each.url for each in due(rita)] == [MINE]
    assert officer.post(f"{DESK}give-out/").status_code == 409  # cities propose still
    assert reader.post(MINE, {"languages": ["en"]}).status_code == 302
    proposed.close(edition)
    assert officer.post(f"{DESK}give-out/").status_code == 302
    assert "A reader is missing." in officer.get(DESK).content.decode()
    assert officer.post(f"{DESK}give-out/").status_code == 409
    page = f"{MINE}{case.code}/"
    assert page in reader.get(MINE).content.decode()
    assert "How the lamps came to the river" in reader.get(page).content.decode()
    assert [each.url for each in due(rita)] == [MINE]
    assert stranger.get(page).status_code == 404


def test_a_reader_hands_in_points_advice_and_reasons_and_reads_the_other_once_neither_judges_anew(
    client: Any, new_client: Any
):
    _edition, case, _focal = proposed.given_out()
    one, other = (each.person for each in CaseReader.objects.select_related("person"))
    assert one
    assert other
    first, second = team.sign_in(client, one), team.sign_in(new_client(), other)
    page = f"{MINE}{case.code}/"
    said = {"points_use": "4", "points_theme": "", "advice": "select", "reasons": "Words of the first", "opened": "1"}
    assert first.post(page, said).status_code == 302  # a draft
    back = first.post(page, said | {"opened": "2", "hand_in": "1"})
    assert back.status_code == 409
    assert "Words of the first" in back.content.decode()
    assert "Words of the first" not in second.get(page).content.decode()
    version = with_all(reader__person=one).version
    sound = said | {"points_theme": "5", "hand_in": "1", "opened": str(version)}
    assert first.post(page, sound).status_code == 302
    assert "Words of the first" not in second.get(page).content.decode()
    proposed.read(case, reasons="Words of the second")
    for each in (first, second):  # until it is decided the case can come back to be judged again
        text = each.get(page).content.decode()
        assert "What the other reader says" not in text
    case.refresh_from_db()
    cases.decide(case, "select", reason="Good", opened=case.version, by=team.officer("Second Officer"))
    assert "Words of the first" in second.get(page).content.decode()
    text = first.get(page).content.decode()
    assert "Words of the second" in text
    assert other.name not in text
    assert first.post(page, sound).status_code == 409


def test_a_case_with_a_readers_city_in_it_is_not_there_for_them(client: Any):
    edition, home, away = proposed.called(), team.city(), team.city("Nara")
    focal = team.member(home)
    case = proposed.case(edition, home, by=focal, of=initiative("Lamps", lead=home, partners=(away,)))
    proposed.close(edition)
    near, former = team.member(away), team.member(home, "Former Contact", "alternative-contact")
    Mandate.objects.filter(person=former).update(start="2010-01-01", end="2012-01-01")
    for person in (focal, near, former):
        proposed.reader(edition, person=person)
    works_there = proposed.reader(edition, "Works There", city=away)
    found = shares(edition)
    assert found.pairs == []
    assert found.short == {case.pk: Counter({"city": 2, "partner": 2})}
    CaseReading.objects.create(case=case, reader=works_there, place=1)  # the partner came later
    team.sign_in(client, works_there.person)
    hidden, missing = client.get(f"{MINE}{case.code}/"), client.get(f"{MINE}none/")
    assert hidden.status_code == missing.status_code == 404
    assert case.code not in client.get(MINE).content.decode()
    reading_ = with_all(case=case)
    assert works_there.person
    assert (
        why(readings.write, reading_, proposed.SAID, opened=1, is_final=True, by=works_there.person) == "not-with-you"
    )


def test_nobody_reads_a_case_of_a_city_that_sends_them_whatever_they_are_there():
    edition, city, away = proposed.called(), team.city(), team.city("Nara")
    one = initiative("Lamps", lead=city, partners=(away,))
    case = proposed.case(edition, city, by=team.member(city), of=one)
    proposed.close(edition)
    people_ = [proposed.reader(edition, f"Reader {each}") for each in range(4)]
    earlier = kit.edition("2029", number=29)
    for reader, at, sent_by in zip(people_, (edition, earlier, edition), (city, city, away), strict=False):
        sent = Delegation.objects.get_or_create(edition=at, city=sent_by)[0]
        kit.delegate(sent, "expert", "Dora Exemplo", person=reader.person)
    gone = kit.delegate(Delegation.objects.get(edition=edition, city=city), person=people_[3].person)
    Delegate.objects.filter(pk=gone.pk).update(state=states.WITHDRAWN, number=None)
    found = shares(edition)
    assert found.pairs == [(case.pk, people_[3].pk)]
    assert found.short == {case.pk: Counter({"city": 2, "partner": 1})}
    CaseReading.objects.bulk_create(
        [CaseReading(case=case, reader=reader, place=place) for place, reader in enumerate(people_[1:3], start=1)]
    )
    for reader in people_[1:3]:  # who became one later
        assert not CaseReading.objects.visible_to(reader.person).exists()


def test_where_it_is_asked_nobody_goes_on_reading_a_case_of_their_country():
    edition, case, _focal = proposed.given_out()
    same, other = CaseReader.objects.order_by("pk")
    city = team.city("Nara")
    assert city.country == case.city.country
    CaseReader.objects.filter(pk=same.pk).update(city=city)
    assert CaseReading.objects.visible_to(same.person).exists()
    edition.settings["cases"]["by_country"] = True
    edition.save(update_fields=["settings"])
    assert not CaseReading.objects.visible_to(same.person).exists()
    assert CaseReading.objects.visible_to(other.person).exists()
    kit.delegate(kit.delegation(edition, city), person=other.person)
    assert not CaseReading.objects.visible_to(other.person).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_who_reads_no_more_keeps_nothing_that_is_given_out_at_the_same_moment(monkeypatch: pytest.MonkeyPatch):
    edition, city = proposed.called(), team.city()
    proposed.case(edition, city, by=team.member(city))
    proposed.close(edition)
    reader, officer = proposed.reader(edition), team.officer()
    shared, declined = Event(), Event()

    def told(*_args: Any) -> None:
        shared.set()
        declined.wait(1)  # who holds nothing is through by then

    def decline() -> None:
        shared.wait(5)
        readings.decline(reader, by=reader.person)
        declined.set()
        connection.close()

    monkeypatch.setattr(readings.notices, "given", told)
    with ThreadPoolExecutor(1) as pool:
        doing = pool.submit(decline)
        readings.give_out(edition, by=officer)
        doing.result()
    assert not CaseReading.objects.counting().exists()


def test_what_is_given_back_goes_to_somebody_else(client: Any):
    edition, case, _focal = proposed.given_out()
    officer, one = team.officer("Second Officer"), with_all()
    assert one.reader.person
    team.sign_in(client, one.reader.person)
    page = f"{MINE}{case.code}/"
    assert client.post(page, {"give_back": "1", "reason": ""}).status_code == 422
    assert client.post(page, {"give_back": "1", "reason": "I built the lamps"}).status_code == 302
    assert client.get(page).status_code == 404
    assert Mail.objects.filter(kind="conference.casereading.given_back", to_address=officer.email).count() == 1
    assert shares(edition).short[case.pk] == Counter({"given-back": 1})
    third = proposed.reader(edition, "Third Reader")
    assert readings.give_out(edition, by=officer) == 1
    assert set(case.readings.filter(place__isnull=False).values_list("place", flat=True)) == {1, 2}
    taken = with_all(reader=third)
    readings.take_away(taken, by=officer)
    assert why(readings.take_away, taken, by=officer) == "state-changed"


def test_who_reads_no_more_leaves_what_is_not_handed_in(client: Any):
    edition, case, _focal = proposed.given_out()
    one = with_all()
    assert one.reader.person
    team.sign_in(client, one.reader.person)
    assert client.post(MINE, {"act": "decline"}).status_code == 302
    assert case.readings.filter(place__isnull=False).count() == 1
    assert client.post(MINE, {"act": "decline"}).status_code == 409
    officer = team.officer("Second Officer")
    one.reader.refresh_from_db()
    readings.ask_again(one.reader, by=officer)
    assert Mail.objects.filter(kind="conference.casereader.asked_again").count() == 1
    assert why(readings.ask_again, one.reader, by=officer) == "state-changed"
    assert why(readings.accept, one.reader, languages=["en"], by=officer) == "not-asked"
    assert why(readings.ask, edition, email=officer.email, name="x", language="en", languages=["en"], city=None,
               by=officer) == "decides"  # fmt: skip


def test_two_windows_of_a_reader_do_not_overwrite_each_other():
    proposed.given_out()
    one = with_all()
    person = one.reader.person
    assert person
    readings.write(one, proposed.SAID, opened=1, is_final=False, by=person)
    with pytest.raises(Conflict):
        readings.write(one, proposed.SAID | {"reasons": "Other"}, opened=1, is_final=False, by=person)
    assert why(readings.write, one, proposed.SAID, opened=99, is_final=False, by=person) == "forged-version"


def test_a_withdrawn_or_decided_case_is_read_no_more():
    _edition, case, focal = proposed.given_out()
    one = with_all()
    assert one.reader.person
    cases.withdraw(case, by=focal)
    assert not CaseReading.objects.visible_to(one.reader.person).exists()
    one = with_all()
    assert why(readings.write, one, proposed.SAID, opened=1, is_final=True, by=one.reader.person) == "not-with-you"


def test_the_database_holds_two_readers_of_a_case_and_their_reasons():
    _edition, case, _focal = proposed.given_out()
    third = proposed.reader(case.edition, "Third Reader")
    for wrong in ({"place": 1}, {"place": 3}, {"place": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseReading.objects.create(case=case, reader=third, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.readings.update(state="done", advice="select", reasons="")


def test_an_erased_account_reads_nothing_and_what_it_handed_in_stays():
    _edition, case, _focal = proposed.given_out()
    proposed.read(case)
    reader = CaseReader.objects.first()
    assert reader
    person = Person.objects.get(pk=reader.person_id)
    for erase in accounts.erasures():
        if erase.__module__ == "creativecities.conference.actions.readings":
            with transaction.atomic():
                readings_forget(person, erase)
    reader.refresh_from_db()
    assert reader.person is None
    assert case.readings.filter(state="done").count() == 2


def readings_forget(person: Person, erase: Any) -> None:
    """Erasing happens inside the action that erases the account."""
    from creativecities.core.action import action, record

    @action(quiet=True)
    def forget(someone: Person, *, by: Any) -> None:
        erase(someone, by=by)
        record("accounts.person.erased", someone, by=by)

    forget(person, by=Robot("Test"))
