"""What the team of a file is told of its check: at once, for it has days that end."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.accounts.models import Person
from creativecities.calls.compute.definition import Definition
from creativecities.calls.models import Application, Completion, Conflict
from creativecities.calls.queries import applications as queries
from creativecities.calls.queries import calls
from creativecities.core import clocks, days, outbox
from creativecities.network.models import Mandate

SENTENCES: dict[str, str | Promise] = {
    "calls.application.set_aside": _("%(actor)s set a verdict of the check aside: %(reason)s"),
    "calls.application.upheld": _("%(actor)s let a verdict of the check count again"),
}


@dataclass(frozen=True)
class Told:
    """A mail about a file: under which kind and key, in which words, and where it leads.

    Subject and body may name the `call`, and an instant as `day`, `hour` and `zone`.
    """

    kind: str
    key: str
    subject: str | Promise
    body: str | Promise
    page: str = "calls:timeline"


def tell(
    people: Iterable[Person], application: Application, mail: Told, *, at: dt.datetime | None = None, **words: object
) -> None:
    """Each in their own language, at once: what has a day does not wait for a digest."""
    definition = queries.definition_of(application)
    arguments = [application.call.slug, application.code] if mail.page == "calls:received_file" else [application.code]
    for person in people:
        with override(person.language):
            said = {**words, "call": calls.title_of(application.call), **_clock(at, definition)}
            outbox.queue(
                kind=f"calls.application.{mail.kind}",
                key=f"file-{application.pk}-{mail.kind}-{mail.key}-{person.pk}",
                to=person.email,
                person_id=person.pk,
                language=person.language,
                subject=str(mail.subject) % said,
                body=str(mail.body) % said,
                link=settings.SITE["url"] + reverse(mail.page, args=arguments),
            )


def _clock(at: dt.datetime | None, definition: Definition) -> dict[str, str]:
    """An instant on the call's own clock, in the reader's language."""
    if at is None:
        return {}
    zone = definition["dates"]["zone"]
    day, hour = clocks.on_the_clock(at, zone)
    return {"day": date_format(day), "hour": hour, "zone": zone.replace("_", " ")}


def team_of(application: Application) -> list[Person]:
    """Those who prepare a file and have an account still. One statement."""
    parts = application.contributors.filter(person__is_active=True).select_related("person")
    return [part.person for part in parts]


def _officers(application: Application) -> list[Person]:
    """The Secretariat, without those who are in conflict with the file."""
    tied = Conflict.objects.filter(application=application).values("reviewer__person")
    held = Mandate.objects.on(days.today()).filter(role="secretariat", person__is_active=True).exclude(person__in=tied)
    return list({each.person_id: each.person for each in held.select_related("person")}.values())


def admitted(application: Application) -> None:
    """The file goes into evaluation."""
    mail = Told(
        "admitted", str(application.version), _("Your file was found eligible: %(call)s"),
        _("The Secretariat has checked your file in “%(call)s”. It is complete and eligible and goes into "
          "evaluation.\n\nYou will be told of the decision when it is announced."),
    )  # fmt: skip
    tell(team_of(application), application, mail)


def rejected(application: Application) -> None:
    """The file ends here, and why."""
    mail = Told(
        "rejected", str(application.version), _("Your file was found not eligible: %(call)s"),
        _("The Secretariat has checked your file in “%(call)s” and found it not eligible:\n\n%(reason)s\n\n"
          "The file is kept for you."),
    )  # fmt: skip
    tell(team_of(application), application, mail, reason=quoted(application.reason))


def returned(completion: Completion) -> None:
    """What is missing can be added, until when and why."""
    mail = Told(
        "returned", str(completion.pk), _("Something is missing in your file: %(call)s, until %(day)s"),
        _("The Secretariat returns your file in “%(call)s” for completion:\n\n%(reason)s\n\n"
          "What is missing is open again until %(day)s, %(hour)s (%(zone)s). Add it, then hand the file in again. "
          "After that hour the file stays as it was handed in."),
    )  # fmt: skip
    words = quoted(completion.reason)
    tell(team_of(completion.application), completion.application, mail, at=completion.until, reason=words)


def lapsed(completion: Completion) -> None:
    """The time is over: both sides know that the file goes on as it was."""
    application = completion.application
    team = Told(
        "lapsed", str(completion.pk), _("The time for completion is over: %(call)s"),
        _("The time for completing your file in “%(call)s” ended on %(day)s, %(hour)s (%(zone)s). It stays as it was "
          "handed in, and the Secretariat goes on with its check."),
    )  # fmt: skip
    tell(team_of(application), application, team, at=completion.until)
    officers = Told(
        "lapsed-office", str(completion.pk), _("A file was not completed in time: %(call)s"),
        _("A file that was returned for completion in “%(call)s” did not come back until %(day)s, %(hour)s (%(zone)s). "
          "It stays as it was handed in and waits for the check."), "calls:received_file",
    )  # fmt: skip
    tell(_officers(application), application, officers, at=completion.until)


def ends_soon(completion: Completion, name: str) -> None:
    """What is missing can still be added, for a few days more."""
    mail = Told(
        "completion", f"{completion.pk}-{name}", _("Your file waits for completion until %(day)s: %(call)s"),
        _("Something is still missing in your file in “%(call)s”. It can be added until %(day)s, %(hour)s (%(zone)s). "
          "After that hour the file stays as it was handed in."),
    )  # fmt: skip
    tell(team_of(completion.application), completion.application, mail, at=completion.until)


def quoted(text: str) -> str:
    """Somebody's words in a mail, so that nobody takes them for the site's."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
