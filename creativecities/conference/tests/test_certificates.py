"""Certificates of attendance: issued to who came, made in the background, checked by a code that tells nothing."""

import io
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pypdf import PdfReader

from creativecities.accounts import actions as accounts
from creativecities.conference import jobs
from creativecities.conference.actions import certificates as acts
from creativecities.conference.compute import certifying
from creativecities.conference.models import Certificate, CheckIn, Delegate, Delegation, Door, Edition, Scan
from creativecities.conference.queries import certificates as queries
from creativecities.conference.tests import kit
from creativecities.core import pdf
from creativecities.core.models import Mail, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
SET_IN_TYPE = pdf.as_pdf
DESK, OWN = "/secretariat/conference/2031/certificates/", "/conference/2031/certificates/"


@pytest.fixture
def sent() -> Delegation:
    """Two people of a city at an edition that ended yesterday."""
    made = kit.delegation(kit.edition(starts_in=-5), team.city("Kobe"))
    kit.delegate(made, "mayor", "Berta Exemplo")
    kit.delegate(made, "expert", "محمد الخطيب Exemplo")
    return made


def came(edition: Edition, *people: Delegate) -> None:
    """They came on the first day, by the one door of the house."""
    door = Door.objects.create(edition=edition, name="Main")
    for at, one in enumerate(people):
        now = one.registered_at
        scan = Scan.objects.create(
            door=door, device=door.key, sequence=at, delegate=one, scanned_at=now, offset=0, at=now, said="admitted",
            verdict="accepted",
        )  # fmt: skip
        CheckIn.objects.create(delegate=one, door=door, scan=scan, day=edition.starts_on, at=now)


