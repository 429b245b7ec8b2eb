"""What is told of calls and files, to whom, and in which words."""

from creativecities.calls.notices import (
    applications,
    calls,
    checking,
    decisions,
    endorsements,
    evaluation,
    exports,
    letters,
    links,
    retention,
    reviewers,
    reviews,
    telling,
)
from creativecities.core import events, outbox


def register() -> None:
    """Tell the kernel the sentences of this slice's events; who watches the outbox does not learn of files."""
    for part in (
        calls, applications, checking, endorsements, evaluation, decisions, exports, links, retention, reviewers,
        reviews, telling,
    ):  # fmt: skip
        events.register(part.SENTENCES)
    for kinds in (
        "calls.application.",
        "calls.begin",
        "calls.contributor",
        "calls.endorsement.",
        "calls.confirmation.",
    ):
        outbox.register_unseen(kinds)
    for kinds in ("calls.reviewer.", "calls.assignment.", "calls.opinion."):
        outbox.register_confidential(kinds)
    outbox.register_kept_from(letters.kept_from)
    events.register_unnumbered("calls.")
