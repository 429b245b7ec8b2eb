"""Letters that are set in type: that of a National Commission written here, and that of a decision to its city."""

from typing import Any

from django.utils.translation import override

from creativecities.calls.models import Decision, Endorsement
from creativecities.calls.notices import letters
from creativecities.calls.notices.endorsements import NOT_YET, language_of
from creativecities.calls.queries import applications, standing
from creativecities.core import pdf

RELATED = (
    "application__call__announcement", "application__field", "application__city", "application__country",
    "buddy__country",
)  # fmt: skip
"""What a decision is read with for its letter."""


def of_commission(word: Endorsement) -> bytes:
    """The PDF of a letter that was written here, in the language of the page on which it was written."""
    reader = word.language or language_of(word.application)
    context = {
        "commission": word.commission, "application": word.application, "at": word.at, "words": word.words,
        "not_yet": NOT_YET, "fingerprint": word.fingerprint, "call": applications.title_of(word.call, reader),
    }  # fmt: skip
    return pdf.as_pdf("calls/letter.html", context, reader)


def of_decision(decision: Decision) -> tuple[dict[str, Any], str]:
    """What `calls/decision_paper.html` shows of an announced decision, and the language: that of the city's file."""
    application = decision.application
    code, made = language_of(application), application.call.announcement
    assert made.announced_at is not None  # nobody reads a letter before
    rule = applications.definition_of(application)["evaluation"]["feedback"]
    feedback = standing.feedback(application, rule, is_designated=decision.is_designated)
    with override(code):
        letter = letters.written(decision, feedback, on=made.announced_at.date())
        title = applications.title_of(application.call, code)
    return {"letter": letter, "application": application, "call": title, "announcement": made}, code
