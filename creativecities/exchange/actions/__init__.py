"""Every write of the exchange, one function per verb."""

from creativecities.exchange.actions.announcements import announce
from creativecities.exchange.actions.files import write_from_files
from creativecities.exchange.actions.initiatives import (
    publish,
    record_initiative,
    restore_initiative,
    retire,
    save_initiative,
)
from creativecities.exchange.actions.partners import confirm, decline
from creativecities.exchange.actions.people import forget_person

__all__ = [
    "announce",
    "confirm",
    "decline",
    "forget_person",
    "publish",
    "record_initiative",
    "restore_initiative",
    "retire",
    "save_initiative",
    "write_from_files",
]
