"""Possible partners of a city: who sees them, what they say, what the team notes, and that it is heeded."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts.tests import people
from creativecities.core import days, freshness
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.actions import suggestions as acts
from creativecities.exchange.compute import matching as compute
from creativecities.exchange.formats.weights import Weight, weights
from creativecities.exchange.models import Rating, Suggestion
from creativecities.exchange.queries import matching, reasons
from creativecities.exchange.tests.factories import initiative, topic
from creativecities.network.models import City, Listing, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
ADDRESS = "/cities/vila-nova/exchange/partners/"


@pytest.fixture
def city() -> City:
    topic("tourism", position=1)
    own = member(name="Vila Nova", is_listed=True)
    other = member(name="Vila Sábia", is_listed=True)
    member(name="Vila Longe", is_listed=True, field="music", country__iso2="JP")
    today = days.today()
    Rating.objects.create(city=own, topic_id="tourism", kind="challenge", value=4, start=today)
    Rating.objects.create(city=other, topic_id="tourism", kind="expertise", value=5, start=today)
    freshness.forget()
    return own


@pytest.fixture
def editor(client: Any, city: City) -> Any:
    return team.sign_in(client, team.member(city, "Ana Exemplo"))


def named(name: str) -> City:
    return City.objects.get(name=name)


def note(editor: Any, verb: str, partner: str = "vila-sábia", **more: str) -> Any:
    answer = editor.post(ADDRESS, {"partner": partner, "verb": verb, **more}, follow=True)
    freshness.forget()  # in a test nothing is ever committed
    return answer


def test_the_best_partner_comes_first_with_its_reasons(editor: Any):
    text = editor.get(ADDRESS).content.decode()
    assert text.index("Vila Sábia") < text.index("Vila Longe")
    for words in ("It knows much about: ", "You share a field: Design", "A language in common: Portuguese"):
        assert words in text
    assert "It has few known ties so far" in text


def test_the_arithmetic_adds_up(city: City):
    partner = named("Vila Sábia")
    found = matching.network().explained(city.pk, [partner.pk])[0]
    lines = reasons.lines(found)
    assert sum(line.product for line in lines) == pytest.approx(found.score)
    assert {line.label: round(line.value, 2) for line in lines}["Knows what you look for"] == 1.0


def test_reach_can_be_switched_off(editor: Any):
    text = editor.get(f"{ADDRESS}?reach=off").content.decode()
    assert "It has few known ties so far" not in text
    assert note(editor, "contact").status_code == 200
    assert editor.post(f"{ADDRESS}?reach=off", {"partner": "vila-longe", "verb": "contact"}).url.endswith("?reach=off")


def test_only_the_team_sees_it(client: Any, new_client: Any, city: City):
    assert client.get(ADDRESS).status_code == 302
    for someone in (people.person(), team.officer(), team.member(named("Vila Longe"))):
        assert team.sign_in(new_client(), someone).get(ADDRESS).status_code == 404
    assert team.sign_in(client, team.member(city)).get("/cities/nowhere/exchange/partners/").status_code == 404


def test_who_was_contacted_is_followed_and_not_suggested_again(editor: Any, city: City):
    note(editor, "contact")
    assert named("Vila Sábia").pk not in matching.suggested(True)[city.pk]
    assert "contacted" in editor.get(ADDRESS).content.decode()
    note(editor, "accept")
    assert Suggestion.objects.get().state == states.ACCEPTED
    assert Event.objects.filter(kind="exchange.suggestion.accepted").count() == 1


def test_what_is_not_relevant_needs_a_reason_and_stays_away_until_reconsidered(editor: Any, city: City):
    assert "Say in a few words why" in note(editor, "dismiss").content.decode()
    assert "Too far by train" in note(editor, "dismiss", reason="Too far by train").content.decode()
    assert named("Vila Sábia").pk not in matching.suggested(True)[city.pk]
    note(editor, "reconsider")
    assert Suggestion.objects.get().reason == ""
    assert named("Vila Sábia").pk in matching.suggested(True)[city.pk]


def test_a_step_that_does_not_follow_is_refused(editor: Any):
    answer = note(editor, "refuse")
    assert answer.status_code == 409
    assert not Suggestion.objects.exclude(state=states.SUGGESTED).exists()


@pytest.mark.parametrize("verb", ["contact", "accept", "dismiss"])
def test_what_was_noted_by_mistake_can_be_taken_back(editor: Any, city: City, verb: str):
    note(editor, verb, reason="Too far")
    assert named("Vila Sábia").pk not in matching.suggested(True)[city.pk]
    note(editor, "reconsider")
    assert named("Vila Sábia").pk in matching.suggested(True)[city.pk]


@pytest.mark.parametrize(
    "sent",
    [
        {"partner": "vila-longe", "verb": "lapse"},
        {"partner": "nowhere", "verb": "contact"},
        {"partner": "vila-nova", "verb": "contact"},
        {"partner": "vila-longe", "verb": "sell"},
    ],
)
def test_bad_input_writes_nothing(editor: Any, sent: dict[str, str]):
    assert editor.post(ADDRESS, sent).status_code == 422
    assert not Suggestion.objects.exists()


def test_nobody_notes_anything_for_another_city_or_a_former_member(city: City):
    stranger = team.member(named("Vila Longe"))
    with pytest.raises(Refusal, match="Only the team"):
        acts.answer(city, named("Vila Sábia"), "contact", by=stranger)
    own = team.member(city)
    Membership.objects.filter(city=city).update(end=days.today())
    with pytest.raises(Refusal, match="no longer"):
        acts.answer(city, named("Vila Sábia"), "contact", by=own)


def test_within_a_declared_conflict_neither_is_suggested_to_the_other(city: City, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(matching, "_conflicts", [])
    other = named("Vila Sábia")
    assert other.pk in matching.suggested(True)[city.pk]
    matching.register_conflict(lambda: [(city.pk, other.pk), (city.pk, 10**9)])
    freshness.forget()
    assert other.pk not in matching.suggested(True)[city.pk]
    assert city.pk not in matching.suggested(True)[other.pk]


def test_higher_rungs_add_signals_that_count_and_say_why(editor: Any, city: City, monkeypatch: pytest.MonkeyPatch):
    far = named("Vila Longe").pk
    monkeypatch.setattr(matching, "FURTHER", {})
    with pytest.raises(ValueError, match="no weight"):
        matching.register_signal("ferry", "A ferry goes between you", _only(far))
    monkeypatch.setattr(matching, "weights", lambda: (*weights(), Weight("ferry", 9.0, {})))
    matching.register_signal("ferry", "A ferry goes between you", _only(far))
    freshness.forget()
    assert matching.suggested(True)[city.pk][0] == far
    text = editor.get(ADDRESS).content.decode()
    assert "<li>A ferry goes between you</li>" in text
    assert text.index("Vila Longe") < text.index("Vila Sábia")


def _only(favoured: int) -> Any:
    """A signal that is 1 towards one city."""
    return lambda keys: np.array([[key == favoured for key in keys]] * len(keys), dtype=np.float32)


def test_a_city_that_leaves_at_midnight_is_suggested_no_more(editor: Any, city: City, monkeypatch: pytest.MonkeyPatch):
    assert "Vila Sábia" in editor.get(ADDRESS).content.decode()
    tomorrow = days.today() + dt.timedelta(days=1)
    Membership.objects.filter(city=named("Vila Sábia")).update(end=tomorrow)
    Listing.objects.filter(city=named("Vila Sábia")).update(end=tomorrow)
    freshness.forget()
    assert "Vila Sábia" in editor.get(ADDRESS).content.decode()
    monkeypatch.setattr(days, "today", lambda: tomorrow)
    assert "Vila Sábia" not in editor.get(ADDRESS).content.decode()


def test_ties_and_aims_are_known(city: City):
    one = initiative(lead=city, partners=(named("Vila Longe"),))
    freshness.forget()
    known = {each.key: each for each in matching.network().cities}
    assert known[city.pk].partners == {named("Vila Longe").pk}
    assert one.lead == city


def test_every_weight_has_a_reason_and_every_signal_a_weight(city: City):
    assert all(weight.value > 0 and len(weight.reason) > 30 for weight in weights())
    assert all(set(weight.reasons) == {"en", "fr", "es", "ar", "ru", "zh"} for weight in weights())
    assert all(len(set(weight.reasons.values())) == 6 and all(weight.reasons.values()) for weight in weights())
    network = matching.network()
    signals = network.explained(city.pk, [named("Vila Longe").pk])[0].parts
    assert set(signals) == {weight.signal for weight in weights()} == set(reasons.LABELS)
    assert isinstance(network, compute.Network)


def test_the_reasons_of_the_weights_are_read_in_the_readers_language(editor: Any):
    assert "Le réseau grandit par les liens" in editor.get(f"/fr{ADDRESS}").content.decode()


@pytest.mark.parametrize("more", [0, 20])
def test_statements_do_not_grow(editor: Any, more: int):
    for number in range(more):
        member(name=f"Vila Mais {number}", is_listed=True)
    editor.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        assert editor.get(ADDRESS).status_code == 200
    assert len([each for each in captured if "core_generation" not in each["sql"]]) <= 7


@pytest.mark.usefixtures("reference_data")
def test_the_real_network_is_served_and_its_load_is_balanced():
    given = matching.suggested(True)
    load: dict[int, int] = {}
    for partners in given.values():
        assert len(partners) == matching.SHOWN
        for partner in partners:
            load[partner] = load.get(partner, 0) + 1
    assert len(given) == 405
    assert max(load.values()) <= 2 * matching.SHOWN
