"""Pages kept in memory: quick for everybody, never old, never somebody else's."""

import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

import brotli
import pytest
from django.conf import settings as current
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from creativecities.core import freshness, pagecache
from creativecities.core.pagecache import Entry, PageCache, Shelf, offer

ROOT = Path(__file__).resolve().parents[3]
BODY = "<p>Kraków</p>" * 100


class Site:
    """A view behind the page cache that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.body = BODY
        self.status = 200
        self.cookie = False
        self._middleware = PageCache(self._view)

    def _view(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        response = offer(request, HttpResponse(self.body, status=self.status))
        if self.cookie:
            response.set_cookie("a", "b")
        return response

    def get(self, path: str = "/atlas/", method: str = "get", cookies: str = "", **headers: str) -> HttpResponse:
        request = getattr(RequestFactory(), method)(path, headers=headers)
        if cookies:
            request.META["HTTP_COOKIE"] = cookies
            request.COOKIES = dict(part.split("=") for part in cookies.split("; "))
        return self._middleware(request)


@pytest.fixture
def site(db: None, page_cache: Shelf) -> Site:
    return Site()


def write() -> None:
    with transaction.atomic():
        freshness.raise_generation()
    freshness.tell_this_machine()  # a test's own transaction never commits


def test_a_page_is_made_once_and_then_answered_from_memory_without_a_statement(site, django_assert_num_queries):
    first = site.get()
    with django_assert_num_queries(0):
        second = site.get()
    assert (site.asked, first.content, second.content) == (1, BODY.encode(), BODY.encode())
    assert second["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {part.strip() for part in second["Vary"].split(",")} >= {"Accept-Encoding", "Cookie"}


def test_a_write_is_seen_at_once(site):
    site.get()
    site.body = "new"
    assert site.get().content == BODY.encode()
    write()
    assert site.get().content == b"new"


def test_who_has_the_page_is_told_so(site):
    tag = site.get()["ETag"]
    answer = site.get(**{"if-none-match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    site.body = "new"
    write()
    assert site.get(**{"if-none-match": tag}).status_code == 200


def test_a_page_that_is_the_same_after_a_write_keeps_its_tag(site):
    tag = site.get()["ETag"]
    write()
    assert site.get(**{"if-none-match": tag}).status_code == 304


def test_bodies_are_compressed_as_the_browser_wants(site):
    for accepted, unpack in (("gzip", gzip.decompress), ("gzip, br", brotli.decompress), ("identity", bytes)):
        answer = site.get(**{"accept-encoding": accepted})
        assert unpack(answer.content) == BODY.encode()
        assert answer["Content-Length"] == str(len(answer.content))
    assert site.asked == 1


def test_a_short_body_is_not_compressed(site):
    site.body = "short"
    answer = site.get(**{"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in answer


def test_visitors_with_a_session_get_their_own_page(site):
    site.get()
    site.body = "mine"
    answer = site.get(cookies=f"{current.SESSION_COOKIE_NAME}=abc")
    assert (answer.content, answer["Cache-Control"]) == (b"mine", "private, no-cache")
    assert site.get().content == BODY.encode()


@pytest.mark.parametrize("fault", ["status", "cookie"])
def test_errors_and_answers_with_cookies_are_not_kept(site, fault):
    setattr(site, fault, 404 if fault == "status" else True)
    site.get()
    answer = site.get()
    assert (site.asked, answer["Cache-Control"]) == (2, "private, no-cache")


def test_posts_pass_by_and_forms_are_never_kept(site):
    site.get(method="post")
    site.get(method="post")
    assert site.asked == 2


def test_the_query_belongs_to_the_address_and_a_fragment_is_another_page(site):
    site.get("/atlas/?page=1")
    site.get("/atlas/?page=2")
    site.get("/atlas/?page=1", **{"HX-Request": "true"})
    assert site.asked == 3


def test_an_endless_address_is_answered_but_not_kept(site):
    site.get("/atlas/?q=" + "x" * pagecache.LONGEST_ADDRESS)
    site.get("/atlas/?q=" + "x" * pagecache.LONGEST_ADDRESS)
    assert site.asked == 2


def test_the_oldest_pages_leave_when_there_are_too_many_bytes():
    shelf = Shelf(1000)
    for number in range(10):
        shelf.put(str(number), Entry(1, {}, b"x" * 100))
    assert [number for number in range(10) if shelf.get(str(number), 1)] == [5, 6, 7, 8, 9]
    shelf.put("large", Entry(1, {}, b"x" * 200))
    assert shelf.get("large", 1) is None


def test_without_memory_nothing_is_kept(site, monkeypatch):
    monkeypatch.setattr(pagecache.shelf, "most_bytes", 0)
    site.get()
    site.get()
    assert site.asked == 2


def _write_elsewhere(data_dir: Path) -> None:
    """Another process, with a folder of its own or of this machine, raises the generation."""
    code = (
        "import django; django.setup(); from django.db import transaction; from creativecities.core import freshness\n"
        "with transaction.atomic(): freshness.raise_generation()"
    )
    facts, engine = connection.settings_dict, connection.vendor
    place = f"sqlite:///{facts['NAME']}"
    if engine == "postgresql":
        place = f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
    told = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(data_dir), "DATABASE_URL": place}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **told}, check=True)


@pytest.mark.django_db(transaction=True)
def test_a_write_of_another_process_of_this_machine_is_seen_at_once():
    before = freshness.generation()
    _write_elsewhere(Path(current.DATA_DIR))
    assert freshness.generation() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_write_of_another_machine_is_seen_within_a_second(tmp_path):
    before = freshness.generation()
    _write_elsewhere(tmp_path)
    time.sleep(freshness.LOOK_EVERY_SECONDS)
    assert freshness.generation() == before + 1


@pytest.mark.django_db
def test_a_header_that_is_not_htmx_does_not_ask_for_a_fragment(client, page_cache):
    whole = client.get("/atlas/?q=x", headers={"HX-Request": "x"}).content
    part = client.get("/atlas/?q=x", headers={"HX-Request": "true"}).content
    assert whole.startswith(b"<!DOCTYPE")
    assert not part.lstrip().startswith(b"<!DOCTYPE")
