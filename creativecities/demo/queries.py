"""Whom one can be in the demonstration, and where each has something to do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.models import Announcement, Application, Call, Meeting, Reviewer
from creativecities.conference.models import Bid, Door, Edition
from creativecities.core import days
from creativecities.demo.story import gathering, reviewing
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


@dataclass(frozen=True, slots=True)
class Group:
    """Those who have something to do in one thing."""

    key: str
    title: str | Promise
    duties: list[Duty]


def _at(page: str, *names: str) -> Callable[[Edition], str]:
    """A page of an edition."""
    return lambda edition: reverse(f"conference:{page}", args=[edition.slug, *names])


def _door(edition: Edition) -> str:
    door = Door.objects.filter(edition=edition, session=None).first()
    return reverse("conference:door", args=[door.code]) if door else ""


def _bid(edition: Edition) -> str:
    bid = Bid.objects.filter(edition=edition, cities__city__slug="voorbeeldfontein").first()
    return reverse("conference:bid", args=[edition.slug, bid.code]) if bid else ""


OFFICER = "secretariat@example.org"
Told = tuple[str, str, str | Promise, Callable[[Edition], str]]
CONFERENCES: tuple[tuple[str, str | Promise, tuple[Told, ...]], ...] = (
    ("next", _("The next conference: cities register"), (
        ("team", "focal-point@sete-lanternas.example.org", _("A city that confirms its delegation by name"),
         _at("delegation", "sete-lanternas")),
        ("offered", "focal-point@exampleton.example.org", _("A city to which a place is offered"),
         _at("delegation", "exampleton")),
        ("silent", "focal-point@lishicheng.example.org", _("A city that has not answered yet"),
         _at("delegation", "lishicheng")),
        ("mayor", "mayor@reijima.example.org", _("A mayor who is registered"), _at("own_entry")),
        ("desk", OFFICER, _("Secretariat"), _at("registrations")),
    )),
    ("now", _("The conference that is on now"), (
        ("delegate", "focal-point@sete-lanternas.example.org", _("A delegate with a programme of their own"),
         _at("my_programme")),
        ("mayor", "mayor@reijima.example.org", _("A mayor whom the Mayors’ Forum admits"),
         _at("session", "mayors-forum")),
        ("outside", "focal-point@voorbeeldfontein.example.org", _("A delegate whom it does not admit"),
         _at("session", "mayors-forum")),
        ("meets", "focal-point@qasr-al-hikayat.example.org", _("A city that meets others at the fair"),
         _at("meetings", "qasr-al-hikayat")),
        ("door", "nobody@example.org", _("Somebody at a door"), _door),
        ("desk", OFFICER, _("Secretariat"), _at("board")),
    )),
    ("last", _("The last conference: what remains of it"), (
        ("report", "focal-point@port-aux-fables.example.org", _("A city that writes its trip report"),
         _at("trip_report", "port-aux-fables")),
        ("mayor", "mayor@reijima.example.org", _("A mayor who can sign for the city"),
         _at("sign_outcome", "declaration", "reijima")),
        ("delegate", "focal-point@qasr-al-hikayat.example.org", _("A delegate with a certificate of attendance"),
         _at("certificates")),
        ("desk", OFFICER, _("Secretariat"), _at("arrange_report")),
    )),
    ("later", _("A conference that looks for its host"), (
        ("bids", "focal-point@voorbeeldfontein.example.org", _("A city that offers to host it"), _bid),
        ("desk", OFFICER, _("Secretariat"), _at("all_bids")),
    )),
)  # fmt: skip
"""By the edition of the story in which they have a part."""


def conferences() -> list[Group]:
    """Who has something to do in an edition, as far as its story has been told."""
    told = {each.number: each for each in Edition.objects.filter(number__in=gathering.NUMBERS.values())}
    addresses = {part[1] for _name, _title, parts in CONFERENCES for part in parts}
    people = {person.email: person for person in Person.objects.filter(email__in=addresses)}
    groups = []
    for name, title, parts in CONFERENCES:
        if (edition := told.get(gathering.NUMBERS[name])) is not None:
            found = [(f"{name}-{key}", people.get(email), role, at(edition)) for key, email, role, at in parts]
            duties = [Duty(key, person, role, url) for key, person, role, url in found if person and url]
            groups.append(Group(name, title, duties))
    return groups


def groups() -> list[Group]:
    """Everybody with something to do: in the round of applications, and at the conferences."""
    in_round = duties()
    found = [Group("round", _("A round of applications"), in_round)] if in_round else []
    return [*found, *conferences()]
