"""Files: type and size checked by looking inside, pictures re-encoded without their metadata, private by default."""

import hashlib
import io
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.core.models import StoredFile
from creativecities.core.refusal import Refusal

WIDTHS = (1600, 800, 400)
MOST_PIXELS = 60_000_000
LICENCES = {
    "CC0-1.0": "CC0 1.0",
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "shown-here-only": gettext_lazy("All rights reserved; may be shown here"),
}


@action
def add_picture(upload: IO[bytes], *, name: str, alt: str, credit: str, licence: str, by: Actor) -> StoredFile:
    """Keep a picture in three widths, without EXIF or GPS data.

    Raises Refusal if it is larger than PICTURE_MAX_BYTES, is not a JPEG, PNG or WebP picture whatever its name says, or
    lacks the words for those who cannot see it.
    """
    if not alt.strip() or not credit.strip() or licence not in LICENCES:
        raise Refusal(_("A picture needs its description, its author and its licence."), code="picture-rights")
    image = _read(upload)
    original = _store(image, WIDTHS[0], name=name, alt=alt, credit=credit, licence=licence, by=by)
    for width in WIDTHS[1:]:
        if image.width > width:
            _store(image, width, name=name, alt=alt, credit=credit, licence=licence, by=by, derived_from=original)
    record("core.storedfile.added", original, by=by)
    return original


def _read(upload: IO[bytes]) -> Image.Image:
    raw = upload.read(settings.PICTURE_MAX_BYTES + 1)
    if len(raw) > settings.PICTURE_MAX_BYTES:
        raise Refusal(
            _("This picture is larger than %(size)d MB.") % {"size": settings.PICTURE_MAX_BYTES // 1_000_000},
            remedy=_("Save it smaller, for example 3000 pixels wide, and try again."),
            code="picture-too-large",
            status=413,
        )
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            image.load()
            return ImageOps.exif_transpose(image).convert("RGB")
    except Exception as error:  # Pillow raises many kinds; all mean "this is not a picture we can show"
        raise Refusal(
            _("This file is not a picture this page can read."),
            remedy=_("JPEG, PNG and WebP are possible."),
            code="not-a-picture",
        ) from error


def _store(image: Image.Image, width: int, *, name: str, by: Actor, **words: Any) -> StoredFile:
    size = (min(width, image.width), max(1, round(image.height * min(width, image.width) / image.width)))
    out = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "WEBP", quality=82, method=4)
    raw = out.getvalue()
    stored = StoredFile(
        name=f"{name.rsplit('.', 1)[0][:100]}.webp", content_type="image/webp", size=len(raw), width=size[0],
        height=size[1], digest=hashlib.sha256(raw).hexdigest(), created_by_id=by.pk, **words,
    )  # fmt: skip
    stored.content.save(stored.name, ContentFile(raw), save=True)
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
