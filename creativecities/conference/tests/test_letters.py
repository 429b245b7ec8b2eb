"""Invitation letters: issued by city or Secretariat, set with a passport number nobody keeps, checked by a code."""

import datetime as dt
import io
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pypdf import PdfReader

from creativecities.accounts import actions as accounts
from creativecities.conference import states
from creativecities.conference.actions import letters as acts
from creativecities.conference.compute import certifying, inviting
from creativecities.conference.models import Delegate, Delegation, Edition, Letter
from creativecities.conference.queries import letters as queries
from creativecities.conference.tests import kit
from creativecities.core import pdf
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
SET_IN_TYPE = pdf.as_pdf
DESK, OWN = "/secretariat/conference/2031/letters/", "/conference/2031/mine/letter/"


@pytest.fixture
def sent() -> Delegation:
    """A mayor and an expert of a city, at an edition that Porto hosts in two months."""
    made = kit.delegation(kit.hosted(team.city("Porto")), team.city("Kobe"))
    kit.delegate(made, "mayor", "محمد الخطيب", latin_name="Mohamed Exemplo")
    kit.delegate(made, "expert", "Ana Exemplo")
    return made


@pytest.fixture(autouse=True)
def set_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are their HTML: setting in type takes its time, and one test does."""

    def as_html(template: str, context: Any, language: str) -> bytes:
        with override(language):
            around = {"site": settings.SITE, "lang": language, "direction": "ltr"}
            return render_to_string(template, {**around, **context}).encode()

    monkeypatch.setattr(pdf, "is_possible", lambda: True)
    monkeypatch.setattr(pdf, "as_pdf", as_html)


def place_of(one: Delegate) -> str:
    return f"/conference/2031/delegation/{one.delegation.city.slug}/{one.code}/letter/"


def letter_of(one: Delegate) -> Letter:
    return Letter.objects.select_related("edition", "delegate__delegation").get(delegate=one, ended_at=None)


def test_the_team_issues_one_and_downloads_it_with_a_passport_number_nobody_keeps(client: Any, sent: Delegation):
    mayor = sent.delegates.get(role="mayor")
    own, place = team.sign_in(client, team.member(sent.city)), place_of(mayor)
    assert place in own.get("/conference/2031/delegation/kobe/").content.decode()
    assert "Issue the letter" in own.get(place).content.decode()
    assert own.post(place, {"issue": "1"}).status_code == 302
    assert own.post(place, {"issue": "1"}).status_code == 409
    one = letter_of(mayor)
    assert (one.serial, one.initials, one.holds) == ("2031-0001", "M. E.", True)
    wrong = own.post(place, {"language": "fr", "passport": "X1<2"})
    assert wrong.status_code == 422
    answer = own.post(place, {"language": "en", "passport": "X1234567"})
    said = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    for wanted in ("Mohamed Exemplo", "محمد الخطيب", "X1234567", "Porto", "Kobe", "all days", "2031-0001", "To whom"):
        assert wanted in said
    assert certifying.grouped(one.code) in said
    french = own.post(place, {"language": "fr"}).content.decode()
    assert "Mohamed Exemplo" in french
    assert "To whom" not in french
    with connection.cursor() as cursor:
        for table in ("conference_letter", "core_event", "core_mail"):
            cursor.execute(f"SELECT * FROM {table}")
            assert "X1234567" not in str(cursor.fetchall())
    event = Event.objects.get(kind="conference.letter.issued")
    assert "Exemplo" not in str(event.facts) + event.subject_name
    assert one.code not in str(event.facts) + event.subject_name


def test_the_secretariat_issues_all_and_each_team_has_one_mail(client: Any, sent: Delegation):
    guest = team.member(sent.city)
    kit.delegate(sent, "focal-point", "Clara Exemplo", person=guest)
    kit.delegate(sent, "observer", "Gast Exemplo", state=states.NOMINATED)
    desk = team.sign_in(client, team.officer())
    assert desk.post(DESK).status_code == 302
    assert [each.number for each in Letter.objects.all()] == [1, 2, 3]
    mail = Mail.objects.get(kind="conference.letter.issued")
    assert (mail.to_person_id, "Exemplo" in mail.subject + mail.body) == (guest.pk, False)
    assert desk.post(DESK).status_code == 409
    page = desk.get(DESK).content.decode()
    assert "2031-0002" in page
    assert "Ana Exemplo" not in page
    gone = Letter.objects.get(number=2)
    for status in (302, 409):
        assert desk.post(f"{DESK}2/withdraw/").status_code == status
    assert "holds no longer" in client.get(f"/letter/{gone.code}/").content.decode()
    assert desk.post(DESK).status_code == 302
    assert Letter.objects.filter(ended_at=None).count() == 3


def test_a_code_tells_initials_edition_and_whether_it_holds(client: Any, sent: Delegation):
    acts.issue_all(sent.edition, by=team.officer())
    one = letter_of(sent.delegates.get(role="expert"))
    typed = client.get("/letter/", {"code": f" {certifying.grouped(one.code).upper()} "})
    assert typed.url == f"/letter/{one.code}/"
    with CaptureQueriesContext(connection) as asked:
        page = client.get(typed.url).content.decode()
    assert "genuine and holds" in page
    assert "A. E." in page
    for hidden in ("Ana", "Exemplo", "Kobe", "Expert"):
        assert hidden not in page
    with CaptureQueriesContext(connection) as missing:
        assert client.get("/letter/aaaabbbbccccdddd/").status_code == 404
    assert len(asked) == len(missing) == 1
    assert client.get("/letter/", {"code": "\u202e<b>"}, follow=True).status_code == 404


@pytest.mark.parametrize("change", ["name", "days", "withdrawn", "declined", "cancelled", "over", "forgotten"])
def test_it_holds_as_long_as_what_it_says_is_so(client: Any, sent: Delegation, change: str):
    acts.issue_all(sent.edition, by=team.officer())
    expert = sent.delegates.get(role="expert")
    one = letter_of(expert)
    rows, editions = Delegate.objects.filter(pk=expert.pk), Edition.objects.filter(pk=sent.edition_id)
    past = dt.date(2020, 5, 1)
    done: dict[str, Any] = {
        "name": lambda: rows.update(latin_name="Anna Exemplo"),
        "days": lambda: rows.update(days=[sent.edition.starts_on.isoformat()]),
        "withdrawn": lambda: rows.update(state=states.WITHDRAWN, number=None),
        "declined": lambda: Delegation.objects.update(state=states.DECLINED),
        "cancelled": lambda: editions.update(state=states.CANCELLED),
        "over": lambda: editions.update(starts_on=past, last_day=past),
        "forgotten": rows.delete,
    }
    done[change]()
    page = client.get(f"/letter/{one.code}/").content.decode()
    assert "holds no longer" in page
    assert "A. E." in page


def test_another_name_takes_another_letter(sent: Delegation):
    officer, expert = team.officer(), sent.delegates.get(role="expert")
    acts.issue(expert, by=officer)
    first = letter_of(expert)
    Delegate.objects.filter(pk=expert.pk).update(name="Anna Exemplo")
    expert.refresh_from_db()
    acts.issue(expert, by=officer)
    first.refresh_from_db()
    assert first.ended_at
    assert letter_of(expert).number == 2


def test_none_is_issued_by_others_or_too_early(client: Any, new_client: Any, sent: Delegation):
    mayor, other = sent.delegates.get(role="mayor"), team.member(team.city("Nara"))
    with pytest.raises(Refusal, match="team of this city"):
        acts.issue(mayor, by=other)
    with pytest.raises(Refusal, match="Secretariat"):
        acts.issue_all(sent.edition, by=other)
    stranger = team.sign_in(client, other)
    assert stranger.get(place_of(mayor)).status_code == stranger.post(place_of(mayor)).status_code == 404
    assert stranger.get(OWN).status_code == 404
    waits = kit.delegate(sent, "observer", "Gast Exemplo", state=states.NOMINATED)
    with pytest.raises(Refusal, match="confirmed by name"):
        acts.issue(waits, by=team.officer())
    sent.edition.hosts.all().delete()
    with pytest.raises(Refusal, match="host city"):
        acts.issue(mayor, by=team.officer("Pavel Petrov"))


def test_who_is_invited_downloads_their_own_and_takes_it_along(client: Any, sent: Delegation):
    guest = team.member(team.city("Nara"), "Clara Exemplo")
    kit.delegate(sent, "observer", "Clara Exemplo", person=guest)
    own = team.sign_in(client, guest)
    assert OWN in own.get("/conference/2031/mine/entry/").content.decode()
    assert "can issue one" in own.get(OWN).content.decode()
    assert own.post(OWN, {"language": "en"}).status_code == 409
    acts.issue_all(sent.edition, by=team.officer())
    assert "Clara Exemplo" in own.post(OWN, {"language": "en"}).content.decode()
    one = Letter.objects.get(delegate__person=guest)
    accounts.erase(guest, by=guest)
    one.refresh_from_db()
    assert (one.initials, one.delegate, one.holds) == ("", None, False)


def test_an_edition_words_its_letter_and_only_known_places_are_filled_in(client: Any, sent: Delegation):
    desk, part = team.sign_in(client, team.officer()), "/secretariat/conference/2031/settings/letter/"
    wrong = desk.post(part, {"opened": 1, "wording_en": "Dear {name}, {passport}"})
    assert wrong.status_code == 422
    assert "{passport}" in wrong.content.decode()
    typed = {"opened": 1, "wording_en": "Dear {name},\n\n<b>come</b> to {place}", "signed_by_en": "Lampadius"}
    assert desk.post(part, typed).status_code == 302
    acts.issue_all(Edition.objects.get(), by=team.officer("Pavel Petrov"))
    one = letter_of(sent.delegates.get(role="expert"))
    said = queries.on_paper(one, "", "en")
    assert said["paragraphs"][0] == "Dear Ana Exemplo,"
    assert said["signed_by"] == "Lampadius"
    assert "&lt;b&gt;" in pdf.as_pdf("conference/letter_paper.html", said, "en").decode()
    assert inviting.usual() not in str(queries.on_paper(one, "", "fr")["paragraphs"])


@pytest.mark.skipif(not pdf.is_possible(), reason="no PDF without Pango")
def test_a_name_of_two_scripts_is_set_in_type(sent: Delegation):
    acts.issue_all(sent.edition, by=team.officer())
    one = letter_of(sent.delegates.get(role="mayor"))
    with override("ar"):
        raw = SET_IN_TYPE("conference/letter_paper.html", queries.on_paper(one, "X1", "ar"), "ar")
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    assert "Mohamed Exemplo" in said
    assert certifying.grouped(one.code) in said
