"""What trip reports and the report of the conference are made of: kinds of notes, and parts in their usual order."""

from collections.abc import Mapping

Place = tuple[str, str]
"""Kind and key of a note."""
IMPRESSION, SESSION, CITY, IDEA = KINDS = ("impression", "session", "city", "idea")
"""What a delegation writes about: by person, by session, by city it met, and what it takes home."""
TOGETHER = "together"
"""The key of the impression that is nobody's alone."""
PARTS = ("numbers", "sessions", "fields", "cities", "ideas")
"""Of the report of the conference. The first is put together by the platform."""
LONGEST = 6000
"""Characters of one note."""
MOST_IDEAS = 20


def in_order(places: Mapping[str, int]) -> list[str]:
    """The parts that have a place, by it; 0 leaves one out."""
    chosen = [name for name in PARTS if places.get(name)]
    return sorted(chosen, key=lambda name: (places[name], PARTS.index(name)))
