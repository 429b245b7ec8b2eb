"""Sentences of the network's events, and who is told what."""

from creativecities.core import events

SENTENCES: dict[str, str] = {}


def register() -> None:
    """Give the kernel the sentences of this slice."""
    events.register(SENTENCES)
