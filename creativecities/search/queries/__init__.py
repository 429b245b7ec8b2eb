"""What is found: one question, its results, and how many there are of each kind."""

from creativecities.search.queries.found import Found, Result, find
from creativecities.search.queries.likeness import Likeness, similar
from creativecities.search.queries.providers import register, register_cues

__all__ = ["Found", "Likeness", "Result", "find", "register", "register_cues", "similar"]
