"""The balance board, proposals for stated wishes, and scenarios side by side."""

import itertools
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from creativecities.calls import states
from creativecities.calls.actions import scenarios as acts
from creativecities.calls.compute import board as boards
from creativecities.calls.compute import comparing, designation
from creativecities.calls.compute.board import File, Place
from creativecities.calls.compute.definition import empty
from creativecities.calls.compute.designation import Wishes
from creativecities.calls.models import Application, Assignment, Call, Review, Scenario
from creativecities.calls.queries import board, decisions
from creativecities.calls.tests import kit
from creativecities.core.refusal import Refusal
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import CreativeField
from creativecities.network.tests import factories, team

HEAD = "head-of-the-network"


def place(field: str = "design", region: str = "africa", country: str = "NP", **facts: Any) -> Place:
    return Place(field, region, country, facts.pop("counted", country), "under-100k", "developing", **facts)


def file(pk: int, expert: float | None = 3.0, member_city: float | None = 3.0, **facts: Any) -> File:
    reviews, endorsed = facts.pop("reviews", 6), facts.pop("is_endorsed", True)
    scores = {"expert": expert, "member-city": member_city}
    return File(pk, f"{pk:04}", f"City {pk}", "Land", place(**facts), scores, reviews, endorsed)


def rules(**more: Any) -> Any:
    said = empty(["en"], "UTC")
    said["rules"] |= {"endorsements_per_country": 2, "distinct_fields": True, **more}
    said["evaluation"]["quorum"] = 4
    return said


def test_the_board_shows_the_network_after_the_choice_beside_today():
    members = [place(country="JP"), place("music", country="JP"), place(country="MO", counted="CN")]
    chosen = [file(1, country="PT", groups=("sids",)), file(2, country="CN")]
    drawn = boards.board(members, chosen, rules())
    assert (drawn.cities.today, drawn.cities.after) == (3, 5)
    assert (drawn.countries.today, drawn.countries.after) == (2, 3)
    assert [(row.key, row.today, row.after) for row in drawn.dimensions["field"]] == [("design", 2, 4), ("music", 1, 1)]
    assert [row.key for row in drawn.dimensions["country"]] == ["CN", "PT"]
    assert [(row.key, row.new) for row in drawn.dimensions["group"]] == [("sids", 1)]
    assert drawn.grid["design", "africa"].new == 2
    assert [each.pk for each in drawn.first_cities] == [1]


def test_a_member_that_goes_on_in_another_field_is_counted_once():
    here = place("music", country="JP")
    drawn = boards.board([here, place(country="PT")], [replace(file(1, country="JP"), leaves=here)], rules())
    assert (drawn.cities.today, drawn.cities.after) == (drawn.countries.today, drawn.countries.after) == (2, 2)
    assert {row.key: row.new for row in drawn.dimensions["field"]} == {"design": 1, "music": -1}
    assert (drawn.dimensions["country"], drawn.first_cities) == ([], [])
    assert drawn.grid["music", "africa"].after == 0


def test_limits_of_the_call_are_flagged():
    chosen = [
        file(1),
        file(2),
        file(3, field="music", is_endorsed=False),
        file(4, field="film", country="PT", reviews=3),
    ]
    found = {flag.kind: flag for flag in boards.flags(chosen, rules())}
    assert found["country-cap"].names == ("City 1", "City 2", "City 3")
    assert found["same-field"].names == ("City 1", "City 2")
    assert found["not-endorsed"].names == ("City 3",)
    assert (found["below-quorum"].names, found["below-quorum"].limit) == (("City 4",), 4)
    assert boards.flags(chosen[:1], rules(endorsements_per_country=None, distinct_fields=False)) == []


def test_the_groups_count_together_only_by_the_stated_share():
    one = file(1, expert=5.0, member_city=1.0)
    assert [designation.combined(one, share) for share in (100, 0, 25)] == [5.0, 1.0, 2.0]
    assert designation.combined(file(2, expert=None), 50) is None
    assert designation.combined(file(2, expert=None), 0) == 3.0


def test_a_proposal_says_what_the_wishes_cost():
    files = [file(1, 5, 5), file(2, 4, 4), file(3, 2, 2, region="arab-states", country="PT"), file(4, None, 3)]
    found = designation.propose(files, Wishes(2, from_regions=1, regions=("arab-states",)), frozenset())
    assert (found.chosen, found.best_chosen, found.unjudged) == ((1, 3), (1, 2), (4,))
    assert (found.points, found.best, found.cost) == (7.0, 9.0, 1.0)


def test_wishes_that_cannot_be_kept_are_named():
    files = [file(1), file(2), file(3, country="PT")]
    alone = designation.propose(files, Wishes(5), frozenset())
    assert [(each.wish, each.by) for each in alone.short] == [("number", 2)]
    found = designation.propose(files, Wishes(3, per_country=1), frozenset())
    assert [(each.wish, each.by, each.key) for each in found.short] == [("per_country", 1, "NP")]
    reached = designation.propose(files, Wishes(2, new_countries=2), frozenset({"PT"}))
    assert [(each.wish, each.by) for each in reached.short] == [("new_countries", 1)]
    nothing = designation.propose([file(1, None, None)], Wishes(1), frozenset())
    assert not nothing.chosen
    assert not nothing.points


