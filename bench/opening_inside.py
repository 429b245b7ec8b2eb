"""Opening of registration, inside: an edition, its programme and the cities that register; afterwards what is in the database.

    opening_inside.py prepare CITIES    prints one line of JSON: who registers, with which session, at which address
    opening_inside.py check FILE        FILE holds what was acknowledged; prints what is lost, and what is sold twice

Run with the environment of an installation that holds the reference data and nothing else.
"""

# ruff: noqa: E402 - Django is set up by the first of these imports
import json
import sys
from collections import Counter
from pathlib import Path

from edition_inside import SESSIONS, edition
from night_inside import session_of

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.conference.compute import definition
from creativecities.conference.models import Badge, Delegate, Delegation, Edition, Seats, Session, SignUp
from creativecities.core import days
from creativecities.core.actor import Robot
from creativecities.network.models import City, Mandate

SEATS, MOST = 600, 3
"""Fewer than the cities ask for: 250 of them may bring three people each."""
ENTERED = 3
"""Sessions with forty seats that everybody wants to sit in."""


def prepare(cities: int) -> None:
    """Cities that have not registered yet, each with a focal point; speakers come from the others."""
    one = edition(speakers=City.objects.filter(is_listed=True).count() - cities)
    one.settings["delegations"] |= {"seats": SEATS, "most": MOST}
    one.save()
    register = City.objects.filter(is_listed=True).exclude(delegations__edition=one).order_by("pk")[:cities]
    teams = [{"city": city.slug, **_focal_point(city)} for city in register]
    entered = list(one.sessions.filter(seats__isnull=False).order_by("pk").values_list("slug", flat=True)[:ENTERED])
    read = [f"session-{at + 1}" for at in range(SESSIONS)]
    print(json.dumps({"edition": one.slug, "teams": teams, "entered": entered, "sessions": read}))


def _focal_point(city: City) -> dict[str, str | int]:
    person: Person = accounts.welcome(f"{city.slug}@opening.example", f"Focal point of {city.name}", by=Robot("Bench"))
    Mandate.objects.create(person=person, role="focal-point", city=city, start=days.today())
    return {"person": person.pk, "session": session_of(person)}


def check(path: str) -> None:
    """Every place and seat is held once, none more than there are, and whatever was acknowledged is there."""
    acknowledged = json.loads(Path(path).read_text(encoding="utf-8"))
    one = Edition.objects.get(slug=acknowledged["edition"])
    came = Delegation.objects.filter(edition=one, city__slug__in=acknowledged["cities"])
    found = _lost(came, acknowledged) | {"oversold": _oversold(one, came) + _seats_oversold(one)}
    signups = SignUp.objects.filter(session__edition=one)
    found |= {
        "delegates": Delegate.objects.filter(delegation__in=came, number__isnull=False).count(),
        "seated": signups.filter(number__isnull=False).count(), "waiting": signups.filter(number=None).count(),
    }  # fmt: skip
    print(json.dumps(found))


def _lost(came, acknowledged):
    """Of each city: places, confirmations and seats that were promised and are not there."""
    held = Counter(came.filter(delegates__number__isnull=False).values_list("city__slug", flat=True))
    confirmed = set(came.filter(state="confirmed").values_list("city__slug", flat=True))
    signed = set(SignUp.objects.filter(delegate__delegation__in=came).values_list("delegate__code", flat=True))
    lost = [city for city, number in acknowledged["nominated"].items() if held[city] < number]
    lost += [city for city in acknowledged["confirmed"] if city not in confirmed]
    return {"lost": lost + [code for code in acknowledged["signed_up"] if code not in signed]}


def _oversold(one, came):
    """Quotas, delegations and the whole edition, counted row by row and beside the counters; badges once each."""
    rows = list(Delegate.objects.filter(delegation__in=came, number__isnull=False).values_list(
        "delegation", "role", "number", "state", "pk"))  # fmt: skip
    places, sizes = Counter((sent, role) for sent, role, *_ in rows), Counter(sent for sent, *_ in rows)
    wrong = [f"quota {place}" for place, held in places.items() if held > definition.quota(one.settings, place[1])]
    wrong += [f"number twice in {place}" for place in places if _repeated(rows, place)]
    wrong += [f"delegation {each.pk}" for each in came if not sizes[each.pk] == each.taken <= MOST]
    taken = Seats.objects.get(edition=one).taken
    whole = Delegate.objects.filter(delegation__edition=one, number__isnull=False).count()  # speakers came before
    if not taken == whole <= SEATS:
        wrong.append(f"edition: {whole} people, {taken} counted, {SEATS} seats")
    holding = Counter(Badge.objects.filter(revoked_at=None).values_list("delegate", flat=True))
    wrong += [f"badges of {pk}" for *_, state, pk in rows if holding[pk] != (state == "confirmed")]
    return wrong


def _repeated(rows, place):
    numbers = [number for sent, role, number, *_ in rows if (sent, role) == place]
    return len(numbers) != len(set(numbers))


def _seats_oversold(one):
    """Sessions: no more people than seats, no seat twice, nobody twice."""
    wrong = []
    for session in Session.objects.filter(edition=one, seats__isnull=False).prefetch_related("signups"):
        rows = list(session.signups.all())
        numbers = [each.number for each in rows if each.number]
        if len(numbers) > session.seats or len(numbers) != len(set(numbers)) or max(numbers, default=0) > session.seats:
            wrong.append(f"seats of {session.slug}")
        if len({each.delegate_id for each in rows}) != len(rows):
            wrong.append(f"somebody twice in {session.slug}")
    return wrong


if __name__ == "__main__":
    {"prepare": lambda: prepare(int(sys.argv[2])), "check": lambda: check(sys.argv[2])}[sys.argv[1]]()
