"""What is told of cases, to whom, and in which words. No city learns who reads; no reader's words are in a mail."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.accounts.models import Person
from creativecities.conference.compute import released as releases
from creativecities.conference.models import Case, CaseReader, CaseReading, Edition, Session
from creativecities.conference.queries import editions
from creativecities.core import clocks, digests, outbox
from creativecities.core.models import Event
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.case.begun": _("%(actor)s began a case of %(city)s"),
    "conference.case.saved": _("%(actor)s wrote a case"),
    "conference.case.handed_in": _("%(actor)s handed a case in"),
    "conference.case.taken_back": _("%(actor)s took a case back to write on"),
    "conference.case.sent_back": _("%(actor)s sent a case back to be changed"),
    "conference.case.lapsed": _("A case that was sent back stays as it was handed in"),
    "conference.case.selected": _("%(actor)s selected a case"),
    "conference.case.kept": _("%(actor)s kept a case in waiting"),
    "conference.case.turned_down": _("%(actor)s did not select a case"),
    "conference.case.withdrawn": _("%(actor)s withdrew a case"),
    "conference.casereader.asked": _("%(actor)s asked somebody to read cases"),
    "conference.casereader.asked_again": _("%(actor)s asked somebody again to read cases"),
    "conference.casereader.accepted": _("%(actor)s agreed to read cases"),
    "conference.casereader.declined": _("%(actor)s does not read cases"),
    "conference.contribution.placed": _("%(actor)s let a case stand in a session"),
    "conference.contribution.moved": _("%(actor)s moved a case to another session"),
    "conference.contribution.taken_off": _("%(actor)s took a case off the programme"),
    "conference.edition.cases_given_out": _("%(actor)s gave cases of “%(subject)s” to readers"),
    "conference.casereading.saved": _("%(actor)s wrote about a case"),
    "conference.casereading.handed_in": _("%(actor)s handed in what they say of a case"),
    "conference.casereading.given_back": _("%(actor)s gave a case back unread"),
    "conference.casereading.taken_away": _("%(actor)s took a case away from a reader"),
    "conference.casereading.opened_again": _("A case that was changed is with its reader again"),
}
Words = tuple[str | Promise, str | Promise]
_DECIDED: dict[str, Words] = {
    "selected": (
        _("Your case is selected: %(title)s"),
        _("The case of %(city)s for “%(title)s” is selected.\n\nReason: %(reason)s"),
    ),
    "kept": (
        _("Your case is on the waiting list: %(title)s"),
        _("The case of %(city)s for “%(title)s” is on the waiting list.\n\nReason: %(reason)s"),
    ),
    "turned_down": (
        _("Your case is not selected: %(title)s"),
        _("The case of %(city)s for “%(title)s” is not selected.\n\nReason: %(reason)s"),
    ),
}


def decided(case: Case, event: Event) -> None:
    """Tell the city's team what was decided, and why."""
    _tell_team(case, event, _DECIDED[event.kind.rpartition(".")[2]])


def sent_back(case: Case, event: Event) -> None:
    """Ask the city's team to change something."""
    words = (
        _("Your case is sent back to be changed: %(title)s"),
        _("The Secretariat asks %(city)s to change its case for “%(title)s” until %(day)s, %(hour)s (%(zone)s):\n\n"
          "%(wanted)s\n\nAfter that hour it stays as it was handed in."),
    )  # fmt: skip
    _tell_team(case, event, words)


def lapsed(case: Case, event: Event) -> None:
    """Tell the city's team that the day has passed."""
    words = (
        _("The time to change your case is over: %(title)s"),
        _("The case of %(city)s for “%(title)s” did not come back in time. It stays as it was handed in."),
    )
    _tell_team(case, event, words)


def _tell_team(case: Case, event: Event, words: Words) -> None:
    link = reverse("conference:write_case", args=[case.edition.slug, case.city.slug, case.code])
    for person in mandates.speakers(case.city):
        with override(person.language):
            _queue(person, event, words, link, {**_title(case.edition), **_until(case), **_of(case)})