@pytest.fixture(autouse=True)
def set_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are their HTML: setting in type takes its time, and one test does."""

    def as_html(template: str, context: Any, language: str) -> bytes:
        with override(language):
            around = {"site": settings.SITE, "lang": language, "direction": "ltr"}
            return render_to_string(template, {**around, **context}).encode()

    monkeypatch.setattr(pdf, "is_possible", lambda: True)
    monkeypatch.setattr(pdf, "as_pdf", as_html)


def words_of(one: Certificate) -> str:
    assert one.paper
    with one.paper.content.open("rb") as raw:
        return str(raw.read().decode())


def test_where_doors_counted_only_who_came_has_one_and_its_days(
    client: Any, sent: Delegation, django_capture_on_commit_callbacks: Any
):
    mayor = sent.delegates.get(role="mayor")
    came(sent.edition, mayor)
    with django_capture_on_commit_callbacks(execute=True):
        acts.issue(sent.edition, by=team.officer())
    one = Certificate.objects.get()
    assert (one.delegate, one.basis, one.initials) == (mayor, "came", "B. E.")
    assert one.days == [sent.edition.starts_on.isoformat()]
    said = words_of(one)
    assert "Berta Exemplo" in said
    assert certifying.grouped(one.code) in said
    assert "Attended on 1 day" in said
    with pytest.raises(Refusal, match="Everybody who came"):
        acts.issue(sent.edition, by=team.officer("Pavel Petrov"))


def test_where_no_door_counted_who_is_confirmed_has_one_that_says_so(
    client: Any, sent: Delegation, django_capture_on_commit_callbacks: Any
):
    kit.delegate(sent, "observer", "Gast Exemplo", state="withdrawn", number=None)
    page = team.sign_in(client, team.officer()).get(DESK).content.decode()
    assert "it says so" in page
    assert "People without one: 2" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(DESK).status_code == 302
    assert set(Certificate.objects.values_list("basis", flat=True)) == {"confirmed"}
    assert client.post(DESK).status_code == 409
    assert "of 2" in client.get(DESK).content.decode()
    answer = client.get(f"{DESK.rstrip('/')}.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.getvalue())).namelist()
    assert names == ["kobe-1.pdf", "kobe-2.pdf"]
    assert "Took part as a confirmed delegate" in words_of(Certificate.objects.get(delegate__role="expert"))


@pytest.mark.skipif(not pdf.is_possible(), reason="no PDF without Pango")
def test_a_name_of_two_scripts_is_set_in_type(sent: Delegation):
    acts.issue(sent.edition, by=team.officer())
    one = queries.to_set().get(delegate__role="expert")
    raw = SET_IN_TYPE("conference/certificate_paper.html", queries.on_paper(one), "en")
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    assert "Exemplo" in said
    assert certifying.grouped(one.code) in said


def test_none_is_issued_before_the_last_day_or_by_others(sent: Delegation):
    early = kit.edition("2032", number=32, starts_in=-1)
    with pytest.raises(Refusal, match="last day"):
        acts.issue(early, by=team.officer())
    with pytest.raises(Refusal, match="Secretariat"):
        acts.issue(sent.edition, by=team.member(sent.city))


def test_a_code_tells_initials_and_edition_and_no_more(client: Any, sent: Delegation):
    acts.issue(sent.edition, by=team.officer())
    one = Certificate.objects.get(delegate__role="mayor")
    typed = client.get("/certificate/", {"code": f" {certifying.grouped(one.code).upper()} "})
    assert typed.url == f"/certificate/{one.code}/"
    with CaptureQueriesContext(connection) as asked:
        page = client.get(typed.url).content.decode()
    assert "B. E." in page
    assert "Conference of the lamps" in page
    for hidden in ("Berta", "Exemplo", "Kobe", "Mayor"):
        assert hidden not in page
    with CaptureQueriesContext(connection) as missing:
        assert client.get("/certificate/aaaabbbbccccdddd/").status_code == 404
    assert len(asked) == len(missing) == 1
    for strange in ("\u202e", "a/b", "x" * 30, "<b>"):
        assert client.get("/certificate/", {"code": strange}, follow=True).status_code in (200, 404)


def test_the_delegation_downloads_its_own_and_nobody_else(client: Any, new_client: Any, sent: Delegation):
    acts.issue(sent.edition, by=team.officer())
    one = Certificate.objects.get(delegate__role="mayor")
    place = f"{OWN}{one.code}.pdf"
    own = team.sign_in(client, team.member(sent.city))
    assert "Berta Exemplo" in own.get(OWN).content.decode()
    assert OWN in own.get("/conference/2031/").content.decode()
    assert own.get(place).status_code == 200
    other = team.sign_in(new_client(), team.member(team.city("Nara")))
    assert other.get(OWN).status_code == other.get(place).status_code == 404
    assert OWN not in other.get("/conference/2031/").content.decode()
    assert new_client().get(place).status_code == 302
    assert Mail.objects.filter(kind="conference.edition.certified").count() == 0  # the team had nobody yet


def test_what_a_dead_worker_left_is_made_later_once(sent: Delegation, monkeypatch: pytest.MonkeyPatch):
    acts.issue(sent.edition, by=team.officer())  # its job is lost: nothing is committed here
    assert jobs.set_certificates_that_wait() == 0
    monkeypatch.setattr(queries, "MADE_WITHIN", -queries.MADE_WITHIN)
    assert jobs.set_certificates_that_wait() == 1
    assert queries.standing(sent.edition).ready == 2
    one = Certificate.objects.first()
    assert one
    kept = one.paper_id
    acts.attach(one, b"%PDF-", by=jobs.CERTIFIER)
    one.refresh_from_db()
    assert one.paper_id == kept
    assert StoredFile.objects.count() == 2


def test_papers_go_with_the_person_and_the_code_stays(
    client: Any, sent: Delegation, django_capture_on_commit_callbacks: Any
):
    someone = team.member(sent.city, "Clara Exemplo", role="alternative-contact")
    kit.delegate(sent, "observer", "Clara Exemplo", person=someone)
    with django_capture_on_commit_callbacks(execute=True):
        acts.issue(sent.edition, by=team.officer())
    one = Certificate.objects.get(delegate__person=someone)
    accounts.erase(someone, by=someone)
    one.refresh_from_db()
    assert (one.initials, one.delegate, one.paper) == ("", None, None)
    assert "genuine" in client.get(f"/certificate/{one.code}/").content.decode()
    other = Certificate.objects.get(delegate__role="mayor")
    sent.delegates.filter(role="mayor").delete()  # as the rule of the edition does
    jobs.forget_papers()
    other.refresh_from_db()
    assert other.paper is None
    assert "B. E." in client.get(f"/certificate/{other.code}/").content.decode()


@pytest.mark.apart
@pytest.mark.parametrize(
    ("name", "short"),
    [("Ana  d’Exemplo", "A. D."), ("王小明", "王."), ("محمد الخطيب", "م. ا."), ("É" + "x" * 199, "É."), ("1 2", "")],
)
def test_initials_are_known_in_any_script(name: str, short: str):
    assert certifying.initials(name) == short
