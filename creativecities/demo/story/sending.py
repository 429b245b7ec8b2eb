"""Whom the invented cities send to an edition, by name, and what these people need."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions import delegations, needs
from creativecities.conference.models import Delegate, Delegation, Edition
from creativecities.demo.story import clock, words
from creativecities.demo.story.files import rows, several
from creativecities.demo.story.filing import family_of
from creativecities.demo.story.gathering import DAY, HOUR, LANGUAGES
from creativecities.network.models import City

CITIES = 100
"""So many rows of the story are told, at most."""
WRITES = ("en", "fr", "es", "pt", "ar", "ru")
"""In these the story has phrases; who speaks another one writes English."""
SPOKEN = {"zh": "zh-Hans"}
"""Languages of the story that have another name where one is chosen."""


@dataclass(frozen=True)
class Party:
    """A row of the story: a city, whom it sends, and what becomes of it in each edition."""

    row: dict[str, str]
    city: City
    language: str
    contact: Person
    mayor: Person

    def __getitem__(self, name: str) -> str:
        return self.row[name]

    @cached_property
    def roles(self) -> list[str]:
        """As what people come, the first of whom interpreters interpret for."""
        return several(self["party"])

    @cached_property
    def writes(self) -> str:
        """In which language its people write."""
        return self.language if self.language in WRITES else "en"

    def says(self, part: str, of: str = "", seed: str = "") -> str:
        return words.said(part, self.writes, self.city.slug + seed, of)

    def values(self, role: str, bound_to: Delegate | None) -> dict[str, Any]:
        """Somebody with their name, as the city writes them down."""
        account = {"mayor": self.mayor, "focal-point": self.contact}.get(role)
        name = account.name if account else self["expert"] if role == "expert" else self._name(role)
        email = account.email if account else f"{role}@{self.city.slug}.example.org"
        return {
            "person": account, "name": name, "office": self.says("office", role), "email": email,
            "gender": self["gender"] if role == "expert" else "",
            "bound_to": bound_to if role == "interpreter" else None,
        }  # fmt: skip

    def _name(self, role: str) -> str:
        given = several(next(row["given"] for row in rows("given") if row["country"] == self.city.country_id))
        return f"{given[words.number(self.city.slug + role, 0, len(given) - 1)]} {family_of(self.city.country_id)}"


def parties(name: str) -> Iterator[Party]:
    """The cities of which the story tells something in an edition."""
    told = [row for row in rows("sending")[:CITIES] if row[name]]
    cities = City.objects.select_related("country").in_bulk([row["city"] for row in told], field_name="slug")
    languages = {row["name"]: row["language"] for row in rows("cities")}
    addresses = [f"{role}@{row['city']}.example.org" for row in told for role in ("focal-point", "mayor")]
    people = {person.email: person for person in Person.objects.filter(email__in=addresses)}
    for row in told:
        team = (people[f"{role}@{row['city']}.example.org"] for role in ("focal-point", "mayor"))
        city = cities[row["city"]]
        yield Party(row, city, languages[city.name], *team)


def nominate(
    edition: Edition, one: Party, on: dt.datetime, *, roles: list[str], named: bool = True, waits: bool = False
) -> None:
    """One after the other; without names where the city does not know them yet."""
    with clock.at(on):
        for role in roles:
            first = (
                Delegate.objects.filter(delegation__edition=edition, delegation__city=one.city).order_by("pk").first()
            )
            values = one.values(role, first)
            if not named:
                values |= {"person": None, "name": "", "office": "", "email": "", "gender": ""}
            delegations.nominate(edition, one.city, role=role, values=values, waits=waits, by=one.contact)


def confirm(edition: Edition, one: Party, on: dt.datetime) -> Delegation:
    """All by name; then they say what they speak and need."""
    sent = sent_by(edition, one)
    with clock.at(on):
        delegations.confirm(sent, by=one.contact)
    with clock.at(on + 2 * DAY):
        for delegate in sent.delegates.filter(state=states.CONFIRMED):
            delegate.delegation = sent
            needs.say(delegate, values=_needs(edition, one, delegate), opened=sent.version, by=one.contact)
    return sent


def sent_by(edition: Edition, one: Party) -> Delegation:
    """The delegation of a city."""
    sent = Delegation.objects.get(edition=edition, city=one.city)
    sent.edition, sent.city = edition, one.city
    return sent


def _needs(edition: Edition, one: Party, delegate: Delegate) -> dict[str, Any]:
    seed = one.city.slug + delegate.role
    spoken = {SPOKEN.get(one.language, one.language), "en" if delegate.role != "mayor" else ""} - {""}
    if delegate.role == "interpreter":
        spoken.add(LANGUAGES[words.number(seed, 1, 2)])
    asked = {item["key"]: item["kind"] for item in edition.settings["form"] if delegate.role in item["roles"]}
    hour = (edition.starts_on or dt.date.max) - DAY * (words.number(seed, 0, 3) == 0)
    answers: dict[str, Any] = {"line": f"{hour:%d/%m} {words.number(seed, 6, 22)}:40", "yes-no": True}
    consents = ("public", "public", "participants") if delegate.person_id else ("public", "participants", "nobody")
    late = [(edition.starts_on + step * DAY).isoformat() for step in (1, 2, 3)] if edition.starts_on else []
    return {
        "languages": sorted(spoken), "consent": consents[words.number(seed, 0, 2)],
        "days": late if one.row.get("now") == "late" and delegate.role == "expert" else [],
        "diet": one.says("diet", seed=seed) if words.number(seed + "diet", 0, 3) == 0 else "",
        "access": one.says("access", seed=seed) if words.number(seed + "access", 0, 11) == 0 else "",
        "answers": {key: answers[kind] for key, kind in asked.items() if words.number(seed + key, 0, 2)},
    }  # fmt: skip


def decline(edition: Edition, one: Party, on: dt.datetime) -> None:
    """The city does not come, and says why."""
    with clock.at(on):
        delegations.decline(edition, one.city, reason=one.says("stays"), by=one.contact)


def send(edition: Edition, one: Party, opens_at: dt.datetime, days: tuple[int, int]) -> Delegation:
    """Nominated some days after registration has opened, confirmed by name later."""
    hour = words.number(one.city.slug + "hour", 6, 15) * HOUR
    later = words.number(one.city.slug + "days", 0, 9)
    nominate(edition, one, opens_at + (days[0] + later) * DAY + hour, roles=one.roles)
    return confirm(edition, one, opens_at + (days[1] + later) * DAY + hour)
