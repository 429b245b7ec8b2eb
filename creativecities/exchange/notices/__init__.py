"""Sentences of the exchange's events, and who is told what, split by subject."""

from creativecities.core import events
from creativecities.exchange.notices import (
    invitations,
    messages,
    needs,
    openings,
    partners,
    pictures,
    replies,
    subnetworks,
    suggestions,
    translations,
    wanted,
)
from creativecities.exchange.notices.partners import answered, asked, shown
from creativecities.exchange.notices.subnetworks import announced

__all__ = ["announced", "answered", "asked", "register", "shown"]


def register() -> None:
    """Give the kernel the sentences of this slice."""
    events.register(
        {
            **partners.SENTENCES,
            **pictures.SENTENCES,
            **needs.SENTENCES,
            **replies.SENTENCES,
            **invitations.SENTENCES,
            **messages.SENTENCES,
            **openings.SENTENCES,
            **subnetworks.SENTENCES,
            **suggestions.SENTENCES,
            **translations.SENTENCES,
            **wanted.SENTENCES,
        }
    )
