"""What the people of the story write: phrases by what they are for, in which a city finds its own names and numbers."""

import zlib
from functools import cache

from creativecities.demo.story.files import rows


@cache
def _phrases() -> dict[tuple[str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows("phrases"):
        found.setdefault((row["part"], row["language"]), []).append((row["of"], row["text"]))
    return found


def number(seed: str, fewest: int, most: int) -> int:
    """A number between two, the same each time for the same seed."""
    return fewest + zlib.crc32(seed.encode()) % (most - fewest + 1)


def choices(part: str, language: str, of: str = "") -> list[str]:
    """Every phrase for a part of a text, in this language or, if there is none, in English."""
    there = _phrases().get((part, language)) or _phrases().get((part, "en"), [])
    return [text for about, text in there if about in ("", of)]


def said(part: str, language: str, seed: str, of: str = "", **given: object) -> str:
    """One of them, chosen by the seed; empty where nobody has written any."""
    found = choices(part, language, of)
    text = found[number(f"{seed} {part}", 0, len(found) - 1)] if found else ""
    return text.format(**given) if given else text


def about(city: str, field: str, language: str, people: int) -> dict[str, object]:
    """The names and numbers by which phrases become those of a city."""
    return {
        "city": city,
        "people": f"{people:,}".replace(",", " "),
        **{name: said(name, language, city, field) for name in ("makers", "place", "event")},
        "shops": number(city + "shops", 40, 320),
        "share": number(city + "share", 8, 40),
        "percent": number(city + "percent", 6, 21),
    }
