"""What is told of the word of a National Commission, to the city's team and to itself. No other city is named."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.models import Application, Completion, Endorsement, Remark
from creativecities.calls.queries.applications import definition_of, title_of
from creativecities.calls.queries.telling import End
from creativecities.core import clocks, outbox
from creativecities.network.models import NationalCommission
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "calls.application.asked": _("The National Commission asked the city’s team"),
    "calls.application.answered": _("%(actor)s answered the National Commission"),
    "calls.application.awaited": _("The National Commission was reminded of its deadline"),
    "calls.endorsement.endorsed": _("The National Commission endorsed the file"),
    "calls.endorsement.confirmed": _("The National Commission endorsed the file again as it is now"),
    "calls.endorsement.declined": _("The National Commission declined to endorse the file"),
    "calls.endorsement.withdrawn": _("The National Commission withdrew its endorsement"),
    "calls.endorsement.set_in_type": _("The letter of the National Commission was set in type"),
    "calls.endorsement.ranked": _("The National Commission put the files it endorsed in an order"),
}
NOT_YET = _("An endorsement is no designation: files are evaluated, and the network decides among all of them.")
"""Said wherever an endorsement is."""
Text = str | Promise
_TOLD: dict[str, tuple[Text, Text, Text]] = {
    states.ENDORSED: (
        _("The National Commission has endorsed your file: %(call)s"),
        _("The National Commission has endorsed your file in the call “%(call)s”."),
        _("Your commission has endorsed a file in the call “%(call)s”."),
    ),
    states.DECLINED: (
        _("The National Commission does not endorse your file: %(call)s"),
        _("The National Commission does not endorse your file in the call “%(call)s”. Its reason stands on the page."),
        _("Your commission has declined to endorse a file in the call “%(call)s”."),
    ),
    states.WITHDRAWN: (
        _("The National Commission has withdrawn its endorsement: %(call)s"),
        _("The National Commission has withdrawn the endorsement of your file in the call “%(call)s”. Its reason "
          "stands on the page. Without an endorsement a file is not handed in."),
        _("Your commission has withdrawn the endorsement of a file in the call “%(call)s”."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class To:
    """Somebody who is written to: a person, or the registered address of a commission."""

    address: str
    language: str
    person_id: int | None
    name: str
    """In keys of the outbox."""


def team_of(application: Application) -> list[To]:
    """Those who prepare a file."""
    found = Person.objects.filter(files__application=application, is_active=True)
    return [To(each.email, each.language, each.pk, str(each.pk)) for each in found]


def commission_of(application: Application) -> list[To]:
    """The officers of a commission, and its registered address unless it is one of theirs."""
    found = NationalCommission.objects.filter(country=application.country_id).first()
    if found is None:
        return []
    officers = [To(each.email, each.language, each.pk, str(each.pk)) for each in mandates.officers_of(found)]
    known = {each.address.casefold() for each in officers}
    if not found.email or found.email.casefold() in known:
        return officers
    return [*officers, To(found.email, language_of(application), None, "commission")]


def language_of(application: Application) -> str:
    """In which language an address without a person is written to: that of the file, where pages have it."""
    code = application.language.casefold()
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Notice:
    """What is said of a file, under which kind and key, and the page where to go on."""

    kind: str
    key: str
    subject: Text
    body: Text
    page: str
    token: str = ""
    when: Mapping[str, str] = field(default_factory=dict)

    def link(self, application: Application, to: To) -> str:
        """Where to go on: an office without an account has its own link, or goes by the one of an earlier mail."""
        if to.person_id is not None:
            return f"{settings.SITE['url']}{reverse(self.page, args=[application.code])}"
        place = [self.token, application.code]
        return f"{settings.SITE['url']}{reverse('calls:endorse_file', args=place)}" if self.token else ""


def presented(application: Application, token: str) -> None:
    """Ask the commission to read the file and to decide."""
    _tell(application, commission_of(application), Notice(
        "calls.endorsement.presented", f"{application.presented_at:%m%d%H%M%S}",
        _("A city presents its file to your commission: %(call)s"),
        _("A city of your country presents its file in the call “%(call)s”. You can read it, ask the city, endorse it "
          "with a letter or decline."),
        "calls:commission_file", token,
    ))  # fmt: skip


def deadline_comes(end: End, token: str) -> None:
    """The deadline of the commission is near, and it has not said anything of a file."""
    application = end.application
    for each in commission_of(application):
        with override(each.language):
            body = _("A file that was presented to your commission in the call “%(call)s” waits for its word. You can "
                     "decide on it until %(day)s, %(hour)s (%(zone)s).")  # fmt: skip
            _tell(application, [each], Notice(
                "calls.endorsement.awaited", f"{end.name}-{end.until.timestamp():.0f}",
                _("A file waits for your commission: %(call)s"), body, "calls:commission_file", token,
                _clock(application, end.until),
            ))  # fmt: skip


def asked_again(completion: Completion, token: str) -> None:
    """What was returned to a city waits for the word of its commission too. Why stands on the page."""
    application = completion.application
    for each in commission_of(application):
        with override(each.language):
            body = _(
                "The Secretariat has returned a file of your country in the call “%(call)s” for completion, and "
                "asks your commission for its word again. You can give it until %(day)s, %(hour)s (%(zone)s)."
            )
            _tell(application, [each], Notice(
                "calls.endorsement.returned", str(completion.pk),
                _("The word of your commission is asked for again: %(call)s"), body, "calls:commission_file", token,
                _clock(application, completion.until),
            ))  # fmt: skip


def _clock(application: Application, at: dt.datetime) -> dict[str, str]:
    """An instant on the call's own clock, in the language that is on."""
    zone = definition_of(application)["dates"]["zone"]
    day, hour = clocks.on_the_clock(at, zone)
    return {"day": date_format(day), "hour": hour, "zone": zone.replace("_", " ")}


