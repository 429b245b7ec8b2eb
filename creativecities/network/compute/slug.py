"""The last part of an address: a name in plain letters. It never changes."""

from collections.abc import Container
from itertools import count

from anyascii import anyascii
from django.utils.text import slugify


def plain_letters(name: str, most: int = 70) -> str:
    """`Łódź` → `lodz`; empty where there is neither letter nor digit."""
    plain: str = slugify(anyascii(name).replace("'", "")).strip("-_")[:most].strip("-_")
    return plain


def city_slug(name: str, country: str, taken: Container[str]) -> str:
    """`Łódź` → `lodz`. A later city of the same name adds its country (`granada-ni`), then a number.

    At most 80 characters; a name without a letter or digit is known by its country.
    """
    plain = plain_letters(name)
    code = country.lower()
    if not plain:
        plain = f"city-{code}"
    if plain not in taken:
        return plain
    with_country = f"{plain}-{code}"
    if with_country not in taken:
        return with_country
    return next(candidate for number in range(2, 10**6) if (candidate := f"{with_country}-{number}") not in taken)


def numbered(plain: str, taken: Container[str]) -> str:
    """The name itself, or with the first number that makes it another than those taken: `plan`, `plan-2`."""
    return next(name for number in count(1) if (name := plain if number == 1 else f"{plain}-{number}") not in taken)