def test_a_tie_at_the_edge_is_shown():
    found = designation.propose([file(1, 4, 4), file(2, 4, 4), file(3, 1, 1)], Wishes(1), frozenset())
    assert set(found.chosen + found.tied) == {1, 2}


def test_files_that_read_alike_are_tied():
    assert designation.ties({1: 3.501, 2: 3.499, 3: 3.49}, [1]) == (2,)


@pytest.mark.parametrize(
    ("answer", "words"), [([1.0, 0.0, 0.0], "may not be the best one"), (None, "before there was an answer")]
)
def test_a_search_whose_time_was_over_says_so(
    client: Any, call: Call, head: Any, monkeypatch: Any, answer: Any, words: str
):
    for each in many(call, 3):
        reviewed(each, {"quality": 3})
    monkeypatch.setattr("scipy.optimize.milp", lambda *_a, **_k: SimpleNamespace(status=1, x=answer))
    typed = {"name": "Proposed", "number": 1, "expert_share": 100, "act": "draw"}
    page = team.sign_in(client, head).post(url(call, "propose/"), typed).content.decode()
    assert words in page
    assert "No choice keeps all of this." not in page


FILES = some.lists(
    some.tuples(
        some.integers(0, 10), some.sampled_from(["design", "film"]), some.sampled_from(["africa", "arab-states"]),
        some.sampled_from(["NP", "PT", "JP"]),
    ),
    min_size=1, max_size=7,
)  # fmt: skip
WISHES = some.builds(
    Wishes, number=some.integers(1, 4), from_regions=some.integers(0, 2), regions=some.just(("africa",)),
    per_field=some.integers(0, 2), fields=some.just(("design", "film")), new_countries=some.integers(0, 2),
    per_country=some.integers(0, 2), distinct_fields=some.booleans(),
)  # fmt: skip


def _keeps(files: list[File], wishes: Wishes, reached: frozenset[str]) -> bool:
    countries = [each.place.country for each in files]
    pairs = [(each.place.country, each.place.field) for each in files]
    fields = [each.place.field for each in files]
    return (
        sum(each.place.region in wishes.regions for each in files) >= wishes.from_regions
        and all(fields.count(name) >= wishes.per_field for name in wishes.fields)
        and len(set(countries) - reached) >= wishes.new_countries
        and (not wishes.per_country or all(countries.count(each) <= wishes.per_country for each in countries))
        and (not wishes.distinct_fields or len(set(pairs)) == len(pairs))
    )


@settings(max_examples=60, deadline=None)
@given(FILES, WISHES)
def test_a_proposal_is_the_best_of_all_choices_that_keep_the_wishes(facts: Any, wishes: Wishes):
    files = [file(n, points, points, field=f, region=r, country=c) for n, (points, f, r, c) in enumerate(facts)]
    reached = frozenset({"JP"})
    kept = [c for c in itertools.combinations(files, wishes.number) if _keeps(list(c), wishes, reached)]
    found = designation.propose(files, wishes, reached)
    if not kept:
        assert found.chosen == ()
        assert found.short
        return
    chosen = [each for each in files if each.pk in found.chosen]
    assert len(chosen) == wishes.number
    assert _keeps(chosen, wishes, reached)
    best = max(sum(each.scores["expert"] or 0 for each in choice) for choice in kept)
    assert found.points == pytest.approx(best)
    assert found.best >= found.points - 1e-6


def test_choices_are_compared_in_numbers_and_files():
    files = [file(1), file(2, field="film")]
    drawn = [boards.board([place()], [files[0]], rules()), boards.board([place()], files, rules())]
    rows = comparing.numbers(drawn)["field"]
    assert [(row.key, row.today, row.after, row.differs) for row in rows] == [
        ("design", 1, (2, 2), False), ("film", 0, (0, 1), True),
    ]  # fmt: skip
    differ = comparing.differences(files, [frozenset({1}), frozenset({1, 2})])
    assert [(each.pk, taken) for each, taken in differ] == [(2, (False, True))]


def many(call: Call, number: int, start: int = 0) -> list[Application]:
    """Files in evaluation, of clearly invented cities, written down at once."""
    design = CreativeField.objects.get(pk="design")
    return Application.objects.bulk_create(
        Application(
            call=call, city_name=f"Vila {n:03}", country=kit.country(), field=design, language="en", state="eligible",
            submitted_at=timezone.now(), **kit.FACTS,
        )
        for n in range(start, start + number)
    )  # fmt: skip


@pytest.fixture
def call(db: Any, officer: Any) -> Call:
    return kit.published(officer)


def url(call: Call, part: str = "") -> str:
    return f"/secretariat/calls/{call.slug}/decision/{part}"


