"""The demonstration as somebody starts it: in a place of its own, marked, entered by a button, never in production."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar

import pytest
from django.urls import NoReverseMatch, reverse

from tests.harness.site import Site

pytestmark = pytest.mark.apart


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demonstration of which the first stage has been told."""
    site = Site(tmp_path_factory.mktemp("site"))
    done = site.manage("demo", "--stage=members", DEMO="1")
    assert done.returncode == 0, done.stderr
    assert site.manage("prepare", DEMO="1").returncode == 0
    site.start("-m", "creativecities.core.webserver", DEMO="1")
    site.wait_for()
    yield site
    site.stop()


class Visitor:
    """A browser that keeps cookies and follows where it is led."""

    def __init__(self, site: Site) -> None:
        self.root = f"http://127.0.0.1:{site.port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, **typed: str) -> tuple[str, str]:
        """The path one ends at, and the page."""
        data = urllib.parse.urlencode(typed).encode() if typed else None
        with self.opener.open(self.root + path, data, timeout=10) as answer:
            return answer.url.removeprefix(self.root), answer.read().decode()

    def go_in(self, name: str) -> tuple[str, str]:
        """Press the button of somebody."""
        page = self.open("/demo/")[1]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        number = re.search(rf'name="person" value="(\d+)">\s*<h2 class="h3"><bdi>{name}<', page)
        assert token
        return self.open("/demo/", csrfmiddlewaretoken=token[1], person=number[1] if number else "0")


def test_every_page_says_that_it_is_invented_and_asks_not_to_be_indexed(demo: Site) -> None:
    for path in ("/", "/cities/sete-lanternas/", "/fr/atlas/", "/nowhere/"):
        page = demo.get(path).body.decode()
        assert '<p class="banner">' in page, path
        assert '<meta name="robots" content="noindex">' in page, path
    assert b"Disallow: /\n" in demo.get("/robots.txt").body


def test_it_has_a_database_of_its_own_with_no_real_city(demo: Site) -> None:
    assert not (demo.folder / "site.sqlite3").exists()
    assert (demo.folder / "demo" / "creativecities.sqlite3").exists()
    assert demo.get("/cities/krakow/").status == 404


@pytest.mark.parametrize(
    ("name", "own"),
    [("Ana Exemplo", "/cities/sete-lanternas/edit/"), ("Sigrid Example", "/secretariat/"), ("Noor Example", "/desk/")],
)
def test_a_button_goes_in_as_each_role(demo: Site, name: str, own: str) -> None:
    visitor = Visitor(demo)
    path, page = visitor.go_in(name)
    assert (path, name in page) == ("/desk/", True)
    assert visitor.open(own)[0] == own


def test_nobody_goes_in_as_somebody_outside_the_cast(demo: Site) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        Visitor(demo).go_in("Nobody Known")
    with refused.value as error:
        assert error.code == 404


def test_it_is_refused_in_production_and_absent_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Site(tmp_path_factory.mktemp("site"))
    refused = site.manage("demo", DEMO="1", PRODUCTION="1")
    assert refused.returncode
    assert "A demonstration is not for production" in refused.stderr
    assert "Unknown command" in site.manage("demo").stderr
    with pytest.raises(NoReverseMatch):
        reverse("demo:cast")
