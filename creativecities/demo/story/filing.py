"""Cities prepare their files, alone and together, show them to their National Commissions and hand them in."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.calls.actions import applications, documents, endorsements, team
from creativecities.calls.actions.endorsements import Letter
from creativecities.calls.compute import checklist
from creativecities.calls.compute.definition import Definition, Item
from creativecities.calls.compute.files import fingerprint
from creativecities.calls.models import Application, Call
from creativecities.calls.queries import applications as queries
from creativecities.demo.story import clock, sheets, words
from creativecities.demo.story.files import rows, several
from creativecities.demo.story.members import SPOKEN, TELLER, commission
from creativecities.network.compute.slug import city_slug
from creativecities.network.models import Country, CreativeField, Mandate, NationalCommission

ROLES = ("focal-point", "alternative-contact", "mayor", "mayors-representative")
"""Whom a file names, and who prepares it: the first begins and owns it, the second writes along."""
FUNCTIONS = {
    "en": ("Head of culture, city council", "Library and archives", "Mayor", "Deputy mayor for culture"),
    "fr": ("Direction de la culture, mairie", "Bibliothèque et archives", "Maire", "Adjointe à la culture"),
}
HALF = ("city", "contacts", "motives")
"""The sections that are written where a file is half done."""


@dataclass(frozen=True)
class Candidate:
    """A row of the story: a city, and what becomes of its file."""

    row: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.row[name]

    @cached_property
    def slug(self) -> str:
        return city_slug(self["name"], self["country"], ())

    @cached_property
    def country(self) -> Country:
        return Country.objects.get(pk=self["country"])

    @cached_property
    def people(self) -> list[str]:
        """Names by role; cities of one country begin at other places of the list."""
        given = several(next(row["given"] for row in rows("given") if row["country"] == self["country"]))
        first = words.number(self.slug, 1, len(given) - 1)
        family = family_of(self["country"])
        return [f"{given[(first + step) % len(given)]} {family}" for step in range(len(ROLES))]

    def address(self, role: str) -> str:
        return f"{role}@{self.slug}.example.org"

    @cached_property
    def owner(self) -> Person:
        """Who begins the file."""
        speaks = SPOKEN.get(self["language"], "en")
        return accounts.welcome(self.address(ROLES[0]), self.people[0], speaks, by=TELLER)

    @cached_property
    def about(self) -> dict[str, Any]:
        """Names and numbers for phrases."""
        return words.about(self["name"], self["field"], self["language"], int(self["population"]))

    def says(self, part: str, seed: str = "") -> str:
        return words.said(part, self["language"], self["name"] + seed, self["field"], **self.about)


def family_of(country: str) -> str:
    """All people of the story are called Example in their language."""
    return next(row["family"] for row in rows("people") if row["country"] == country)


def officer_of(country: Country, by: Person) -> Person:
    """Who works for the commission of a country; the commission is written down if there is none."""
    if not NationalCommission.objects.filter(country=country).exists():
        given = several(next(row["given"] for row in rows("given") if row["country"] == country.pk))
        commission(country, f"{given[0]} {family_of(country.pk)}", by=by)
    return Mandate.objects.get(commission__country=country, role=Mandate.Role.COMMISSION_OFFICER).person


def begin(call: Call, one: Candidate, on: dt.datetime) -> Application:
    """The file with what it says of the city."""
    facts = {
        "city_name": one["name"], "local_name": one["local_name"], "country": one.country,
        "field": CreativeField.objects.get(pk=one["field"]), "language": one["language"],
        "population": int(one["population"]), "latitude": float(one["latitude"]), "longitude": float(one["longitude"]),
    }  # fmt: skip
    with clock.at(on):
        return applications.begin(call, facts, by=one.owner)


def write(file: Application, one: Candidate, on: dt.datetime, *, sections: tuple[str, ...] = ()) -> None:
    """The answers of a city, of all sections or some."""
    asked = queries.definition_of(file)
    wanted = [each for each in asked["questions"] if not sections or each["section"] in sections]
    values = {place: value for each in wanted for place, value in _answers(each, one)}
    with clock.at(on):
        applications.save_answers(file, values, opened={}, by=one.owner)


def _answers(question: Item, one: Candidate) -> Iterator[tuple[tuple[str, int], Any]]:
    """Of a question in a block, of as many rows as there are phrases, at most two."""
    key = question["key"]
    if question["kind"] == "yes-no":
        yield (key, 0), True
    elif question["kind"] == "number":
        yield (key, 0), str(1000 * words.number(one.slug + key, 40, 900))
    elif key.startswith(ROLES) and question["kind"] == "line":
        yield (key, 0), _contact(key, one)
    elif question["kind"] in ("line", "text") and (text := one.says(key)):
        yield (key, 0), text


def _contact(key: str, one: Candidate) -> str:
    role = max((each for each in ROLES if key.startswith(f"{each}-")), key=len, default="")
    at = ROLES.index(role) if role else 0
    known = {"name": one.people[at], "email": one.address(role), "function": FUNCTIONS[one["language"]][at]}
    return known.get(key.removeprefix(f"{role}-"), "")


def add_papers(file: Application, one: Candidate, on: dt.datetime) -> None:
    """Letters, pictures and the cession of rights to each, one after the other."""
    asked = queries.definition_of(file)
    wanted = [(paper, number) for paper in asked["documents"] if paper["by"] == "city"
              for number in checklist.numbers(asked, paper)]  # fmt: skip
    for position, (paper, number) in enumerate(wanted):
        with clock.at(on + position * dt.timedelta(minutes=words.number(one.slug, 9, 140))):
            _add(file, one, paper, number)


def _add(file: Application, one: Candidate, paper: Item, number: int) -> None:
    said: dict[str, str] = {}
    if "jpeg" in paper["formats"]:
        made = sheets.photograph_for(one["field"], number, paper["megabytes"])
        said = {"alt": f"{one['name']}: {one.about['place']}", "credit": one.people[1]}
    else:
        label = paper["label"].get(one["language"]) or paper["label"]["en"]
        body = [f"{one['name']}, {one.country.name_en}", "", f"{label} ({number})", "", one.people[number % 4]]
        made = sheets.letter(paper, label, body)
    documents.add_paper(file, paper["key"], number, paper=made, opened="", by=one.owner, **said)


def work_together(file: Application, one: Candidate, on: dt.datetime) -> Person:
    """The owner invites a colleague to write along, who accepts and comments."""
    with clock.at(on):
        email, name = one.address(ROLES[1]), one.people[1]
        sent = team.invite(file, email=email, name=name, language=one.owner.language, role="editor", by=one.owner)
        return accounts.accept(sent, by=TELLER)


def present(file: Application, one: Candidate, on: dt.datetime) -> None:
    """To the commission of the country."""
    with clock.at(on):
        applications.present(file, by=one.owner)


def endorse(file: Application, one: Candidate, on: dt.datetime, by: Person) -> None:
    """As the officer reads it; the letter is written here."""
    with clock.at(on):
        read = fingerprint(queries.content_of(file))
        endorsements.endorse(file, fingerprint=read, letter=Letter(words=one.says("endorsement")), by=by)


def ask_and_answer(file: Application, one: Candidate, on: dt.datetime, by: Person) -> None:
    """The commission asks, the team answers."""
    for text, act, person in (
        (one.says("asked"), endorsements.ask, by), (one.says("answered"), endorsements.answer, one.owner),
    ):  # fmt: skip
        with clock.at(on):
            act(file, text=text, once=uuid.uuid5(uuid.NAMESPACE_URL, f"{file.code} {text}"), by=person)


def hand_in(file: Application, one: Candidate, on: dt.datetime) -> None:
    """Frozen as it is, with its receipt."""
    with clock.at(on):
        applications.submit(file, by=one.owner)


def definition_of(call: Call) -> Definition:
    """What the call asks."""
    newest = call.versions.first()
    assert newest is not None  # it is published
    said: Definition = newest.definition
    return said
