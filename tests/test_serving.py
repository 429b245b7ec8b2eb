"""The site as an operator runs it: started, overloaded, cut off from its database, killed."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.cluster import Cluster
from tests.harness.site import Site

pytestmark = pytest.mark.apart

WEB = ("-m", "creativecities.core.webserver")
SESSION = "session=abcdefghijklmnopqrstuvwxyz012345"
NONE = "no such command"  # of reference data: these sites are served empty


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on SQLite with its web processes."""
    site = Site(tmp_path_factory.mktemp("site"))
    done = site.manage("prepare", REFERENCE_DATA_COMMAND=NONE)
    assert done.returncode == 0, done.stderr
    site.start(*WEB, LOG_FORMAT="json")
    try:
        site.wait_for()
        yield site
    finally:
        site.stop()


@pytest.mark.parametrize(
    ("line", "statuses"),
    [
        (b"GET /%00 HTTP/1.1", {400}),
        (b"GET /\x00 HTTP/1.1", {400}),
        (b"GET /caf\xe9 HTTP/1.1", {400}),
        (b"GET /caf%e9/ HTTP/1.1", {400}),
        (b"GET /?q=%ff HTTP/1.1", {400}),
        (b"GET /fr/?q=%00 HTTP/1.1", {400}),
        (b"GET /?q=" + b"a" * 1_000_000 + b" HTTP/1.1", {400, 414, 431}),
        (b"GET /?q=" + b"a" * 50_000 + b" HTTP/1.1", {414}),
        (b"G\xc3\x8bT / HTTP/1.1", {400, 405, 501}),
        (b"TRACE /healthz HTTP/1.1", {405}),
        (b"GET / HTTP/9.9", {400, 505}),
    ],
)
def test_what_is_malformed_gets_a_clean_answer_of_its_kind(prepared: Site, line: bytes, statuses: set[int]):
    answer = prepared.send(line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    head = answer.split(b"\r\n", 1)[0].split()
    assert int(head[1]) in statuses, answer[:300]
    assert b"Traceback" not in answer


def test_a_header_of_a_megabyte_and_a_missing_host_are_refused(prepared: Site):
    for raw in (b"Host: localhost\r\nX-A: " + b"a" * 1_000_000, b"Host: evil.example"):
        answer = prepared.send(b"GET / HTTP/1.1\r\n" + raw + b"\r\nConnection: close\r\n\r\n")
        assert answer.split()[1] in (b"400", b"431"), answer[:200]
    assert prepared.get("/healthz").status == 200


def test_a_forged_body_does_not_hurt(prepared: Site):
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"\xff\x00" * 1000
    head = (
        b"POST /readyz HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        b"Connection: close\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    )
    assert prepared.send(head + body).split()[1] in (b"403", b"405")


def test_memory_of_the_web_workers_stays_small(prepared: Site):
    master = prepared.processes[0].pid
    for _ in range(40):
        prepared.get("/healthz")
    pss = {pid: _pss(pid) for pid in _children(master)}
    assert len(pss) == 2
    assert sum(pss.values()) < 220 * 1024, pss


def _children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()]


def _pss(pid: int) -> int:
    """Proportional share of memory in KiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def test_the_web_starts_within_seconds(prepared: Site, tmp_path: Path):
    again = Site(tmp_path, database_url=f"sqlite:///{prepared.folder / 'site.sqlite3'}")
    (tmp_path / "static").symlink_to(prepared.folder / "static")
    again.start(*WEB)
    seconds = again.wait_for("/healthz", seconds=20)
    again.stop()
    assert seconds < 5


def test_sqlite_away_is_503_and_the_site_recovers_by_itself(prepared: Site, tmp_path: Path):
    site = prepared.moved_to(tmp_path)
    folder, away = tmp_path / "site.sqlite3", tmp_path / "away.sqlite3"
    folder.rename(away)
    folder.mkdir()  # SQLite cannot open a folder, whoever asks
    site.start(*WEB)
    try:
        site.wait_for("/readyz", 503)
        page = site.get("/ar/sign-in/", Cookie=SESSION)
        assert (page.status, page.headers["Retry-After"], page.headers["Content-Language"]) == (503, "5", "ar")
        assert b"<h1" in page.body
        assert site.get("/healthz").status == 200
        folder.rmdir()
        away.rename(folder)
        site.wait_for("/readyz", 200)
        assert site.get("/ar/sign-in/", Cookie=SESSION).status == 200
    finally:
        site.stop()


def test_postgresql_away_is_503_and_the_site_recovers_by_itself(prepared: Site, tmp_path: Path):
    cluster = Cluster()
    site = Site(tmp_path, database_url=cluster.url)
    (tmp_path / "static").symlink_to(prepared.folder / "static")
    try:
        assert site.manage("prepare", REFERENCE_DATA_COMMAND=NONE).returncode == 0
        site.start(*WEB)
        site.wait_for()
        cluster.stop()
        assert site.get("/readyz").status == 503
        page = site.get("/fr/sign-in/", Cookie=SESSION)
        assert (page.status, page.headers["Retry-After"]) == (503, "5")
        cluster.start()
        site.wait_for("/readyz", 200)
        assert site.get("/fr/sign-in/", Cookie=SESSION).status == 200
    finally:
        site.stop()
        cluster.remove()


def _supervised(site: Site) -> list[int]:
    supervisor = site.processes[0].pid
    return [pid for child in _children(supervisor) for pid in (child, *_children(child))]


def _gone(pids: list[int], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}").exists() and _alive(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def served(prepared: Site, tmp_path: Path) -> Iterator[Site]:
    """Everything: `manage.py serve`."""
    site = prepared.moved_to(tmp_path)
    site.start("manage.py", "serve", REFERENCE_DATA_COMMAND=NONE)
    try:
        site.wait_for(seconds=60)
        deadline = time.monotonic() + 20
        while len(_supervised(site)) < 5 and time.monotonic() < deadline:
            time.sleep(0.1)
        yield site
    finally:
        site.stop()


def test_serve_says_where_to_look_and_stops_cleanly(served: Site):
    assert f"http://127.0.0.1:{served.port}/" in served.console()
    assert "make secretariat EMAIL=" in served.console()
    pids = _supervised(served)
    assert len(pids) == 5  # the web's master with two workers, the job worker, the scheduler
    served.processes[0].send_signal(signal.SIGTERM)
    assert served.processes[0].wait(10) == 0
    assert _gone(pids, 2)


def test_a_part_that_dies_is_started_again(served: Site):
    before = _supervised(served)
    os.kill(before[0], signal.SIGKILL)
    assert _gone([before[0]])
    served.wait_for()
    deadline = time.monotonic() + 20
    while len(set(_supervised(served)) - set(before)) < 3 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "starting it again" in served.console()
    assert len(_supervised(served)) == 5


def test_a_killed_supervisor_leaves_no_orphans(served: Site):
    pids = _supervised(served)
    served.processes[0].kill()
    served.processes[0].wait()
    assert _gone(pids)


def test_serve_on_a_port_in_use_says_what_to_do(prepared: Site, tmp_path: Path):
    other = Site(tmp_path, port=prepared.port)
    done = other.manage("serve")
    assert done.returncode == 1
    assert "make serve PORT=" in done.stderr
    assert not (tmp_path / "site.sqlite3").exists()
