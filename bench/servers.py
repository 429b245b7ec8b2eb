"""The servers that are compared: the floor and ours, each in a folder of its own, all on loopback, all ended with the run."""

import atexit
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORKERS, THREADS = 2, 4
LIKE_A_BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en", "User-Agent": "Mozilla/5.0 bench"}
_FOREIGN = (
    "DATA_DIR DATABASE_URL DEBUG PRODUCTION CACHE_URL EMAIL_URL SITE_URL FILES_DIR METRICS_TOKEN LOG_FORMAT LOG_LEVEL PORT HOST "
    "PAGE_CACHE_BYTES DJANGO_SETTINGS_MODULE PROMETHEUS_MULTIPROC_DIR ALLOWED_HOSTS WEB_WORKERS WEB_THREADS BENCH_DB FLOOR_DATA PGPORT"
).split()


class Broken(Exception):
    """A page or a command did not do what it must; the message says which."""


class Server:
    """A web server with its workers, in a process group that ends with this program."""

    def __init__(self, name, command, cwd, environment, port, log):
        self.name, self.port, self.log = name, port, log
        self.url = f"http://127.0.0.1:{port}"
        self._how = {"args": command, "cwd": cwd, "env": environment}
        self._start()

    def _start(self):
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            **self._how, stdout=self.log.open("ab"), stderr=subprocess.STDOUT, start_new_session=True
        )
        atexit.register(self.stop)

    def kill_and_start(self):
        """End master and workers in the middle of what they do, as when the power fails, and start them again."""
        for pid in measure.listeners(self.port) | {self._process.pid}:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(5)
        atexit.unregister(self.stop)
        self._start()

    def wait(self, path, within=30.0, every=0.1):
        """Seconds from the start of the process until the page answers 200."""
        until = self.started + within
        while time.perf_counter() < until:
            if self._process.poll() is not None:
                raise Broken(f"{self.name} ended with {self._process.returncode}:\n{self.log.read_text()[-2000:]}")
            try:
                with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                    if answer.status == 200:
                        return time.perf_counter() - self.started
            except urllib.error.HTTPError as error:
                raise Broken(f"{self.name}{path} answers {error.code}:\n{self.log.read_text()[-2000:]}") from None
            except OSError:
                time.sleep(every)
        raise Broken(f"{self.name} does not answer within {within:.0f} s")

    def stop(self):
        """End this server's own process group."""
        atexit.unregister(self.stop)
        for how, wait in ((signal.SIGTERM, 8), (signal.SIGKILL, 5)):
            try:
                os.killpg(self._process.pid, how)
                self._process.wait(wait)
            except (ProcessLookupError, PermissionError):
                break
            except subprocess.TimeoutExpired:
                continue

    def pss(self):
        """Proportional memory in MiB of the master and all its workers, and how many processes these are."""
        total, pids = 0, measure.listeners(self.port)
        for pid in pids:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+) kB", text, re.M)[1])
        return total / 1024, len(pids)


@contextlib.contextmanager
def running(*several):
    """Servers that answer, and end with the block."""
    try:
        for server in several:
            server.wait("/cities/" if server.name.startswith("floor") else "/healthz")
        yield several
    finally:
        for server in several:
            server.stop()


def say(text):
    print(text, file=sys.stderr, flush=True)


def clean_environment():
    """The environment without what would reach another installation."""
    kept = {key: value for key, value in os.environ.items() if key not in _FOREIGN and not key.startswith("PG")}
    return {**kept, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(arguments, environment, cwd=ROOT, within=600):
    """Run a program of this environment's Python to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=within,
    )
    if done.returncode:
        raise Broken(f"{' '.join(map(str, arguments))} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


# --- the floor ----------------------------------------------------------------------------------------------------------


def floor_environment(scratch, pg_port=None):
    own = {"FLOOR_DATA": str(scratch), "BENCH_DB": "postgres" if pg_port else "sqlite", "PGPORT": str(pg_port or "")}
    return {**clean_environment(), **own, "DJANGO_SETTINGS_MODULE": "settings"}


def populate_floor(scratch, pg_port=None):
    command(["populate.py", ROOT / "data" / "member_cities.csv"], floor_environment(scratch, pg_port), HERE / "floor")


def floor(scratch, name="floor", pg_port=None, workers=WORKERS):
    port = free_port()
    line = (
        f"-m granian --interface wsgi --workers {workers} --blocking-threads {THREADS} --port {port} wsgi:application"
    )
    environment = floor_environment(scratch, pg_port)
    return Server(name, [sys.executable, *line.split()], HERE / "floor", environment, port, scratch / f"{name}.log")


# --- ours ---------------------------------------------------------------------------------------------------------------


def our_environment(data_dir, *, cache=True, database_url="", **more):
    """Production settings, except that nothing stands in front: no redirect to https, no proxy's headers."""
    data_dir.mkdir(parents=True, exist_ok=True)
    own = {
        "PRODUCTION": "1",
        "SECURE_SSL_REDIRECT": "0",
        "BEHIND_PROXY": "0",
        "SECRET_KEY": "only-for-measuring-and-never-anywhere-else-0123456789-abcdefgh",
        "SITE_URL": "http://127.0.0.1:8000",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "WARNING",
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    if database_url:
        own["DATABASE_URL"] = database_url
    if not cache:
        own["PAGE_CACHE_BYTES"] = "0"
    return {**clean_environment(), **own, **more}


def prepare_ours(environment):
    """Migrations, static files and reference data, by the command an operator uses."""
    command(["manage.py", "prepare"], environment)


def ours(scratch, name, environment, workers=WORKERS):
    port = free_port()
    counters = scratch / f"metrics-{name}-{port}"
    counters.mkdir()
    own = {
        "PORT": str(port),
        "WEB_WORKERS": str(workers),
        "WEB_THREADS": str(THREADS),
        "PROMETHEUS_MULTIPROC_DIR": str(counters),
    }
    line = [sys.executable, "-m", "creativecities.core.webserver"]
    return Server(name, line, ROOT, {**environment, **own}, port, scratch / f"{name}.log")


# --- looking before measuring ---------------------------------------------------------------------------------------------


def fetch(url):
    """Status and text of a page, as a browser without JavaScript gets it."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=LIKE_A_BROWSER), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


def check(url, *, holds=(), pattern="", times=None):
    """The text of a page, after making sure that it is the right one. Raises Broken."""
    status, text = fetch(url)
    if status != 200:
        raise Broken(f"{url} answers {status}")
    for part in holds:
        if part not in text:
            raise Broken(f"{url} does not contain {part!r}")
    if times is not None and len(re.findall(pattern, text)) != times:
        raise Broken(f"{url} has {len(re.findall(pattern, text))} times {pattern!r}, not {times}")
    return text


def warm(urls, requests=64):
    """Let every thread of every worker see every page once or more."""
    with ThreadPoolExecutor(16) as pool:
        for status, _text in pool.map(fetch, [url for url in urls for _ in range(requests)]):
            if status != 200:
                raise Broken(f"a page answers {status} while warming up")


def needed():
    """What must be installed, as a line that says how; empty when all is there."""
    if not shutil.which("wrk"):
        return "wrk is missing; install it with: apt-get install -y wrk"
    return ""
