"""What is told of delegations, to whom, and in which words. No sentence, subject or address names a delegate."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute.released import text
from creativecities.conference.models import Delegate, Delegation, Session
from creativecities.conference.queries import editions
from creativecities.conference.rules.registration import told_at
from creativecities.conference.rules.signups import in_words
from creativecities.core import digests, outbox
from creativecities.core.models import Event
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.delegation.begun": _("%(actor)s began the delegation of a city"),
    "conference.delegation.nominated": _("%(actor)s nominated a delegation"),
    "conference.delegation.confirmed": _("%(actor)s confirmed a delegation by name"),
    "conference.delegation.declined": _("%(actor)s said that the city does not come"),
    "conference.delegation.begun_again": _("%(actor)s said that the city comes after all"),
    "conference.delegation.reopened": _("%(actor)s opened the registration of a city again"),
    "conference.delegate.nominated": _("%(actor)s nominated a delegate"),
    "conference.delegate.changed": _("%(actor)s changed what is said of a delegate"),
    "conference.delegate.confirmed": _("%(actor)s confirmed a delegate by name"),
    "conference.delegate.offered": _("%(actor)s offered a place to a delegate on the waiting list"),
    "conference.delegate.lapsed": _("%(actor)s let the offer of a place lapse"),
    "conference.delegate.withdrawn": _("%(actor)s withdrew a delegate"),
    "conference.delegate.expired": _("A place fell free, for a delegate was not confirmed by name in time"),
    "conference.delegate.unbound": _("%(actor)s withdrew the delegate for whom an interpreter was to come"),
    "conference.delegate.replaced": _("%(actor)s let another delegate come in the same place"),
    "conference.delegate.needs_said": _("%(actor)s said what a delegate needs"),
    "conference.delegate.invited": _("%(actor)s invited a delegate to see their entry"),
    "conference.delegate.claimed": _("%(actor)s took up their entry in a delegation"),
    "conference.edition.needs_forgotten": _("%(actor)s deleted what %(number)s delegates had said of their needs"),
    "conference.delegate.badge_replaced": _("%(actor)s revoked a badge and issued another one"),
    "conference.edition.badges_asked": _("%(actor)s had %(number)s badges printed"),
    "conference.edition.badges_set": _("%(actor)s set %(number)s badges in type"),
    "conference.edition.badges_bound": _("%(actor)s put %(number)s badges together"),
    "conference.edition.badges_removed": _("%(actor)s deleted printed badges"),
    "conference.edition.reminded": _("%(actor)s reminded %(number)s people of an edition"),
    "conference.delegate.office_ends": _("%(actor)s told a team that a mandate ends before the conference"),
}
_TEAM: dict[str, tuple[str | Promise, str | Promise]] = {
    "confirmed": (
        _("The delegation of %(city)s is confirmed: %(edition)s"),
        _(
            "The delegation of %(city)s to “%(edition)s” is confirmed by name.\n\n"
            "Until %(confirm_by)s one can replace another on this page."
        ),
    ),
    "reopened": (
        _("Registration is open again for %(city)s: %(edition)s"),
        _("The Secretariat has opened the registration of %(city)s for “%(edition)s” again, until %(until)s."),
    ),
    "expired": (
        _("Places of %(city)s have passed on: %(edition)s"),
        _(
            "Not everybody of %(city)s was confirmed by name for “%(edition)s” until %(confirm_by)s. Their places have "
            "passed to those who wait.\n\nThe Secretariat can open the registration of one city again."
        ),
    ),
    "dropped_out": (
        _("A delegate of %(city)s does not come any more: %(edition)s"),
        _(
            "Somebody who was to come to “%(edition)s” for %(city)s as %(role)s has deleted their account and does not "
            "come any more. Their place is free: you can nominate somebody else."
        ),
    ),
    "office_ends": (
        _("A mandate ends before the conference: %(city)s"),
        _(
            "Somebody who comes to “%(edition)s” for %(city)s as %(role)s does not hold that office any more on the "
            "first day.\n\nThey stay in the delegation, but the Mayors’ Forum does not admit them. "
            "You can let their successor come in the same place, or withdraw them."
        ),
    ),
}
_SELF: dict[str, tuple[str | Promise, str | Promise]] = {
    "unbound": (
        _("For whom you interpret has changed: %(edition)s"),
        _(
            "The delegate of %(city)s for whom you were to interpret at “%(edition)s” does not come any more.\n\n"
            "You stay in the delegation; its team says for whom you interpret now."
        ),
    ),
    "along": (
        _("You are no longer expected: %(edition)s"),
        _(
            "The delegate of %(city)s for whom you were to interpret at “%(edition)s” does not come any more, "
            "and the city has withdrawn you as well."
        ),
    ),
    "replaced": (
        _("You are no longer expected: %(edition)s"),
        _("%(city)s sends somebody else to “%(edition)s” in your place. Your badge does not open its doors any more."),
    ),
}


def confirmed(sent: Delegation) -> None:
    """A receipt for the city's team."""
    tell_team(sent, "confirmed", _TEAM["confirmed"], key=f"{sent.pk}-{sent.version}", waits=True)


