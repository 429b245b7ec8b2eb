"""The picture of a shared link: 1200 by 630 pixels, drawn once and kept on disk until its content changes."""

import hashlib
from dataclasses import astuple, dataclass
from pathlib import Path

from django.conf import settings

from creativecities.portal.card import draw

DRAWN_AS = "1"  # grows when the drawing changes


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card. `point` is the place on the map; None for the network itself."""

    key: str
    title: str
    local_title: str
    local_language: str
    line: str
    field: str
    point: tuple[float, float] | None
    site: str
    dots: tuple[tuple[float, float], ...]

    @property
    def digest(self) -> str:
        """Changes with everything that can be seen."""
        fonts = draw.font_for(self.local_title, self.local_language)
        seen = repr((DRAWN_AS, fonts, astuple(self)))
        return hashlib.blake2b(seen.encode(), digest_size=10).hexdigest()


def png(card: Card) -> bytes:
    """The card, from disk or drawn now."""
    folder = Path(settings.DATA_DIR) / "cards"
    path = folder / f"{card.key}.{card.digest}.png"
    if path.exists():
        return path.read_bytes()
    body = draw.card(
        title=card.title,
        local=(card.local_title, card.local_language),
        line=card.line,
        field=card.field,
        point=card.point,
        site=card.site,
        dots=card.dots,
    )
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{card.key}.*.png"):
        old.unlink(missing_ok=True)
    unfinished = path.with_suffix(f".{hashlib.blake2b(body, digest_size=4).hexdigest()}.part")
    unfinished.write_bytes(body)
    unfinished.replace(path)
    return body
