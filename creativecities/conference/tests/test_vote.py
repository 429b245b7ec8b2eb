"""The secret vote: one for a city, by mandate; nothing known before it is closed, everything to recount afterwards."""

import datetime as dt
import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from creativecities.conference import jobs, states
from creativecities.conference.actions import voting as actions
from creativecities.conference.compute import voting
from creativecities.conference.models import Ballot, Edition, Mark, Vote
from creativecities.conference.queries import voting as queries
from creativecities.conference.tests.test_hosting import presented, searched
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.models import City
from creativecities.network.tests import factories, team

pytestmark = pytest.mark.django_db
PAGE = "/conference/2031/hosting/vote/1/"
TERMS = {"method": "plurality", "quorum": 10, "tie": "run-off", "bidders_vote": True}


def called(*, names: tuple[str, ...] = ("Kobe", "Nara"), opened: float = -1, closes: float = 24, **terms: Any) -> Vote:
    """A vote on the bids of these cities, that has opened an hour ago."""
    edition = Edition.objects.filter(slug="2031").first() or searched()
    presented(edition, *names)
    now = timezone.now()
    hours = {"opens_at": now + dt.timedelta(hours=opened), "closes_at": now + dt.timedelta(hours=closes)}
    return actions.call(edition, **hours, terms=TERMS | terms, by=team.officer("Calling Officer"))


def voter(name: str, role: str = "focal-point") -> tuple[City, Any]:
    city = team.city(name)
    return city, team.member(city, role=role)


def cast(vote: Vote, name: str, *choices: str) -> str:
    city, person = voter(name)
    return actions.cast(vote, city, choices, by=person)


def over(vote: Vote) -> Vote:
    """The same vote, when its hours are over and the minute's duty has come."""
    past = timezone.now() - dt.timedelta(minutes=1)
    Vote.objects.filter(pk=vote.pk).update(closes_at=past)
    jobs.close_votes()
    vote.refresh_from_db()
    return vote


def test_a_city_votes_once_and_its_second_mandate_is_told_when_and_by_which():
    vote = called()
    city, focal = voter("Uji")
    mayor = team.member(city, role="mayor")
    actions.cast(vote, city, vote.options[:1], by=mayor)
    with pytest.raises(Refusal, match=r"Uji has voted: .*, by the mandate Mayor") as refusal:
        actions.cast(vote, city, vote.options[1:], by=focal)
    assert refusal.value.code == "voted"
    with pytest.raises(Refusal, match="has voted"):
        actions.cast(vote, city, [], by=mayor)
    assert (Ballot.objects.count(), Mark.objects.count(), Vote.objects.get().voted) == (1, 1, 1)


