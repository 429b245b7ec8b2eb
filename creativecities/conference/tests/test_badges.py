"""Badges in type, reminders counted before, and participants named as far as they agreed."""

import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from creativecities.conference import jobs
from creativecities.conference.actions import badges as acts
from creativecities.conference.compute import qr
from creativecities.conference.models import Badge, Delegate, Edition, Printing, Reminder
from creativecities.conference.tests import kit
from creativecities.core import pdf
from creativecities.core.models import Mail, StoredFile
from creativecities.network.models import City
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
SHEETS = "/secretariat/conference/2031/badges"
ARABIC = "ليلى بنت عبد الرحمن"


@pytest.fixture
def edition() -> Edition:
    return kit.edition()


@pytest.fixture
def officer(client: Any) -> Any:
    return team.sign_in(client, team.officer())


def worn(edition: Edition, city: City, *names: str) -> list[Badge]:
    """Confirmed delegates with a badge each."""
    sent = kit.delegation(edition, city)
    made = [kit.delegate(sent, name=name) for name in names]
    return [Badge.objects.create(delegate=each, token=f"{each.code:>032}") for each in made]


def test_a_code_is_drawn_with_its_quiet_zone():
    drawn = qr.drawing("x" * 32)
    assert drawn.size == 25 + 2 * 4 + 4
    assert drawn.path.startswith("M4 4h1v1h-1z")


@pytest.mark.skipif(not pdf.is_possible(), reason="no Pango")
def test_all_badges_are_set_sheet_by_sheet_sorted_by_city_and_bound(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, officer: Any, new_client: Any
):
    worn(edition, team.city("Nara"), "Zoe Exemplo", ARABIC)
    worn(edition, team.city("Kobe"), "Berta Exemplo")
    monkeypatch.setattr(jobs, "SHEET", 2)
    printing = acts.print_all(edition, by=team.officer("Eva Exemplo"))
    with pytest.raises(Exception, match="already"):
        acts.print_all(edition, by=team.officer("Ivo Exemplo"))
    for done in (0, 2, 3):
        assert jobs.set_badges.call(printing.pk, done)
    assert not jobs.set_badges.call(printing.pk, 2), "a turn is taken once"
    printing.refresh_from_db()
    assert printing.file is not None
    assert (printing.done, StoredFile.objects.count()) == (3, 1)
    with printing.file.content.open("rb") as raw:
        pages = PdfReader(io.BytesIO(raw.read())).pages
    assert [name in page.extract_text() for name, page in zip(("Berta", "Zoe"), pages, strict=False)] == [True, True]
    assert len(pages) == 3
    assert b"".join(officer.get(f"{SHEETS}.pdf").streaming_content).startswith(b"%PDF")
    assert "3 badges" in officer.get(f"{SHEETS}/").content.decode()
    assert team.sign_in(new_client(), team.member(team.city("Gifu"))).get(f"{SHEETS}.pdf").status_code == 404
    Printing.objects.update(began_at=timezone.now() - dt.timedelta(days=8))
    assert jobs.look_after_badges() == 1
    assert (Printing.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.skipif(not pdf.is_possible(), reason="no Pango")
def test_a_printing_whose_worker_died_is_gone_on_with(edition: Edition):
    worn(edition, team.city(), "Berta Exemplo")
    printing = acts.print_all(edition, by=team.officer())
    jobs.look_after_badges()
    Printing.objects.update(beat_at=timezone.now() - dt.timedelta(minutes=6))
    jobs.look_after_badges()
    printing.refresh_from_db()
    assert printing.beat_at > timezone.now() - dt.timedelta(minutes=1)


def test_one_badge_is_printed_at_once_and_a_lost_one_replaced(edition: Edition, officer: Any, new_client: Any):
    badge = worn(edition, team.city("Kobe"), "Berta Exemplo")[0]
    code = badge.delegate.code
    printed = officer.get(f"{SHEETS}/{code}.pdf")
    assert printed.status_code == 200
    assert printed["Cache-Control"] == "private, no-store"
    assert officer.post(f"{SHEETS}/{code}/").url == "/secretariat/conference/2031/delegations/kobe/"
    badge.refresh_from_db()
    assert badge.revoked_at
    assert Badge.objects.filter(delegate=badge.delegate, revoked_at=None).count() == 1
    Badge.objects.update(revoked_at=timezone.now())
    assert officer.get(f"{SHEETS}/{code}.pdf").status_code == 404
    member = team.sign_in(new_client(), team.member(team.city("Nara")))
    assert member.get(f"{SHEETS}/{code}.pdf").status_code == 404


def test_reminders_are_counted_before_and_each_person_has_one_mail(edition: Edition, officer: Any):
    kobe, nara, gifu = (team.city(name) for name in ("Kobe", "Nara", "Gifu"))
    both = team.member(kobe)
    both.mandates.create(role="alternative-contact", city=nara, start="2020-01-01")
    team.member(gifu)
    kit.delegation(edition, gifu)
    desk = "/secretariat/conference/2031/delegations/"
    assert "2 cities have not answered." in officer.get(desk).content.decode()
    assert officer.post(f"{desk}remind/", {"opened": 3}).status_code == 409
    assert not Mail.objects.exists()
    assert officer.post(f"{desk}remind/", {"opened": 2}).url == desk
    letter = Mail.objects.get()
    assert letter.to_person_id == both.pk
    assert "Kobe, Nara" in letter.body
    assert Reminder.objects.get().people == 1
    assert officer.post(f"{desk}remind/", {"opened": 2}).status_code == 409


def test_the_clock_reminds_seven_days_and_one_day_before(edition: Edition):
    person = team.member(team.city("Kobe"))
    assert jobs.remind() == 0
    for days_before in (6, 0.5):
        Edition.objects.update(nominate_by=timezone.now() + dt.timedelta(days=days_before))
        assert (jobs.remind(), jobs.remind()) == (1, 0)
    assert Mail.objects.filter(to_person_id=person.pk, kind="conference.edition.remind_nominate").count() == 2


def test_participants_are_named_to_those_to_whom_they_agreed(edition: Edition, officer: Any, new_client: Any):
    sent = kit.delegation(edition, team.city("Kobe"))
    for name, consent in (("Nora Exemplo", "nobody"), ("Paula Exemplo", "participants"), ("Otto Exemplo", "public")):
        kit.delegate(sent, name=name, consent=consent, email="secret@example.org")
    comes = team.member(team.city("Nara"), role="mayor")
    kit.delegate(kit.delegation(edition, City.objects.get(name="Nara")), "mayor", "Rita Exemplo", person=comes)
    page = "/conference/2031/participants"
    readers = {
        "visitor": (new_client(), {"Otto"}),
        "another": (team.sign_in(new_client(), team.member(team.city("Gifu"))), {"Otto"}),
        "participant": (team.sign_in(new_client(), comes), {"Otto", "Paula"}),
        "officer": (officer, {"Otto", "Paula", "Nora", "Rita"}),
    }
    for browser, seen in readers.values():
        for address in (f"{page}/", f"{page}.csv"):
            text = browser.get(address).content.decode()
            assert {name for name in ("Otto", "Paula", "Nora", "Rita") if f"{name} Exemplo" in text} == seen
            assert "secret@" not in text
    Delegate.objects.update(state="withdrawn", number=None)
    assert "Otto" not in new_client().get(f"{page}.json").content.decode()
