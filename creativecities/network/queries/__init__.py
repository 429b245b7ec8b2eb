"""Answers that join several models."""

from creativecities.network.queries.numbers import statistics
from creativecities.network.queries.uncertain import quality

__all__ = ["quality", "statistics"]
