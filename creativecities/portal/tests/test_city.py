"""A city's page, and the home page."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.core.models import StoredFile
from creativecities.network.actions import membership
from creativecities.network.models import CityLink, CityName, Picture
from creativecities.network.tests.factories import ROBOT, FieldFactory, holder, member

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("reference_data")
class TestCity:
    def test_it_says_who_where_in_what_and_since_when(self, client):
        text = client.get("/cities/jinju/").content.decode()
        for words in ("Jinju", "진주", "Republic of Korea", "Crafts and Folk Art", "since 2019", "Joins the network"):
            assert words in text

    def test_the_local_name_carries_its_language(self, client):
        text = client.get("/cities/aswan/").content.decode()
        assert '<span class="local" lang="ar" dir="auto">أسوان</span>' in text

    def test_the_portrait_says_how_sure_it_is(self, client):
        assert "from general knowledge" in client.get("/cities/edinburgh/").content.decode()

    def test_a_change_of_field_is_in_the_timeline(self, client):
        text = client.get("/cities/lyon/").content.decode()
        assert "Joins the network: Media Arts" in text
        assert "Changes its field: Literature" in text

    def test_as_of_shows_the_field_and_name_of_the_day(self, client):
        assert "Media Arts" in client.get("/cities/lyon/?as_of=2015-01-01").content.decode()
        assert "<h1>Sasayama" in client.get("/cities/tambasasayama/?as_of=2018-01-01").content.decode()

    def test_a_former_name_leads_to_the_city(self, client):
        answer = client.get("/fr/cities/sasayama/?as_of=2018-01-01")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/fr/cities/tambasasayama/?as_of=2018-01-01"

    @pytest.mark.parametrize("name", ["Kraków", "Cracovie", "크라쿠프", "Краков"])
    def test_another_name_in_any_script_leads_to_the_city(self, client, name):
        answer = client.get(f"/ar/cities/{name}/")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/ar/cities/krakow/"

    def test_a_day_knows_nothing_of_what_came_after(self, client):
        text = client.get("/cities/lyon/?as_of=2010-01-01").content.decode()
        assert "Joins the network: Media Arts" in text
        assert "Changes its field" not in text

    def test_a_city_that_hosted_the_conference_says_so_from_the_day_on(self, client):
        text = client.get("/cities/lyon/").content.decode()
        assert "Host of the annual conference" in text
        assert "Annual conference 2009: Lyon" in text
        assert "2009: Lyon" in client.get("/cities/lyon/?as_of=2010-01-01").content.decode()
        assert "Host of the annual" not in client.get("/cities/lyon/?as_of=2009-01-01").content.decode()
        assert "Host of the annual" not in client.get("/cities/jinju/").content.decode()

    def test_a_name_of_several_cities_leads_nowhere(self, client):
        assert client.get("/cities/san/").status_code == 404

    def test_cities_of_one_name_keep_apart(self, client):
        assert "Spain" in client.get("/cities/granada/").content.decode()
        assert "Nicaragua" in client.get("/cities/granada-ni/").content.decode()

    def test_before_it_was_a_member_it_has_no_page(self, client):
        assert client.get("/cities/jinju/?as_of=2010-01-01").status_code == 404

    def test_machines_read_the_same(self, client):
        text = client.get("/cities/krakow/").content.decode()
        document = json.loads(re.search(r'application/ld\+json">(.*?)</script>', text)[1])
        assert document["@type"] == "City"
        assert document["sameAs"] == ["https://www.geonames.org/3094802/"]
        assert document["memberOf"]["name"] == "Creative Cities"

    def test_six_languages_name_each_other(self, client):
        text = client.get("/zh/cities/krakow/").content.decode()
        assert re.search(r'rel="canonical" href="[^"]+/zh/cities/krakow/"', text)
        assert set(re.findall(r'rel="alternate" hreflang="([\w-]+)"', text)) == {
            "en",
            "fr",
            "es",
            "ar",
            "ru",
            "zh",
            "x-default",
        }

    def test_the_nearest_are_near(self, client):
        text = client.get("/cities/krakow/").content.decode()
        assert re.search(r'/cities/katowice/"><bdi>Katowice</bdi></a> <span class="small isolated">6\d km', text)


@pytest.mark.parametrize("slug", ["nowhere", "x" * 300, "krakow%00", "..%2fetc"])
def test_an_unknown_city_is_not_found_in_the_readers_language(client, slug):
    answer = client.get(f"/es/cities/{slug}/")
    assert answer.status_code in (400, 404)
    assert answer.headers["Content-Language"] == "es"


@pytest.mark.parametrize("others", [0, 2])
def test_a_city_costs_four_statements(client, others):
    for number in range(others):
        member(name=f"Outra Vila {number}")
    city = member(name="Vila Inventada")
    client.get(f"/cities/{city.slug}/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/cities/{city.slug}/").status_code == 200
    assert len(captured) == 4


def test_pictures_and_links_stand_in_the_order_their_city_gave_them(client):
    city = member(name="Vila Inventada", slug="vila")
    for position, words in ((2, "Second"), (1, "First")):
        stored = StoredFile.objects.create(
            content=f"{words}.webp", name=f"{words}.webp", content_type="image/webp", size=1, digest=words, width=800,
            height=600, alt=f"{words} picture", credit="Ana Exemplo", licence="CC-BY-4.0", is_public=True,
        )  # fmt: skip
        Picture.objects.create(city=city, file=stored, position=position)
        CityLink.objects.create(city=city, label=f"{words} link", url="https://example.org/", position=position)
    text = client.get("/cities/vila/").content.decode()
    assert text.index("First picture") < text.index("Second picture")
    assert text.index("First link") < text.index("Second link")
    assert "Ana Exemplo · CC BY 4.0" in text


def test_a_hostile_name_stays_text(client):
    city = member(name='<script>alert(1)</script> & "Vila"', slug="vila")
    for address in ("/cities/vila/", "/atlas/", "/"):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
    assert city.slug == "vila"


def test_only_the_citys_own_team_and_the_secretariat_see_the_edit_button(client):
    own, other = member(name="Vila Inventada", slug="vila"), member(name="Outra Vila", slug="outra")
    client.force_login(holder(role="focal-point", city=own))
    assert 'href="/cities/vila/edit/"' in client.get("/cities/vila/").content.decode()
    assert "/edit/" not in client.get(f"/cities/{other.slug}/").content.decode()


def test_the_timeline_tells_joining_renaming_change_of_field_and_leaving(client):
    city = member(name="Vila Inventada", slug="vila", year=2014)
    CityName.objects.create(city=city, name="Vila Velha", kind="former", language="en", end=dt.date(2015, 5, 1))
    membership.change_field(city, field=FieldFactory(slug="film"), on=dt.date(2016, 1, 1), by=ROBOT)
    membership.end_membership(city, on=dt.date(2021, 5, 1), reason="asked to leave", by=ROBOT)
    text = client.get("/cities/vila/").content.decode()
    told = ["Joins the network: Design", "until then Vila Velha", "Changes its field: Film", "Leaves the network"]
    places = [text.index(words) for words in told]
    assert places == sorted(places)
    assert "it is no longer" in text
    assert "asked to leave" not in text


@pytest.mark.usefixtures("reference_data")
class TestHome:
    def test_it_can_be_asked_for_another_day(self, client):
        text = client.get("/?as_of=2010-12-31").content.decode()
        assert "<strong>27</strong>" in text
        assert text.count('<circle class="dot"') == 27
        assert client.get("/?as_of=31/12").status_code == 400

    def test_the_numbers_are_computed(self, client):
        text = client.get("/").content.decode()
        assert "<strong>405</strong>" in text
        assert "<strong>108</strong>" in text

    def test_every_member_is_on_the_map(self, client):
        assert client.get("/").content.decode().count('<circle class="dot"') == 405

    @pytest.mark.parametrize("prefix", ["", "/fr", "/es", "/ar", "/ru", "/zh"])
    def test_the_map_leads_to_pages_in_the_readers_language(self, client, prefix):
        assert f'href="{prefix}/cities/krakow/"' in client.get(f"{prefix}/").content.decode()

    def test_it_costs_three_statements(self, client):
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        assert len(captured) == 3


PROSE = (
    "about", "faq", "objectives", "how-to-join", "partners", "contact", "privacy", "terms", "imprint", "accessibility",
)  # fmt: skip


@pytest.mark.usefixtures("reference_data")
@pytest.mark.parametrize("prefix", ["", "/fr", "/es", "/ar", "/ru", "/zh"])
def test_prose_is_there_in_every_language(client, prefix):
    for name in PROSE:
        answer = client.get(f"{prefix}/{name}/")
        assert (name, answer.status_code) == (name, 200)
        assert "<h1>" in answer.content.decode()


def test_a_picture_offers_its_widths_and_shows_once(client):
    picture = {"content_type": "image/webp", "size": 1, "height": 600, "alt": "The harbour", "credit": "Ana Exemplo",
               "licence": "CC-BY-4.0", "is_public": True}  # fmt: skip
    large = StoredFile.objects.create(content="l.webp", name="l.webp", digest="l", width=1600, **picture)
    small = StoredFile.objects.create(
        content="s.webp", name="s.webp", digest="s", width=400, derived_from=large, **picture
    )
    Picture.objects.create(city=member(name="Vila Inventada", slug="vila"), file=large, position=1)
    text = client.get("/cities/vila/").content.decode()
    assert text.count("The harbour") == 1
    assert f'srcset="/files/{large.code}/l.webp 1600w, /files/{small.code}/s.webp 400w"' in text
    assert 'width="1600"' in text


def test_the_mayor_is_the_one_of_the_day(client):
    city = member(name="Vila Inventada", slug="vila", year=2010)
    for name, start, end in (("Ana Antes", 2011, 2015), ("Bruno Depois", 2015, None)):
        mandate = holder("mayor", city=city, name=name).mandates.get()
        mandate.start, mandate.end = dt.date(start, 1, 1), end and dt.date(end, 1, 1)
        mandate.save()
    today, then = (client.get(f"/cities/vila/{query}").content.decode() for query in ("", "?as_of=2014-05-01"))
    for text, present, absent in ((today, "Bruno Depois", "Ana Antes"), (then, "Ana Antes", "Bruno Depois")):
        assert present in text
        assert absent not in text
    assert "Portrait, pictures and links are of today." in then


@pytest.mark.usefixtures("reference_data")
def test_a_portrait_in_another_language_says_in_which(client):
    assert "<p>Langue : Anglais</p>" in client.get("/fr/cities/krakow/").content.decode().replace("Langue:", "Langue :")
    assert "<p>Language:" not in client.get("/cities/krakow/").content.decode()
