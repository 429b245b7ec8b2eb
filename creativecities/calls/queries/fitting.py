"""Which creative field fits: the member cities nearest to what a city says of itself, by field. Advice, no verdict."""

from dataclasses import dataclass

from creativecities.search.queries import Result, find

MOST_CITIES, MOST_FOUND = 3, 60


@dataclass(frozen=True)
class Fit:
    """A field, and the member cities of it that are nearest, with the sentence that says why."""

    field: str
    cities: list[Result]


def fields_for(text: str, fields: list[str], language: str) -> tuple[list[Fit], bool]:
    """The fields of a call, that of the nearest city first; and whether meanings were compared, or words alone.

    A field none of whose cities is near is left out. At most four statements.
    """
    found = find(text, facets={"type": ["city"]}, limit=MOST_FOUND, language=language)
    nearest: dict[str, list[Result]] = {}
    for result in found.results:
        nearest.setdefault(result.facts.get("creative_field", ""), []).append(result)
    fits = [Fit(field, cities[:MOST_CITIES]) for field, cities in nearest.items() if field in fields]
    return fits, found.has_meaning
