"""Before a city begins a file: whether it can apply, and which field fits its own words."""

from typing import Any

import pytest

from creativecities.calls.actions import calls as actions
from creativecities.calls.compute import assessing, eligibility
from creativecities.calls.formats.templates import template
from creativecities.calls.tests import kit
from creativecities.core import freshness
from creativecities.core.models import Event
from creativecities.network.models import CityName
from creativecities.network.tests import team
from creativecities.network.tests.factories import member
from creativecities.search import jobs

CHECK, FIT, ASSESS = "/calls/2031/check/", "/calls/2031/field/", "/calls/2031/assess/"
OURS = eligibility.City("design", "africa", 30_000, "", None)


def outcomes(city: eligibility.City, phase: str = "open", **rules: Any) -> dict[str, str]:
    definition = template("2025-practice")
    definition["rules"].update(rules)
    return {str(each.rule): each.outcome for each in eligibility.check(definition, city, phase=phase)}


def test_the_rules_of_the_template_let_a_new_city_apply():
    found = outcomes(OURS)
    assert set(found.values()) == {"met", "depends"}
    assert found["Under-represented regions"] == "met"
    assert found["Endorsement by the National Commission"] == "depends"


@pytest.mark.parametrize(
    ("rules", "city", "rule", "outcome"),
    [
        ({"fields": ["film"]}, {}, "Creative fields", "not-met"),
        ({"population_floor": 30_000}, {}, "Inhabitants, at least", "met"),
        ({"population_floor": 30_001}, {}, "Inhabitants, at least", "not-met"),
        ({"population_floor": 100_000}, {"population": None}, "Inhabitants, at least", "depends"),
        ({}, {"member_of": "film"}, "Not yet a member", "not-met"),
        ({"members_may_apply": True}, {"member_of": "film"}, "Not yet a member", "met"),
        ({"members_may_apply": True}, {"member_of": "design"}, "Not yet a member", "not-met"),
        ({"cooldown_calls": 1}, {"calls_since_refusal": 0}, "Calls to wait after a refusal", "not-met"),
        ({"cooldown_calls": 1}, {"calls_since_refusal": 1}, "Calls to wait after a refusal", "met"),
    ],
)
def test_each_rule_is_the_calls_own(rules: dict[str, Any], city: dict[str, Any], rule: str, outcome: str):
    asked = eligibility.City(**{**vars(OURS), **city})
    assert outcomes(asked, **rules)[rule] == outcome


@pytest.mark.parametrize(
    ("phase", "outcome"),
    [("open", "met"), ("opens-later", "depends"), ("closed", "not-met"), ("announced", "not-met"),
     ("withdrawn", "not-met")],
)  # fmt: skip
def test_a_call_that_takes_no_files_is_said_first(phase: str, outcome: str):
    assert next(iter(outcomes(OURS, phase).items())) == ("Deadline for cities", outcome)


@pytest.fixture
def call(db: Any) -> Any:
    officer = team.officer("Olga Exemplo")
    call = kit.draft(officer)
    actions.release(call, reason="", opened=call.version, by=officer)
    return call


@pytest.mark.django_db
def test_a_member_is_known_by_any_of_its_names(client: Any, call: Any):
    city = member(name="Vila Longe")
    CityName.objects.create(city=city, name="Villelonge", language="fr", kind=CityName.OTHER)
    asked = {"country": city.country_id, "field": "design", "population": "", "refused": ""}
    for name, words in (
        ("vila longe", "already"),
        ("VÍLA LONGE", "already"),
        ("Villelonge", "already"),
        ("Vila Nova", "No member city"),
    ):
        page = client.get(CHECK, {**asked, "city": name}).content.decode()
        assert words in page, name
        assert ("Not in this call" in page) == (words == "already")
    assert (
        "<strong>" not in client.get(CHECK).content.decode().split("</header>")[1].split("<form")[0].partition("·")[2]
    )


