"""The story of the demonstration: invented from end to end, told whole, and told once."""

import csv
import json
from collections import Counter

import pytest
from django.conf import settings

from creativecities.accounts.models import Person
from creativecities.conference.models import Edition
from creativecities.core.models import Event, Mail
from creativecities.demo import queries, story
from creativecities.demo.story import sending, under_evaluation
from creativecities.demo.story.files import rows, several
from creativecities.demo.tests import gatherings, rounds
from creativecities.exchange import states
from creativecities.exchange.models import Announcement, Initiative, Invitation, Message, Need, Partner, Reply
from creativecities.network.compute import outlines
from creativecities.network.models import City, Mandate

CONFERENCE = ("registration", "during", "after")
ROUND = ("call open", "under evaluation", "before decision", "announced")


def real_names() -> set[str]:
    """Every name of a real member city, in any language."""
    found = set()
    for name, columns in (("member_cities", ("city", "local_name")), ("city_names", ("name",))):
        with (settings.REFERENCE_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found |= {row[column].casefold() for row in csv.DictReader(file) for column in columns}
    return found - {""}


def test_no_city_of_the_story_is_a_real_member():
    told = [row for name in ("cities", "candidates", "preparing") for row in rows(name)]
    assert {row[column].casefold() for row in told for column in ("name", "local_name")} & real_names() == set()
    names = [row["name"] for row in told]
    assert len(set(names)) == len(names)


def test_each_city_lies_in_its_country_and_has_its_people():
    borders = json.loads((settings.REFERENCE_DIR / "outlines.json").read_bytes())
    people = {row["country"]: several(row["given"]) for row in rows("people")}
    for row in (*rows("cities"), *rows("candidates"), *rows("preparing")):
        place = float(row["latitude"]), float(row["longitude"])
        assert outlines.distance_to_outline(*place, borders[row["country"]]) == 0, row["name"]
        assert len(set(people[row["country"]])) == len(people[row["country"]]) >= 2


def test_ninety_cities_of_all_regions_and_fields_apply_two_of_a_country_at_most():
    told = rows("candidates")
    assert len(told) == under_evaluation.FILES == 90
    assert len({(row["country"], row["field"]) for row in told}) == 90
    assert max(Counter(row["country"] for row in told).values()) == 2
    with (settings.REFERENCE_DIR / "countries.csv").open(encoding="utf-8", newline="") as file:
        regions = {row["iso2"]: row["unesco_region"] for row in csv.DictReader(file)}
    assert {regions[row["country"]] for row in told} == set(regions.values())
    assert len({row["field"] for row in told}) == 8


@pytest.mark.django_db
def test_the_story_is_told_whole_and_once(client, monkeypatch):
    said: list[str] = []
    story.tell("members", said.append)
    assert not Need.objects.exists()
    for _again in range(2):
        story.tell("together", said.append)
    assert [line.split(",")[0] for line in said] == ["Told: members", "Told: exchange", "Told: together"]
    listed = City.objects.filter(is_listed=True)
    assert listed.count() == len(rows("cities")) >= 60
    for role in ("focal-point", "mayor"):
        assert Mandate.objects.filter(role=role).count() == listed.count()
    assert {state for (state,) in Partner.objects.values_list("state")} == {
        states.CONFIRMED, states.DECLINED, states.ASKED,
    }  # fmt: skip
    assert Reply.objects.values("state").distinct().count() == 4
    assert Initiative.objects.values("language").distinct().count() >= 8
    assert Invitation.objects.count() == len(rows("invitations"))
    assert Message.objects.count() == len(rows("messages"))
    assert Announcement.objects.count() == len(rows("announcements"))
    assert all(address.endswith("example.org") for (address,) in Person.objects.values_list("email"))
    assert all(address.endswith("example.org") for (address,) in Mail.objects.values_list("to_address"))
    assert not Event.objects.filter(kind="exchange.initiative.added_from_files").exists()
    assert not Edition.objects.exists()
    assert Person.objects.get(email="focal-point@sete-lanternas.example.org").name == "Ana Exemplo"
    parts = {part.person.email: part for part in queries.cast()}
    assert list(parts) == list(queries.CAST)
    assert parts["nobody@example.org"].mandates == []
    monkeypatch.setattr(under_evaluation, "FILES", 8)
    for stage in ROUND:
        rounds.tell_and_look(stage, client)
    monkeypatch.setattr(sending, "CITIES", 17)
    for stage in CONFERENCE:
        gatherings.tell_and_look(stage, client)
    said.clear()
    story.tell("after", said.append)
    assert said == []
