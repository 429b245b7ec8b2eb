"""The letters of an announcement: to those who prepared a file, held until an officer has read them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, StrIndex
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from creativecities.accounts.models import Person
from creativecities.calls.models import Application, Call, Conflict, Decision
from creativecities.core import days, outbox
from creativecities.core.models import Mail


def batch(call: Call) -> str:
    """Under which name the letters of a call are read and let go."""
    return f"announcement-{call.slug}"


def kept_from(person: Any) -> Q:
    """An officer in conflict with a file does not read its letters; others of the Secretariat do."""
    begins = Concat(Value("letter-"), Cast("application_id", CharField()), Value("-"))
    tied = Conflict.objects.filter(reviewer__person=person.pk).annotate(found_at=StrIndex(OuterRef("key"), begins))
    return Q(Exists(tied.filter(found_at=1)), kind__startswith="calls.letter.")


def letter(decision: Decision, person: Person, feedback: Sequence[str]) -> None:
    """Tell one of those who prepared a file what was decided, why, what reviewers wrote, and what comes now."""
    application = decision.application
    with override(person.language):
        outbox.queue(
            kind="calls.letter.designated" if decision.is_designated else "calls.letter.not_designated",
            key=f"letter-{application.pk}-{person.pk}",
            to=person.email,
            person_id=person.pk,
            language=person.language,
            subject=_("The decision on the application of %(city)s") % {"city": application.city_name},
            body="\n\n".join(written(decision, feedback, on=days.today()).paragraphs),
            link=settings.SITE["url"] + reverse("calls:outcome", args=[application.code]),
            batch=batch(application.call),
            state=Mail.HELD,
        )


@dataclass(frozen=True)
class Letter:
    """What a letter says, part by part."""

    opening: str
    reason: str
    feedback: Sequence[str]
    what_comes: Sequence[str]

    @property
    def paragraphs(self) -> list[str]:
        """As plain text."""
        told = [self.opening, _("Reason: %(reason)s") % {"reason": self.reason}]
        if self.feedback:
            told += [_("What reviewers wrote for you:"), *(f"– {text}" for text in self.feedback)]
        return [*told, *self.what_comes]


def written(decision: Decision, feedback: Sequence[str], *, on: dt.date) -> Letter:
    """The letter of a decision that is made known on a day, in the language of now."""
    application = decision.application
    words = {"city": application.city_name, "field": application.field.name, "site": settings.SITE["name"]}
    return Letter(_opening(decision) % words, decision.reason, feedback, _what_comes(application, decision, on))


def _opening(decision: Decision) -> str:
    if decision.is_designated:
        return _("%(city)s is designated in the field %(field)s and is now a member of %(site)s. Congratulations!")
    return _("%(city)s is not designated in this call. Thank you for the work that went into your application.")


def _what_comes(application: Application, decision: Decision, on: dt.date) -> list[str]:
    buddy = decision.buddy.name if decision.buddy else ""
    if decision.is_designated:
        return _of_new_member(application, buddy, on)
    invitation = _("Your file and this feedback stay yours. You are invited to the next call, and can begin with them.")
    offer = _("%(buddy)s, an experienced member city, could advise you: write to the Secretariat if you wish so.")
    return [invitation, *([offer % {"buddy": buddy}] if buddy else [])]


def _of_new_member(application: Application, buddy: str, on: dt.date) -> list[str]:
    assert application.city is not None  # it has joined
    told = [_("What you planned stands in your list of initiatives as ideas that you look through and publish.")]
    if buddy:
        told.append(_("%(buddy)s is proposed as your buddy city.") % {"buddy": buddy})
    report = application.city.reports_due.filter(due_on__gt=on).first()
    if report:
        told.append(_("Your next report is due on %(day)s.") % {"day": date_format(report.due_on)})
    return told
