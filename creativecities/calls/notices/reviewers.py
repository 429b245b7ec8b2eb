"""What is told of reviewers, and what they are told. No mail says which city applies, nor who judges what."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.calls.models import Assignment, Reviewer
from creativecities.calls.notices.checking import quoted
from creativecities.calls.queries import calls as queries
from creativecities.core import outbox
from creativecities.core.models import Event

SENTENCES: dict[str, str | Promise] = {
    "calls.reviewer.invited": _("A reviewer was invited"),
    "calls.reviewer.promised": _("A reviewer promised to keep confidence"),
    "calls.reviewer.declared": _("A reviewer declared their conflicts"),
    "calls.call.cities_invited": _("%(actor)s invited member cities to read files"),
    "calls.call.reviewers_reminded": _("%(actor)s reminded reviewers"),
    "calls.call.conflicts_found": _("Conflicts of interest were found anew"),
    "calls.proposal.asked": _("%(actor)s asked for a plan of who reads what"),
    "calls.proposal.worked_out": _("A plan of who reads what was worked out"),
    "calls.proposal.applied": _("%(actor)s gave files to reviewers by a plan"),
    "calls.proposal.dropped": _("A plan of who reads what was dropped"),
    "calls.assignment.given": _("A file was given to a reviewer"),
    "calls.assignment.counted_again": _("A review counts again"),
    "calls.assignment.taken_away": _("A file was taken from a reviewer"),
    "calls.assignment.sent_back": _("The Secretariat sent a review back: %(reason)s"),
    "calls.assignment.let_stand": _("A review that was sent back counts as it was handed in"),
}
REVIEWS = ("calls:reviews",)
_TOLD: dict[str, tuple[str | Promise, str | Promise]] = {
    "invited": (
        _("Would you read files in “%(title)s”?"),
        _(
            "The Secretariat asks you to read and score files of cities that apply in “%(title)s”.\n\n"
            "Please accept or decline on this page. You say there how many files you can read, and in which languages."
        ),
    ),
    "reminded": (
        _("Your answer is still missing: “%(title)s”"),
        _("You were asked to read files in “%(title)s”. Your answer, or your declaration, is still missing."),
    ),
    "given": (
        _("Files wait for you: “%(title)s”"),
        _("Files of “%(title)s” have been given to you to read. They are confidential and shown on this site alone."),
    ),
    "sent-back": (
        _("Look at a review again: “%(title)s”"),
        _(
            "The Secretariat has opened a review again that you handed in for “%(title)s”. Why stands beside the file. "
            "It counts once you hand it in again."
        ),
    ),
    "stands": (
        _("Your review counts as you handed it in: “%(title)s”"),
        _(
            "A review of yours for “%(title)s” that the Secretariat had opened again counts as you handed it in. There "
            "is nothing to do."
        ),
    ),
    "withdrawn": (
        _("The call was withdrawn: “%(title)s”"),
        _("The Secretariat has withdrawn the call “%(title)s”:\n\n%(reason)s\n\nYou need not read its files any more."),
    ),
}


def invited(reviewer: Reviewer, again: int = 0) -> None:
    """Ask somebody to read files."""
    _tell(reviewer, "invited", key=str(again))


def reminded(reviewer: Reviewer, event: Event) -> None:
    """Ask for what is missing."""
    _tell(reviewer, "reminded", key=str(event.pk))


def given(reviewer: Reviewer, event: Event) -> None:
    """Say that there is something to read."""
    _tell(reviewer, "given", key=str(event.pk), page=REVIEWS)


def sent_back(assignment: Assignment, event: Event) -> None:
    """Ask who wrote a review to look at it again; the reason is read beside the file alone."""
    page = ("calls:review", assignment.application.code)
    _tell(assignment.reviewer, "sent-back", key=f"{assignment.pk}-{event.pk}", page=page)


def stands(assignment: Assignment, event: Event) -> None:
    """Say that there is nothing to do any more, and take back what asked for it."""
    outbox.take_back(f"reviewer-sent-back-{assignment.reviewer_id}-{assignment.pk}-")
    _tell(assignment.reviewer, "stands", key=str(event.pk), page=REVIEWS)


def call_withdrawn(reviewer: Reviewer) -> None:
    """Say that there is nothing to judge any more, and why."""
    _tell(reviewer, "withdrawn", key="", reason=quoted(reviewer.call.reason))


def _tell(reviewer: Reviewer, what: str, *, key: str, page: tuple[str, ...] = (), **more: str) -> None:
    subject, body = _TOLD[what]
    person = reviewer.person
    name, *arguments = page or ("calls:reviewing", reviewer.call.slug)
    with override(person.language):
        words: dict[str, Any] = {"title": queries.title_of(reviewer.call), **more}
        outbox.queue(
            kind=f"calls.reviewer.{what}",
            key=f"reviewer-{what}-{reviewer.pk}-{key}",
            to=person.email,
            person_id=person.pk,
            language=person.language,
            subject=str(subject) % words,
            body=str(body) % words,
            link=settings.SITE["url"] + reverse(name, args=arguments),
        )
