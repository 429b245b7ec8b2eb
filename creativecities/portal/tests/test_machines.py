"""What machines read: the map of the site, robots, cards, feed, manifest, security contact."""

import io
import json
from xml.etree import ElementTree

import pytest
from PIL import Image

from creativecities.network.models import City
from creativecities.network.tests.factories import member
from creativecities.portal import card
from creativecities.portal.card import draw
from creativecities.portal.views import machines

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


class TestSitemap:
    @pytest.mark.usefixtures("reference_data")
    def test_every_page_is_there_in_six_languages(self, client):
        answer = client.get("/sitemap.xml")
        assert answer.headers["Content-Type"].startswith("application/xml")
        tree = ElementTree.fromstring(answer.content)
        addresses = [each.findtext(f"{SITEMAP}loc") for each in tree.iter(f"{SITEMAP}url")]
        assert len(addresses) == len(set(addresses))
        cities = [address for address in addresses if "/cities/" in address]
        assert len(cities) == 6 * 405
        for path in ("/", "/fr/", "/zh/fields/film/", "/ar/countries/MO/", "/es/regions/africa/", "/ru/faq/"):
            assert f"http://127.0.0.1:8000{path}" in addresses
        first = next(tree.iter(f"{SITEMAP}url"))
        links = {each.get("hreflang"): each.get("href") for each in first.iter(f"{XHTML}link")}
        assert sorted(links) == ["ar", "en", "es", "fr", "ru", "zh"]

    @pytest.mark.usefixtures("reference_data")
    def test_the_pages_it_names_are_there(self, client):
        tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
        paths = [each.text.removeprefix("http://127.0.0.1:8000") for each in tree.iter(f"{SITEMAP}loc")]
        some = [path for path in paths if "/cities/" not in path or path.endswith("/lodz/")][::7]
        assert {path: client.get(path).status_code for path in some} == dict.fromkeys(some, 200)

    def test_a_large_network_has_an_index_of_parts(self, client, monkeypatch):
        monkeypatch.setattr(machines, "MOST_ADDRESSES", 60)
        for number in range(4):
            member(name=f"Vila {number}")
        index = ElementTree.fromstring(client.get("/sitemap.xml").content)
        parts = [each.text.removeprefix("http://127.0.0.1:8000") for each in index.iter(f"{SITEMAP}loc")]
        assert len(parts) == 3
        found = [
            each.text
            for part in parts
            for each in ElementTree.fromstring(client.get(part).content).iter(f"{SITEMAP}loc")
        ]
        assert len(found) == len(set(found)) == 6 * (len(machines.PAGES) + 2 + 4 + 3), (
            "the lists of calls and of editions are other slices’"
        )
        assert client.get("/sitemap-9.xml").status_code == 404

    def test_what_is_still_to_come_is_not_in_it(self, client):
        member(name="Vila Nova")
        member(name="Vila Futura", country__iso2="NP", year=2999)
        text = client.get("/sitemap.xml").content.decode()
        assert "/cities/vila-nova/" in text
        assert "vila-futura" not in text
        assert "/countries/NP/" not in text

    def test_without_parts_there_is_no_first_one(self, client):
        assert client.get("/sitemap-1.xml").status_code == 404


class TestRobots:
    def test_a_site_that_is_not_indexed_lets_nobody_in(self, client, settings):
        settings.SITE = {**settings.SITE, "indexed": False}
        assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"

    def test_an_indexed_site_keeps_desks_and_mixtures_of_filters_out(self, client, settings):
        settings.SITE = {**settings.SITE, "indexed": True}
        lines = client.get("/robots.txt").content.decode().splitlines()
        for line in ("Disallow: /desk/", "Disallow: /ar/sign-in/", "Disallow: /*?*&", "Disallow: /zh/secretariat/"):
            assert line in lines
        assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines
        assert "Disallow: /" not in lines


