"""A door and what is around it: its edition and session by name, its address as a picture, what is told there."""

import functools

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from creativecities.conference import states
from creativecities.conference.models import Announcement, Door, Edition, Session
from creativecities.core.words import Words, in_language


def by_code(code: str) -> Door | None:
    """The door at a secret address. One statement."""
    return Door.objects.filter(code=code).select_related("edition", "session__edition").first()


def edition_title(edition: Edition) -> Words:
    """What an edition is called; its short name where it has no title."""
    title = edition.settings["about"]["title"]
    return Words(*in_language(title or {"en": edition.slug}, get_language() or "en", list(title) or ["en"]))


def planned(edition: Edition) -> list[Session]:
    """Sessions that have a time."""
    return list(edition.sessions.filter(state=states.PLANNED, starts_at__isnull=False))


def address_of(door: Door) -> str:
    """What is opened on the phones of a door."""
    return f"{settings.SITE['url']}{reverse('conference:door', args=[door.code])}"


@functools.lru_cache(maxsize=32)
def qr(address: str) -> str:
    """An address as a QR code on white, for an `img`."""
    import base64

    import qrcode  # slow to load, and few pages need it
    from qrcode.image.svg import SvgPathFillImage

    drawn = qrcode.make(address, image_factory=SvgPathFillImage).to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"


def told(edition: Edition) -> list[Announcement]:
    """Announcements of this moment, the newest first. One statement."""
    return list(Announcement.objects.now().filter(edition=edition))
