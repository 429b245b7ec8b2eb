"""Trip reports: a delegation writes together, hands in, and shares; the report of the conference is made of them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.actions import reports, trips
from creativecities.conference.models import (
    Delegation,
    Edition,
    Meeting,
    Report,
    Session,
    Speaker,
    TripNote,
    TripReport,
)
from creativecities.conference.models.delegations import TOMBSTONE
from creativecities.conference.tests import kit
from creativecities.core import days
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import Membership
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PAGE, WHOLE = "/conference/2031/delegation/kobe/report/", "/conference/2031/report/"
DESK = "/secretariat/conference/2031/report/"


@pytest.fixture
def sent() -> Delegation:
    """The delegation of a city to an edition that began yesterday: a mayor, and a director who spoke."""
    edition = kit.edition(starts_in=-1)
    made = kit.delegation(edition, team.city("Kobe"))
    kit.delegate(made, "mayor", "Berta Exemplo")
    Speaker.objects.create(session=kit.session(edition, "lamps"), delegate=kit.delegate(made, "expert", "Dora Exemplo"))
    kit.session(edition, "chairs", hour=11)
    kit.delegation(edition, team.city("Nara"))
    kit.release(edition, by=team.officer("Pavel Petrov"))
    return made


@pytest.fixture
def writer(client: Any, sent: Delegation) -> Any:
    return team.sign_in(client, team.member(sent.city, "Clara Exemplo"))


def typed(**answers: str) -> dict[str, str]:
    """What a page sends, each text on top of nothing."""
    sent = {f"answer_{name}": text for name, text in answers.items()}
    return {"language": "en", **sent, **{f"opened_{name}": "0" for name in answers}}


def handed_in(sent: Delegation, shared: str = "everybody", **texts: str) -> TripReport:
    """A report that was written and handed in by the focal point."""
    by = sent.city.mandates.get(role="focal-point").person if sent.city.mandates.exists() else team.member(sent.city)
    places = {tuple(name.split("_", 1)): text for name, text in (texts or {"idea_1": "More lamps."}).items()}
    trips.write(sent, places, opened={}, roles={}, language="en", by=by)  # type: ignore[arg-type]
    trips.hand_in(sent.report, shared, by=by)
    return TripReport.objects.get(pk=sent.report.pk)


def test_the_page_knows_who_came_where_they_spoke_and_whom_they_can_have_met(writer: Any, sent: Delegation):
    page = writer.get(PAGE).content.decode()
    for known in ("Berta Exemplo (Mayor)", "Dora Exemplo (Expert)", "The delegation together", "Lamps", "Idea 1"):
        assert known in page
    session = Session.objects.get(slug="chairs")
    assert f'name="answer_session_{session.guid}"' not in page
    assert f'<option value="{session.guid}">' in page
    assert f'name="answer_session_{session.guid}"' in writer.get(PAGE, {"session": str(session.guid)}).content.decode()
    assert 'name="answer_city_nara"' in writer.get(PAGE, {"city": "nara"}).content.decode()
    assert 'name="answer_city_kobe"' not in writer.get(PAGE, {"city": "kobe"}).content.decode()
    for strange in ({"session": "x"}, {"session": "0" * 32}, {"city": "\u202e"}, {"city": "osaka"}):
        assert writer.get(PAGE, strange).content.decode().count("<textarea") == page.count("<textarea")


def test_from_the_first_day_on_a_team_finds_the_report_on_the_page_of_its_delegation(writer: Any, sent: Delegation):
    own = "/conference/2031/delegation/kobe/"
    assert PAGE in writer.get(own).content.decode()
    Edition.objects.update(starts_on=days.today() + dt.timedelta(days=1))
    assert PAGE not in writer.get(own).content.decode()


def test_the_page_takes_sessions_from_the_released_programme_and_from_the_doors(writer: Any, sent: Delegation):
    later = kit.session(sent.edition, "not-released", hour=15)
    chairs = Session.objects.get(slug="chairs")
    Session.objects.filter(slug="lamps").update(title={"en": "Renamed in the draft"})
    kit.came(kit.door(sent.edition, "Chairs", session=chairs), sent.delegates.get(role="mayor"))
    page = writer.get(PAGE).content.decode()
    assert f'name="answer_session_{chairs.guid}"' in page
    for secret in ("Renamed in the draft", "Not Released", str(later.guid)):
        assert secret not in page
    writer.post(PAGE, typed(**{f"session_{chairs.guid}": "Hard."}))
    Session.objects.filter(pk=chairs.pk).update(state=states.DROPPED)
    kit.release(sent.edition, by=team.officer("Olga Outra"))
    assert "Hard.</textarea>" in writer.get(PAGE).content.decode()


def test_the_page_knows_whom_they_met_at_the_fair(writer: Any, sent: Delegation):
    now, nara = timezone.now(), Delegation.objects.get(city__slug="nara")
    mito = kit.delegation(sent.edition, team.city("Mito"))
    for table, (other, ends) in enumerate(((nara, -1), (mito, 1)), 1):
        Meeting.objects.create(
            edition=sent.edition, one=sent, other=other, table=table, starts_at=now - dt.timedelta(hours=2),
            ends_at=now + dt.timedelta(hours=ends),
        )  # fmt: skip
    page = writer.get(PAGE).content.decode()
    assert 'name="answer_city_nara"' in page
    assert 'name="answer_city_mito"' not in page
    Meeting.objects.update(state=states.CANCELLED)
    assert 'name="answer_city_nara"' not in writer.get(PAGE).content.decode()


def test_what_is_typed_is_kept_in_its_language_and_saves_by_itself(writer: Any, sent: Delegation):
    session = Session.objects.get(slug="lamps")
    mine = {f"session_{session.guid}": "Bright.", "impression_together": "شكراً\u202e", "city_nara": "They have deer."}
    answer = writer.post(PAGE, {**typed(**mine), "language": "ar"}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 200
    assert answer["X-Saved"] == "yes"
    assert TripNote.objects.get(kind="impression").text == "شكراً"
    assert set(TripNote.objects.values_list("language", flat=True)) == {"ar"}
    assert writer.post(PAGE, {**typed(idea_1="Lend lamps."), "language": "xx-nobody"}).status_code == 422
    assert writer.post(PAGE, typed(idea_1="<b>Lend</b> lamps.")).status_code == 302
    page = writer.get(PAGE).content.decode()
    assert "&lt;b&gt;Lend" in page
    assert 'name="answer_idea_2"' in page
    assert writer.post(PAGE, typed(city_osaka="Never there.", idea_99="x", other_1="y")).status_code == 302
    assert TripNote.objects.count() == 4
    assert writer.post(PAGE, typed(idea_2="x" * 6001)).status_code == 413
    assert Event.objects.filter(kind="conference.tripreport.written").count() == 1  # one row for a sitting


def test_of_two_who_write_neither_loses_a_line(writer: Any, new_client: Any, sent: Delegation):
    other = team.sign_in(new_client(), team.member(sent.city, "Olga Outra", role="alternative-contact"))
    assert other.post(PAGE, typed(idea_1="Theirs.")).status_code == 302
    answer = writer.post(PAGE, typed(idea_1="Mine.", idea_2="Also mine."))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs." in page
    assert ">Mine.</textarea>" in page
    assert "Olga Outra" in page
    assert TripNote.objects.get(key="2").text == "Also mine."
    again = {**typed(idea_1="Mine."), "top": "idea_1 1"}
    assert writer.post(PAGE, again).status_code == 302
    assert TripNote.objects.get(key="1").text == "Mine."
    assert writer.post(PAGE, {**typed(idea_1="Third."), "theirs": "idea_1"}).status_code == 302
    assert TripNote.objects.get(key="1").text == "Mine."


def test_only_the_delegation_writes_and_reads_before_it_is_handed_in(
    new_client: Any, sent: Delegation, django_assert_num_queries: Any
):
    other = team.member(Delegation.objects.get(city__slug="nara").city)
    guest = team.member(team.city("Mito"), role="alternative-contact")
    kit.delegate(sent, "observer", "Gast Exemplo", person=guest)
    assert team.sign_in(new_client(), guest).post(PAGE, typed(idea_1="Mine.")).status_code == 302
    assert new_client().get(PAGE).status_code == 302
    for someone in (other, team.officer()):
        browser = team.sign_in(new_client(), someone)
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as hidden:
            assert browser.get(PAGE).status_code == 404
        with CaptureQueriesContext(connection) as missing:
            assert browser.get(PAGE.replace("kobe", "osaka")).status_code == 404
        assert len(hidden) == len(missing)
        assert browser.post(PAGE, typed(idea_1="Not mine.")).status_code == 404
        assert not TripReport.objects.visible_to(someone).exists()
    with pytest.raises(Refusal, match="acts for the city"):
        trips.hand_in(sent.report, "everybody", by=guest)
    with pytest.raises(Refusal, match="Only the delegation"):
        trips.write(sent, {}, opened={}, roles={}, language="en", by=team.officer("Pavel Petrov"))


def test_it_is_not_written_before_the_first_day_nor_by_who_does_not_come(writer: Any, sent: Delegation):
    type(sent.edition).objects.update(
        starts_on=days.today() + dt.timedelta(days=1), last_day=days.today() + dt.timedelta(9)
    )
    assert "from the first day" in writer.get(PAGE).content.decode()
    assert writer.post(PAGE, typed(idea_1="Early.")).status_code == 409
    type(sent.edition).objects.update(starts_on=days.today())
    Delegation.objects.filter(pk=sent.pk).update(state=states.DECLINED)
    answer = writer.post(PAGE, typed(idea_1="Absent."))
    assert answer.status_code == 409
    assert not TripNote.objects.exists()


def test_it_is_handed_in_by_mandate_shared_as_the_city_says_and_taken_back(
    writer: Any, new_client: Any, sent: Delegation
):
    helper = team.member(sent.city, "Olga Outra", role="alternative-contact")
    writer.post(PAGE, typed(impression_together="We saw light."))
    place = f"{PAGE}hand-in/"
    assert team.sign_in(new_client(), helper).post(place, {"shared": "members"}).status_code == 403
    assert writer.post(place, {"shared": "nobody"}).status_code == 422
    assert writer.post(place, {"shared": "members"}).status_code == 302
    assert writer.post(place, {"shared": "everybody"}).status_code == 409
    assert [mail.to_person_id for mail in Mail.objects.filter(kind="conference.tripreport.handed_in")] == [helper.pk]
    assert writer.post(PAGE, typed(idea_1="Late.")).status_code == 409
    assert "shared with: the member cities" in writer.get(PAGE).content.decode()
    peer = team.member(Delegation.objects.get(city__slug="nara").city)
    assert TripReport.objects.visible_to(peer).exists()
    assert writer.post(f"{PAGE}take-back/").status_code == 302
    assert not TripReport.objects.visible_to(peer).exists()
    assert writer.post(f"{PAGE}take-back/").status_code == 409
    assert writer.post(PAGE, typed(idea_1="In time.")).status_code == 302


def test_whose_name_is_deleted_keeps_their_role_and_nothing_else(writer: Any, sent: Delegation):
    berta = sent.delegates.get(role="mayor")
    writer.post(PAGE, typed(**{f"impression_{berta.code}": "Many lamps."}))
    sent.delegates.update(name=TOMBSTONE)
    page = writer.get(PAGE).content.decode()
    assert "Many lamps." in page
    assert TOMBSTONE not in page


def test_an_idea_points_to_what_the_city_has_and_to_nothing_of_others(writer: Any, sent: Delegation):
    own, foreign = initiative("Lamps", lead=sent.city), initiative("Deer", lead=team.city("Osaka"))
    writer.post(PAGE, typed(idea_1="Lend lamps."))
    place = f"{PAGE}ideas/1/"
    assert "Deer" not in writer.get(place).content.decode()
    assert writer.post(place, {"to": f"initiative-{foreign.pk}"}).status_code == 422
    assert writer.post(place, {"to": f"initiative-{own.pk}"}).status_code == 302
    assert TripNote.objects.get().initiative == own
    assert "Became:" in writer.get(PAGE).content.decode()
    assert writer.get(f"{PAGE}ideas/2/").status_code == 404
    assert writer.post(place, {"to": ""}).status_code == 302
    assert TripNote.objects.get().initiative is None


def test_the_report_holds_what_each_reader_may_read_in_its_language_and_no_name(
    client: Any, new_client: Any, sent: Delegation
):
    officer, edition = team.officer(), sent.edition
    nara, mito = Delegation.objects.get(city__slug="nara"), kit.delegation(edition, team.city("Mito"))
    guid = Session.objects.get(slug="lamps").guid
    delegate = sent.delegates.get(role="mayor")
    by = team.member(sent.city)
    place = ("impression", delegate.code)
    trips.write(sent, {place: "نور"}, opened={}, roles={place: "mayor"}, language="ar", by=by)
    handed_in(sent, "everybody", **{f"session_{guid}": "A bright session.", "city_nara": "Deer."})
    handed_in(nara, "members", idea_1="For members.")
    handed_in(mito, "secretariat", idea_1="In confidence.")
    for reader in (client, team.sign_in(new_client(), by)):
        assert reader.get(WHOLE).status_code == 404
    desk = team.sign_in(new_client(), officer)
    form = {"opened": 1, "introduction_en": "We met.", "introduction_fr": "Nous étions là."}
    form |= {f"place_{name}": at for at, name in enumerate(("sessions", "numbers", "fields", "ideas"), 1)}
    assert desk.post(DESK, {**form, "place_cities": 9}).status_code == 422
    assert desk.post(DESK, {**form, "place_cities": 0}).status_code == 302
    assert desk.post(DESK, {**form, "place_cities": 5, "introduction_en": "Mine."}).status_code == 409
    assert desk.post(f"{DESK}act/", {"act": "publish"}).status_code == 302
    public, member = client.get(WHOLE).content.decode(), team.sign_in(new_client(), by).get(WHOLE).content.decode()
    assert '<blockquote lang="ar" dir="auto"><p>نور' in public
    assert "Kobe" in public
    assert "· Mayor" in public
    assert "Exemplo" not in public
    assert public.index("A bright session.") < public.index("Put together by the platform.")
    assert "Deer." not in public
    assert "For members." not in public
    assert "For members." in member
    assert "In confidence." not in member
    assert "In confidence." in desk.get(WHOLE).content.decode()
    assert "Nous étions là." in client.get(f"/fr{WHOLE}").content.decode()
    assert client.get("/conference/2031/report.pdf").status_code == 200
    trips.take_back(sent.report, by=by)
    assert "A bright session." not in client.get(WHOLE).content.decode()
    assert desk.post(f"{DESK}act/", {"act": "withdraw"}).status_code == 302
    assert client.get(WHOLE).status_code == 404


def test_nothing_is_published_before_a_city_shares_and_only_by_the_secretariat(sent: Delegation):
    officer = team.officer()
    reports.arrange(sent.edition, {}, {}, opened=1, by=officer)
    report = Report.objects.get()
    handed_in(sent, "secretariat")
    with pytest.raises(Refusal, match="No delegation shares"):
        reports.publish(report, by=officer)
    with pytest.raises(Refusal, match="run by the Secretariat"):
        reports.arrange(sent.edition, {}, {}, opened=2, by=team.member(sent.city, role="mayor"))


def test_a_city_that_has_left_can_still_take_its_report_back(sent: Delegation):
    by = team.member(sent.city)
    report = handed_in(sent)
    Membership.objects.filter(city=sent.city).update(end=days.today())
    trips.take_back(report, by=by)
    assert TripReport.objects.get().shared == "secretariat"


def test_the_report_asks_as_little_for_thirty_cities_as_for_three(client: Any, sent: Delegation):
    edition, officer = sent.edition, team.officer()
    reports.arrange(edition, {"en": "Hello."}, {}, opened=1, by=officer)
    guid, counts = Session.objects.get(slug="lamps").guid, []
    for number in (3, 30):
        for at in range(number):
            made = kit.delegation(edition, team.city(f"Vila {number} {at}"))
            report = TripReport.objects.create(delegation=made, state=states.HANDED_IN, shared="everybody")
            for kind, key in (("session", str(guid)), ("impression", "together"), ("city", "kobe"), ("idea", "1")):
                became = initiative(f"Lamps {number} {at}", lead=made.city) if kind == "idea" else None
                TripNote.objects.create(
                    report=report, kind=kind, key=key, text="Light.", language="en", initiative=became
                )
        Report.objects.update(state=states.PUBLISHED)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{WHOLE}?{number}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5
