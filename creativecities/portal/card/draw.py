"""Drawing a card with Pillow: a ground in the field's colour, the land, every member as a dot, the name large."""

import functools
import io
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, features

from creativecities.core import equalearth
from creativecities.network.compute.scripts import script_of

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
SHIPPED = Path(__file__).parent / "SourceSerif4-SemiBold.ttf"
NOTO = Path("/usr/share/fonts")
HUES = {
    "literature": "#6A3FA0",
    "film": "#A61E2B",
    "music": "#B0187A",
    "crafts-and-folk-art": "#7A5C00",
    "design": "#1F5FBF",
    "media-arts": "#00707A",
    "gastronomy": "#B04A0A",
    "architecture": "#3E6B2F",
}
NETWORK = "#0B4F5C"
PAPER = "#FBFAF7"
OF_SCRIPT = {
    "Arab": "NotoNaskhArabic-Regular.ttf",
    "Hani": "NotoSerifCJK-Regular.ttc",
    "Hira": "NotoSerifCJK-Regular.ttc",
    "Kana": "NotoSerifCJK-Regular.ttc",
    "Hang": "NotoSerifCJK-Regular.ttc",
    "Thai": "NotoSerifThai-Regular.ttf NotoSansThai-Regular.ttf",
    "Deva": "NotoSerifDevanagari-Regular.ttf NotoSansDevanagari-Regular.ttf",
    "Geor": "NotoSerifGeorgian-Regular.ttf NotoSansGeorgian-Regular.ttf",
    "Hebr": "NotoSerifHebrew-Regular.ttf NotoSansHebrew-Regular.ttf",
    "Taml": "NotoSerifTamil-Regular.ttf NotoSansTamil-Regular.ttf",
    "Telu": "NotoSerifTelugu-Regular.ttf NotoSansTelugu-Regular.ttf",
    "Mlym": "NotoSerifMalayalam-Regular.ttf NotoSansMalayalam-Regular.ttf",
    "Khmr": "NotoSerifKhmer-Regular.ttf NotoSansKhmer-Regular.ttf",
    "Armn": "NotoSerifArmenian-Regular.ttf NotoSansArmenian-Regular.ttf",
    "Ethi": "NotoSerifEthiopic-Regular.ttf NotoSansEthiopic-Regular.ttf",
    "Beng": "NotoSerifBengali-Regular.ttf NotoSansBengali-Regular.ttf",
    "Sinh": "NotoSerifSinhala-Regular.ttf NotoSansSinhala-Regular.ttf",
}
SHAPED = frozenset({"Arab", "Deva", "Taml", "Telu", "Mlym", "Khmr", "Thai", "Beng", "Sinh", "Hebr"})
FACE_OF_COLLECTION = {"ja": 0, "ko": 1, "zh-Hans": 2, "zh-Hant": 3}
Font = tuple[str, int]
Point = tuple[float, float]


@functools.cache
def font_for(text: str, language: str) -> Font | None:
    """The file and face for a local name; None where no font on this machine can write it well."""
    script = script_of(text)
    if script in ("Latn", "Cyrl", "Grek"):
        return str(SHIPPED), 0
    if script in SHAPED and not (features.check("raqm") and features.check("fribidi")):
        return None
    for name in OF_SCRIPT.get(script, "").split():
        if found := _installed(name):
            return found, FACE_OF_COLLECTION.get(language, 2) if name.endswith(".ttc") else 0
    return None


@functools.cache
def _installed(name: str) -> str:
    return next(map(str, NOTO.rglob(name)), "") if NOTO.exists() else ""


def card(
    *,
    title: str,
    local: tuple[str, str],
    line: str,
    field: str,
    point: Point | None,
    site: str,
    dots: Iterable[Point],
) -> bytes:
    """A PNG of 1200 by 630 pixels."""
    ground = HUES.get(field, NETWORK)
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    _map(image, dots, point)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, 58), site, font=_font((str(SHIPPED), 0), 34), fill=PAPER)
    bottom = HEIGHT - 62
    _line(pen, line, bottom)
    bottom -= 64
    if local[0] and (font := font_for(*local)):
        fitted = _fitted(local[0], font, 54)
        pen.text((MARGIN, bottom), local[0], font=fitted, fill=PAPER, anchor="ls")
        bottom -= 84
    _title(pen, title, bottom)
    out = io.BytesIO()
    image.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _title(pen: ImageDraw.ImageDraw, title: str, bottom: float) -> None:
    face = (str(SHIPPED), 0)
    words = title.split()
    font = _fitted(title, face, 128)
    if font.size >= 84 or len(words) < 2:
        pen.text((MARGIN, bottom), title, font=font, fill=PAPER, anchor="ls")
        return
    cut = min(range(1, len(words)), key=lambda at: max(len(" ".join(words[:at])), len(" ".join(words[at:]))))
    rows = " ".join(words[:cut]), " ".join(words[cut:])
    font = _fitted(max(rows, key=len), face, 96)
    for row in reversed(rows):
        pen.text((MARGIN, bottom), row, font=font, fill=PAPER, anchor="ls")
        bottom -= font.size * 1.12


def _line(pen: ImageDraw.ImageDraw, text: str, bottom: float) -> None:
    pen.text((MARGIN, bottom), text, font=_fitted(text, (str(SHIPPED), 0), 38), fill=PAPER, anchor="ls")


def _fitted(text: str, font: Font, size: int) -> ImageFont.FreeTypeFont:
    """The font in the largest size, up to `size`, in which the text fits between the margins."""
    while size > 24 and _font(font, size).getlength(text) > WIDTH - 2 * MARGIN:
        size -= 4
    return _font(font, size)


@functools.lru_cache(maxsize=48)
def _font(font: Font, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font[0], size, index=font[1])


def _map(image: Image.Image, dots: Iterable[Point], point: Point | None) -> None:
    """Land, members and the city over the whole width, drawn at twice the size for smooth edges."""
    layer = Image.new("L", (WIDTH * 2, HEIGHT * 2), 0)
    pen = ImageDraw.Draw(layer)
    for ring in _land():
        pen.polygon([_placed(at) for at in ring], fill=30)
    for at in dots:
        _disc(pen, _placed(at), 6, 90)
    if point:
        _disc(pen, _placed(point), 34, 0)
        _disc(pen, _placed(point), 26, 255)
    paper = Image.new("RGB", image.size, PAPER)
    image.paste(paper, (0, 0), layer.resize(image.size, Image.Resampling.LANCZOS))


def _disc(pen: ImageDraw.ImageDraw, at: Point, radius: float, fill: int) -> None:
    x, y = at
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _placed(at: Point) -> Point:
    """From map units to pixels of the doubled card; the map stands a little higher than the middle."""
    scale = WIDTH * 2 / equalearth.VIEWBOX[2]
    return at[0] * scale, at[1] * scale


@functools.cache
def _land() -> list[list[Point]]:
    """The outlines of the shipped land, in map units. Its path has absolute starts and relative lines only."""
    source = settings.BASE_DIR / "creativecities/core/static/core/land.svg"
    path = re.search(r'<path d="([^"]+)"', source.read_text(encoding="utf-8"))
    rings = []
    for part in path[1].split("M")[1:] if path else []:
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", part)]
        x, y = numbers[:2]
        ring = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
    return rings
