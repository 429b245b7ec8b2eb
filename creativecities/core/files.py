"""Files: type and size checked by looking inside, pictures re-encoded without their metadata, private by default."""

import hashlib
import io
import threading
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import ExifTags, Image, ImageOps

from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import StoredFile
from creativecities.core.refusal import Refusal

WIDTHS = (1600, 800, 400)
MOST_PIXELS = 30_000_000
LYING = (5, 6, 7, 8)
"""The orientations of EXIF in which the width that is stored is the height that is seen."""
_ONE_AT_A_TIME = threading.Semaphore()
"""One picture unfolds in a process at a time; the memory it takes is that of one."""
LICENCES = {
    "CC0-1.0": "CC0 1.0",
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "shown-here-only": gettext_lazy("All rights reserved; may be shown here"),
}


@dataclass(frozen=True)
class Size:
    """A picture in one width, as the bytes of a WebP file."""

    raw: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Prepared:
    """A picture that was looked into, made smaller and re-encoded; the largest size first."""

    sizes: tuple[Size, ...]


def prepare(upload: IO[bytes]) -> Prepared:
    """Make of an upload a picture in three widths, without EXIF or GPS data. To be called before a transaction begins.

    Raises Refusal if it is larger than PICTURE_MAX_BYTES, or is not a JPEG, PNG or WebP picture whatever its name says.
    """
    raw = upload.read(settings.PICTURE_MAX_BYTES + 1)
    if len(raw) > settings.PICTURE_MAX_BYTES:
        raise Refusal(
            _("This picture is larger than %(size)d MB.") % {"size": settings.PICTURE_MAX_BYTES // 1_000_000},
            remedy=_("Save it smaller, for example 3000 pixels wide, and try again."),
            code="picture-too-large",
            status=413,
        )
    try:
        with _ONE_AT_A_TIME:
            image = _largest(raw)
            widths = [WIDTHS[0], *(width for width in WIDTHS[1:] if image.width > width)]
            return Prepared(tuple(_encode(image, width) for width in widths))
    except Exception as error:  # Pillow raises many kinds; all mean "this is not a picture we can show"
        raise Refusal(
            _("This file is not a picture this page can read."),
            remedy=_("JPEG, PNG and WebP are possible."),
            code="not-a-picture",
        ) from error


def _largest(raw: bytes) -> Image.Image:
    """The picture upright, in the largest width that is kept. A JPEG is unfolded no larger than needed."""
    with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        image.draft("RGB", (WIDTHS[0], WIDTHS[0]))
        image.load()
        plain = image if image.mode == "RGB" else image.convert("RGB")
        lies = image.getexif().get(ExifTags.Base.Orientation) in LYING
        plain.thumbnail((plain.width, WIDTHS[0]) if lies else (WIDTHS[0], plain.height), Image.Resampling.LANCZOS)
        return ImageOps.exif_transpose(plain)


def _encode(image: Image.Image, width: int) -> Size:
    size = (min(width, image.width), max(1, round(image.height * min(width, image.width) / image.width)))
    out = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "WEBP", quality=82, method=4)
    return Size(out.getvalue(), *size)


@action
def add_picture(picture: Prepared, *, name: str, alt: str, credit: str, licence: str, by: Actor) -> StoredFile:
    """Keep a picture that `prepare` made, in its widths.

    Raises Refusal if it lacks the words for those who cannot see it.
    """
    if not alt.strip() or not credit.strip() or licence not in LICENCES:
        raise Refusal(_("A picture needs its description, its author and its licence."), code="picture-rights")
    largest, *smaller = picture.sizes
    original = _store(largest, name=name, alt=alt, credit=credit, licence=licence, by=by)
    for size in smaller:
        _store(size, name=name, alt=alt, credit=credit, licence=licence, by=by, derived_from=original)
    record("core.storedfile.added", original, by=by)
    return original


def _store(size: Size, *, name: str, by: Actor, **words: Any) -> StoredFile:
    stored = StoredFile(
        name=f"{name.rsplit('.', 1)[0][:100]}.webp", content_type="image/webp", size=len(size.raw), width=size.width,
        height=size.height, digest=hashlib.sha256(size.raw).hexdigest(), created_by_id=by.pk, **words,
    )  # fmt: skip
    stored.content.save(stored.name, ContentFile(size.raw), save=True)
    return stored


@action
def publish(stored: StoredFile, *, by: Actor) -> None:
    """Let everybody see the file and its other sizes."""
    StoredFile.objects.filter(pk=stored.pk).update(is_public=True)
    StoredFile.objects.filter(derived_from=stored).update(is_public=True)
    record("core.storedfile.published", stored, by=by)


@action
def unpublish(stored: StoredFile, *, by: Actor) -> None:
    """Keep the file and its other sizes from everybody; the bytes stay, so that it can be shown again."""
    StoredFile.objects.filter(pk=stored.pk).update(is_public=False)
    StoredFile.objects.filter(derived_from=stored).update(is_public=False)
    record("core.storedfile.unpublished", stored, by=by)


@action
def remove(stored: StoredFile, *, by: Actor) -> None:
    """Take the file away, with its sizes. The bytes go when no other record holds the same ones."""
    record("core.storedfile.removed", stored, by=by, digest=stored.digest)
    for one in [*stored.sizes.all(), stored]:
        shared = StoredFile.objects.filter(digest=one.digest).exclude(pk=one.pk).exists()
        if not shared:
            one.content.delete(save=False)
        one.delete()


@step
def erase(stored: StoredFile) -> None:
    """Take away a file of which no event may tell by itself; its bytes go once the action has succeeded."""
    storage, name = stored.content.storage, stored.content.name
    stored.delete()
    transaction.on_commit(lambda: storage.delete(str(name)))
