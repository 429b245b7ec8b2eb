"""What is told, stage after stage: an invented network in real countries, in which nobody and nothing is real.

The files beside this one hold the story, to be read and written by anybody; the modules tell it by calling actions, as
people would. A stage is told once, all of it or nothing.
"""

from collections.abc import Callable

from django.db import transaction

from creativecities.demo.story import exchange, members, together

STAGES = {"members": members, "exchange": exchange, "together": together}
"""In their order."""


def tell(until: str, say: Callable[[str], object]) -> None:
    """Tell every stage up to one that has not been told in this database. Raises KeyError for a stage nobody knows."""
    for name in list(STAGES)[: list(STAGES).index(until) + 1]:
        stage = STAGES[name]
        if not stage.is_told():
            with transaction.atomic():
                say(f"Told: {name}, {stage.tell()}.")