def test_the_database_holds_one_mark_for_a_city():
    vote = called()
    city, _person = voter("Uji")
    Mark.objects.create(vote=vote, city=city, role="mayor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(vote=vote, city=city, role="focal-point")


def test_who_may_not_vote_is_told_why():
    vote = called(bidders_vote=False)
    city, focal = voter("Uji")
    helper, deputy = team.member(city, role="alternative-contact"), team.member(city, role="deputy-mayor")
    for person in (helper, deputy, AnonymousUser()):
        with pytest.raises(Refusal, match="Only the mayor"):
            actions.cast(vote, city, [], by=person)
    with pytest.raises(Refusal, match="votes in no city’s name"):
        actions.cast(vote, city, [], by=team.officer())
    kobe = City.objects.get(name="Kobe")
    with pytest.raises(Refusal, match="a city that bids does not vote"):
        actions.cast(vote, kobe, [], by=kobe.mandates.get().person)
    city.memberships.update(end=timezone.now().date())
    with pytest.raises(Refusal, match="no longer"):
        actions.cast(vote, city, [], by=focal)
    assert not Mark.objects.exists()


def test_before_it_opens_and_after_it_closes_nobody_votes():
    vote = called(opened=1)
    with pytest.raises(Refusal, match="not open yet"):
        cast(vote, "Uji")
    now = timezone.now()
    Vote.objects.update(opens_at=now - dt.timedelta(hours=2), closes_at=now - dt.timedelta(hours=1))
    with pytest.raises(Refusal, match="is closed"):
        cast(vote, "Otsu")
    assert not Ballot.objects.exists()
    assert Vote.objects.get().voted == 0


def test_a_ballot_that_is_not_sound_is_refused_and_the_city_can_still_vote():
    vote = called()
    city, focal = voter("Uji")
    for wrong in (["none"], vote.options):
        with pytest.raises(Refusal):
            actions.cast(vote, city, wrong, by=focal)
    assert actions.cast(vote, city, vote.options[:1], by=focal)


class TestSecrecy:
    def test_a_ballot_has_no_column_that_leads_to_a_city_a_person_or_an_hour(self):
        assert {field.name for field in Ballot._meta.get_fields()} == {"id", "vote", "choices", "receipt"}
        assert {field.name for field in Mark._meta.get_fields()} == {"id", "vote", "city", "role", "at"}

    def test_the_events_name_the_city_and_never_the_choice_or_the_receipt(self):
        vote = called()
        receipt = cast(vote, "Uji", vote.options[0])
        event = Event.objects.get(kind="conference.vote.cast")
        assert event.facts == {"city": "Uji"}
        assert not Mail.objects.filter(body__contains=receipt).exists()
        chosen = vote.options[0]
        later = Event.objects.filter(pk__gte=event.pk)
        assert not any(chosen in str(each.facts) or receipt in str(each.facts) for each in later)

    def test_until_it_is_closed_nobody_is_shown_more_than_how_many_have_voted(self, client: Any, new_client: Any):
        vote = called()
        receipt = cast(vote, "Uji", vote.options[0])
        for someone in (new_client(), team.sign_in(client, team.officer())):
            text = someone.get(PAGE).content.decode()
            assert "1 city has voted" in text
            assert receipt not in text
            assert "Result" not in text
            assert vote.seed not in text
            assert someone.get(PAGE.rstrip("/") + ".json").status_code == 404
        assert queries.ballots(vote) == []

    def test_the_count_rewrites_the_ballots_in_the_order_of_the_receipts(self):
        vote = called(names=("Kobe",))
        for name in ("Uji", "Otsu", "Mino", "Seto", "Ise"):
            cast(vote, name)
        before = set(Ballot.objects.values_list("pk", flat=True))
        over(vote)
        assert not before & set(Ballot.objects.values_list("pk", flat=True))
        place = "ctid" if connection.vendor == "postgresql" else "rowid"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT receipt FROM conference_ballot ORDER BY {place}")
            on_disk = [row[0] for row in cursor.fetchall()]
        assert on_disk == sorted(on_disk)

    def test_the_page_says_against_whom_it_does_not_protect(self, client: Any):
        called()
        text = client.get(PAGE).content.decode()
        assert "against operators this secrecy does not protect" in text
        assert "A receipt can be shown to others" in text


class TestResult:
    def test_the_winner_hosts_and_everybody_can_count_it_anew(self, client: Any):
        vote = called()
        receipts = {cast(vote, name, vote.options[0]): [vote.options[0]] for name in ("Uji", "Otsu")}
        receipts[cast(vote, "Mino", vote.options[1])] = [vote.options[1]]
        receipts[cast(vote, "Seto")] = []
        over(vote)
        assert vote.state == states.DECIDED
        assert vote.winner
        assert vote.winner.code == vote.options[0]
        hosts = [host.city_id for host in vote.edition.hosts.all()]
        assert hosts == [each.city_id for each in vote.winner.cities.all()]
        found = client.get(PAGE.rstrip("/") + ".json").json()
        assert {each["receipt"]: each["choices"] for each in found["ballots"]} == receipts
        lines = "".join(f"{each['receipt']} {','.join(each['choices'])}\n" for each in found["ballots"])
        assert hashlib.sha256(lines.encode()).hexdigest() == found["digest"]
        assert hashlib.sha256(found["seed"].encode()).hexdigest() == found["commitment"]
        assert Event.objects.get(kind="conference.vote.decided").facts["digest"] == found["digest"]
        assert (found["voted"], found["result"]["abstentions"], len(found["ballots"])) == (4, 1, Mark.objects.count())
        text = client.get(PAGE).content.decode()
        assert all(receipt in text for receipt in receipts)
        assert client.get(PAGE.partition("vote/")[0]).content.decode().count("Host city</span>") == 1
        told = Mail.objects.filter(kind="conference.vote.told").values_list("to_person_id", flat=True)
        assert len(set(told)) == len(told) == 6

    def test_it_is_counted_once(self):
        vote = called()
        cast(vote, "Uji", vote.options[0])
        over(vote)
        with pytest.raises(Refusal):
            actions.close(vote, by=jobs.RETURNING_OFFICER)
        assert Event.objects.filter(kind="conference.vote.decided").count() == 1

    def test_without_quorum_there_is_no_result_and_another_vote_can_be_called(self):
        vote = called(quorum=90)
        cast(vote, "Uji", vote.options[0])
        for name in ("Otsu", "Mino"):
            team.city(name)
        over(vote)
        assert (vote.state, vote.winner, vote.members) == (states.FAILED, None, 5)
        again = actions.call(
            vote.edition, opens_at=timezone.now(), closes_at=timezone.now() + dt.timedelta(hours=1), terms=TERMS,
            by=team.officer(),
        )  # fmt: skip
        assert (again.number, sorted(again.options)) == (2, sorted(vote.options))

    def test_a_tie_leads_to_a_run_off_on_the_tied_bids(self):
        vote = called(names=("Kobe", "Nara", "Ise"))
        first, second, third = vote.options
        for name, choice in (("Uji", first), ("Otsu", first), ("Mino", second), ("Seto", second), ("Hagi", third)):
            cast(vote, name, choice)
        over(vote)
        assert (vote.state, vote.winner, list(vote.edition.hosts.all())) == (states.TIED, None, [])
        again = actions.call(
            vote.edition, opens_at=timezone.now(), closes_at=timezone.now() + dt.timedelta(hours=1), terms=TERMS,
            by=team.officer(),
        )  # fmt: skip
        assert again.options == sorted([first, second])

    def test_a_lot_falls_by_the_seed_that_was_fixed_before(self):
        vote = called(tie="lot")
        for name, choice in zip(("Uji", "Otsu"), vote.options, strict=True):
            cast(vote, name, choice)
        commitment = vote.commitment
        over(vote)
        assert voting.commitment(vote.seed) == commitment
        assert vote.winner
        assert vote.winner.code == voting.draw(vote.seed, vote.options)

    def test_the_head_of_the_network_decides_a_tie_with_a_reason(self, client: Any, new_client: Any):
        vote = called(tie="head")
        for name, choice in zip(("Uji", "Otsu"), vote.options, strict=True):
            cast(vote, name, choice)
        over(vote)
        head = team.sign_in(client, factories.holder("head-of-the-network"))
        officer = team.sign_in(new_client(), team.officer())
        assert officer.get(f"{PAGE}decide/").status_code == 404
        assert head.post(f"{PAGE}decide/", {"bid": vote.options[1]}).status_code == 422
        head.post(f"{PAGE}decide/", {"bid": vote.options[1], "reason": "It has not hosted yet"})
        vote.refresh_from_db()
        assert vote.winner
        assert vote.winner.code == vote.options[1]
        assert "It has not hosted yet" in new_client().get(PAGE).content.decode()


class TestPages:
    def test_a_mandate_votes_on_the_page_and_sees_the_receipt_once(self, client: Any):
        vote = called(method="ranking")
        city, focal = voter("Uji")
        team.sign_in(client, focal)
        page = f"{PAGE}cast/{city.slug}/"
        assert f'href="{page}"' in client.get(PAGE).content.decode()
        first, second = vote.options
        for wrong in (
            {"sure": ""}, {"sure": "on"}, {"sure": "on", f"rank_{first}": "2"}, {f"rank_{first}": "1"},
            {"sure": "on", f"rank_{first}": "1", f"rank_{second}": "1"},
            {"sure": "on", f"rank_{first}": "1", "abstain": "on"},
        ):  # fmt: skip
            assert client.post(page, wrong).status_code == 422, wrong
        answer = client.post(page, {"sure": "on", f"rank_{first}": "2", f"rank_{second}": "1"})
        ballot = Ballot.objects.get()
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert ballot.receipt in answer.content.decode()
        assert ballot.choices == [second, first]
        again = client.post(page, {"sure": "on", f"rank_{first}": "1"})
        assert again.status_code == 409
        assert "Uji has voted" in again.content.decode()
        assert ballot.receipt not in client.get(PAGE).content.decode()

    @pytest.mark.parametrize("method", ["plurality", "approval"])
    def test_the_other_methods_have_forms_too(self, client: Any, method: str):
        vote = called(method=method)
        city, focal = voter("Uji")
        team.sign_in(client, focal)
        client.post(f"{PAGE}cast/{city.slug}/", {"sure": "on", "choice": [vote.options[0]]})
        assert Ballot.objects.get().choices == [vote.options[0]]

    def test_nobody_opens_the_ballot_of_another_city(self, client: Any):
        called()
        city, _focal = voter("Uji")
        team.sign_in(client, voter("Otsu")[1])
        assert client.get(f"{PAGE}cast/{city.slug}/").status_code == 404
        assert client.get(f"{PAGE}cast/none/").status_code == 404

    def test_the_secretariat_calls_it_from_its_desk(self, client: Any):
        presented(searched(), "Kobe", "Nara")
        team.sign_in(client, team.officer())
        desk = "/secretariat/conference/2031/hosting/"
        opens, closes = (f"{timezone.now() + dt.timedelta(days=days):%Y-%m-%dT%H:%M}" for days in (1, 9))
        form = {"opens_at": closes, "closes_at": opens, "method": "approval", "quorum": "40", "tie": "lot"}
        assert client.post(desk, form).status_code == 422
        form |= {"opens_at": opens, "closes_at": closes}
        assert client.post(desk, form).url == PAGE
        vote = Vote.objects.get()
        assert (vote.method, vote.quorum, vote.tie, vote.bidders_vote) == ("approval", 40, "lot", False)
        assert client.post(desk, form).status_code == 409
        assert "Not open yet" in client.get(PAGE).content.decode()


def test_a_crash_between_closing_and_telling_is_made_good_by_the_next_duty(monkeypatch: pytest.MonkeyPatch):
    vote = called()
    cast(vote, "Uji", vote.options[0])
    with monkeypatch.context() as broken:
        broken.setattr(actions.notices, "closed", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            over(vote)
    vote.refresh_from_db()
    told = Mail.objects.filter(kind="conference.vote.told")
    assert (vote.state, vote.told, told.exists()) == (states.DECIDED, "", False)
    jobs.close_votes()
    people = told.count()
    assert people >= 3
    jobs.close_votes()
    assert told.count() == people


def test_silent_cities_are_reminded_twice_and_others_not():
    vote = called(closes=30)
    _city, focal = voter("Uji")
    cast(vote, "Otsu")
    jobs.remind_of_votes()
    jobs.remind_of_votes()
    told = Mail.objects.filter(kind="conference.vote.reminded")
    assert told.filter(to_address=focal.email).count() == 1
    assert told.count() == 3  # Uji and the two that bid
    Vote.objects.update(closes_at=timezone.now() + dt.timedelta(hours=5))
    jobs.remind_of_votes()
    assert told.filter(to_address=focal.email).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_mandates_at_the_same_moment_are_one_vote():
    vote = called()
    city, focal = voter("Uji")
    mayor = team.member(city, role="mayor")

    def click(person: Any) -> bool:
        try:
            actions.cast(vote, city, vote.options[:1], by=person)
        except Refusal:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(click, [focal, mayor, focal, mayor]))
    assert sum(won) == 1
    assert (Ballot.objects.count(), Mark.objects.count(), Vote.objects.get().voted) == (1, 1, 1)
