"""Everything the exchange keeps, split by subject."""

from creativecities.exchange.models.announcements import Announcement
from creativecities.exchange.models.initiatives import Initiative, Partner, years_in_words

__all__ = ["Announcement", "Initiative", "Partner", "years_in_words"]
