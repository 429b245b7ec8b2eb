"""As many days after an edition as it says nobody is named any more; what was counted, and what proves, stays."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest

from creativecities.accounts import queries as export
from creativecities.accounts.models import Invitation, Person
from creativecities.conference import jobs, states
from creativecities.conference.actions import certificates, editions, figures, needs
from creativecities.conference.models import (
    Certificate,
    Delegate,
    Delegation,
    Edition,
    Figures,
    Needs,
    Survey,
    SurveyLink,
    TripNote,
    TripReport,
)
from creativecities.conference.queries import certificates as issued
from creativecities.conference.tests import kit
from creativecities.core import days, outbox, pdf
from creativecities.core.models import Event, Mail, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PAGE = "/conference/2031/participants/"


@pytest.fixture
def mayor() -> Delegate:
    """Of an edition that is just over, with everything that can be said of somebody."""
    sent = kit.delegation(kit.edition(starts_in=-4), team.city("Kobe"))
    kit.delegate(sent, name="Emil Exemplo", consent="nobody")
    return kit.delegate(
        sent, "mayor", "Berta Exemplo", person=team.member(sent.city, "Berta Exemplo"), latin_name="BERTA EXEMPLO",
        office="Mayor", email="berta@example.org", languages=["pt"], gender="woman", consent="public",
    )  # fmt: skip


def after(over: int) -> int:
    last = days.today() - dt.timedelta(days=over)
    Edition.objects.update(starts_on=last, last_day=last)
    return jobs.forget_needs()


def test_names_are_deleted_after_the_days_an_edition_says(mayor: Delegate):
    assert after(30) == 0
    assert (after(31), after(31)) == (1, 0)
    mayor.refresh_from_db()
    said = [getattr(mayor, name) for name in ("name", "latin_name", "office", "email", "languages", "gender", "person")]
    assert (said, mayor.consent) == (["(erased)", "", "", "", [], "", None], "nobody")
    assert (mayor.role, mayor.state, mayor.number) == ("mayor", "confirmed", 1)
    assert Event.objects.filter(kind="conference.edition.needs_forgotten").count() == 1


def test_nobody_takes_part_by_name_any_more_and_the_page_says_why(client: Any, new_client: Any, mayor: Delegate):
    officer = team.sign_in(new_client(), team.officer())
    assert "Berta Exemplo" in client.get(PAGE).content.decode()
    assert "Emil Exemplo" in officer.get(PAGE).content.decode()
    after(31)
    for reader in (client, officer):
        text = reader.get(PAGE).content.decode()
        assert "Nobody is named any more" in text
        assert "Exemplo" not in text
        assert "erased" not in text
        assert reader.get("/conference/2031/participants.json").json()["count"] == 0


def test_figures_are_counted_before_the_people_go_and_stay(mayor: Delegate):
    assert not Figures.objects.exists()
    after(31)
    of_city = Figures.objects.get().cities.get()
    assert (of_city.people, of_city.roles) == (2, {"mayor": 1, "expert": 1})


def test_papers_go_with_the_names_and_their_codes_stay_genuine(
    client: Any, mayor: Delegate, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
):
    monkeypatch.setattr(pdf, "is_possible", lambda: True)
    monkeypatch.setattr(pdf, "as_pdf", lambda _template, context, _language: str(context["delegate"].name).encode())
    Edition.objects.update(starts_on=days.today() - dt.timedelta(days=1), last_day=days.today() - dt.timedelta(days=1))
    edition = Edition.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        certificates.issue(edition, by=team.officer())
    one = Certificate.objects.get(delegate=mayor)
    assert StoredFile.objects.count() == 2
    after(31)
    one.refresh_from_db()
    assert (one.delegate, one.paper, one.initials) == (None, None, "B. E.")
    assert not StoredFile.objects.exists()
    assert "B. E." in client.get(f"/certificate/{one.code}/").content.decode()
    assert not issued.without(edition, issued.basis_of(edition)).exists()


def test_what_is_written_of_somebody_is_in_the_copy_of_their_data_until_then(mayor: Delegate):
    person = mayor.person
    assert "berta@example.org" in str(export.everything_about(person))
    after(31)
    assert "berta@example.org" not in str(export.everything_about(person))


def test_nothing_leads_from_an_address_or_a_code_to_somebody_any_more(mayor: Delegate, new_client: Any):
    Edition.objects.update(starts_on=days.today(), last_day=days.today())
    edition = Edition.objects.get()
    sent = kit.delegation(edition, team.city("Nara"))
    guest = kit.delegate(sent, name="Gast Exemplo", email="gast@example.org")
    needs.invite(guest, language="en", by=team.member(sent.city))
    invited = new_client().post(urlsplit(Mail.objects.get(to_address="gast@example.org").link).path)
    assert invited.status_code == 302
    guest.refresh_from_db()
    values = {"days": [], "languages": [], "consent": "nobody", "diet": "", "access": "", "answers": {}}
    needs.say(guest, values=values, opened=Delegation.objects.get(pk=sent.pk).version, by=guest.person)
    survey = Survey.objects.create(
        edition=edition, opens_on=days.today(), closes_on=days.today() + dt.timedelta(days=9)
    )
    SurveyLink.objects.create(survey=survey, delegate=guest)
    report = TripReport.objects.create(delegation=sent)
    TripNote.objects.create(report=report, kind="impression", key=guest.code, language="en", person=guest.person)
    for at, state in enumerate((Mail.SENT, Mail.FAILED)):
        outbox.queue(kind="conference.delegate.unbound", key=str(at), to="berta@example.org", subject="", body="")
        Mail.objects.filter(key=str(at)).update(state=state)
    after(31)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.person) == ("", "(erased)", None)
    assert not Mail.objects.filter(to_address__in=["gast@example.org", "berta@example.org"]).exists()
    assert not SurveyLink.objects.exists()
    assert TripNote.objects.get().person is None
    kinds = ("conference.delegate.claimed", "conference.delegate.needs_said", "accounts.invitation.accepted")
    done = [(each.actor_id, each.actor_name) for each in Event.objects.filter(kind__in=kinds)]
    assert done == [(None, "(erased)")] * 3
    assert Person.objects.filter(email="gast@example.org", name="Gast Exemplo").exists()


def test_answers_that_are_kept_longer_are_nobodys(mayor: Delegate):
    form = [{"key": "hotel", "kind": "text", "label": {"en": "Hotel"}, "keep_days": 90}]
    Edition.objects.update(settings={**mayor.delegation.edition.settings, "form": form})
    Needs.objects.create(delegate=mayor, person=mayor.person, diet="No nuts", answers={"hotel": "Harbour"})
    after(31)
    kept = Needs.objects.get()
    assert (kept.person, kept.answers) == (None, {"hotel": "Harbour"})


def test_a_postponed_edition_keeps_its_people_for_its_new_days_but_not_for_ever(mayor: Delegate):
    Edition.objects.update(state=states.POSTPONED)
    assert after(31) == after(365 + 30) == 0
    assert not Figures.objects.exists()
    with pytest.raises(Refusal, match="after its last day"):
        figures.count(Edition.objects.get(), by=team.officer())
    with pytest.raises(Refusal, match="new ones first"):
        editions.announce(Edition.objects.get(), by=team.officer("Pavel Petrov"))
    assert after(365 + 31) == 1
    mayor.refresh_from_db()
    assert mayor.name == "(erased)"


def test_an_edition_without_days_is_over_with_its_year(mayor: Delegate):
    for year, gone in ((days.today().year, 0), (days.today().year - 2, 1)):
        Edition.objects.update(starts_on=None, last_day=None, year=year)
        assert jobs.forget_needs() == gone
