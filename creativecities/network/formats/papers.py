"""What a file really is that somebody hands in, found by looking inside. Nothing of a refused one is kept."""

import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from PIL import Image, ImageOps

from creativecities.core.files import MOST_PIXELS
from creativecities.core.refusal import Refusal
from creativecities.network.formats import packages

TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FORMATS = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG", "docx": "Word"}
"""What each kind is called."""
PICTURES = ("jpeg", "png")
_BEGINNINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"PK\x03\x04": "docx"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""Word before 2007, and every Word file with a password."""
_ACTIVE = ("/JavaScript", "/EmbeddedFiles")
_RUNS = ("/JavaScript", "/Launch")
_ONE_AT_A_TIME = threading.Semaphore()
"""One file unfolds in a process at a time."""
Said = str | Promise
WHY: dict[str, tuple[Said, Said]] = {
    "empty": (gettext_lazy("This file is empty."), gettext_lazy("Save it again and try with the new one.")),
    "program": (
        gettext_lazy("This is a program, whatever its name says."), gettext_lazy("Add the paper itself."),
    ),
    "encrypted": (
        gettext_lazy("This file is protected by a password or locked."), gettext_lazy("Save it without protection."),
    ),
    "broken": (gettext_lazy("This file is damaged: it cannot be read."), gettext_lazy("Save or scan it again.")),
    "active": (
        gettext_lazy("This PDF holds a program or further files."), gettext_lazy("Print it to a new PDF and add that."),
    ),
    "macros": (gettext_lazy("This Word file holds macros."), gettext_lazy("Save it as .docx, without macros.")),
    "bomb": (
        gettext_lazy("This file unfolds to far more than a paper holds."), gettext_lazy("Save it again as a new file."),
    ),
    "not-word": (gettext_lazy("This is not a Word file."), gettext_lazy("Save it as .docx.")),
    "too-many-pixels": (
        gettext_lazy("This picture has too many pixels."), gettext_lazy("Save it smaller, at most 30 megapixels."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A file that was looked into: its bytes as they are kept, and what was found."""

    raw: bytes
    kind: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None

    @property
    def content_type(self) -> str:
        """As the web calls it."""
        return TYPES[self.kind]


def refused(code: str) -> Refusal:
    """Why a file is not kept, and what to do."""
    reason, remedy = WHY[code]
    return Refusal(reason, remedy=remedy, code=f"paper-{code}", status=422)


def look(upload: IO[bytes], paper: Mapping[str, Any]) -> Paper:
    """Look into a file; `paper` says what is asked for: `megabytes`, `formats`, and how many `pages` (None: any).

    To be called before a transaction begins.

    Photographs come out without what cameras write into them. Raises Refusal.
    """
    most = paper["megabytes"] * 1_000_000
    raw = upload.read(most + 1)
    if len(raw) > most:
        reason = _("This file is larger than %(most)d MB.") % {"most": paper["megabytes"]}
        raise Refusal(reason, remedy=_("Save it smaller and try again."), code="paper-too-large", status=413)
    kind = _kind(raw)
    if kind not in paper["formats"]:
        asked = ", ".join(FORMATS[each] for each in paper["formats"])
        is_ = FORMATS.get(kind, _("of an unknown kind"))
        reason = _("This file is %(kind)s, whatever its name says.") % {"kind": is_}
        remedy = _("Asked for: %(formats)s.") % {"formats": asked}
        raise Refusal(reason, remedy=remedy, code="paper-other-kind", status=422)
    with _ONE_AT_A_TIME:
        if kind == "pdf":
            return _pdf(raw, paper["pages"])
        return _picture(raw, kind) if kind in PICTURES else _word(raw)


def _kind(raw: bytes) -> str:
    """What the first bytes say."""
    if not raw.strip(b"\0\t\r\n "):
        raise refused("empty")
    if raw.startswith(_PROGRAMS):
        raise refused("program")
    if raw.startswith(_OLD_OFFICE):
        return "doc"
    return next((kind for begin, kind in _BEGINNINGS.items() if raw.startswith(begin)), "")


def _pdf(raw: bytes, most: int | None) -> Paper:
    from pypdf import PdfReader  # not before somebody adds a paper

    try:
        reader = PdfReader(io.BytesIO(raw))
        is_locked = reader.is_encrypted
        pages = 0 if is_locked else len(reader.pages)
        is_active = not is_locked and _is_active(reader.root_object)
        boxes = [] if is_locked or (most and pages > most) else [page.mediabox for page in reader.pages]
    except Exception as error:  # pypdf raises many kinds; all mean that nothing can be read
        raise refused("broken") from error
    if is_locked:
        raise refused("encrypted")
    if is_active:
        raise refused("active")
    if not pages:
        raise refused("broken")
    if most and pages > most:
        raise _too_long(pages, most)
    if any(box.width <= 0 or box.height <= 0 for box in boxes):
        raise refused("broken")
    return Paper(raw, "pdf", pages=min(pages, 32_000))


def _is_active(root: Any) -> bool:
    """Whether a PDF runs something when it is opened, or carries other files."""
    names = root.get("/Names", {}).get_object() if "/Names" in root else {}
    opens = root["/OpenAction"].get_object() if "/OpenAction" in root else {}
    runs = isinstance(opens, dict) and opens.get("/S") in _RUNS
    return runs or any(each in names for each in _ACTIVE)


def _too_long(pages: int, most: int) -> Refusal:
    has = ngettext("This PDF has %(pages)d page, at most %(most)d are read.",
                   "This PDF has %(pages)d pages, at most %(most)d are read.", pages)  # fmt: skip
    said = has % {"pages": pages, "most": most}
    return Refusal(said, remedy=_("Shorten it."), code="paper-too-many-pages", status=422)


def _picture(raw: bytes, kind: str) -> Paper:
    """Upright, in its own colours, without place, time, camera, thumbnail or remarks."""
    try:
        with Image.open(io.BytesIO(raw), formats=(kind.upper(),)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise refused("too-many-pixels")
            image.load()
            upright = ImageOps.exif_transpose(image)
            out = io.BytesIO()
            colours = {"icc_profile": image.info.get("icc_profile")}
            if kind == "jpeg":
                plain = upright if upright.mode in ("RGB", "L", "CMYK") else upright.convert("RGB")
                plain.save(out, "JPEG", quality=90, optimize=True, comment=b"", **colours)
            else:
                upright.save(out, "PNG", optimize=False, **colours)
            return Paper(out.getvalue(), kind, width=upright.width, height=upright.height)
    except Refusal:
        raise
    except Exception as error:  # Pillow raises many kinds; all mean that it cannot be shown
        raise refused("broken") from error


def _word(raw: bytes) -> Paper:
    try:
        packages.look_into(raw)
    except packages.NotWord as error:
        raise refused(error.code) from error
    return Paper(raw, "docx")
