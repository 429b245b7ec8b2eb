"""Every write of the exchange, one function per verb."""

from creativecities.exchange.actions.files import write_from_files
from creativecities.exchange.actions.partners import confirm, decline

__all__ = ["confirm", "decline", "write_from_files"]
