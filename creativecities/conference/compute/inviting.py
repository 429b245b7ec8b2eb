"""The wording of invitation letters: ours where an edition has none of its own, with places that are filled in."""

import hashlib
import re
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES = ("name", "role", "city", "country", "edition", "first", "last", "days", "place", "network")
"""What is filled in where a wording has `{name}` and so on."""
_PLACE = re.compile(r"\{(\w*)\}")
USUAL: tuple[str | Promise, ...] = (
    _("To whom it may concern"),
    _(
        "The Secretariat of {network} has the honour to invite {name} ({role}), a member of the delegation of {city}, "
        "{country}, to “{edition}”, which is held in {place} from {first} to {last}."
    ),
    _(
        "The city has confirmed the participation of {name} by name. Days of attendance: {days}. The Secretariat would "
        "be grateful to the competent authorities for issuing the visa and any permits required in good time."
    ),
    _(
        "This letter confirms the invitation. It does not cover the costs of travel, accommodation or insurance, "
        "unless this has been agreed separately in writing."
    ),
)


def usual() -> str:
    """Our wording, in the language that is active."""
    return "\n\n".join(str(paragraph) for paragraph in USUAL)


def unknown(text: str) -> list[str]:
    """Places of a wording that nothing is filled into."""
    return sorted({f"{{{name}}}" for name in _PLACE.findall(text) if name not in PLACES})


def filled(text: str, said: Mapping[str, str]) -> list[str]:
    """The paragraphs of a wording with what is said in their places.

    >>> filled("Dear {name},\\n\\n{other}", {"name": "Ana"})
    ['Dear Ana,', '{other}']
    """
    whole = _PLACE.sub(lambda found: said.get(found[1], found[0]), text)
    return [paragraph.strip() for paragraph in whole.split("\n\n") if paragraph.strip()]


def seal(code: str, name: str, days: Iterable[str]) -> str:
    """A fingerprint of what a letter says of somebody: when their entry says otherwise, the letter holds no longer."""
    return hashlib.sha256("|".join([code, name, *sorted(days)]).encode()).hexdigest()
