"""Calls and the files of cities: what is asked, answered, endorsed, judged and decided."""

from creativecities.calls.models.applications import (
    Answer,
    AnswerVersion,
    Application,
    Completion,
    Contributor,
    Document,
    Submission,
)
from creativecities.calls.models.calls import Call, CallVersion, Extension
from creativecities.calls.models.checking import SetAside, Told
from creativecities.calls.models.comments import Comment
from creativecities.calls.models.decisions import Announcement, Decision, Scenario
from creativecities.calls.models.endorsements import Endorsement, Remark
from creativecities.calls.models.evaluation import Assignment, Conflict, Review, Reviewer
from creativecities.calls.models.exports import Export
from creativecities.calls.models.links import CommissionLink, Confirmation
from creativecities.calls.models.meetings import Item, Meeting, Opinion
from creativecities.calls.models.papers import SubmittedPaper
from creativecities.calls.models.proposals import Proposal

__all__ = [
    "Announcement",
    "Answer",
    "AnswerVersion",
    "Application",
    "Assignment",
    "Call",
    "CallVersion",
    "Comment",
    "CommissionLink",
    "Completion",
    "Confirmation",
    "Conflict",
    "Contributor",
    "Decision",
    "Document",
    "Endorsement",
    "Export",
    "Extension",
    "Item",
    "Meeting",
    "Opinion",
    "Proposal",
    "Remark",
    "Review",
    "Reviewer",
    "Scenario",
    "SetAside",
    "Submission",
    "SubmittedPaper",
    "Told",
]
