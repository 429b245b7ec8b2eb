"""A release of the programme is told to those it concerns, each once, with their sessions for the calendar."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute import released as reading
from creativecities.conference.compute.programme_changes import wordings
from creativecities.conference.models import Release
from creativecities.conference.queries import releases as queries
from creativecities.core import outbox
from creativecities.core.calendars import Entry, calendar_file

SENTENCES: dict[str, str | Promise] = {
    "conference.programme.released": _("%(actor)s released version %(number)s of the programme of “%(subject)s”"),
}


def entry(release: Release, row: reading.Row, reader: str, *, is_off: bool = False) -> Entry:
    """A session for a calendar; through all releases it is the same entry."""
    start, end = reading.instants(row)
    return Entry(
        uid=f"session-{row['guid']}", title=str(reading.text(row["title"], reader)), start=start, end=end,
        place=str(reading.text(row["room_name"], reader)), changed_at=release.released_at, is_off=is_off,
        sequence=release.number,
        url=settings.SITE["url"] + reverse("conference:session", args=[release.edition.slug, row["slug"]]),
    )  # fmt: skip


def released(release: Release, to: queries.Addressee) -> None:
    """Say what changed of their sessions. Nobody else is named in it."""
    with override(to.language):
        title = str(queries.title_of(release.edition))
        rows = (each["after"] or each["before"] for each in to.changes)
        sessions = {row["guid"]: (row, row["guid"] in to.cancelled) for row in rows}
        entries = [entry(release, row, to.language, is_off=is_off) for row, is_off in sessions.values()]
        lines = [*_lines(to.changes, release.listing["zone"], to.language), *_beside(release, to)]
        outbox.queue(
            kind="conference.programme.released",
            key=f"programme-{release.pk}-{to.key}",
            to=to.email,
            person_id=to.person_id,
            language=to.language,
            subject=gettext("Your sessions in the programme: %(title)s") % {"title": title},
            body=gettext("A new version of the programme of %(title)s is out. What is new for you:\n\n%(changes)s")
            % {"title": title, "changes": "\n".join(lines)},
            calendar=calendar_file(entries, name=title).decode(),
            link=settings.SITE["url"] + reverse("conference:programme", args=[release.edition.slug]),
        )


def _lines(changes: Iterable[reading.Row], zone: str, reader: str) -> Iterable[str]:
    for change in reading.told(changes, reader):
        told = " → ".join(filter(None, wordings(change, zone)))
        yield f"– {change.label}: {change.session.title}{f' ({told}, {zone})' if told else ''}"


def _beside(release: Release, to: queries.Addressee) -> Iterable[str]:
    for pair in queries.beside(release, to):
        one, other = (reading.text(row["title"], to.language) for row in pair)
        yield "– " + gettext("“%(one)s” and “%(other)s” are at the same time now.") % {"one": one, "other": other}
