"""What is told, stage after stage: an invented network in real countries, in which nobody and nothing is real.

The files beside this one hold the story, to be read and written by anybody; the modules tell it by calling actions, as
people would. A stage is told once, all of it or nothing.
"""

from collections.abc import Callable

from django.db import transaction

from creativecities.demo.story import (
    after,
    announced,
    before_decision,
    call_open,
    during,
    exchange,
    members,
    registration,
    together,
    under_evaluation,
)

STAGES = {
    "members": members,
    "exchange": exchange,
    "together": together,
    "call open": call_open,
    "under evaluation": under_evaluation,
    "before decision": before_decision,
    "announced": announced,
    "registration": registration,
    "during": during,
    "after": after,
}
"""In their order."""


def tell(until: str, say: Callable[[str], object]) -> None:
    """Tell every stage up to one that has not been told in this database. Raises KeyError for a stage nobody knows."""
    for name in list(STAGES)[: list(STAGES).index(until) + 1]:
        stage = STAGES[name]
        if not stage.is_told():
            with transaction.atomic():
                for told in stage.tell():
                    say(f"Told: {name}, {told}.")
