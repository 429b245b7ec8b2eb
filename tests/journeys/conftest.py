"""A real browser before a real server that holds the reference data."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from creativecities.accounts.models import Person
from creativecities.calls.actions import calls as actions
from creativecities.calls.models import Call
from creativecities.calls.tests import kit
from creativecities.core import freshness
from creativecities.network.tests import team
from tests.harness import reference

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
OpenPage = Callable[..., Page]
ASKED = ("contribution", "local", "focal")
"""What is asked in a short call: little, of several kinds."""
EXPECTED = re.compile(
    r"Failed to load resource: (the server responded with a status of (400|403|404|405|409|410|413|429|503)"
    r"|net::ERR_INTERNET_DISCONNECTED)"  # a test took the network away
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in item.nodeid:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Playwright's loop makes Django believe it is asynchronous; these tests are not."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.fail("Chromium is missing; install it with: apt-get install -y chromium fonts-noto-core fonts-noto-cjk")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """Answers as long as the run lasts; each request opens the database anew."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def transactional_db(real_network: BaseDatabaseWrapper, django_db_blocker: Any) -> Iterator[None]:
    """The database of a journey is a copy of the real network; by this name pytest-django knows that it needs one."""
    with django_db_blocker.unblock(), reference.given(real_network):
        yield


@pytest.fixture
def site(server: LiveServer, transactional_db: None) -> str:
    """The address of a running site with the real network in it; by the name `localhost`, which passkeys need."""
    freshness.forget()
    return str(server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def browser_page(chromium: Browser, site: str) -> Iterator[OpenPage]:
    """Open a page in a fresh browser: `browser_page(javascript=False, locale="ar", width=390, dark=True)`.

    Addresses are relative to the site. The test fails at its end on any console error, broken script or violation of
    the content security policy.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        *, javascript: bool = True, width: int = 1280, height: int = 900, locale: str = "en", dark: bool = False,
        reduced_motion: bool = True, accept_downloads: bool = True,
    ) -> Page:  # fmt: skip
        context = chromium.new_context(
            base_url=site,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if reduced_motion else "no-preference",
            accept_downloads=accept_downloads,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: _listen(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script broke: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def once(value: object) -> Any:
    """Another way through the same journey, which asks the same of the database: it is gone on one."""
    return pytest.param(value, marks=pytest.mark.apart)


@pytest.fixture
def olga(site: str) -> Person:
    return team.officer("Olga Exemplo")


@pytest.fixture
def short_call(olga: Person) -> Call:
    """Open, and short: a contact, a text, a plan, the letter of the mayor; one expert reads each file."""
    made = kit.draft(olga)
    said = made.next
    said["questions"] = [each for each in said["questions"] if each["key"].split("-")[0] in ASKED]
    used = {each["section"] for each in said["questions"]}
    said["sections"] = [each for each in said["sections"] if each["key"] in used]
    said["documents"] = [each for each in said["documents"] if each["key"].endswith("s-letter")]
    said["evaluation"] |= {"expert_reviews": 1, "member_city_reviews": 0, "quorum": 1}
    Call.objects.filter(pk=made.pk).update(next=said)
    made.refresh_from_db()
    actions.release(made, reason="", opened=made.version, by=olga)
    made.refresh_from_db()
    return made


def sign_in(page: Any, site: str, person: Person) -> Any:
    """Give the browser the session of somebody who has signed in."""
    client = Client()
    team.sign_in(client, person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return page


def _listen(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type == "error" and not EXPECTED.match(message.text):
        complaints.append(f"{message.location.get('url')}: {message.text}")
