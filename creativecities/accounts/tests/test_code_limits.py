"""Codes that strangers ask for: nobody is held off, nobody can guess, nothing tells whether an address is known."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativecities.accounts import adapter, jobs
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.core import outbox
from creativecities.core.models import Mail

pytestmark = pytest.mark.django_db
NETWORKS = [f"10.0.{number}.1" for number in range(40)]


def ask(client: Any, email: str, network: str = "127.0.0.1") -> Any:
    return client.post("/sign-in/", {"email": email}, REMOTE_ADDR=network)


def enter(client: Any, email: str, network: str = "127.0.0.1") -> Any:
    """Type the code of the newest mail."""
    code = re.search(r"^([\d-]{6,})$", people.last_mail(email).body, re.MULTILINE)
    assert code
    return client.post("/sign-in/code/", {"code": code[1]}, REMOTE_ADDR=network)


@pytest.mark.parametrize(("prefix", "words"), [("", "Too many tries"), ("/ar", 'dir="rtl"')])
def test_too_many_codes_for_one_address_from_one_network_are_a_429_page(
    client: Any, ana: Person, prefix: str, words: str
) -> None:
    for _time in range(3):
        assert client.post(f"{prefix}/sign-in/", {"email": ana.email}).status_code == 302
        client.cookies.clear()
    page = client.post(f"{prefix}/sign-in/", {"email": ana.email})
    assert page.status_code == 429
    assert words in page.text


def test_a_stranger_who_keeps_asking_does_not_hold_the_owner_off(new_client: Any, ana: Person) -> None:
    stranger, owner = new_client(), new_client()
    for network in NETWORKS[:10]:
        for _time in range(4):
            ask(stranger, ana.email, network)
    assert ask(owner, ana.email).status_code == 302
    answer = enter(owner, ana.email)
    assert (answer.status_code, answer.url) == (302, "/desk/")


def test_a_stranger_who_asks_meanwhile_does_not_invalidate_the_owners_code(new_client: Any, ana: Person) -> None:
    owner = new_client()
    ask(owner, ana.email)
    for network in NETWORKS:
        ask(new_client(), ana.email, network)
    assert enter(owner, ana.email).url == "/desk/"


def test_many_questions_bring_few_mails(new_client: Any, ana: Person) -> None:
    for email in (ana.email, "eva@example.org"):
        for network in NETWORKS:
            assert ask(new_client(), email, network).status_code == 302
    assert Mail.objects.filter(to_address=ana.email).count() == 6
    assert Mail.objects.filter(to_address="eva@example.org").count() == 6


def test_an_address_without_an_account_gets_ten_mails_a_day_and_nothing_tells_it_from_a_known_one(
    new_client: Any, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "CODE_IS_SHARED_SECONDS", 0)  # each question is a quarter of an hour later
    known, unknown = [], []
    for answers, email in ((known, ana.email), (unknown, "eva@example.org")):
        for network in NETWORKS[:14]:
            with CaptureQueriesContext(connection) as statements:
                answer = ask(new_client(), email, network)
            answers.append((answer.status_code, answer.url, len(statements)))
    assert known == unknown
    leaving = [mail.to_address for mail in outbox.due()]
    assert (leaving.count(ana.email), leaving.count("eva@example.org")) == (14, 10)
    tomorrow = timezone.now() + dt.timedelta(hours=25)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    jobs.forget_codes()
    assert not Mail.objects.exists()


def test_the_code_is_sent_again_from_the_page_where_it_is_typed(client: Any, ana: Person) -> None:
    ask(client, ana.email)
    page = client.get("/sign-in/code/").text
    assert 'id="again" method="post" action="/sign-in/"' in page
    assert f'name="email" value="{ana.email}"' in page
    first = people.last_mail(ana.email)
    assert ask(client, ana.email).url == "/sign-in/code/"
    assert people.last_mail(ana.email).pk != first.pk
    assert enter(client, ana.email).url == "/desk/"


def test_codes_get_long_where_many_ask(new_client: Any, ana: Person) -> None:
    for network in NETWORKS[:30]:
        ask(new_client(), ana.email, network)
    assert re.search(r"^\d{6}$", people.last_mail(ana.email).body, re.MULTILINE)
    owner = new_client()
    ask(owner, ana.email)
    assert re.search(r"^\d{12}$", people.last_mail(ana.email).body, re.MULTILINE)
    assert enter(owner, ana.email).url == "/desk/"


def test_a_code_that_was_used_opens_nothing_in_another_browser_that_waited_for_it(new_client: Any, ana: Person) -> None:
    stranger, owner = new_client(), new_client()
    ask(stranger, ana.email, NETWORKS[0])
    ask(owner, ana.email)
    assert enter(owner, ana.email).url == "/desk/"
    page = enter(stranger, ana.email, NETWORKS[0])
    assert page.status_code == 200
    assert "That is not the code of the mail" in page.text
    again = new_client()
    ask(again, ana.email)
    assert enter(again, ana.email).url == "/desk/"


def test_an_unknown_address_gets_the_same_answers_after_the_same_work(new_client: Any, ana: Person) -> None:
    known, unknown = [], []
    for answers, email in ((known, "ana@example.org"), (unknown, "eva@example.org")):
        client = new_client()
        for network, path, data in (
            (1, "/sign-in/", {"email": email}),
            (1, "/sign-in/code/", None),
            (1, "/sign-in/code/", {"code": "000000"}),
            *((1, "/sign-in/", {"email": email}) for _time in range(3)),
            *((2, "/sign-in/", {"email": email}) for _time in range(3)),
            (1, "/sign-in/", None),
        ):
            with CaptureQueriesContext(connection) as statements:
                method = client.get if data is None else client.post
                answer = method(path, data, REMOTE_ADDR=NETWORKS[network])
            body = re.sub(r'value="\w{64}"', "", answer.text).replace(email, "…")
            answers.append((path, answer.status_code, answer.get("Location"), body, len(statements)))
    assert known == unknown
    assert [status for _path, status, *_rest in known] == [302, 200, 200, 302, 302, 429, 302, 302, 302, 302]
    mail = people.last_mail("eva@example.org")
    assert mail.kind == "accounts.unknown_account"
    assert "no account" in mail.body
    assert mail.to_person_id is None


def test_a_password_for_an_unknown_address_gets_the_answer_of_a_wrong_one(client: Any, ana: Person) -> None:
    pages, work = set(), []
    for email in ("ana@example.org", "eva@example.org"):
        with CaptureQueriesContext(connection) as statements:
            page = client.post("/sign-in/password/", {"login": email, "password": "wrong horse"})
        pages.add(re.sub(r'value="\w{64}"', "", page.text).replace(email, "…"))
        work.append(len(statements))
    assert len(pages) == 1
    assert abs(work[0] - work[1]) <= 1
