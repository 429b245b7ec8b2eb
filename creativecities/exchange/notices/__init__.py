"""Sentences of the exchange's events, and who is told what, split by subject."""

from creativecities.core import events
from creativecities.exchange.notices import partners
from creativecities.exchange.notices.partners import answered

__all__ = ["answered", "register"]


def register() -> None:
    """Give the kernel the sentences of this slice."""
    events.register(partners.SENTENCES)
