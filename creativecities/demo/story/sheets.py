"""The papers of invented files: letters of a page, and pictures that are drawn, for nobody has been there."""

import io
from collections.abc import Iterable
from functools import cache

from anyascii import anyascii
from PIL import Image, ImageDraw

from creativecities.calls.compute.definition import Item
from creativecities.demo.story.words import number
from creativecities.network.formats.papers import Paper, look

PAGE, SIZE = (595, 842), (720, 480)
LINE, TOP, LEFT = 18, 760, 72
HUES = {
    "literature": 30, "film": 265, "music": 340, "crafts-and-folk-art": 15, "design": 205, "media-arts": 180,
    "gastronomy": 95, "architecture": 50,
}  # fmt: skip


def letter(paper: Item, head: str, words: Iterable[str]) -> Paper:
    """A page with a head and some lines, as a PDF that was looked into."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(*PAGE)
    stream = DecodedStreamObject()
    stream.set_data(_drawn([head, "", *words]))
    page[NameObject("/Contents")] = stream
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    out = io.BytesIO()
    writer.write(out)
    out.seek(0)
    return look(out, paper)


def _drawn(lines: Iterable[str]) -> bytes:
    said = [b"BT /F1 12 Tf %d %d Td %d TL" % (LEFT, TOP, LINE)]
    for line in lines:
        plain = _in_type(line).encode("cp1252").replace(b"\\", b"").replace(b"(", b"\\(").replace(b")", b"\\)")
        said.append(b"(" + plain + b") '")
    return b"\n".join([*said, b"ET"])


def _in_type(line: str) -> str:
    """Letters that the page's font lacks become plain ones."""
    return "".join(each if each.encode("cp1252", "ignore") else anyascii(each) for each in line)


@cache
def photograph(field: str, which: int) -> bytes:
    """Houses under a sky in the colours of a field, as a JPEG: the same picture each time."""
    picture = Image.new("HSV", SIZE)
    draw, hue = ImageDraw.Draw(picture), HUES[field] * 255 // 360
    for y in range(SIZE[1]):
        draw.line([(0, y), (SIZE[0], y)], fill=((hue + 8 * which) % 256, 40 + y // 5, 245 - y // 8))
    left = 0
    for house in range(12):
        seed = f"{field} {which} {house}"
        wide, high = number(seed + "w", 40, 110), number(seed + "h", 90, 300)
        colour = ((hue + number(seed + "c", 0, 60)) % 256, number(seed + "s", 90, 170), number(seed + "v", 80, 200))
        draw.rectangle([left, SIZE[1] - high, left + wide, SIZE[1]], fill=colour)
        for row in range(high // 40):
            for window in range(wide // 28):
                x, y = left + 8 + 28 * window, SIZE[1] - high + 12 + 40 * row
                draw.rectangle([x, y, x + 12, y + 18], fill=(35, 90, 250 if (row + window) % 3 else 130))
        left += wide
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


@cache
def photograph_for(field: str, which: int, megabytes: int) -> Paper:
    """The picture as the call takes it, looked into once."""
    return look(io.BytesIO(photograph(field, which)), {"megabytes": megabytes, "formats": ["jpeg"], "pages": None})
