"""What the teams of files are told of their call: changes at the rhythm of each, ends that come near at once."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.calls.models import Application
from creativecities.calls.notices.checking import Told as Mail
from creativecities.calls.notices.checking import quoted, team_of, tell
from creativecities.calls.queries import applications, calls
from creativecities.calls.queries.telling import Change, End
from creativecities.core import clocks, digests

SENTENCES: dict[str, str | Promise] = {
    "calls.application.reminded": _("The team was reminded of a date"),
    "calls.application.told": _("The team was told that the call has changed"),
}


def changed(application: Application, change: Change) -> None:
    """Tell what changed and why; what is new stands on a page of the file."""
    page = "calls:changes" if change.name == "version" else "calls:file"
    zone = applications.definition_of(application)["dates"]["zone"]
    for person in team_of(application):
        with override(person.language):
            words = {"call": calls.title_of(application.call), "reason": quoted(change.reason), "day": "", "hour": ""}
            if change.until:
                day, hour = clocks.on_the_clock(change.until, zone)
                words |= {"day": date_format(day), "hour": hour, "zone": zone.replace("_", " ")}
            subject, body = _words(change.name)
            digests.notify(
                person,
                kind=f"calls.application.{change.name}",
                key=f"file-{application.pk}-{change.name}-{change.at.timestamp():.6f}-{person.pk}",
                subject=subject % words,
                body=body % words,
                link=settings.SITE["url"] + reverse(page, args=[application.code]),
            )


def _words(name: str) -> tuple[str, str]:
    """Subject and body, in the reader's language."""
    if name == "extension":
        return gettext("More time: %(call)s, until %(day)s"), gettext(
            "The deadline of “%(call)s” is extended for your city until %(day)s, %(hour)s (%(zone)s):\n\n%(reason)s"
        )
    if name == "withdrawn":
        return gettext("The call was withdrawn: %(call)s"), gettext(
            "The Secretariat has withdrawn the call “%(call)s”:\n\n%(reason)s\n\nYour file is kept for you."
        )
    return gettext("The call has changed: %(call)s"), gettext(
        "The Secretariat has published a new version of “%(call)s”:\n\n%(reason)s\n\n"
        "Nothing of your file is lost. See what is new:"
    )


def deadline_comes(end: End) -> None:
    """The deadline is near, and the file is not handed in."""
    mail = Mail(
        "reminded", f"{end.name}-{end.until.timestamp():.0f}", _("Hand your file in until %(day)s: %(call)s"),
        _("Your file in “%(call)s” is not handed in yet. The deadline is %(day)s, %(hour)s (%(zone)s); the clock of "
          "the site decides. See what is missing:"), "calls:file",
    )  # fmt: skip
    tell(team_of(end.application), end.application, mail, at=end.until)
