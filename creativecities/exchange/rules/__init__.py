"""Who may do what in the exchange, split by subject: None, or a Refusal with its reason."""

from creativecities.exchange.rules.initiatives import (
    edit,
    keep_partner,
    may_be_at,
    name_partner,
    no_member,
    owners,
    propose,
    publish,
    record,
    retire,
)
from creativecities.exchange.rules.needs import end_need, needs_visible_to
from creativecities.exchange.rules.partners import confirm, decline, own_parts, parts_of
from creativecities.exchange.rules.speaking import speaks_for, speaks_for_member
from creativecities.exchange.rules.subnetworks import announce, coordination, subnetworks

__all__ = [
    "announce",
    "confirm",
    "coordination",
    "decline",
    "edit",
    "end_need",
    "keep_partner",
    "may_be_at",
    "name_partner",
    "needs_visible_to",
    "no_member",
    "own_parts",
    "owners",
    "parts_of",
    "propose",
    "publish",
    "record",
    "retire",
    "speaks_for",
    "speaks_for_member",
    "subnetworks",
]
