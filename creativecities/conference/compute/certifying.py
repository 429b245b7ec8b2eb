"""Certificates of attendance: their codes, and the initials by which one is known again."""

import secrets
import unicodedata

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are read for one another on paper."""
LENGTH = 16


def new_code() -> str:
    """What nobody guesses, and everybody can type from paper."""
    return "".join(secrets.choice(ALPHABET) for _at in range(LENGTH))


def read_code(text: str) -> str:
    """A code as it was typed, without what groups it."""
    return "".join(text.split()).replace("-", "").casefold()


def grouped(code: str) -> str:
    """As it stands on paper.

    >>> grouped("abcdefgh")
    'abcd-efgh'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def initials(name: str) -> str:
    """The first letters of a name in any script, of four words at most.

    >>> initials("Ana  d’Exemplo")
    'A. D.'
    >>> initials("王小明")
    '王.'
    """
    words = unicodedata.normalize("NFC", name).split()[:4]
    first = (next((letter for letter in word if letter.isalpha()), "") for word in words)
    return " ".join(f"{letter.upper()}." for letter in first if letter)
