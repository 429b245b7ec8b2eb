"""Files for tests of papers: sound ones, and every bad one by a real file."""

import io
import zipfile
from typing import Any

from PIL import ExifTags, Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(pages: int = 1, password: str = "", script: str = "", attached: bool = False) -> bytes:
    """Empty pages; locked, running a script or carrying a file if asked for."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if script:
        writer.add_open_action(JavaScript(script))
    if attached:
        writer.add_attachment("program.exe", b"MZ")
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str = "JPEG", width: int = 60, height: int = 40, orientation: int = 1) -> bytes:
    """With a place, a camera and a remark in it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Make] = orientation, "Camera of Eva"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (38.0, 43.0, 0.0)})
    out = io.BytesIO()
    more: dict[str, Any] = {"comment": b"Eva was here"} if kind == "JPEG" else {}
    Image.new("RGB", (width, height), "teal").save(out, kind, exif=exif, **more)
    return out.getvalue()


def package(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def word(**more: bytes) -> bytes:
    """The least a Word file is made of, and further parts; `__` in a name stands for a slash, `_` for a dot."""
    parts = {
        "[Content_Types].xml": f'<Types><Override ContentType="{WORD}"/></Types>'.encode(),
        "word/document.xml": b"<w:document/>",
    }
    named = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return package({**parts, **named})
