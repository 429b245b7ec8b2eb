"""The harness itself: each of its guards must bite."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template import Context, engines
from django.template.base import Origin

from creativecities.core import views
from creativecities.core.models import Generation
from tests.harness.cluster import Cluster
from tests.harness.guards import NetworkUsed
from tests.harness.undefined import OURS, UndefinedVariable
from tests.strict import PageFault, StrictClient, check

GOOD = '<!doctype html><html lang="en" dir="ltr"><head><title>T</title></head><body><h1>H</h1>{}</body></html>'


def page(body: str) -> HttpResponse:
    return HttpResponse(GOOD.format(body))


def test_a_good_page_passes():
    scripts = '<script src="/a.js"></script><script type="application/ld+json">{}</script>'
    body = f'<label for="a">A</label><input id="a">{scripts}'
    assert check(page(body), "/") is None


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("{{ name }}", "stray"),
        ('<p title="{% url %}">', "stray"),
        ("<script>alert(1)</script>", "inline script"),
        ('<p style="color:red">x</p>', "attribute style"),
        ('<p onclick="x()">x</p>', "attribute onclick"),
        ('<input name="q">', "without a label"),
        ("<p><div></p>", "not valid HTML"),
        ('<i id="a"></i><i id="a"></i>', "twice"),
        ('<img src="a.png">', "alt"),
        ("<h1>second</h1>", "first headings"),
    ],
)
def test_a_faulty_page_fails(body: str, fault: str):
    with pytest.raises(PageFault, match=fault):
        check(page(body), "/")


def test_a_page_without_title_fails():
    with pytest.raises(PageFault, match="no title"):
        check(HttpResponse('<!doctype html><html lang="en" dir="ltr"><head></head><body><h1>H</h1></body></html>'), "/")


def test_a_fragment_needs_no_title_but_labels():
    with pytest.raises(PageFault, match="without a label"):
        check(HttpResponse('<input name="q">'), "/")


@pytest.mark.django_db
def test_reading_that_writes_fails(monkeypatch):
    def writes(request):
        Generation.objects.create(number=1)

    monkeypatch.setattr(views.metrics, "answered", lambda *args: writes(None))
    with pytest.raises(PageFault, match="wrote"):
        StrictClient().get("/healthz")


def test_what_asks_for_no_database_runs_on_one(request: pytest.FixtureRequest):
    assert request.node.get_closest_marker("apart")


@pytest.mark.django_db
def test_what_asks_for_a_database_runs_on_each(request: pytest.FixtureRequest):
    assert not request.node.get_closest_marker("apart")


def test_the_network_is_closed():
    with pytest.raises(NetworkUsed), socket.socket() as probe:
        probe.connect(("192.0.2.1", 80))


def test_an_undefined_variable_of_ours_fails():
    template = engines["django"].engine.from_string("{{ nobody }}")
    for node in template.nodelist:
        node.origin = Origin(str(OURS / "core/templates/core/any.html"))
    with pytest.raises(UndefinedVariable, match="nobody"):
        template.render(Context())


def test_an_undefined_variable_of_a_library_shows_nothing():
    assert engines["django"].engine.from_string("a{{ nobody }}b").render(Context()) == "ab"


def test_what_a_killed_run_left_of_its_database_hinders_nobody():
    gone = subprocess.Popen(["true"])
    gone.wait()
    left = Path(tempfile.mkdtemp(prefix=f"creativecities-pg-{gone.pid}-"))
    (left / "data").mkdir()
    (left / "data" / "PG_VERSION").write_text("15\n")
    (left / "data" / "postmaster.pid").write_text(f"{gone.pid}\n{left}/data\n")
    for path in (left, left / "data", *(left / "data").iterdir()):
        shutil.chown(path, "postgres" if os.getuid() == 0 else None, os.getgid())
    cluster = Cluster()
    try:
        assert not left.exists()
    finally:
        cluster.remove()
    assert not cluster.folder.exists()
