"""Pictures of the key pages for `docs/shots/`: `make shots`. Look at them; they are what a mayor would see."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser

from creativecities.accounts.models import Person
from creativecities.core import freshness
from creativecities.network.models import Country, Mandate
from creativecities.network.tests.factories import member
from tests.journeys.conftest import chromium, site  # noqa: F401 - fixtures
from tests.source import ROOT

SHOTS = ROOT / "docs" / "shots"
PUBLIC = {
    "home": "/",
    "atlas": "/atlas/?field=music",
    "city": "/cities/jinju/",
    "field": "/fields/literature/",
    "country": "/countries/PT/",
    "statistics": "/statistics/",
    "quality": "/data/quality/",
    "as-of": "/atlas/?as_of=2014-12-31",
    "initiatives": "/initiatives/?field=literature",
    "network": "/network/",
    "exchange": "/exchange/",
    "opportunities": "/opportunities/",
    "nothing-found": "/atlas/?q=krakkkow",
    "sign-in": "/sign-in/",
    "components": "/_ui/",
    "not-found": "/no-such-page/",
}
LOOKS = (("en", 1280, "light"), ("en", 360, "dark"), ("ar", 1280, "dark"), ("ar", 360, "light"))
pytestmark = pytest.mark.journey


def _person(name: str, role: str, **body: Any) -> Person:
    person = Person.objects.create(email=f"{role}@example.org", name=name)
    Mandate.objects.create(person=person, role=role, start=timezone.localdate(), **body)
    return person


@pytest.fixture
def desks(site: str) -> dict[str, tuple[Person, str, str]]:  # noqa: F811
    """Invented people, an invented city: name of the picture → who looks, at which page."""
    city = member(name="Vila Inventada", slug="vila-inventada", country=Country.objects.get(iso2="PT"), field="design")
    officer = _person("Officer Example", "secretariat")
    focal = _person("Maria Exemplo", "focal-point", city=city)
    nobody = Person.objects.create(email="nobody@example.org", name="Nobody Yet")
    freshness.forget()
    return {
        "desk-focal-point": (focal, "/desk/", ""),
        "desk-empty": (nobody, "/desk/", ""),
        "edit-portrait": (focal, f"/cities/{city.slug}/edit/", ""),
        "record-initiative": (focal, f"/cities/{city.slug}/edit/initiatives/new/", ""),
        "partners": (focal, f"/cities/{city.slug}/exchange/partners/", ""),
        "ratings": (focal, f"/cities/{city.slug}/exchange/topics/", ""),
        "sub-network": (focal, "/fields/design/cities/", ""),
        "account": (focal, "/account/", ""),
        "secretariat": (officer, "/secretariat/", "second factor"),
    }


def _keep(name: str, picture: bytes) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(picture)).convert("RGB").save(SHOTS / f"{name}.webp", "WEBP", quality=80, method=6)


def _take(browser: Browser, base: str, path: str, name: str, look: tuple[str, int, str], cookie: str = "") -> None:
    language, width, scheme = look
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": 860 if width > 500 else 780},
        color_scheme=scheme,
        locale=language,
        reduced_motion="reduce",
    )
    if cookie:
        context.add_cookies([{"name": "session", "value": cookie, "url": base}])
    page = context.new_page()
    page.goto(path if language == "en" else f"/{language}{path}")
    page.wait_for_load_state("networkidle")
    _keep(f"{name}-{language}-{width}-{scheme}", page.screenshot())
    context.close()


def test_public_pages(chromium: Browser, site: str) -> None:  # noqa: F811
    for name, path in PUBLIC.items():
        for look in LOOKS:
            _take(chromium, site, path, name, look)
    assert len(list(SHOTS.glob("home-*.webp"))) == len(LOOKS)


def test_desks(chromium: Browser, site: str, desks: dict[str, tuple[Person, str, str]], settings: Any) -> None:  # noqa: F811
    for name, (person, path, _why) in desks.items():
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        for look in LOOKS:
            _take(chromium, site, path, name, look, cookie)
    assert Path(SHOTS / "desk-empty-en-1280-light.webp").exists()
