"""A commission without an account reads by its link and confirms each act with a code; whoever guesses gets nowhere."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.core.signing import Signer
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls.actions import applications, links
from creativecities.calls.actions import endorsements as acts
from creativecities.calls.models import Application, Call, CommissionLink, Confirmation, Endorsement, Remark
from creativecities.calls.tests import kit
from creativecities.calls.tests.presenting import endorse, pdf, presented, text, upload
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(call: Call, rui: Person, nadia: Person) -> Application:
    return presented(call, rui)


@pytest.fixture
def token(file: Application) -> str:
    """Of the mail that came with the file."""
    mail = Mail.objects.get(kind="calls.endorsement.presented", to_person_id=None)
    return re.search(r"/endorse/([^/]+)/", mail.link)[1]  # type: ignore[index]


def code() -> str:
    """Of the newest mail."""
    return Mail.objects.filter(kind="calls.confirmation.code").latest("pk").body.split("\n")[0]


def test_after_the_deadline_only_who_has_an_account_is_told_of_an_answer(
    file: Application, rui: Person, nadia: Person, monkeypatch: pytest.MonkeyPatch
):
    later = timezone.now() + dt.timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: later)
    acts.answer(file, text="Forty", once=uuid.uuid4(), by=rui)
    told = Mail.objects.filter(kind="calls.application.answered")
    assert list(told.values_list("to_address", flat=True)) == [nadia.email], "a link would be over"
    Mandate.objects.filter(person=nadia).delete()
    with pytest.raises(Refusal) as refused:
        acts.answer(file, text="Forty lamps", once=uuid.uuid4(), by=rui)
    assert refused.value.code == "nobody-reads"


def test_a_link_reads_the_files_of_its_country_and_tells_nobody_else(client: Any, file: Application, token: str):
    queue, page = client.get(f"/endorse/{token}/"), client.get(f"/endorse/{token}/{file.code}/")
    assert "Lampara" in text(queue)
    assert "no designation" in text(queue) + text(page)
    for answer in (queue, page):
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "same-origin"
    key, _colon, _signature = token.partition(":")
    assert key not in str(CommissionLink.objects.values_list())
    assert len(key) == 32, "it does not say how many links were sent before"


def test_forged_revoked_ended_and_foreign_links_tell_nothing(
    client: Any, desk: Any, call: Call, file: Application, token: str, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    spain = presented(call, rui, "Sedia", country=kit.country("ES"))
    assert client.get(f"/endorse/{token}/{spain.code}/").status_code == 404
    for forged in (token[:-2] + "xx", "1.a:b:c", "x"):
        answer = client.get(f"/endorse/{forged}/{file.code}/")
        assert answer.status_code == 404
        assert "not one that was sent" in text(answer)
        assert "Lampara" not in text(answer)
    assert client.get(f"/endorse/{Signer(salt=CommissionLink.SALT).sign('x')}/").status_code == 404
    commission = kit.commission(file.country)
    desk.post("/secretariat/calls/2031/commissions/", {"act": "revoke", "country": "PT"})
    answer = client.get(f"/endorse/{token}/{file.code}/")
    assert (answer.status_code, "was withdrawn" in text(answer), "Lampara" in text(answer)) == (410, True, False)
    CommissionLink.objects.update(revoked_at=None)
    type(commission).objects.filter(pk=commission.pk).update(email="new@lampara.example")
    assert client.get(f"/endorse/{token}/").status_code == 410, "the address it was sent to is no longer registered"
    type(commission).objects.filter(pk=commission.pk).update(email="commission@lampara.example")
    monkeypatch.setattr(timezone, "now", lambda: call.closes_at)
    answer = client.get(f"/endorse/{token}/")
    assert (answer.status_code, "has ended" in text(answer)) == (410, True)


def test_after_a_revocation_what_a_city_does_sends_no_new_link_until_the_secretariat_does(
    call: Call, rui: Person, officer: Person, file: Application
):
    commission = kit.commission(file.country)
    links.revoke(call, commission, by=officer)
    presented(call, rui, "Mesa", "film")
    answer = {"text": "Forty", "by": rui}
    acts.answer(file, once=uuid.uuid4(), **answer)
    assert not CommissionLink.objects.filter(revoked_at=None).exists()
    links.send(call, commission, by=officer)
    acts.answer(file, once=uuid.uuid4(), **answer)
    assert CommissionLink.objects.filter(revoked_at=None).count() == 2


def test_a_forwarded_link_reads_but_decides_nothing(client: Any, file: Application, token: str):
    place = f"/endorse/{token}/{file.code}/decline/"
    assert client.post(place, {"reason": "No"}).status_code == 422
    assert client.post(place, {"reason": "No", "code": "12345678"}).status_code == 403
    assert not Endorsement.objects.exists()
    asked = client.post(place, {"reason": "Too early", "ask": "1"})
    assert "Too early" in text(asked)
    assert "on its way" in text(asked)
    assert "commission@lampara.example" not in text(asked)
    assert Mail.objects.latest("pk").to_address == "commission@lampara.example"


def test_a_code_confirms_its_own_act_on_its_own_file_once(
    client: Any, call: Call, rui: Person, file: Application, token: str
):
    other, base = presented(call, rui, "Mesa", "film"), f"/endorse/{token}/"
    client.post(f"{base}{file.code}/decline/", {"ask": "1"})
    given = {"reason": "Too early", "code": code()}
    assert client.post(f"{base}{other.code}/decline/", given).status_code == 403
    client.post(f"{base}{file.code}/endorse/", {"ask": "1"})
    assert client.post(f"{base}{file.code}/decline/", {**given, "code": code()}).status_code == 403
    assert client.post(f"{base}{file.code}/decline/", given).status_code == 302
    assert Endorsement.objects.get().person_id is None
    Endorsement.objects.all().delete()
    assert client.post(f"{base}{file.code}/decline/", given).status_code == 403, "works once"


def test_a_code_ends_after_ten_minutes_and_after_five_tries(
    client: Any, file: Application, token: str, monkeypatch: pytest.MonkeyPatch
):
    place = f"/endorse/{token}/{file.code}/decline/"
    client.post(place, {"ask": "1"})
    right = code()
    for _try in range(Confirmation.MOST_TRIES):
        assert client.post(place, {"reason": "No", "code": "0"}).status_code == 403
    assert client.post(place, {"reason": "No", "code": right}).status_code == 403
    client.post(place, {"ask": "1"})
    now, late = timezone.now, timezone.now() + dt.timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert client.post(place, {"reason": "No", "code": code()}).status_code == 403
    monkeypatch.setattr(timezone, "now", now)
    assert client.post(place, {"reason": "No", "code": code()}).status_code == 302
    statuses = {client.post(place, {"ask": "1"}).status_code for _again in range(6)}
    assert 429 in statuses, "codes are not mailed without end"


def test_by_link_one_endorses_with_a_letter_asks_ranks_and_withdraws(
    client: Any, call: Call, rui: Person, file: Application, token: str
):
    base = f"/endorse/{token}/"
    place = f"{base}{file.code}/endorse/"
    read = client.get(place).context["form"]["fingerprint"].value()
    client.post(place, {"ask": "1", "fingerprint": read})
    assert client.post(place, {"fingerprint": read, "code": code(), "letter": upload(pdf())}).status_code == 302
    word = Endorsement.objects.get()
    assert (word.state, word.person_name) == ("endorsed", "Commission of the lamps")
    paper = client.get(f"{base}{file.code}/papers/{word.letter.code}/endorsement.pdf")
    assert (paper.status_code, paper["Cache-Control"]) == (200, "private, no-store")
    form = client.get(f"{base}{file.code}/").context["form"]
    said = {"text": "How many?", "once": form["once"].value()}
    client.post(f"{base}{file.code}/", {**said, "ask": "1"})
    assert client.post(f"{base}{file.code}/", {**said, "code": code()}).status_code == 302
    assert Remark.objects.get().is_by_commission
    endorse(presented(call, rui, "Mesa", "film"), kit.officer_of(file.country))
    order = {each.code: str(rank) for rank, each in enumerate(Application.objects.order_by("-pk"), 1)}
    client.post(f"{base}ranks/", {**order, "ask": "1"})
    assert client.post(f"{base}ranks/", {**order, "code": code()}).status_code == 302
    assert Endorsement.objects.get(application=file).rank == 2
    client.post(f"{base}{file.code}/withdraw/", {"ask": "1"})
    assert client.post(f"{base}{file.code}/withdraw/", {"reason": "An error", "code": code()}).status_code == 302
    applications.save_answers(file, {("history", 0): "Brighter lamps"}, opened={}, by=rui)
    page = client.get(place)
    assert "changed since the commission had read it" in text(page)
    assert "Brighter lamps" in text(page)
    read = page.context["form"]["fingerprint"].value()
    client.post(place, {"ask": "1", "fingerprint": read})
    assert client.post(place, {"fingerprint": read, "code": code()}).status_code == 302, "the letter is there"
    assert Endorsement.objects.get(application=file).letter_id == word.letter_id


def test_the_secretariat_sends_links_and_sees_what_is_missing_but_not_who_applies(
    desk: Any, client: Any, call: Call, file: Application, token: str
):
    place = "/secretariat/calls/2031/commissions/"
    kit.country("ES")
    page = text(desk.get(place))
    assert "commission@lampara.example" in page
    assert "<time" not in page.partition("<tbody>")[2].partition("</tbody>")[0], "what a city sent is not told"
    assert desk.post(place, {"act": "send", "country": "PT"}).status_code == 302
    mail = Mail.objects.get(kind="calls.confirmation.link")
    assert "Lampara" not in mail.body + mail.subject
    assert client.get(f"/{mail.link.split('/', 3)[3]}").status_code == 200
    assert desk.post(place, {"act": "send", "country": "XX"}).status_code == 404
