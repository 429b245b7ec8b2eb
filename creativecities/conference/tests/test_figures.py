"""An edition in numbers: counted once from its people, kept without them, each figure with its rows."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.conference import jobs
from creativecities.conference.actions import figures as acts
from creativecities.conference.models import CityFigures, Delegate, Delegation, Edition, Figures
from creativecities.conference.queries import figures as queries
from creativecities.conference.tests import kit
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PAGE, DESK = "/conference/2031/figures/", "/secretariat/conference/2031/figures/"


@pytest.fixture
def over() -> Edition:
    """It ended two days ago: a city with a mayor and an expert, another with an expert, one that did not come."""
    edition = kit.edition(starts_in=-5)
    kobe, nara = kit.delegation(edition, team.city("Kobe")), kit.delegation(edition, team.city("Nara"))
    kit.delegate(kobe, "mayor", "Berta Exemplo", gender="woman")
    kit.delegate(kobe, "expert", "Dora Exemplo", gender="woman")
    kit.delegate(nara, "expert", "Emil Exemplo", gender="man")
    kit.delegate(kit.delegation(edition, team.city("Mito"), "declined"), "expert", "Nobody Exemplo")
    return edition


def rows_of(edition: Edition) -> dict[str, tuple[int, dict[str, int], int]]:
    found = CityFigures.objects.filter(figures__edition=edition).select_related("city")
    return {each.city.name: (each.people, each.roles, each.times) for each in found}


def test_it_is_counted_once_and_stays_when_the_people_are_deleted(client: Any, over: Edition):
    officer = team.officer()
    assert client.get(PAGE).status_code == 404
    team.sign_in(client, officer)
    assert "<dd>3</dd>" in client.get(DESK).content.decode()
    assert client.post(DESK).status_code == 302
    assert client.post(DESK).status_code == 409
    kept = {"Kobe": (2, {"mayor": 1, "expert": 1}, 1), "Nara": (1, {"expert": 1}, 1)}
    assert rows_of(over) == kept
    Delegate.objects.all().delete()
    assert rows_of(over) == kept
    page = client.get(PAGE).content.decode()
    assert "Kobe" in page
    assert "Exemplo" not in page


def test_each_figure_leads_to_its_rows_on_the_page_and_as_data(client: Any, over: Edition):
    acts.count(over, by=team.officer())
    found = queries.shown(Figures.objects.get(), queries.Filter())
    assert ("Cities with a mayor", 1, "?role=mayor") in found.numbers
    for label, number, address in found.numbers:
        rows = client.get(f"{PAGE.rstrip('/')}.json{address}").json()
        assert rows["count"] == number or label in ("People", "Expert", "Countries", "Regions")
    page = client.get(PAGE, {"role": "mayor"}).content.decode()
    assert "1 of 2" in page
    assert client.get(f"{PAGE.rstrip('/')}.csv?role=mayor").content.decode().count("\n") == 2
    for strange in ({"region": "\u202e"}, {"times": "x"}, {"field": "<b>"}):
        assert client.get(PAGE, strange).status_code == 200


def test_the_next_edition_counts_who_comes_again(over: Edition):
    officer = team.officer()
    acts.count(over, by=officer)
    later = kit.edition("2032", number=32, starts_in=-4, lasts=2)
    for city in ("kobe", "mito"):
        held = Delegation.objects.get(edition=over, city__slug=city).city
        kit.delegate(kit.delegation(later, held), "expert", "Dora Exemplo")
    acts.count(later, by=officer)
    assert {name: row[2] for name, row in rows_of(later).items()} == {"Kobe": 2, "Mito": 1}
    found = {
        each.slug: (each.cities, each.people, each.mayors, each.first_timers) for each in queries.compared(officer)
    }
    assert found == {"2031": (2, 3, 1, 2), "2032": (2, 2, None, 1)}


def test_small_groups_are_not_broken_down(over: Edition):
    nara = Delegation.objects.get(edition=over, city__slug="nara")
    for at in range(5):
        kit.delegate(nara, "observer", f"Frau {at}", gender="woman")
    assert queries.count(over).genders == {}  # the one man could be reckoned
    kit.delegate(nara, "observer", "Another", gender="other")
    assert queries.count(over).genders == {}  # two together
    for at in range(3):
        kit.delegate(nara, "observer", f"Somebody {at}")
    assert queries.count(over).genders == {"woman": 7}


def test_what_a_source_tells_of_editions_before_is_quoted_and_not_summed(client: Any, over: Edition):
    kit.edition("2008", number=2, starts_in=-6000, note="About 60 cities came.", source="A book of lamps")
    acts.count(over, by=team.officer())
    page = client.get(PAGE).content.decode()
    assert "Not known here" in page
    assert "About 60 cities came." in page
    assert "A book of lamps" in page


def test_it_counts_by_itself_a_week_after_and_before_anybody_is_forgotten(over: Edition):
    assert jobs.count_editions() == 0
    Edition.objects.filter(pk=over.pk).update(settings={**over.settings, "forget_after_days": 1})
    assert jobs.count_editions() == 1
    assert Figures.objects.get().edition == over
    assert jobs.count_editions() == 0


def test_nobody_else_counts_and_not_before_it_is_over(over: Edition):
    with pytest.raises(Refusal, match="Secretariat"):
        acts.count(over, by=team.member(Delegation.objects.get(city__slug="kobe").city))
    with pytest.raises(Refusal, match="after its last day"):
        acts.count(kit.edition("2032", number=32, starts_in=-1), by=team.officer())


def test_the_page_asks_as_little_for_thirty_cities_as_for_three(client: Any, over: Edition):
    acts.count(over, by=team.officer())
    figures, counts = Figures.objects.get(), []
    for number in (3, 30):
        for at in range(number):
            city = team.city(f"Vila {number} {at}")
            CityFigures.objects.create(figures=figures, city=city, people=1, roles={"expert": 1}, times=1)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{PAGE}?{number}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 3