@pytest.mark.django_db
def test_what_is_not_answered_comes_back_with_what_was_typed(client: Any, call: Any):
    response = client.get(CHECK, {"city": "Vila <Nova>", "country": "XX", "field": "design"})
    assert response.status_code == 422
    assert "Vila &lt;Nova&gt;" in response.content.decode()


@pytest.mark.django_db
def test_the_fields_of_the_nearest_cities_come_first_with_their_sentence(client: Any, call: Any):
    city = member(name="Vila Longe")
    words = "The town of lanterns keeps a school where paper is folded and lamps are made by hand."
    city.portraits.update(text=words)
    jobs.bring_up_to_date()
    freshness.forget()
    page = client.post(FIT, {"text": "lanterns and folded paper"}).content.decode()
    assert "Vila Longe" in page
    assert "The town of lanterns" in page
    assert f"f-{city.memberships.get().field_id}" in page
    assert "Compared by words alone" in page, "tests have no engine of meanings"
    assert "No member city is near" in client.post(FIT, {"text": "zzz qqq"}).content.decode()
    assert client.post(FIT, {"text": "x" * 301}).status_code == 422


@pytest.mark.django_db
def test_the_words_are_not_kept_and_a_draft_answers_to_nobody(client: Any, call: Any):
    kit.draft(team.officer("Rui Exemplo"), slug="2035")
    assert client.post("/calls/2035/field/", {"text": "lanterns"}).status_code == 404
    assert client.get("/calls/2035/check/").status_code == 404
    assert client.get("/calls/2035/assess/").status_code == 404


def test_what_weighs_most_and_lacks_most_is_worked_on_first_and_each_group_has_its_own_mean():
    definition = template("2025-practice")
    definition["criteria"][0] |= {"groups": ["expert"], "weight": 4}
    points = {"quality": 4, "relevance": 3, "feasibility": 1, "commitment": 5, "field": 2}
    found = assessing.standings(definition["criteria"], points, 5)
    assert [(each.criterion["key"], each.gain) for each in found] == [
        ("feasibility", 8), ("relevance", 6), ("field", 6), ("quality", 4), ("commitment", 0)]  # fmt: skip
    assert {each.criterion["key"] for each in found if each.is_strength} == {"quality", "commitment"}
    experts, cities = assessing.means(definition, points)
    assert (experts.arithmetic, str(experts.points)) == ("(4 × 4 + 3 × 3 + 2 × 1 + 3 × 5 + 2 × 2) ÷ 14", "3.29")
    assert (cities.arithmetic, str(cities.points)) == ("(3 × 3 + 2 × 1 + 3 × 5 + 2 × 2) ÷ 10", "3.00")
    for each in definition["criteria"]:
        each["weight"] = 0
    assert {each.points for each in assessing.means(definition, points)} == {None}


@pytest.mark.django_db
def test_a_city_judges_itself_by_the_words_of_the_rubric_and_nothing_is_kept(
    client: Any, call: Any, django_assert_num_queries: Any
):
    asked = client.get(ASSESS).content.decode()
    for words in ("3: shown, with gaps.", "Letter of the mayor", "The main executive contact"):
        assert words in asked
    assert "What to work on first" not in asked
    points = {f"points_{each['key']}": "3" for each in call.next["criteria"]}
    before = Event.objects.count()
    with django_assert_num_queries(4):
        page = client.get(ASSESS, points | {"points_field": "1"}).content.decode()
    assert Event.objects.count() == before
    assert "(3 × 3 + 3 × 3 + 2 × 3 + 3 × 3 + 2 × 1) ÷ 13" in page
    assert page.index("2 × 4 = 8") < page.index("3 × 2 = 6"), "what would bring more stands first"
    assert "No criterion is above the middle" in page
    lacking = client.get(ASSESS, {"points_quality": "4", "points_field": "9"})
    assert lacking.status_code == 422
    assert 'value="4" required id="id_points_quality_3" checked' in lacking.content.decode()
    assert client.get(ASSESS, {"utm_source": "lamps"}).status_code == 200
