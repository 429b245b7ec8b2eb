"""A city, its team, the Secretariat and pictures, for tests of the desks; the rows come from `factories`."""

import io
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from creativecities.accounts.models import Person
from creativecities.network.models import City, Portrait
from creativecities.network.tests import factories

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORDS = (
    "The port city has made paper, lamps and chairs since 1868, and its museum of design shows how they are used today."
)


def city(name: str = "Kobe", **facts: Any) -> City:
    """A member since 2008 that nobody has written about: no portrait, and no rows in lists."""
    made = factories.CityFactory(name=name, country=factories.CountryFactory(iso2="JP"), is_listed=True, **facts)
    return factories.designate(made, year=2008)


def portrait(of: City, text: str = WORDS, **facts: Any) -> Portrait:
    """The portrait from the files."""
    facts = {"confidence": "sourced", "keywords": ["lamps"], "source": "A book", **facts}
    return Portrait.objects.create(city=of, text=text, **facts)


def member(of: City, name: str = "", role: str = "focal-point", **facts: Any) -> Person:
    """Somebody with a role for a city."""
    return factories.holder(role, name, city=of, **facts)


def officer(name: str = "Olga Petrova") -> Person:
    """Somebody of the Secretariat, with the second factor it needs."""
    someone = factories.holder("secretariat", name)
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