class TestCard:
    def test_it_is_a_picture_of_the_right_size(self, client):
        member(name="Vila Nova", slug="vila-nova")
        answer = client.get("/cards/vila-nova.png")
        assert answer.headers["Content-Type"] == "image/png"
        picture = Image.open(io.BytesIO(answer.content))
        assert picture.format == "PNG"
        assert picture.size == (1200, 630)
        assert len(answer.content) < 120_000

    @pytest.mark.usefixtures("reference_data")
    @pytest.mark.parametrize("slug", ["jinju", "al-ahsa", "san-cristobal-de-las-casas", "tbilisi", "kobe", "_network"])
    def test_names_in_every_script_are_drawn(self, client, slug):
        assert Image.open(io.BytesIO(client.get(f"/cards/{slug}.png").content)).size == (1200, 630)

    def test_it_is_kept_and_drawn_anew_when_it_changes(self, client, monkeypatch, tmp_path):
        city = member(name="Vila Nova", slug="vila-nova")
        first = client.get("/cards/vila-nova.png")
        with monkeypatch.context() as patch:
            patch.setattr(draw, "card", lambda **_: pytest.fail("drawn again"))
            assert client.get("/cards/vila-nova.png").content == first.content
        City.objects.filter(pk=city.pk).update(name="Vila Velha")
        city.listings.update(name="Vila Velha")
        second = client.get("/cards/vila-nova.png")
        assert second.content != first.content
        assert second.headers["ETag"] != first.headers["ETag"]
        assert len(list((tmp_path / "cards").iterdir())) == 1, "the old one is gone"

    def test_who_has_it_is_told_that_it_has_not_changed(self, client):
        member(name="Vila Nova", slug="vila-nova")
        etag = client.get("/cards/vila-nova.png").headers["ETag"]
        assert client.get("/cards/vila-nova.png", headers={"If-None-Match": etag}).status_code == 304

    @pytest.mark.parametrize("path", ["/cards/nothing.png", "/cards/..%2Fsecret.png"])
    def test_no_card_for_what_is_not_there(self, client, path):
        assert client.get(path).status_code == 404

    def test_it_is_only_read(self, client):
        assert client.post("/cards/_network.png").status_code == 405

    def test_a_script_without_a_font_is_left_out(self, monkeypatch, tmp_path):
        monkeypatch.setattr(draw, "NOTO", tmp_path)
        draw.font_for.cache_clear()
        draw._installed.cache_clear()
        try:
            assert draw.font_for("진주", "ko") is None
            assert draw.font_for("Łódź", "pl") == (str(draw.SHIPPED), 0)
            drawn = card.Card("a", "Jinju", "진주", "ko", "Korea", "design", (1.0, 2.0), "Site", ())
            assert card.png(drawn).startswith(b"\x89PNG")
        finally:
            draw.font_for.cache_clear()
            draw._installed.cache_clear()


class TestSmallFiles:
    def test_the_manifest_names_the_site(self, client):
        document = json.loads(client.get("/manifest.webmanifest").content)
        assert document["name"] == "Creative Cities"
        assert document["icons"]

    def test_no_security_contact_without_an_address(self, client, settings):
        settings.SITE = {**settings.SITE, "contact_email": ""}
        assert client.get("/.well-known/security.txt").status_code == 404

    def test_the_security_contact_expires(self, client, settings):
        settings.SITE = {**settings.SITE, "contact_email": "safe@example.org"}
        text = client.get("/.well-known/security.txt").content.decode()
        assert "Contact: mailto:safe@example.org" in text
        assert "Expires: 20" in text

    @pytest.mark.usefixtures("reference_data")
    @pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/fr", "fr"), ("/ar", "ar")])
    def test_the_feed_begins_with_the_newest(self, client, prefix, language):
        answer = client.get(f"{prefix}/feed.atom")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        tree = ElementTree.fromstring(answer.content)
        assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        entries = tree.findall(f"{ATOM}entry")
        assert len(entries) == machines.NEWEST
        assert entries[0].findtext(f"{ATOM}updated") == "2025-10-31T00:00:00Z"
        assert f"{prefix}/cities/" in entries[0].find(f"{ATOM}link").get("href")

    def test_a_hostile_name_stays_text_in_the_feed(self, client):
        member(name='<b>&"Vila', slug="vila")
        entry = ElementTree.fromstring(client.get("/feed.atom").content).find(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == '<b>&"Vila'
