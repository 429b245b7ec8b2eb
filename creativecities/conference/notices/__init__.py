"""What is told of the conference, to whom, and in which words."""

from creativecities.conference.notices import (
    cases,
    certificates,
    delegations,
    doors,
    editions,
    fair,
    figures,
    hosting,
    letters,
    materials,
    meetings,
    outcomes,
    programme,
    releases,
    signups,
    surveys,
    trips,
)
from creativecities.core import events


def register() -> None:
    """Tell the kernel the sentences of this slice's events."""
    for part in (
        editions,
        delegations,
        programme,
        doors,
        outcomes,
        fair,
        meetings,
        hosting,
        releases,
        signups,
        trips,
        certificates,
        figures,
        surveys,
        cases,
        materials,
        letters,
    ):
        events.register(part.SENTENCES)
    events.register_unnumbered("conference.")