def decided(word: Endorsement) -> None:
    """Tell the team and the commission what was decided in its name."""
    subject, team, commission = _TOLD[word.state]
    kind, key, application = f"calls.endorsement.{word.state}", f"{word.at:%m%d%H%M%S%f}", word.application
    _tell(application, team_of(application), Notice(kind, key, subject, team, "calls:presented"))
    _tell(application, commission_of(application), Notice(kind, key, commission, commission, "calls:commission_file"))


def remarked(remark: Remark, token: str) -> None:
    """Tell the other side that there is something to read. What it says stands on the page alone."""
    application, key = remark.application, str(remark.pk)
    if remark.is_by_commission:
        _tell(application, team_of(application), Notice(
            "calls.application.asked", key, _("The National Commission asks about your file: %(call)s"),
            _("The National Commission has written to you about your file in the call “%(call)s”. Please answer on "
              "this page."), "calls:presented",
        ))  # fmt: skip
    else:
        readers = [each for each in commission_of(application) if token or each.person_id]  # a link has its end
        _tell(application, readers, Notice(
            "calls.application.answered", key, _("A city has answered your commission: %(call)s"),
            _("A city has written to your commission about the file it presented in the call “%(call)s”."),
            "calls:commission_file", token,
        ))  # fmt: skip


def _tell(application: Application, whom: Iterable[To], notice: Notice) -> None:
    for each in whom:
        with override(each.language):
            words = {"call": title_of(application.call, each.language), **notice.when}
            says = [str(notice.body) % words]
            if notice.kind == "calls.endorsement.endorsed":
                says.append(str(NOT_YET))
            outbox.queue(
                kind=notice.kind, key=f"{notice.kind}-{application.pk}-{notice.key}-{each.name}", to=each.address,
                person_id=each.person_id, language=each.language, subject=str(notice.subject) % words,
                body="\n\n".join(says), link=notice.link(application, each),
            )  # fmt: skip
