"""A team opens an open call or a residency for applications: who, where, until when."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from creativecities.accounts import actions as accounts
from creativecities.core import days, freshness
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange.actions import openings as acts
from creativecities.exchange.models import Initiative, Opening
from creativecities.exchange.tests.factories import initiative, opening
from creativecities.network.models import Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
PAGE, CLOSE = "/initiatives/lamps/opening/", "/initiatives/lamps/opening/close/"
LINK = "https://example.org/conditions"


@pytest.fixture
def call() -> Initiative:
    return initiative("Lamps", lead=member(name="Vila Nova"), kind="open-call", slug="lamps")


@pytest.fixture
def writer(client: Any, call: Initiative) -> Any:
    return team.sign_in(client, team.member(call.lead, "Ana Exemplo"))


def terms(**more: Any) -> dict[str, Any]:
    day = (days.today() + dt.timedelta(days=20)).isoformat()
    return {"audience": "artists", "apply_by": day, "link": LINK, "opened": 0, **more}


def test_a_team_opens_it_and_closes_it_again(writer: Any, call: Initiative):
    assert PAGE in writer.get("/initiatives/lamps/").content.decode()
    assert writer.get(PAGE).status_code == 200
    assert writer.post(PAGE, terms()).status_code == 302
    freshness.forget()  # what a commit does
    assert LINK in writer.get("/initiatives/lamps/").content.decode()
    held = Opening.objects.get()
    assert (held.audience, held.version, held.person_name, held.opened_on) == (
        "artists",
        1,
        "Ana Exemplo",
        days.today(),
    )
    assert "Close for applications" in writer.get(PAGE).content.decode()
    assert writer.post(CLOSE).status_code == 302
    freshness.forget()
    assert LINK not in writer.get("/initiatives/lamps/").content.decode()
    assert writer.post(CLOSE).status_code == 409
    assert writer.post(PAGE, terms(opened=2, audience="cities")).status_code == 302
    assert set(Event.objects.filter(kind__contains=".opening.").values_list("kind", flat=True)) == {
        "exchange.opening.opened",
        "exchange.opening.closed",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": "nobody"},
        {"apply_by": "2020-01-01"},
        {"apply_by": "2999-01-01"},
        {"link": "http://example.org/"},
        {"link": "javascript:alert(1)"},
        {"link": "https://"},
        {"link": f"https://example.org/{'x' * 300}"},
        {"link": "https://example.org/\u202egro"},
    ],
)
def test_what_is_wrong_comes_back(writer: Any, wrong: dict[str, str]):
    answer = writer.post(PAGE, terms(**wrong))
    if "\u202e" in wrong.get("link", ""):
        assert Opening.objects.get().link == "https://example.org/gro"
    else:
        assert answer.status_code == 422
        assert not Opening.objects.exists()


def test_two_who_write_at_once_see_each_other(writer: Any, new_client: Any, call: Initiative):
    other = team.sign_in(new_client(), team.member(call.lead, "Bruno Exemplo", role="alternative-contact"))
    other.post(PAGE, terms(audience="cities"))
    answer = writer.post(PAGE, terms(audience="young"))
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Bruno Exemplo" in text
    assert Opening.objects.get().audience == "cities"
    assert writer.post(PAGE, terms(audience="young", opened=1)).status_code == 302
    assert writer.post(PAGE, terms(opened=99)).status_code == 400


def test_others_do_not_find_it(client: Any, new_client: Any, call: Initiative):
    assert new_client().get(PAGE).status_code == 302
    for someone in (team.member(member(name="Vila Longe")), team.officer()):
        visitor = team.sign_in(new_client(), someone)
        for path in (PAGE, CLOSE):
            assert visitor.post(path, terms()).status_code == 404
        assert visitor.get(PAGE).status_code == visitor.get("/initiatives/nothing/opening/").status_code == 404
    with pytest.raises(Refusal):
        acts.open_applications(
            call, audience="cities", apply_by=days.today(), link=LINK, opened=0, by=team.member(member())
        )


@pytest.mark.parametrize("columns", [{"state": "draft"}, {"kind": "festival"}])
def test_only_a_published_call_or_residency_opens(writer: Any, call: Initiative, columns: dict[str, str]):
    Initiative.objects.filter(pk=call.pk).update(**columns)
    assert "disabled" in writer.get(PAGE).content.decode()
    assert writer.post(PAGE, terms()).status_code == 409
    assert not Opening.objects.exists()


def test_a_city_that_has_left_opens_nothing_and_can_close(writer: Any, call: Initiative):
    opening(call)
    Membership.objects.update(end="2025-01-01")
    assert writer.post(PAGE, terms(opened=1)).status_code == 409
    assert writer.post(CLOSE).status_code == 302


def test_the_database_holds_the_address_and_the_days(call: Initiative):
    held = opening(call)
    for wrong in ({"link": "http://example.org"}, {"apply_by": "2020-01-01"}, {"audience": "x"}, {"state": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opening.objects.filter(pk=held.pk).update(**wrong)


def test_a_deleted_account_leaves_no_name(writer: Any, call: Initiative):
    writer.post(PAGE, terms())
    someone = call.lead.mandates.get().person
    accounts.erase(someone, by=someone)
    assert Opening.objects.get().person_name == ""
