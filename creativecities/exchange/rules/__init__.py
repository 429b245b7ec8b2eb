"""Who may do what in the exchange, split by subject: None, or a Refusal with its reason."""

from creativecities.exchange.rules.partners import confirm, decline, own_parts, parts_of

__all__ = ["confirm", "decline", "own_parts", "parts_of"]
