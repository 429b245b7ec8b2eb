"""Cities, their teams, the Secretariat and pictures for tests of the desks."""

import datetime as dt
import io
import itertools
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from creativecities.accounts.models import Person
from creativecities.network.models import (
    City,
    CityName,
    Country,
    CreativeField,
    Designation,
    DesignationRound,
    Mandate,
    Membership,
    Portrait,
    Region,
)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORDS = (
    "The port city has made paper, lamps and chairs since 1868, and its museum of design shows how they are used today."
)
_number = itertools.count(1)


def names(english: str) -> dict[str, str]:
    return {f"name_{code}": english for code in ("en", "fr", "es", "ar", "ru", "zh")}


def country(iso2: str = "JP", name: str = "Japan", languages: str = "ja") -> Country:
    region = Region.objects.get_or_create(slug="asia-and-the-pacific", defaults=names("Asia and the Pacific"))[0]
    facts = {"iso3": f"{iso2}X", "m49": "392", "short_en": name, "region": region, "development": "developed"}
    return Country.objects.get_or_create(iso2=iso2, defaults={**facts, "languages": languages, **names(name)})[0]


def field(slug: str = "design") -> CreativeField:
    return CreativeField.objects.get_or_create(slug=slug, defaults={"position": 5, **names(slug.title())})[0]


def city(name: str = "Kobe", **facts: Any) -> City:
    """A member since 2008, as the reference data would make it."""
    made = City.objects.create(
        slug=name.lower(), name=name, country=country(), latitude=34.69, longitude=135.19, is_listed=True, **facts
    )
    round_ = DesignationRound.objects.get_or_create(
        year=2008, defaults={"announced_on": dt.date(2008, 10, 16), "precision": "day"}
    )[0]
    Designation.objects.create(city=made, field=field(), round=round_)
    Membership.objects.create(city=made, field=field(), start=round_.announced_on)
    CityName.objects.create(city=made, name=name, language="en", kind=CityName.CURRENT, source="UNESCO")
    return made


def portrait(of: City, text: str = WORDS, **facts: Any) -> Portrait:
    """The portrait from the files."""
    facts = {"confidence": "sourced", "keywords": ["lamps"], "source": "A book", **facts}
    return Portrait.objects.create(city=of, text=text, **facts)


def person(name: str = "") -> Person:
    number = next(_number)
    someone = Person.objects.create(name=name or f"Person {number}", email=f"desk{number}@example.org")
    EmailAddress.objects.create(user=someone, email=someone.email, primary=True, verified=True)
    return someone


def member(of: City, name: str = "", role: str = "focal-point", **facts: Any) -> Person:
    """Somebody with a role for a city since last year."""
    someone = person(name)
    facts = {"start": timezone.localdate() - dt.timedelta(days=365), **facts}
    Mandate.objects.create(person=someone, role=role, city=of, **facts)
    return someone


def officer(name: str = "Olga Petrova") -> Person:
    """Somebody of the Secretariat, with the second factor it needs."""
    someone = person(name)
    Mandate.objects.create(person=someone, role="secretariat", start=dt.date(2020, 1, 1))
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": "-"})
    return someone


def sign_in(client: Any, someone: Person) -> Any:
    client.force_login(someone, backend=BACKEND)
    return client


def photograph(kind: str = "JPEG", size: tuple[int, int] = (1200, 800), name: str = "harbour.jpg", **save: Any) -> Any:
    """A real picture file."""
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **save)
    return SimpleUploadedFile(name, out.getvalue(), content_type=f"image/{kind.lower()}")