def test_points_are_those_of_the_reviews_that_count(call: Call):
    one = kit.eligible(call, team.member(team.city()))
    given = [("expert", {"quality": 4, "field": 1}), ("expert", {"quality": 2}), ("member-city", {"quality": 5})]
    for group, scores in given:
        member = {"city": team.city("Vila Paz")} if group == "member-city" else {}
        reviewed(one, scores, group=group, **member)
    (found,) = decisions.files(call, Application.objects.all(), {})
    assert found.scores == {"expert": (2.8 + 2) / 2, "member-city": 5}
    assert found.reviews == 3
    assert found.is_endorsed


def reviewed(of: Application, scores: dict[str, int], **reviewer: Any) -> Review:
    """What somebody has judged and handed in."""
    assignment = kit.assigned(kit.reviewer(of.call, **reviewer), of)
    Assignment.objects.filter(pk=assignment.pk).update(state=states.DONE)
    return Review.objects.create(assignment=assignment, call_version=1, scores=scores, handed_in_at=timezone.now())


def test_the_board_is_read_in_the_same_statements_at_any_number_of_files(call: Call, django_assert_num_queries: Any):
    many(call, 3)
    with django_assert_num_queries(10):
        assert len(board.table(call, Application.objects.all()).files) == 3
    many(call, 60, start=3)
    with django_assert_num_queries(10):
        assert len(board.table(call, Application.objects.all()).drawn(range(10**6)).chosen) == 63


def test_a_scenario_is_drawn_saved_copied_and_compared(client: Any, call: Call, head: Any):
    files = many(call, 3)
    team.sign_in(client, head)
    response = client.post(url(call), {"name": "First"})
    first = Scenario.objects.get()
    assert response.url == url(call, f"scenarios/{first.pk}/")
    typed = {"name": "First", "note": "From the north", "opened": 1, "ticked": [files[0].pk, files[2].pk]}
    drawn = client.post(response.url, typed | {"act": "draw"}).content.decode()
    assert "<strong>2</strong> files chosen" in drawn
    assert not first.files.exists()
    fragment = client.post(response.url, typed, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div id="board"')
    assert "<form" not in fragment
    client.post(response.url, typed | {"act": "save"})
    assert {each.pk for each in first.files.all()} == {files[0].pk, files[2].pk}
    client.post(url(call), {"name": "Second", "source": first.pk})
    second = Scenario.objects.get(name="Second")
    assert second.files.count() == 2
    assert second.note == "From the north"
    acts.save(second, "Second", "", [files[1].pk], opened=1, by=head)
    page = client.get(url(call, f"compare/?s={first.pk}&s={second.pk}")).content.decode()
    assert "Files that not all of them choose" in page
    assert page.count("Vila 00") == 3


def test_two_who_save_a_scenario_see_each_other(call: Call, officer: Any, head: Any):
    one = acts.draw_up(call, "First", [], by=officer)
    acts.save(one, "First", "mine", [], opened=1, by=officer)
    with pytest.raises(Conflict) as found:
        acts.save(Scenario.objects.get(), "First", "theirs", [], opened=1, by=head)
    assert found.value.theirs["note"] == "mine"
    with pytest.raises(Refusal, match="already"):
        acts.draw_up(call, "First", [], by=head)


def test_a_proposal_is_shown_and_kept(client: Any, call: Call, head: Any):
    for number, each in enumerate(many(call, 3)):
        reviewed(each, {"quality": number + 1})
    team.sign_in(client, head)
    wishes = {"name": "Proposed", "number": 2, "expert_share": 100, "per_country": 2}
    page = client.post(url(call, "propose/"), wishes | {"act": "draw"}).content.decode()
    assert "5.00 points together" in page
    assert not Scenario.objects.exists()
    client.post(url(call, "propose/"), wishes | {"act": "keep"})
    assert [each.city_name for each in Scenario.objects.get().files.all()] == ["Vila 001", "Vila 002"]
    page = client.post(url(call, "propose/"), wishes | {"new_countries": 2}).content.decode()
    assert "No choice keeps all of this." in page
    assert "First cities of a country, missing: 1." in page


@pytest.mark.parametrize("who", ["nobody", "focal-point", "mayor", "commission-officer", "expert"])
def test_nobody_else_finds_the_board(client: Any, call: Call, who: str):
    scenario = acts.draw_up(call, "First", [], by=team.officer("Ines Exemplo"))
    if who == "commission-officer":
        kit.endorsed(kit.begun(call, team.member(team.city())))
        commission = Application.objects.get().endorsement.commission
        team.sign_in(client, factories.holder(who, commission=commission))
    elif who != "nobody":
        team.sign_in(client, factories.holder(who, **({} if who == "expert" else {"city": team.city()})))
    for part in ("", f"scenarios/{scenario.pk}/", "propose/", "compare/"):
        assert client.get(url(call, part)).status_code in ((302,) if who == "nobody" else (404,))
    assert client.post(url(call, f"scenarios/{scenario.pk}/remove/")).status_code in (302, 404)
    assert Scenario.objects.exists()
