"""Replies to needs and offers: sent once, seen by two teams, decided once, and what comes of them."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.core import desk, freshness
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import jobs, states
from creativecities.exchange.actions import needs as need_acts
from creativecities.exchange.actions import replies as acts
from creativecities.exchange.models import FollowUp, Initiative, Need, Reply
from creativecities.exchange.tests.factories import need, reply
from creativecities.network.models import Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
WORDS = {"why": "We have built three.", "brings": "An engineer.", "when": "In May", "language": "en"}


@pytest.fixture
def posted() -> Need:
    return need(member(name="Vila Nova"), fields="design")


@pytest.fixture
def asker(new_client: Any, posted: Need) -> Any:
    return team.sign_in(new_client(), team.member(posted.city, "Ana Exemplo"))


@pytest.fixture
def replier(new_client: Any, posted: Need) -> Any:
    return team.sign_in(new_client(), team.member(member(name="Vila Longe"), "Bruno Exemplo"))


def send(client: Any, posted: Need, **values: Any) -> Any:
    return client.post(f"/exchange/{posted.pk}/reply/", {"city": "vila-longe", **WORDS, **values})


def decide(client: Any, verb: str, **values: Any) -> Any:
    return client.post(f"/exchange/replies/{Reply.objects.get().pk}/", {"verb": verb, **values})


def test_a_reply_reaches_the_other_team_and_shows_no_address(asker: Any, replier: Any, posted: Need):
    assert replier.get(f"/exchange/{posted.pk}/reply/").status_code == 200
    page = send(replier, posted)
    one = Reply.objects.get()
    assert page.url == f"/exchange/replies/{one.pk}/"
    mail = Mail.objects.get(kind="exchange.reply.sent")
    ana, bruno = posted.city.mandates.get().person, one.city.mandates.get().person
    assert (mail.to_address, mail.link.endswith(page.url)) == (ana.email, True)
    assert bruno.email not in mail.body + mail.subject
    text = asker.get(page.url).content.decode()
    assert "We have built three." in text
    assert bruno.email not in text
    freshness.forget()  # what a commit does
    assert [due.url for due in desk.due(ana) if "replies" in due.url] == [page.url]
    assert page.url in asker.get("/cities/vila-nova/exchange/").content.decode()
    assert page.url in replier.get("/cities/vila-longe/exchange/").content.decode()


def test_nobody_else_sees_that_there_is_one(client: Any, new_client: Any, posted: Need):
    before = client.get(f"/exchange/{posted.pk}/").content
    one = reply(posted)
    assert client.get(f"/exchange/{posted.pk}/").content == before
    for someone in (team.member(member(name="Vila Alheia")), team.officer(), people.person()):
        visitor = team.sign_in(new_client(), someone)
        visitor.get(f"/exchange/replies/{one.pk + 2}/")  # what is read once a process is read
        answers = []
        for pk in (one.pk, one.pk + 1):
            with CaptureQueriesContext(connection) as captured:
                answer = visitor.get(f"/exchange/replies/{pk}/")
            answers.append((answer.status_code, len(captured)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
        assert visitor.post(f"/exchange/replies/{one.pk}/", {"verb": "accept"}).status_code == 404
    assert client.get(f"/exchange/replies/{one.pk}/").status_code == 302
    assert "We have built" not in str(list(Event.objects.values_list("subject_name", "facts")))


def test_the_same_reply_twice_is_refused_and_nothing_typed_is_lost(replier: Any, posted: Need):
    send(replier, posted)
    again = send(replier, posted, why="We have built four.")
    assert again.status_code == 409
    text = again.content.decode()
    assert "replied to this already" in text
    assert "We have built four." in text
    assert Reply.objects.get().why == "We have built three."


def test_a_reply_to_what_was_closed_meanwhile_is_refused_and_kept_in_the_form(asker: Any, replier: Any, posted: Need):
    asker.post(f"/exchange/{posted.pk}/end/", {"verb": "close"})
    answer = send(replier, posted)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "It is closed" in text
    assert "We have built three." in text
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "values", [{"why": ""}, {"brings": "\u200b"}, {"when": "x" * 301}, {"why": "x" * 100_000}, {"city": "vila-nova"}]
)
def test_what_is_wrong_comes_back(replier: Any, posted: Need, values: dict[str, str]):
    answer = send(replier, posted, **values)
    assert answer.status_code == 422
    assert "In May" in answer.content.decode() or "when" in values
    assert not Reply.objects.exists()


def test_only_another_member_city_replies(asker: Any, replier: Any, new_client: Any, posted: Need):
    assert send(asker, posted, city="vila-nova").status_code == 422
    assert "own city" in asker.get(f"/exchange/{posted.pk}/reply/").content.decode()
    Membership.objects.filter(city__slug="vila-longe").update(end="2025-01-01")
    assert send(replier, posted).status_code == 409
    assert team.sign_in(new_client(), team.officer()).get(f"/exchange/{posted.pk}/reply/").status_code == 404
    assert replier.get(f"/exchange/{10**30}/reply/").status_code == 404
    assert not Reply.objects.exists()


def test_an_accepted_reply_begins_a_collaboration_of_both(client: Any, asker: Any, replier: Any, posted: Need):
    send(replier, posted)
    assert decide(asker, "contact").status_code == 302
    assert decide(asker, "accept").status_code == 302
    one = Initiative.objects.get()
    assert (one.kind, one.state, one.title, one.lead) == ("collaboration", states.DRAFT, posted.title, posted.city)
    part = one.parts.get()
    assert (part.city.slug, part.state, part.person_name) == ("vila-longe", states.CONFIRMED, "Bruno Exemplo")
    assert list(one.fields.values_list("pk", flat=True)) == ["design"]
    assert Reply.objects.get().initiative == one
    version = one.versions.get()
    assert (version.number, version.person_name, version.values["title"]) == (1, "Ana Exemplo", posted.title)
    assert Event.objects.filter(kind="exchange.initiative.recorded", subject_id=str(one.pk)).exists()
    for visitor in (asker, replier):
        assert visitor.get(f"/initiatives/{one.slug}/").status_code == 200
        assert (
            f"/initiatives/{one.slug}/" in visitor.get(f"/exchange/replies/{Reply.objects.get().pk}/").content.decode()
        )
    assert client.get(f"/initiatives/{one.slug}/").status_code == 404
    assert decide(asker, "accept").status_code == 409
    assert Initiative.objects.count() == 1
    told = set(Mail.objects.filter(to_address=part.city.mandates.get().person.email).values_list("kind", flat=True))
    assert told == {"exchange.reply.contacted", "exchange.reply.accepted"}


def test_who_replied_does_not_decide(replier: Any, posted: Need):
    send(replier, posted)
    for verb in ("contact", "accept", "decline"):
        assert decide(replier, verb, reason="Because").status_code == 403
    assert Reply.objects.get().state == states.NEW


def test_a_reply_is_declined_with_a_reason_only(asker: Any, replier: Any, posted: Need):
    send(replier, posted)
    assert decide(asker, "decline").status_code == 422
    assert decide(asker, "decline", reason="We found one nearer.").status_code == 302
    text = replier.get(f"/exchange/replies/{Reply.objects.get().pk}/").content.decode()
    assert "We found one nearer." in text
    assert "We found one nearer." not in Mail.objects.get(kind="exchange.reply.declined").body
    assert decide(asker, "accept").status_code == 409


def test_a_city_that_left_is_not_accepted_but_can_be_declined(asker: Any, posted: Need):
    one = reply(posted)
    Membership.objects.filter(city=one.city).update(end="2025-01-01")
    assert decide(asker, "accept").status_code == 409
    assert decide(asker, "decline", reason="You left.").status_code == 302


def test_what_nobody_touches_for_90_days_lapses(asker: Any, replier: Any, posted: Need):
    send(replier, posted)
    assert jobs.let_replies_lapse() == 0
    Reply.objects.update(moved_at=timezone.now() - dt.timedelta(days=91))
    assert jobs.let_replies_lapse() == 1
    assert Reply.objects.get().state == states.LAPSED
    assert Mail.objects.filter(kind="exchange.reply.lapsed").count() == 2
    assert jobs.let_replies_lapse() == 0
    assert decide(asker, "accept").status_code == 409


def test_after_half_a_year_each_side_says_whether_it_has_worked(asker: Any, replier: Any, posted: Need):
    send(replier, posted)
    decide(asker, "accept")
    mine = FollowUp.objects.get(city=posted.city)
    assert jobs.ask_whether_it_worked() == 0
    assert asker.get(f"/exchange/worked/{mine.pk}/").status_code == 404
    FollowUp.objects.update(due_on="2026-01-01")
    assert jobs.ask_whether_it_worked() == 2
    assert jobs.ask_whether_it_worked() == 0
    assert Mail.objects.filter(kind="exchange.reply.asked").count() == 2
    ana = posted.city.mandates.get().person
    freshness.forget()
    assert any(due.url.endswith(f"/worked/{mine.pk}/") for due in desk.due(ana))
    assert replier.get(f"/exchange/worked/{mine.pk}/").status_code == 404
    assert asker.post(f"/exchange/worked/{mine.pk}/", {"answer": "perhaps"}).status_code == 422
    assert asker.post(f"/exchange/worked/{mine.pk}/", {"answer": "partly", "text": "Late."}).status_code == 302
    kept = dict(FollowUp.objects.values_list("city__slug", "answer"))
    assert kept == {"vila-nova": "partly", "vila-longe": ""}
    freshness.forget()
    assert not any("worked" in due.url for due in desk.due(ana))


def test_the_page_of_a_city_costs_the_same_with_three_replies_and_with_thirty(asker: Any, posted: Need):
    numbers = []
    for count in (3, 27):
        for _number in range(count):
            reply(posted)
        asker.get("/cities/vila-nova/exchange/")
        with CaptureQueriesContext(connection) as captured:
            asker.get("/cities/vila-nova/exchange/")
        numbers.append(len([one for one in captured if "exchange_" in one["sql"] or "network_" in one["sql"]]))
    assert numbers[0] == numbers[1] <= 6  # one of them asks for the roles


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_send_or_accept_at_once_one_wins():
    posted = need()
    sender, decider = team.member(member()), team.member(posted.city)
    city = sender.mandates.get().city

    def both(act: Any) -> list[str]:
        start, outcomes = threading.Barrier(2), []

        def run() -> None:
            start.wait()
            try:
                act()
                outcomes.append("done")
            except Refusal as refusal:
                outcomes.append(refusal.code)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        return sorted(outcomes)

    assert both(lambda: acts.send_reply(posted, city, **WORDS, by=sender)) == ["done", "replied-already"]
    assert both(lambda: acts.accept(Reply.objects.get(), by=decider)) == ["done", "state-changed"]
    assert (Reply.objects.count(), Initiative.objects.count(), FollowUp.objects.count()) == (1, 1, 2)


def test_a_need_can_end_while_a_reply_waits(asker: Any, posted: Need):
    one = reply(posted)
    need_acts.close_need(posted, by=posted.city.mandates.get().person)
    assert asker.get(f"/exchange/replies/{one.pk}/").status_code == 200
    assert decide(asker, "accept").status_code == 302


def test_who_wants_no_notices_gets_what_needs_an_answer_and_nothing_else(asker: Any, replier: Any, posted: Need):
    Person.objects.update(rhythm="never")
    send(replier, posted)
    decide(asker, "contact")
    assert set(Mail.objects.values_list("kind", flat=True)) == {"exchange.reply.sent"}
