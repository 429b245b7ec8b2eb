"""A programme comes into the draft from a file: looked at first, taken in as one act, the same file again and again."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from creativecities.accounts.tests import people
from creativecities.conference import states
from creativecities.conference.actions import imports as actions
from creativecities.conference.compute.programmes import Fault
from creativecities.conference.formats import frab, frab_json, ical
from creativecities.conference.formats.reading import Reading
from creativecities.conference.models import ProgrammeFile, Room, Session
from creativecities.conference.queries import imports as queries
from creativecities.conference.tests import kit
from creativecities.conference.tests import programmes as made
from creativecities.core.calendars import as_calendar
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    given = {"slug": "testville-2027", "year": 2027, "zone": made.ZONE, "starts_on": made.programme().start}
    return kit.edition(**given, last_day=made.at(7, 0).date())


@pytest.fixture
def officer():
    return team.officer()


def handed_in(edition, officer, *sessions, faults=(), language="en"):
    reading = Reading(made.programme(*sessions), list(faults))
    return actions.hand_in(edition, reading, name="programme.xml", language=language, by=officer)


def taken_in(file, officer, **how):
    seen = queries.fingerprint(queries.preview(file))
    return actions.take_in(file, seen=seen, by=officer, **{"drops_missing": False} | how)


def test_new_sessions_and_rooms_come_into_the_draft_with_their_identifiers(edition, officer):
    file = handed_in(edition, officer, made.full_session(), made.session(1, kind="Mayors' Forum", room=""))
    assert taken_in(file, officer) == {"new": 2, "changed": 0, "dropped": 0}
    night = Session.objects.get(guid=made.full_session().guid)
    assert night.title == {"en": made.full_session().title}
    assert (night.starts_at, night.kind, night.language) == (made.at(4, 23, 30), "thematic", "fr")
    assert night.room.name == {"en": "Great hall"}
    assert night.abstract["en"].startswith("After dark\n\nFirst line")
    forum = Session.objects.get(guid=made.session(1).guid)
    assert (forum.kind, forum.admits, forum.room) == ("mayors-forum", "mayors", None)


def test_the_same_file_again_changes_nothing(edition, officer):
    both = made.full_session(), made.session(1)
    taken_in(handed_in(edition, officer, *both), officer)
    file = handed_in(edition, officer, *both)
    assert queries.preview(file).changes == []
    events = Event.objects.filter(kind__startswith="conference.session").count()
    assert taken_in(file, officer, drops_missing=True) == {"new": 0, "changed": 0, "dropped": 0}
    assert Event.objects.filter(kind__startswith="conference.session").count() == events


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_exported_comes_back_without_a_change(edition, officer, language):
    hall = kit.room(edition, "hall")
    kit.session(edition, room=hall, title={"fr": "Ouverture"}, abstract={"en": "Words", "fr": "Mots"})
    kit.session(edition, "closing", day=2, minutes=45)
    one = queries.draft(edition, language)
    readings = [
        frab.read(frab.write(one), zone="UTC"), frab_json.read(json.dumps(frab_json.write(one)).encode(), zone="UTC"),
        ical.read(as_calendar(ical.entries(one), name="T").content, zone="UTC"),
    ]  # fmt: skip
    for reading in readings:
        file = actions.hand_in(edition, reading, name="own", language=language, by=officer)
        found = queries.preview(file)
        assert (found.changes, found.missing, found.new_rooms) == ([], [], [])


def test_only_what_differs_is_changed_and_other_languages_stay(edition, officer):
    row = kit.session(edition, guid=made.session(1).guid, title={"en": "Old", "fr": "Ancien"}, seats=40)
    file = handed_in(edition, officer, made.session(1, title="New", room="", kind=""))
    assert taken_in(file, officer) == {"new": 0, "changed": 1, "dropped": 0}
    row.refresh_from_db()
    assert row.title == {"en": "New", "fr": "Ancien"}
    assert (row.seats, row.kind, row.version) == (40, "plenary", 2)


def test_what_a_file_leaves_out_stays(edition, officer):
    hall = kit.room(edition, "hall")
    row = kit.session(edition, guid=made.session(1).guid, abstract={"en": "Kept"}, room=hall, language="es")
    taken_in(handed_in(edition, officer, made.session(1, title="New", room="")), officer)
    row.refresh_from_db()
    assert (row.abstract, row.room, row.language) == ({"en": "Kept"}, hall, "es")


def test_a_room_is_known_by_its_name_in_any_language(edition, officer):
    hall = Room.objects.create(edition=edition, key="hall", name={"en": "Great Hall", "fr": "Grande salle"})
    taken_in(handed_in(edition, officer, made.session(1, room="GRANDE SALLE")), officer)
    assert Session.objects.get().room == hall
    assert Room.objects.count() == 1


def test_sessions_the_file_lacks_are_dropped_only_if_asked_and_never_those_it_could_not_say(edition, officer):
    gone, unsure = kit.session(edition, "gone"), kit.session(edition, "unsure", hour=12)
    fault = {"line": 3, "session": "Unsure", "reason": "“soon” is not a day and an hour.", "is_left_out": True}
    file = handed_in(edition, officer, made.session(1), faults=[Fault(**fault, guid=str(unsure.guid))])
    assert [session.title for session in queries.preview(file).missing] == ["Gone"]
    assert taken_in(file, officer) == {"new": 1, "changed": 0, "dropped": 0}
    file = handed_in(edition, officer, made.session(1), faults=[Fault(**fault, guid=str(unsure.guid))])
    assert taken_in(file, officer, drops_missing=True) == {"new": 0, "changed": 0, "dropped": 1}
    gone.refresh_from_db()
    unsure.refresh_from_db()
    assert (gone.state, unsure.state) == (states.DROPPED, states.PLANNED)


def test_a_session_that_was_dropped_comes_back_with_the_file(edition, officer):
    row = kit.session(edition, guid=made.session(1).guid, state=states.DROPPED)
    assert taken_in(handed_in(edition, officer, made.session(1)), officer)["changed"] == 1
    row.refresh_from_db()
    assert (row.state, row.title) == (states.PLANNED, {"en": "Session 1"})


def test_the_file_of_another_edition_gives_sessions_of_their_own_each_time_the_same(edition, officer):
    other = kit.session(kit.edition("2026", number=30), guid=made.session(1).guid)
    taken_in(handed_in(edition, officer, made.session(1)), officer)
    own = edition.sessions.get()
    assert own.guid != other.guid
    assert queries.preview(handed_in(edition, officer, made.session(1))).changes == []


def test_what_is_taken_in_is_what_was_looked_at(edition, officer):
    row = kit.session(edition, guid=made.session(1).guid)
    file = handed_in(edition, officer, made.session(1))
    seen = queries.fingerprint(queries.preview(file))
    Session.objects.filter(pk=row.pk).update(title={"en": "Said by a colleague"})
    with pytest.raises(Refusal, match="changed meanwhile"):
        actions.take_in(file, seen=seen, drops_missing=False, by=officer)
    assert queries.waiting(edition) == file, "it is still there to be looked at"
    assert ProgrammeFile.objects.get().content


def test_a_second_click_is_told_and_changes_nothing(edition, officer):
    file = handed_in(edition, officer, made.session(1))
    again = ProgrammeFile.objects.get()
    seen = queries.fingerprint(queries.preview(file))
    taken_in(file, officer)
    with pytest.raises(Refusal):
        actions.take_in(again, seen=seen, drops_missing=False, by=officer)
    with pytest.raises(Refusal):
        actions.put_aside(ProgrammeFile.objects.get(), by=officer)
    assert Session.objects.count() == 1


def test_one_file_is_looked_at_at_a_time_and_nothing_is_kept_of_those_that_were(edition, officer):
    handed_in(edition, officer, made.session(1))
    second = handed_in(edition, officer, made.session(2))
    assert queries.waiting(edition) == second
    actions.put_aside(second, by=officer)
    assert [(file.state, file.content, file.faults) for file in ProgrammeFile.objects.all()] == [
        (states.PUT_ASIDE, {}, [])
    ] * 2


def test_names_of_speakers_are_not_kept(edition, officer):
    file = handed_in(edition, officer, made.full_session())
    assert made.AMA.name not in json.dumps(file.content, ensure_ascii=False)
    taken_in(file, officer)
    assert not Session.objects.get().speakers.exists()


def test_the_release_is_not_touched_and_only_the_secretariat_may(edition, officer):
    file = handed_in(edition, officer, made.session(1))
    for somebody in (people.person(), team.member(team.city())):
        with pytest.raises(Refusal):
            actions.take_in(file, seen="", drops_missing=False, by=somebody)
        with pytest.raises(Refusal):
            actions.put_aside(file, by=somebody)
        assert not ProgrammeFile.objects.visible_to(somebody).exists()


def test_what_cannot_be_taken_in_as_it_is_said_is_told(edition, officer):
    odd = made.session(1, kind="Hackathon"), made.session(2, start=made.at(20, 9)), made.session(3, title="T" * 250)
    notes = {note.reason for note in queries.preview(handed_in(edition, officer, *odd)).notes}
    assert notes == {
        "The kind “Hackathon” is not known here; look which kind it is.",
        "It is outside the days of the edition.",
        "A text of it has 250 characters; the first 200 are read.",
    }


def test_an_edition_that_was_cancelled_takes_nothing_in(edition, officer):
    edition.state = states.CANCELLED
    with pytest.raises(Refusal, match="cancelled"):
        handed_in(edition, officer, made.session(1))


class TestPages:
    @pytest.fixture
    def desk(self, client, officer):
        return team.sign_in(client, officer)

    @pytest.fixture
    def address(self, edition):
        return reverse("conference:programme_import", args=[edition.slug])

    def upload(self, content, name="programme.xml"):
        return {"file": SimpleUploadedFile(name, content), "language": "en"}

    def test_from_the_file_to_the_draft(self, desk, address, edition):
        content = frab.write(made.programme(made.full_session(), made.session(1)))
        page = desk.post(address, self.upload(content), follow=True).content.decode()
        assert "New session" in page
        assert "Great hall" in page
        file = ProgrammeFile.objects.get()
        seen = queries.fingerprint(queries.preview(file))
        assert f'value="{seen}"' in page
        sent = {"file": file.code, "seen": seen}
        answer = desk.post(reverse("conference:take_in_programme", args=[edition.slug]), sent, follow=True)
        assert "2 new, 0 changed, 0 dropped" in answer.content.decode()
        assert edition.sessions.count() == 2

    def test_a_preview_that_is_old_is_shown_anew(self, desk, address, edition):
        desk.post(address, self.upload(frab.write(made.programme(made.session(1)))))
        sent = {"file": ProgrammeFile.objects.get().code, "seen": "of yesterday"}
        answer = desk.post(reverse("conference:take_in_programme", args=[edition.slug]), sent, follow=True)
        assert "The draft has changed meanwhile" in answer.content.decode()
        assert not edition.sessions.exists()

    @pytest.mark.parametrize("content", [b"", b"nothing", b"<!DOCTYPE s [<!ENTITY a 'b'>]><s/>", b"x" * 5_000_100])
    def test_a_file_that_cannot_be_read_comes_back_with_its_reason(self, desk, address, content):
        answer = desk.post(address, self.upload(content))
        assert answer.status_code == 409
        assert 'class="error' in answer.content.decode()
        assert not ProgrammeFile.objects.exists()

    def test_markup_and_turns_of_direction_in_a_file_stay_words(self, desk, address):
        odd = made.session(1, title="<script>alert(1)</script>", room='"><img src=x>')
        content = frab.write(made.programme(odd)).replace(b"alert", "\u202ealert".encode())
        page = desk.post(address, self.upload(content, 'n"><b>.xml'), follow=True).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page

    def test_the_page_asks_as_much_for_three_sessions_as_for_thirty(self, desk, address, edition, officer):
        desk.get(address)
        counts = []
        for number in (3, 30):
            handed_in(edition, officer, *(made.session(each) for each in range(number)))
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(address).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_others_do_not_find_it(self, client, address, edition):
        for somebody in (people.person(), team.member(team.city())):
            team.sign_in(client, somebody)
            assert client.get(address).status_code == 404
            assert client.post(reverse("conference:put_programme_aside", args=[edition.slug])).status_code == 404

    def test_a_code_that_is_none_is_not_found(self, desk, edition):
        assert (
            desk.post(reverse("conference:put_programme_aside", args=[edition.slug]), {"file": "no"}).status_code == 404
        )
        address = reverse("conference:programme_import", args=["nowhere"])
        assert desk.get(address).status_code == 404