def _title(edition: Edition) -> dict[str, str]:
    return {"title": str(editions.shown(edition).title)}


def _of(case: Case) -> dict[str, str]:
    return {"city": case.city.name, "reason": case.reason, "wanted": case.wanted}


def _until(case: Case) -> dict[str, str]:
    if case.returned_until is None:
        return {}
    day, hour = clocks.on_the_clock(case.returned_until, case.edition.zone)
    return {"day": date_format(day), "hour": hour, "zone": case.edition.zone.replace("_", " ")}


def _queue(person: Person, event: Event, words: Words, link: str, said: dict[str, str]) -> None:
    subject, body = words
    outbox.queue(
        kind=event.kind,
        key=f"case-{event.pk}-{person.pk}",
        to=person.email,
        person_id=person.pk,
        language=person.language,
        subject=str(subject) % said,
        body=str(body) % said,
        link=settings.SITE["url"] + link,
    )


def asked(reader: CaseReader, event: Event) -> None:
    """Ask somebody whether they read cases."""
    words = (
        _("Do you read cases of cities? %(title)s"),
        _("The Secretariat asks you to read cases that cities propose for “%(title)s”. Say on the page whether you do, "
          "and which languages you read. Cities do not learn who reads."),
    )  # fmt: skip
    _tell_reader(reader, event, words)


def given(reader: CaseReader, event: Event) -> None:
    """Say that there are cases to read."""
    words = (
        _("There are cases for you to read: %(title)s"),
        _("The Secretariat has given you cases of “%(title)s” to read. Hand in what you think of each."),
    )
    _tell_reader(reader, event, words)


def changed(reading: CaseReading, event: Event) -> None:
    """Say that a case has come back changed."""
    words = (
        _("A case has come back changed: %(title)s"),
        _("A case you have read for “%(title)s” has been changed by its city. What you said is still there: look it "
          "over and hand it in again."),
    )  # fmt: skip
    _tell_reader(reading.reader, event, words)


def _tell_reader(reader: CaseReader, event: Event, words: Words) -> None:
    if (person := reader.person) is None:
        return
    with override(person.language):
        link = reverse("conference:cases_to_read", args=[reader.edition.slug])
        _queue(person, event, words, link, _title(reader.edition))


def came_back(case: Case, event: Event) -> None:
    """Tell the Secretariat that a case has come back."""
    words = (
        _("%(city)s has changed its case: %(title)s"),
        _("%(city)s has changed its case for “%(title)s” and handed it in again."),
    )
    _tell_secretariat(case, event, words)


def withdrawn(case: Case, event: Event, session: Session | None) -> None:
    """Tell the Secretariat that a case is gone, and from which session of the draft."""
    subject = _("%(city)s has withdrawn its case: %(title)s")
    body = _("%(city)s has withdrawn its case for “%(title)s”.")
    if session is None:
        return _tell_secretariat(case, event, (subject, body))
    body = _(
        "%(city)s has withdrawn its case for “%(title)s”. It stood in the session “%(session)s” and is taken off the "
        "draft. What is released shows it until the next release."
    )
    return _tell_secretariat(case, event, (subject, body), session)


def given_back(reading: CaseReading, event: Event) -> None:
    """Tell the Secretariat that a case needs another reader."""
    words = (
        _("A case needs another reader: %(title)s"),
        _("A reader has given back the case of %(city)s for “%(title)s”. The reason stands on its page."),
    )
    _tell_secretariat(reading.case, event, words)


def _tell_secretariat(case: Case, event: Event, words: Words, session: Session | None = None) -> None:
    subject, body = words
    link = reverse("conference:decide_case", args=[case.edition.slug, case.code])
    for person in mandates.secretariat():
        with override(person.language):
            said = {"city": case.city.name, **_title(case.edition)}
            said |= {"session": str(releases.text(session.title, person.language))} if session else {}
            digests.notify(
                person, kind=event.kind, key=f"case-{event.pk}-{person.pk}", subject=str(subject) % said,
                body=str(body) % said, link=settings.SITE["url"] + link,
            )  # fmt: skip
