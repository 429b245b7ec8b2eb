"""Calls and files for tests: made with the shipped template, dated around today, and moved on by real actions."""

import datetime as dt
import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import applications, endorsements
from creativecities.calls.actions import calls as actions
from creativecities.calls.compute import checklist, files
from creativecities.calls.formats.templates import template
from creativecities.calls.models import Application, Assignment, Call, Document, Reviewer, Submission
from creativecities.calls.queries import applications as queries
from creativecities.core.models import StoredFile
from creativecities.network.models import Country, CreativeField, Mandate, NationalCommission
from creativecities.network.tests.factories import CountryFactory, FieldFactory, RegionFactory, holder

TITLES = {"title": {"en": "Call of the lamps", "fr": "Appel des lampes"}}


def dates(opens: int = -10, closes: int = 20, **more: int) -> dict[str, str]:
    """Days from now, at the hour it is, as the clock of Paris shows them."""
    names = {"opens_at": opens, "closes_at": closes, **more}
    walls = {name: timezone.now() + dt.timedelta(days=days) for name, days in names.items()}
    return {name: at.strftime("%Y-%m-%dT%H:%M") for name, at in walls.items()}


def draft(by: Person, slug: str = "2031", **days: int) -> Call:
    """Complete, not published."""
    FieldFactory()
    RegionFactory()
    call = actions.draft_call(slug, template("2025-practice"), by=by)
    actions.save_part(call, "dates", dates(**days), opened=call.version, by=by)
    actions.save_part(call, "about", TITLES, opened=call.version, by=by)
    return call


def published(by: Person, slug: str = "2031", **days: int) -> Call:
    """Open since ten days, for twenty more."""
    call = draft(by, slug, **days)
    actions.release(call, reason="", opened=call.version, by=by)
    call.refresh_from_db()
    return call


def typed(response: Any) -> dict[str, Any]:
    """What a page's form holds, as the browser sends it back."""
    return filled_in(response.context["form"])


def filled_in(form: Any) -> dict[str, Any]:
    """What a form holds as it is shown."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False, "", [])}


FACTS = {"population": 120_000, "latitude": 10.0, "longitude": 20.0}


def begun(call: Call, by: Person, name: str = "Lampara", **facts: Any) -> Application:
    """A city's file with nothing in it but where the city is; the city is invented."""
    field = CreativeField.objects.get(pk="design")
    given = {"city_name": name, "country": country(), "field": field, "language": "en", **FACTS, **facts}
    return applications.begin(call, given, by=by)


def country(iso2: str = "PT") -> Country:
    """With its region, once."""
    return Country.objects.filter(pk=iso2).first() or CountryFactory(iso2=iso2)


def answer_to(question: dict[str, Any], words: str = "lamps") -> Any:
    """Something that answers a question of any kind, within its limit of words."""
    first = question["options"][0]["key"] if question["options"] else ""
    kinds = {"number": "40000", "yes-no": True, "choice": first, "choices": [first], "link": "https://lampara.example/"}
    return kinds.get(question["kind"], f"{question['key']} {words}")


def filled(application: Application, by: Person, words: str = "lamps") -> Application:
    """Every question answered once, in a block in its first row, and every paper added."""
    asked = queries.definition_of(application)
    values = {
        (each["key"], 0): answer_to(each, words) for each in asked["questions"]
        if each["kind"] != "block" and each["kind"] != "link"
    }  # fmt: skip
    applications.save_answers(application, values, opened={}, by=by)
    for paper in asked["documents"]:
        for number in checklist.numbers(asked, paper) if paper["by"] == "city" else ():
            Document.objects.create(application=application, document=paper["key"], number=number, file=stored_file())
    return application


def stored_file(raw: bytes = b"%PDF-1.4 lamps", name: str = "letter.pdf") -> StoredFile:
    """A file that is kept, private."""
    made = StoredFile(name=name, content_type="application/pdf", size=len(raw), digest=hashlib.sha256(raw).hexdigest())
    made.content.save(name, ContentFile(raw), save=True)
    return made


def commission(country: Country) -> NationalCommission:
    """That of a country, with its registered address."""
    facts = {"name": "Commission of the lamps", "email": "commission@lampara.example"}
    return NationalCommission.objects.get_or_create(country=country, defaults=facts)[0]


def officer_of(country: Country) -> Person:
    """Somebody who works for the commission of a country."""
    held = Mandate.objects.filter(commission=commission(country), role="commission-officer").first()
    return held.person if held else holder("commission-officer", "Nadia Exemplo", commission=commission(country))


def endorsed(application: Application) -> Application:
    """Presented to the National Commission, and endorsed by it as it is."""
    officer = officer_of(application.country)
    if application.presented_at is None:
        applications.present(application, by=application.contributors.get(role="owner").person)
    read = files.fingerprint(queries.content_of(application))
    endorsements.endorse(application, fingerprint=read, letter=endorsements.Letter(b"%PDF-1.4 lamps"), by=officer)
    return application


def submitted(call: Call, by: Person, name: str = "Lampara", **facts: Any) -> Application:
    """Begun, filled, endorsed and handed in."""
    application = endorsed(filled(begun(call, by, name, **facts), by))
    applications.submit(application, by=by)
    return application


def closed(call: Call) -> Call:
    """Its deadline was a minute ago, and what was handed in was handed in before."""
    ended = timezone.now() - dt.timedelta(minutes=1)
    Submission.objects.filter(application__call=call).update(at=ended - dt.timedelta(minutes=1))
    Call.objects.filter(pk=call.pk).update(closes_at=ended)
    call.refresh_from_db()
    return call


def eligible(call: Call, by: Person, name: str = "Lampara", **facts: Any) -> Application:
    """Handed in, and found eligible by the check: reviewers can be given it."""
    application = submitted(call, by, name, **facts)
    Application.objects.filter(pk=application.pk).update(state=states.ELIGIBLE)
    application.refresh_from_db()
    return application


def reviewer(call: Call, person: Person | None = None, group: str = "expert", **facts: Any) -> Reviewer:
    """Somebody who has accepted to read files and has declared; of a member city where one is given."""
    given = {
        "fields": ["design"], "languages": ["en", "fr"], "most": 8, "state": states.ACCEPTED,
        "confided_at": timezone.now(), "declared_at": timezone.now(), **facts,
    }  # fmt: skip
    return Reviewer.objects.create(call=call, person=person or people.person(), group=group, **given)


def assigned(to: Reviewer, application: Application) -> Assignment:
    """A file given to a reviewer."""
    return Assignment.objects.create(reviewer=to, application=application)
