"""Whom one can be in the demonstration, and where each has something to do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.models import Announcement, Application, Call, Meeting, Reviewer
from creativecities.core import days
from creativecities.demo.story import reviewing
from creativecities.network.models import Mandate

CAST = (
    "focal-point@sete-lanternas.example.org", "focal-point@voorbeeldfontein.example.org",
    "focal-point@exampleton.example.org", "focal-point@qasr-al-hikayat.example.org",
    "focal-point@lishicheng.example.org", "mayor@reijima.example.org", "commission-officer@pt.example.org",
    "secretariat@example.org", "head-of-the-network@example.org", "nobody@example.org",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A person with what they may do here."""

    person: Person
    mandates: list[Mandate]


def cast() -> list[Part]:
    """A person for each role, in the order in which one would meet them. Two statements."""
    people = {person.email: person for person in Person.objects.filter(email__in=CAST)}
    held: dict[int, list[Mandate]] = {person.pk: [] for person in people.values()}
    found = Mandate.objects.on(days.today()).filter(person__in=held)
    for mandate in found.select_related("city__country", "commission", "field").order_by("pk"):
        held[mandate.person_id].append(mandate)
    return [Part(people[address], held[people[address].pk]) for address in CAST if address in people]


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody who has a part in a round of applications, and the page where something waits for them."""

    key: str
    person: Person
    role: str | Promise
    url: str


def _file(address: str) -> str:
    found = Application.objects.filter(contributors__person__email=address).exclude(state=states.WITHDRAWN).first()
    return reverse("calls:file", args=[found.code]) if found else ""


def _queue(address: str) -> str:
    return reverse("calls:commission_queue") if Call.objects.exists() else ""


def _reviews(address: str) -> str:
    return reverse("calls:reviews") if Reviewer.objects.filter(person__email=address).exists() else ""


def _meeting(address: str) -> str:
    """Where one sees that one is out, as long as the meeting lasts."""
    held = Meeting.objects.filter(state=states.OPEN).select_related("call").first()
    return reverse("calls:meeting", args=[held.call.slug]) if held else _reviews(address)


def _decision(address: str) -> str:
    """Of the call that is furthest: its announcement, what is to be decided, or its results."""
    one = Announcement.objects.select_related("call").first()
    if one is not None:
        is_known = one.state == states.ANNOUNCED
        return reverse("calls:announcement" if is_known else "calls:decisions", args=[one.call.slug])
    read = Reviewer.objects.select_related("call").first()
    return reverse("calls:results", args=[read.call.slug]) if read else ""


def _desk(address: str) -> str:
    """As for who decides; before anybody reads files, what a call has received."""
    call = Call.objects.first()
    return _decision(address) or (reverse("calls:received", args=[call.slug]) if call else "")


DUTIES: tuple[tuple[str, str, str | Promise, Callable[[str], str]], ...] = (
    ("preparing", "focal-point@val-hypothese.example.org", _("A city that prepares its file"), _file),
    ("applying", "focal-point@tatoemura.example.org", _("A city that has handed in its file"), _file),
    ("commission", "commission-officer@pt.example.org", _("National Commission"), _queue),
    ("expert", reviewing.EXPERT, _("An outside expert"), _reviews),
    ("member-city", reviewing.MEMBER, _("A member city that reads files"), _reviews),
    ("in-conflict", reviewing.IN_CONFLICT, _("A reviewer in conflict with some files"), _meeting),
    ("secretariat", "secretariat@example.org", _("Secretariat"), _desk),
    ("head", "head-of-the-network@example.org", _("Head of the network"), _decision),
)


def duties() -> list[Duty]:
    """Who has something to do in the round, as far as its story has been told."""
    people = {person.email: person for person in Person.objects.filter(email__in=[each[1] for each in DUTIES])}
    found = [(key, address, role, at(address)) for key, address, role, at in DUTIES if address in people]
    return [Duty(key, people[address], role, url) for key, address, role, url in found if url]
