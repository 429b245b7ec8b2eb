"""Who is in the invented network: its officers, its member cities with their teams, their words about themselves."""

import datetime as dt
from collections.abc import Iterator

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings

from creativecities.accounts import actions as accounts
from creativecities.accounts import rules
from creativecities.accounts.models import Person
from creativecities.core.actor import Robot
from creativecities.demo.story.files import rows, several
from creativecities.network import formats
from creativecities.network.actions import appointments, loading, mandates, membership, portraits
from creativecities.network.models import City, Country, CreativeField, DesignationRound, Mandate, NationalCommission
from creativecities.network.queries import reference

TELLER = Robot("Demonstration")
OF_REAL_CITIES = (
    "member_cities", "city_portraits", "city_names", "city_former_names", "field_history", "local_languages",
    "network_totals", "initiatives", "annual_conferences",
)  # fmt: skip
SPOKEN = {"fr": "fr", "es": "es", "ar": "ar", "ru": "ru", "zh": "zh-hans"}
"""The languages of the screens by those of the story; whoever speaks another one reads English."""
COMMISSIONS = ("PT", "FR", "KE")


def is_told() -> bool:
    return City.objects.exists()


def tell() -> Iterator[str]:
    """Says how many cities are in it."""
    load_words()
    officer = holder("Sigrid Example", "secretariat", start=dt.date(2004, 10, 1), by=TELLER)
    head = holder("Amara Example", "head-of-the-network", start=dt.date(2004, 10, 1), by=officer)
    holder("Noor Example", "", start=dt.date(2004, 10, 1), by=officer)
    people = _people()
    countries, cities = Country.objects.in_bulk(), rows("cities")
    for row in cities:
        _city(row, countries[row["country"]], people[row["country"]], officer=officer, head=head)
    for iso in COMMISSIONS:
        commission(countries[iso], next(people[iso]), by=officer)
    yield f"{len(cities)} member cities"


def load_words() -> None:
    """Countries, fields, objectives, topics and the like from the reference data, without any real city."""
    plan = formats.read(settings.REFERENCE_DIR)
    plan.rows |= {name: [] for name in OF_REAL_CITIES}
    loading.load(reference.difference(plan), by=TELLER)


def _people() -> dict[str, Iterator[str]]:
    """By country, the names of people who do not exist: all are called Example in their language."""
    return {
        row["country"]: iter([f"{given} {row['family']}" for given in several(row["given"])]) for row in rows("people")
    }


def _city(row: dict[str, str], country: Country, people: Iterator[str], *, officer: Person, head: Person) -> None:
    field = CreativeField.objects.get(pk=row["field"])
    held = DesignationRound.objects.get(year=row["year"])
    city = membership.admit(
        name=row["name"], local_name=row["local_name"], country=country, latitude=float(row["latitude"]),
        longitude=float(row["longitude"]), field=field, round=held, source="Demonstration", by=head,
    )  # fmt: skip
    speaks = SPOKEN.get(row["language"], "en")
    contact, _mayor = (
        holder(next(people), role, city=city, speaks=speaks, start=held.announced_on, by=officer)
        for role in ("focal-point", "mayor")
    )
    values = {"text": row["portrait"], "keywords": [], "challenges": [], "source": "", "is_original": True}
    portraits.save_portrait(city, language=row["language"], values=values, opened=0, by=contact)


def commission(country: Country, name: str, *, by: Person) -> None:
    """Written down, with somebody who works there."""
    address = f"commission@{country.pk.lower()}.example.org"
    said = {"name": f"Example Commission of {country.name_en}", "website": "", "email": address}
    appointments.save_commission(country, values=said, by=by)
    written = NationalCommission.objects.get(country=country)
    holder(name, "commission-officer", commission=written, start=dt.date(2020, 1, 1), by=by)


def holder(
    name: str, role: str, *, start: dt.date, by: Person | Robot, speaks: str = "en", city: City | None = None,
    commission: NationalCommission | None = None,
) -> Person:  # fmt: skip
    """Somebody with a mandate, or with none; where their account needs a second factor, it has one."""
    body = city.slug if city else commission.country_id.lower() if commission else ""
    address = f"{role or 'nobody'}@{body}{'.' if body else ''}example.org"
    person = accounts.welcome(address, name, speaks, by=by)
    if role:
        held = {"city": city, "commission": commission}
        mandates.open_mandate(person=person, role=Mandate.Role(role), start=start, by=by, **held)  # type: ignore[arg-type]
    if rules.second_factor_needed(person):
        TOTP.activate(person, generate_totp_secret())
    return person
