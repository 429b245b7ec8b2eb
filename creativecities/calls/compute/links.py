"""Who decides for a commission by its link, and the secrets of links and codes. Only their hashes are kept."""

import hashlib
import secrets
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

DIGITS = 8


@dataclass(frozen=True)
class ByLink:
    """A National Commission that comes by its signed link; `proof` is the code by which it confirms an act."""

    link: int
    call: int
    country: str
    name: str
    proof: int | None = None
    pk: None = None
    is_authenticated: bool = False


def new_key() -> str:
    """The secret part of a link."""
    return secrets.token_urlsafe(24)


def hash_of(key: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_code() -> str:
    """Digits that can be typed from another screen."""
    return "".join(secrets.choice("0123456789") for _digit in range(DIGITS))


def code_hash(link: int, code: str) -> str:
    """What is kept of a code; without the server's secret nobody can try all of them."""
    digits = "".join(filter(str.isdigit, code))
    return salted_hmac("calls.confirmation", f"{link} {digits}", algorithm="sha256").hexdigest()
