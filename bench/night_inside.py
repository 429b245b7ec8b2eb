"""Deadline night, inside: fills a call with teams that write, and afterwards looks whether anything was lost.

    night_inside.py prepare TEAMS READY     prints one line of JSON: who saves what, with which session, at which address
    night_inside.py check FILE              FILE holds what was acknowledged; prints what is missing and what is half

Run with the environment of an installation that holds the reference data and nothing else.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import datetime as dt
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import applications, calls
from creativecities.calls.compute import answers, checklist, files
from creativecities.calls.compute.definition import find
from creativecities.calls.formats.templates import template
from creativecities.calls.models import Answer, Application, Document, Endorsement, Submission
from creativecities.calls.queries import applications as queries
from creativecities.core.actor import Robot
from creativecities.core.models import StoredFile
from creativecities.network.models import Country, CreativeField, NationalCommission

SOMEBODY = Robot("Deadline night")
TYPED = "history"
"""The question everybody types in."""


def prepare(teams: int, ready: int) -> None:
    """A call that is open, a file for each team, of which some are complete and endorsed."""
    call = _call()
    countries, fields = list(Country.objects.order_by("pk")), list(CreativeField.objects.order_by("pk"))
    owners, paper, nothing = [], _paper(), answers.opened(0, None)
    for at in range(teams):
        person = accounts.welcome(f"team{at}@night.example", f"Team {at}", by=SOMEBODY)
        file = applications.begin(call, _facts(at, countries, fields), by=person)
        if at < ready:
            _complete(file, paper, place=at // len(countries) + 1)
        owners.append(
            {"code": file.code, "session": session_of(person), "hands_in": at < ready, "opened": str(nothing)}
        )
    section = find(queries.definition_of(file), "questions", TYPED)["section"]
    print(json.dumps({"box": f"{TYPED}_0", "section": section, "teams": owners}))


def _call():
    call = calls.draft_call("night", template("2025-practice"), by=SOMEBODY)
    clock = {"opens_at": -10, "closes_at": 10, "commissions_by": 9}
    dates = {name: f"{timezone.now() + dt.timedelta(days=days):%Y-%m-%dT%H:%M}" for name, days in clock.items()}
    calls.save_part(call, "dates", {"zone": "UTC", **dates}, opened=call.version, by=SOMEBODY)
    calls.save_part(call, "about", {"title": {"en": "Night", "fr": "Nuit"}}, opened=call.version, by=SOMEBODY)
    calls.release(call, reason="", opened=call.version, by=SOMEBODY)
    call.refresh_from_db()
    return call


def _facts(at, countries, fields):
    return {
        "city_name": f"Nightville {at}", "country": countries[at % len(countries)], "language": "en",
        "field": fields[(at // len(countries) + at) % len(fields)], "population": 90_000, "latitude": 1.0, "longitude": 2.0,
    }  # fmt: skip


def _paper():
    raw = b"%PDF-1.4 night"
    paper = StoredFile(name="paper.pdf", content_type="application/pdf", size=len(raw), digest="0" * 64)
    paper.content.save("paper.pdf", ContentFile(raw), save=True)
    return paper


def _complete(file, paper, *, place):
    """Every question answered within its limit, every paper there, endorsed: as the afternoon before left it."""
    asked = queries.definition_of(file)
    Answer.objects.bulk_create(
        Answer(application=file, question=each["key"], value=_answer(each))
        for each in asked["questions"]
        if each["kind"] not in ("block", "link") and each["key"] != TYPED
    )
    Document.objects.bulk_create(
        Document(application=file, document=each["key"], number=number, file=paper)
        for each in asked["documents"]
        for number in checklist.numbers(asked, each)
    )
    commission, _new = NationalCommission.objects.get_or_create(
        country=file.country, defaults={"name": f"Commission of {file.country_id}"}
    )
    content = queries.content_of(file)
    Endorsement.objects.create(
        application=file, call=file.call, commission=commission, state=states.ENDORSED, place=place, letter=paper,
        only_field=file.field_id, content=content, fingerprint=files.fingerprint(content),
    )  # fmt: skip


def _answer(question):
    first = question["options"][0]["key"] if question["options"] else ""
    kinds = {"number": "40000", "yes-no": True, "choice": first, "choices": [first]}
    return kinds.get(question["kind"], "Lamps and chairs " * 6)


def session_of(person: Person) -> str:
    """Signed in, without the mail."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key


def check(path: str) -> None:
    """Every save that was acknowledged is there, or a later one; nothing is handed in by half."""
    acknowledged = json.loads(Path(path).read_text(encoding="utf-8"))
    codes = dict(Application.objects.values_list("code", "state"))
    there = {
        each.application.code: each.value
        for each in Answer.objects.filter(question=TYPED).select_related("application")
    }
    lost = [code for code, number in acknowledged["saved"].items() if _number(there.get(code, "")) < number]
    handed_in = {each.application.code: each for each in Submission.objects.select_related("application")}
    missing = [code for code in acknowledged["handed_in"] if codes[code] != states.SUBMITTED or code not in handed_in]
    half = [code for code, state in codes.items() if (state == states.SUBMITTED) != (code in handed_in)]
    half += [code for code, each in handed_in.items() if files.fingerprint(each.content) != each.fingerprint]
    print(json.dumps({"lost": lost, "missing": missing, "half": sorted(set(half)), "handed_in": len(handed_in)}))


def _number(text: str) -> int:
    """Each save begins with its number."""
    first = text.partition(" ")[0]
    return int(first) if first.isdigit() else 0


if __name__ == "__main__":
    {"prepare": lambda: prepare(int(sys.argv[2]), int(sys.argv[3])), "check": lambda: check(sys.argv[2])}[sys.argv[1]]()
