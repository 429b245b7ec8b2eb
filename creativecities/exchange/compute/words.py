"""The words of an initiative, made fit for looking for them."""

from creativecities.core.text import fold


def searchable(title: str, summary: str) -> str:
    """Title and summary as words are looked for in them: each after a blank."""
    return f" {fold(title)} {fold(summary)}"
