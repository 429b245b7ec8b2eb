"""What is told of seats in sessions. No sentence and no mail names a delegate."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.conference.compute.released import text
from creativecities.conference.models import Delegate, Session
from creativecities.conference.notices import delegations
from creativecities.conference.queries.releases import addressed
from creativecities.conference.rules.signups import in_words
from creativecities.core import outbox
from creativecities.core.models import Event

SENTENCES: dict[str, str | Promise] = {
    "conference.session.signed_up": _("%(actor)s took a seat in the session “%(subject)s”"),
    "conference.session.waited_for": _("%(actor)s went on the waiting list of the session “%(subject)s”"),
    "conference.session.given_back": _("%(actor)s gave a seat in the session “%(subject)s” back"),
    "conference.session.moved_up": _("A seat in the session “%(subject)s” fell free and went to who waited longest"),
    "conference.session.turned_away": _("A seat in the session “%(subject)s” went, for it does not admit who had it"),
    "conference.session.stood_over": _("A seat in the session “%(subject)s” went, for there are fewer of them"),
    "conference.session.marked": _("%(actor)s marked the session “%(subject)s”"),
    "conference.session.unmarked": _("%(actor)s no longer marks the session “%(subject)s”"),
    "conference.calendarkey.made": _("%(actor)s made a secret address for their own calendar"),
    "conference.calendarkey.revoked": _("%(actor)s withdrew the secret address of their own calendar"),
}
TURNED_AWAY = (
    _("A seat was given back for %(city)s: %(session)s"),
    _(
        "Somebody of %(city)s who signed up for the session “%(session)s” of “%(edition)s” is not admitted to it any "
        "more. The seat was given back.\n\n%(admits)s"
    ),
)


def moved_up(event: Event, session: Session, delegate: Delegate) -> None:
    """Who waited has a seat now."""
    subject = _("You have a seat: %(title)s")
    body = _("A seat fell free, and it is yours. If you cannot come, give it back on this page: the next one gets it.")
    _tell(event, session, delegate, subject, body)


def stood_over(event: Event, session: Session, delegate: Delegate) -> None:
    """Who had a seat waits again."""
    subject = _("You are on the waiting list again: %(title)s")
    body = _("There are fewer seats than before, and those who signed up first have them. When one falls free, you are "
             "among the first to get it.")  # fmt: skip
    _tell(event, session, delegate, subject, body)


def turned_away(event: Event, session: Session, delegate: Delegate) -> None:
    """Who had a seat is not admitted any more, as one who is no longer mayor; they and their team are told why."""
    subject = _("You have no seat any more: %(title)s")
    body = format_lazy(
        "{}\n\n{}",
        _("Your seat was given back, for this session does not admit you any more."),
        lazy(in_words, str)(session.admits),
    )
    _tell(event, session, delegate, subject, body)
    delegations.tell_team(
        delegate.delegation, "turned_away", TURNED_AWAY, key=str(event.pk), page=delegate.code, session=session
    )


def _tell(event: Event, session: Session, delegate: Delegate, subject: str | Promise, body: str | Promise) -> None:
    to = addressed(session.edition, delegate)
    if not to.email:
        return
    with override(to.language):
        outbox.queue(
            kind=event.kind,
            key=f"seat-{event.pk}",
            to=to.email,
            person_id=to.person_id,
            language=to.language,
            subject=str(subject) % {"title": text(session.title, to.language)},
            body=str(body),
            link=settings.SITE["url"] + reverse("conference:session", args=[session.edition.slug, session.slug]),
        )
