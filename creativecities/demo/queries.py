"""Whom one can be in the demonstration."""

from dataclasses import dataclass

from creativecities.accounts.models import Person
from creativecities.core import days
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
