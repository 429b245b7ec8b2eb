"""Who may do what in the exchange, split by subject: None, or a Refusal with its reason."""

from creativecities.exchange.rules.needs import end_need, needs_visible_to, speaks_for, speaks_for_member
from creativecities.exchange.rules.partners import confirm, decline, own_parts, parts_of
from creativecities.exchange.rules.subnetworks import announce, coordination, subnetworks

__all__ = [
    "announce",
    "confirm",
    "coordination",
    "decline",
    "end_need",
    "needs_visible_to",
    "own_parts",
    "parts_of",
    "speaks_for",
    "speaks_for_member",
    "subnetworks",
]
