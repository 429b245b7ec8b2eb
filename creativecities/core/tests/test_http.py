"""What no page can read, what machines ask, and what the log may hold."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.db import DataError, OperationalError, connection
from django.test import RequestFactory

from creativecities.core import http, language, logs, metrics, views


class ProductionLog:
    """What the log writes in production, as objects."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def start(self) -> None:
        logs.configure({"format": "json", "level": "DEBUG"})

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/%00", 400),
        ("/cities/%ff%fe/", 400),
        ("/?q=%00", 400),
        ("/?q=%ff", 400),
        ("/?q=" + "a" * 9_000, 414),
        ("/no-such-page/", 404),
        ("/atlas.json?q=%ff", 400),
    ],
)
def test_what_cannot_be_read_gets_a_clean_page(client, db, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    if path.startswith("/atlas.json"):
        assert answer.json()["error"] == status
    else:
        assert b"<h1" in answer.content


def test_an_error_speaks_the_language_of_the_address(client, db):
    answer = client.get("/ar/?q=%ff")
    assert (answer.status_code, answer["Content-Language"]) == (400, "ar")
    assert b'lang="ar"' in answer.content
    assert b'dir="rtl"' in answer.content


@pytest.mark.parametrize(
    ("path", "code", "bare"),
    [
        ("/fr/atlas/", "fr", "/atlas/"),
        ("/zh/", "zh-hans", "/"),
        ("/atlas/", "en", "/atlas/"),
        ("/fr", "en", "/fr"),
        ("/frites/", "en", "/frites/"),
        ("/", "en", "/"),
    ],
)
def test_the_language_is_the_first_part_of_the_path(path, code, bare):
    assert language.split(path) == (code, bare)
    assert language.address(bare, code) == path


def test_health_is_public_and_metrics_are_not(client, db, settings):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "open sesame"
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    answer = client.get("/metrics", headers={"Authorization": "Bearer open sesame"})
    assert b'http_requests_total{status="200",view="core:healthz"}' in answer.content


def test_counters_that_cannot_be_written_spoil_no_page(client, db, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(metrics.REQUESTS, "labels", full)
    assert client.get("/healthz").status_code == 200


def test_health_pages_refuse_other_methods(client, db):
    answer = client.post("/healthz")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_every_answer_carries_a_request_id(client, db):
    first, second = client.get("/healthz")["X-Request-ID"], client.get("/healthz")["X-Request-ID"]
    assert len(first) == 16
    assert first != second


def test_with_the_database_away_a_page_says_so_and_asks_to_come_back():
    request, fault = RequestFactory().get("/fr/atlas/"), OperationalError("unable to open database file")
    answer = http.answer_when_the_database_is_away(views.healthz).process_exception(request, fault)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    try:
        raise fault
    except OperationalError:
        assert views.broken(request).status_code == 503


def test_a_nul_that_only_the_database_stumbles_over_is_the_senders_fault():
    request, handler = RequestFactory().post("/fr/conference/"), http.refuse_nul(views.healthz)
    fault = DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    assert handler.process_exception(request, fault).status_code == 400
    assert handler.process_exception(request, DataError("value too long")) is None


def test_a_wrong_statement_is_our_fault_and_no_database_that_is_away():
    assert not http.is_away(OperationalError("no such column: x")) or connection.vendor != "sqlite"
    assert not http.is_away(ValueError("locked"))


@pytest.fixture
def production_log(capsys) -> Iterator[ProductionLog]:
    yield ProductionLog(capsys)
    logs.configure({"format": "plain", "level": "WARNING"})


def test_log_lines_are_json_with_the_request_id_and_without_the_query_or_the_person(production_log, client, db):
    production_log.start()
    answer = client.get("/healthz?email=ana@example.org", headers={"Cookie": "session=secret"}, REMOTE_ADDR="192.0.2.7")
    lines = [line for line in production_log.lines() if line["event"] == "answered"]
    assert lines[0]["request_id"] == answer["X-Request-ID"]
    assert (lines[0]["method"], lines[0]["status"], lines[0]["level"]) == ("GET", 200, "debug")
    text = json.dumps(lines)
    assert not any(secret in text for secret in ("ana@", "secret", "192.0.2.7"))


def test_an_address_inside_a_fault_is_not_logged(production_log):
    production_log.start()
    try:
        raise ValueError("Key (email)=(ana@example.org) already exists")
    except ValueError:
        structlog.get_logger("test").error("failed", exc_info=True)
        logging.getLogger("library").exception("could not reach ana@example.org")
    lines = production_log.lines()
    assert [line["logger"] for line in lines] == ["test", "library"]
    assert "ValueError" in lines[0]["exception"]
    assert "ana@example.org" not in json.dumps(lines)


def test_a_fault_shows_the_page_of_the_house(client, db, monkeypatch, settings):
    def breaks(*args):
        raise RuntimeError("boom")

    settings.METRICS_TOKEN = "open sesame"
    monkeypatch.setattr(views.metrics, "page", breaks)
    client.raise_request_exception = False
    answer = client.get("/metrics", headers={"Authorization": "Bearer open sesame"})
    assert answer.status_code == 500
    assert b"Something broke here" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/about/", "/no-such-page/", "/atlas/?page=x", "/cities/a%00b/"])
def test_every_answer_carries_the_policy_which_lets_nothing_inline(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert "unsafe-" not in policy
