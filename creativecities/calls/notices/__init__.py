"""What is told of calls and files, to whom, and in which words."""

from creativecities.calls.notices import applications, calls, decisions, endorsements, evaluation, reviewers
from creativecities.core import events, outbox


def register() -> None:
    """Tell the kernel the sentences of this slice's events; who watches the outbox does not read of files."""
    for part in (calls, applications, endorsements, evaluation, decisions, reviewers):
        events.register(part.SENTENCES)
    for kinds in ("calls.application.", "calls.endorsement.", "calls.reviewer.", "calls.assignment."):
        outbox.register_confidential(kinds)
