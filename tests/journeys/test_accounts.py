"""Signing in, passkeys, invitations and leaving, in a real browser."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from creativecities.accounts import actions, rules
from creativecities.accounts.models import Person
from creativecities.core.actor import Robot
from creativecities.core.models import Mail
from tests.journeys.conftest import OpenPage, once

pytestmark = pytest.mark.journey


@pytest.fixture
def ana(site: str) -> Person:
    person = actions.welcome("ana@example.org", "Ana Novak", by=Robot("Journey"))
    EmailAddress.objects.update(verified=True)
    return person


def code_for(address: str) -> str:
    found = re.search(r"^(\d{6})$", Mail.objects.filter(to_address=address).latest("pk").body, re.MULTILINE)
    assert found
    return found[1]


def sign_in(page: Page, address: str = "ana@example.org") -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(address)
    page.keyboard.press("Enter")
    code = page.get_by_label("Code from the mail")
    expect(code).to_be_visible()
    code.fill(code_for(address))
    page.keyboard.press("Enter")


def axe_finds_nothing(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("javascript", [True, once(False)])
def test_signing_in_with_a_code_by_keyboard_alone(browser_page: OpenPage, ana: Person, javascript: bool) -> None:
    page = browser_page(javascript=javascript)
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/desk/$"))
    page.goto("/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")


def with_authenticator(page: Page) -> None:
    """A device of its own that says yes by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_signs_in(browser_page: OpenPage, ana: Person) -> None:
    page = browser_page()
    with_authenticator(page)
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/desk/$"))
    page.goto("/account/second-factor/keys/add/")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))


def test_a_passkey_is_the_second_factor_after_the_code(browser_page: OpenPage, ana: Person) -> None:
    page = browser_page()
    with_authenticator(page)
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/desk/$"))
    page.goto("/account/second-factor/keys/add/")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    axe_finds_nothing(page)
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))


def test_who_needs_a_second_factor_sets_up_an_app_without_javascript(
    browser_page: OpenPage, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_second_factor_rules", [lambda person: person.pk == ana.pk])
    page = browser_page(javascript=False)
    sign_in(page)
    expect(page.get_by_text("No second factor is set up")).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("#authenticator_secret").input_value()
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    page.get_by_label("Code").fill(totp.format_hotp_value(totp.hotp_value(secret, counter)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")


def test_an_invitation_is_read_accepted_and_used_up(
    browser_page: OpenPage, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted: list[Any] = []
    monkeypatch.setitem(rules._acceptances, "test", lambda invitation, person, *, by: accepted.append(person))
    actions.invite(
        email="new@example.org", name="Lea Roth", language="en", purpose="Focal point of Lviv", kind="test",
        payload={}, by=Robot("Secretariat"),
    )  # fmt: skip
    path = "/" + Mail.objects.get(to_address="new@example.org").link.split("/", 3)[3]
    page = browser_page()
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Focal point of Lviv")
    axe_finds_nothing(page)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
    assert [person.name for person in accepted] == ["Lea Roth"]
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("This invitation has been used.")


def test_leaving_takes_a_code_and_ends_everything(browser_page: OpenPage, ana: Person) -> None:
    page = browser_page()
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/desk/$"))
    page.goto("/account/data/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my data").click()
    assert download.value.suggested_filename == "my-data.json"
    page.get_by_role("link", name="See what would happen").click()
    page.get_by_role("button", name="Send me a code to confirm").click()
    page.get_by_label("Code from the mail").fill(code_for("ana@example.org"))
    axe_finds_nothing(page)
    page.get_by_role("button", name="Delete my account for good").click()
    expect(page.get_by_text("Your account is deleted.")).to_be_visible()
    ana.refresh_from_db()
    assert ana.name == "(erased)"


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.apart
def test_axe_finds_nothing_on_the_pages_of_an_account(browser_page: OpenPage, ana: Person, prefix: str) -> None:
    page = browser_page()
    for path in ("/sign-in/", "/sign-in/password/", "/sign-in/forgotten/"):
        page.goto(prefix + path)
        axe_finds_nothing(page)
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/desk/$"))
    for path in ("", "sessions/", "data/", "delete/", "address/", "password/set/", "second-factor/",
                 "second-factor/app/activate/", "second-factor/keys/add/"):  # fmt: skip
        page.goto(f"{prefix}/account/{path}")
        axe_finds_nothing(page)