def reopened(sent: Delegation, until: dt.datetime, event: Event) -> None:
    """Tell the team that it can act again."""
    tell_team(sent, "reopened", _TEAM["reopened"], key=str(event.pk), until=until)


def expired(sent: Delegation) -> None:
    """Tell the team that places have passed on."""
    tell_team(sent, "expired", _TEAM["expired"], key=f"{sent.pk}-{sent.version}")


def office_ends(delegate: Delegate) -> None:
    """Tell the team, without a name, as which office somebody will not come."""
    tell_team(delegate.delegation, "office_ends", _TEAM["office_ends"], key=str(delegate.pk), role=delegate)


def dropped_out(delegate: Delegate) -> None:
    """Tell the team, without a name, that a place is free."""
    tell_team(delegate.delegation, "dropped_out", _TEAM["dropped_out"], key=str(delegate.pk), role=delegate)


def interprets_no_more(interpreter: Delegate, *, along: bool) -> None:
    """Tell an interpreter that they lose whom they were to interpret for."""
    tell(interpreter, "along" if along else "unbound", key=f"{interpreter.pk}-{interpreter.delegation.version}")


def replaced(old: Delegate) -> None:
    """Tell somebody that another one comes in their place."""
    tell(old, "replaced", key=str(old.pk))


def tell_team(
    sent: Delegation,
    what: str,
    texts: tuple[str | Promise, str | Promise],
    *,
    key: str,
    page: str = "",
    waits: bool = False,
    **facts: Any,
) -> None:
    """Write to everybody of a city's team: at once, or what `waits` at the rhythm a person has chosen.

    The mail leads to the delegation, or to the `page` of one of its delegates.
    """
    subject, body = texts
    where = [sent.edition.slug, sent.city.slug, *filter(None, [page])]
    link = settings.SITE["url"] + reverse(f"conference:{'delegate' if page else 'delegation'}", args=where)
    for person in mandates.speakers(sent.city):
        with override(person.language), timezone.override(person.time_zone):
            words = _words(sent, **facts)
            said: dict[str, Any] = {
                "kind": f"conference.delegation.{what}", "key": f"delegation-{what}-{key}-{person.pk}",
                "subject": str(subject) % words, "body": str(body) % words, "link": link,
            }  # fmt: skip
            if waits:
                digests.notify(person, **said)
            else:
                outbox.queue(to=person.email, person_id=person.pk, language=person.language, **said)


def tell(delegate: Delegate, what: str, *, key: str) -> None:
    """Write to a delegate at their own address: that of their account, else the one their city has given."""
    subject, body = _SELF[what]
    person, sent = delegate.person, delegate.delegation
    if not (person or delegate.email):
        return
    language = person.language if person else _language_of(delegate)
    with override(language):
        words = _words(sent)
        outbox.queue(
            kind=f"conference.delegate.{what}",
            key=f"delegate-{what}-{key}",
            to=person.email if person else delegate.email,
            person_id=person.pk if person else None,
            language=language,
            subject=str(subject) % words,
            body=str(body) % words,
            link=settings.SITE["url"] + reverse("conference:edition", args=[sent.edition.slug]),
        )


def _language_of(delegate: Delegate) -> str:
    ours = {code.casefold(): code for code, _name in settings.LANGUAGES}
    spoken = [ours[code.casefold()] for code in delegate.languages if code.casefold() in ours]
    return spoken[0] if spoken else "en"


def _words(
    sent: Delegation, until: dt.datetime | None = None, role: Delegate | None = None, session: Session | None = None
) -> dict[str, Any]:
    """What mails say, in the language and zone of now."""
    return {
        "city": sent.city.name,
        "edition": str(editions.shown(sent.edition).title),
        "confirm_by": _instant(sent.edition.confirm_by),
        "until": _instant(until),
        "role": role.get_role_display() if role else "",
        "session": text(session.title, get_language() or "en") if session else "",
        "admits": in_words(session.admits) if session else "",
    }


def _instant(at: dt.datetime | None) -> str:
    return told_at(at) if at else "–"
