"""What cities write to each other about what they share: who reads it, who is told, and how it is taken back."""

import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts import actions as accounts
from creativecities.accounts import queries as account_queries
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.core import desk, digests
from creativecities.core.models import Bookmark, Event, Mail
from creativecities.exchange import states
from creativecities.exchange.actions import messages as acts
from creativecities.exchange.models import Initiative, Invitation, Message, Reply
from creativecities.exchange.queries import messages as queries
from creativecities.exchange.tests import feast
from creativecities.exchange.tests.factories import initiative, need, reply
from creativecities.network.models import City, Mandate, Membership
from creativecities.network.queries import handover
from creativecities.network.tests import team
from creativecities.network.tests.factories import holder, member

pytestmark = pytest.mark.django_db
TEXT = "When could your engineer come?\n\nWe have <b>three</b> bridges."
LAMPS = "/initiatives/lamps-by-the-river/"


@pytest.fixture
def nova() -> City:
    return member(name="Vila Nova")


@pytest.fixture
def longe() -> City:
    return member(name="Vila Longe")


@pytest.fixture
def ana(nova: City) -> Person:
    return team.member(nova, "Ana Exemplo")


@pytest.fixture
def bruno(longe: City) -> Person:
    return team.member(longe, "Bruno Exemplo")


@pytest.fixture
def answer(nova: City, longe: City, ana: Person, bruno: Person) -> Reply:
    return reply(need(nova), longe)


@pytest.fixture
def lamps(nova: City, longe: City, ana: Person, bruno: Person) -> Initiative:
    return initiative(lead=nova, partners=(longe,), partner_state=states.CONFIRMED)


@pytest.fixture
def asker(new_client: Any, ana: Person) -> Any:
    return team.sign_in(new_client(), ana)


@pytest.fixture
def replier(new_client: Any, bruno: Person) -> Any:
    return team.sign_in(new_client(), bruno)


def about(answer: Reply) -> str:
    return f"/exchange/replies/{answer.pk}/conversation/"


def write(client: Any, address: str, city: str = "vila-nova", **values: Any) -> Any:
    filled = {"city": city, "text": TEXT, "language": "en", "once": str(uuid.uuid4()), **values}
    return client.post(address, filled)


def say(thing: Any, by: Person, text: str = "A word.") -> Message:
    city = by.mandates.get().city
    return acts.write(thing, city, text=text, language="en", once=uuid.uuid4(), by=by)


class TestWriting:
    def test_the_other_team_gets_it_by_mail_and_reads_it_on_the_page(self, answer: Reply, asker: Any, replier: Any):
        page = f"/exchange/replies/{answer.pk}/"
        assert "Nobody has written yet." in asker.get(page).content.decode()
        assert write(asker, about(answer)).url == f"{page}#conversation"
        mail = Mail.objects.get(kind="exchange.message.sent")
        assert mail.to_address == Person.objects.get(name="Bruno Exemplo").email
        assert mail.subject == "Vila Nova writes about “A bridge for the lamps”"
        assert "Ana Exemplo, Vila Nova, writes" in mail.body
        assert "> When could your engineer come?\n>\n> We have" in mail.body
        assert mail.link.endswith(f"{page}#conversation")
        assert "@" not in mail.body + mail.subject
        text = replier.get(page).content.decode()
        assert "When could your engineer come?" in text
        assert "&lt;b&gt;three&lt;/b&gt;" in text
        assert "@" not in text.split('id="conversation"')[1].split("</section>")[0]
        event = Event.objects.get(kind="exchange.message.sent")
        assert "engineer" not in f"{event.subject_name} {event.facts}"

    def test_the_cities_of_an_initiative_talk_on_its_page(
        self, lamps: Initiative, asker: Any, replier: Any, client: Any
    ):
        write(replier, f"{LAMPS}conversation/", "vila-longe")
        assert Mail.objects.get(kind="exchange.message.sent").subject == "Vila Longe writes about “Lamps by the river”"
        assert "When could your engineer come?" in asker.get(LAMPS).content.decode()
        seen = client.get(LAMPS).content.decode()
        assert "engineer" not in seen
        assert "Conversation" not in seen

    def test_one_that_is_asked_talks_and_one_that_was_only_named_or_declined_does_not(
        self, lamps: Initiative, new_client: Any
    ):
        for state, status in ((states.ASKED, 200), (states.NAMED, 404), (states.DECLINED, 404)):
            city = member(name=f"Vila {state}")
            lamps.parts.create(city=city, lead=lamps.lead, state=state)
            other = team.sign_in(new_client(), team.member(city))
            assert other.get(f"{LAMPS}conversation/").status_code == status
        Initiative.objects.update(state=states.RETIRED)
        asked = team.sign_in(new_client(), City.objects.get(slug="vila-asked").mandates.get().person)
        assert asked.get(f"{LAMPS}conversation/").status_code == 404

    def test_who_has_nobody_to_talk_to_sees_no_conversation(self, nova: City, ana: Person, asker: Any):
        initiative(lead=nova)
        assert "Conversation" not in asker.get(LAMPS).content.decode()
        assert write(asker, f"{LAMPS}conversation/").status_code == 409

    def test_the_same_words_of_a_form_are_one_message_and_other_words_another(self, answer: Reply, asker: Any):
        form = {"once": str(uuid.uuid4())}
        assert [write(asker, about(answer), **form).status_code for _click in range(2)] == [302, 302]
        assert write(asker, about(answer), text="And one thing more.", **form).status_code == 302
        assert Message.objects.count() == Mail.objects.filter(kind="exchange.message.sent").count() == 2

    @pytest.mark.parametrize(
        "values",
        [{"text": ""}, {"text": "\u200b\u202e…"}, {"text": "x" * 4001}, {"text": "x" * 100_000}, {"language": "xx"},
         {"once": "no"}, {"city": "vila-longe"}, {"city": "nowhere"}],
    )  # fmt: skip
    def test_what_is_wrong_comes_back_and_nothing_is_sent(self, answer: Reply, asker: Any, values: dict[str, str]):
        back = write(asker, about(answer), **values)
        assert back.status_code == 422
        assert "text" in values or "When could your engineer come?" in back.content.decode()
        assert not Message.objects.exists()

    def test_every_line_is_quoted_wherever_a_mail_program_breaks_it(self, answer: Reply, asker: Any):
        write(asker, about(answer), text="Hello\u2028Your account\u2029is closed:\x0bsee\x85example.org")
        quoted = "> Hello\n> Your account\n> is closed:\n> see\n> example.org"
        assert quoted in Mail.objects.get(kind="exchange.message.sent").body
        say(answer, answer.to_city.mandates.get().person, "Hello\u2028there")  # past the form
        assert "> Hello\n> there" in Mail.objects.latest("pk").body

    def test_turns_of_direction_and_zero_width_are_gone(self, answer: Reply, asker: Any):
        write(asker, about(answer), text="a\u202eb\u200bc\r\nd")
        assert Message.objects.get().text == "abc\nd"

    def test_a_city_that_has_left_reads_and_writes_no_more(self, answer: Reply, asker: Any, replier: Any):
        Membership.objects.filter(city__slug="vila-longe").update(end="2025-01-01")
        assert "it is no longer" in replier.get(about(answer)).content.decode()
        back = write(replier, about(answer), "vila-longe")
        assert back.status_code == 409
        assert "When could your engineer come?" in back.content.decode()
        assert write(asker, about(answer)).status_code == 302

    def test_who_speaks_for_two_cities_says_in_whose_name(self, answer: Reply, asker: Any, ana: Person, longe: City):
        Mandate.objects.create(person=ana, role="alternative-contact", city=longe, start="2020-01-01")
        assert "In the name of" in asker.get(about(answer)).content.decode()
        write(asker, about(answer), "vila-longe")
        assert Message.objects.get().city == longe

    def test_very_many_in_a_short_time_are_refused_and_the_words_kept(
        self, answer: Reply, asker: Any, settings: Any, monkeypatch: Any
    ):
        monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "message", "2/h/user")
        cache.clear()
        statuses = [write(asker, about(answer), text=f"Word {number}").status_code for number in range(3)]
        assert statuses == [302, 302, 429]
        assert Message.objects.count() == 2

    def test_a_reply_that_is_talked_about_does_not_lapse(self, answer: Reply, asker: Any):
        before = answer.moved_at
        write(asker, about(answer))
        answer.refresh_from_db()
        assert answer.moved_at > before
        assert answer.state == states.NEW


class TestInvitations:
    @pytest.fixture
    def invited(self, nova: City, longe: City, ana: Person, bruno: Person) -> Invitation:
        return feast.sent(initiative(lead=nova), longe, member(name="Vila Outra"))

    def test_host_and_guest_talk_and_another_guest_does_not_see_it(
        self, invited: Invitation, asker: Any, replier: Any, new_client: Any, longe: City
    ):
        guest = invited.invitees.get(city=longe)
        talk = f"/exchange/invitees/{guest.pk}/conversation/"
        page = f"/exchange/invitations/{invited.pk}/"
        assert talk in replier.get(page).content.decode()
        assert talk in asker.get(page).content.decode()
        assert write(replier, talk, "vila-longe").url == f"{talk}#conversation"
        mail = Mail.objects.get(kind="exchange.message.sent")
        assert mail.to_address == Person.objects.get(name="Ana Exemplo").email
        assert mail.subject == "Vila Longe writes about “Lamps by the river”"
        assert "When could your engineer come?" in asker.get(talk).content.decode()
        assert f"{talk}#conversation" in asker.get("/exchange/conversations/").content.decode()
        other = invited.invitees.exclude(pk=guest.pk).get()
        third = team.sign_in(new_client(), team.member(other.city, "Carla Exemplo"))
        text = third.get(page).content.decode()
        assert talk not in text
        assert f"/exchange/invitees/{other.pk}/conversation/" in text
        assert "Lamps by the river" not in third.get("/exchange/conversations/").content.decode()
        for path in (talk, f"/exchange/messages/{Message.objects.get().pk}/read/"):
            numbers = []
            for each in (path, path.replace(f"/{path.split('/')[3]}/", "/999999/")):
                with CaptureQueriesContext(connection) as captured:
                    assert third.post(each).status_code == 404
                numbers.append(len(captured))
            assert numbers[0] == numbers[1]

    def test_what_is_new_to_the_host_is_read_by_guest(self, invited: Invitation, ana: Person, longe: City, asker: Any):
        carla = team.member(City.objects.get(slug="vila-outra"), "Carla Exemplo")
        for guest in invited.invitees.all():
            said = say(guest, guest.city.mandates.get().person)
        (due,) = (each for each in desk.due(ana) if "message" in str(each.title))
        assert due.title == "Read 2 new messages"
        asker.post(f"/exchange/messages/{said.pk}/read/")
        (due,) = (each for each in desk.due(ana) if "message" in str(each.title))
        assert due.title == "Read 1 new message"
        assert due.url == f"/exchange/invitees/{invited.invitees.get(city=longe).pk}/conversation/#conversation"
        assert not [each for each in desk.due(carla) if "message" in str(each.title)]


class TestReading:
    def test_nobody_else_sees_a_word_or_that_there_is_one(self, answer: Reply, lamps: Initiative, new_client: Any):
        said = say(answer, answer.to_city.mandates.get().person)
        mayor = holder("mayor", "Maria Exemplo", city=answer.city)
        guest = feast.sent(lamps, answer.city).invitees.get()
        for someone in (team.member(member(name="Vila Alheia")), team.officer(), people.person(), mayor):
            visitor = team.sign_in(new_client(), someone)
            for hidden, missing in (
                (about(answer), "/exchange/replies/999999/conversation/"),
                (f"{LAMPS}conversation/", "/initiatives/nowhere/conversation/"),
                (f"/exchange/invitees/{guest.pk}/conversation/", "/exchange/invitees/999999/conversation/"),
                (f"/exchange/messages/{said.pk}/read/", "/exchange/messages/999999/read/"),
                (f"/exchange/messages/{said.pk}/take-back/", "/exchange/messages/999999/take-back/"),
            ):
                visitor.post(missing)  # what is read once a process is read
                found = []
                for path in (hidden, missing):
                    with CaptureQueriesContext(connection) as captured:
                        found.append((visitor.post(path).status_code, len(captured)))
                assert found[0] == found[1]
                assert found[0][0] == 404
        assert new_client().get(about(answer)).status_code == 302
        assert not Bookmark.objects.exclude(person_id=said.person_id).exists()

    def test_who_holds_no_mandate_any_more_loses_sight(self, answer: Reply, asker: Any, ana: Person):
        say(answer, ana)
        assert asker.get("/exchange/conversations/").status_code == 200
        ana.mandates.update(end="2025-01-01")
        for path in (about(answer), "/exchange/conversations/", f"/exchange/replies/{answer.pk}/"):
            assert asker.get(path).status_code == 404

    def test_the_desk_tells_what_is_new_until_it_is_read(
        self, answer: Reply, lamps: Initiative, asker: Any, ana: Person
    ):
        bruno = answer.city.mandates.get().person
        say(answer, bruno)
        (due,) = (each for each in desk.due(ana) if "message" in str(each.title))
        assert (due.title, due.url) == ("Read 1 new message", f"/exchange/replies/{answer.pk}/#conversation")
        say(lamps, bruno)
        last = say(lamps, bruno, "Another.")
        (due,) = (each for each in desk.due(ana) if "message" in str(each.title))
        assert (due.title, due.url) == ("Read 3 new messages", "/exchange/conversations/")
        text = asker.get("/exchange/conversations/").content.decode()
        assert text.index("Lamps by the river") < text.index("A bridge for the lamps")
        assert "2 new" in text
        page = asker.get(LAMPS).content.decode()
        assert f"/exchange/messages/{last.pk}/read/" in page
        assert asker.post(f"/exchange/messages/{last.pk}/read/").url == f"{LAMPS}#conversation"
        assert f"/exchange/messages/{last.pk}/read/" not in asker.get(LAMPS).content.decode()
        say(answer, ana)  # what came while one was writing stays new
        (due,) = (each for each in desk.due(ana) if "message" in str(each.title))
        assert (due.title, due.url) == ("Read 1 new message", f"/exchange/replies/{answer.pk}/#conversation")
        assert "Read 1 new message" in [str(each.title) for each in desk.due(bruno)]

    def test_conversations_pass_on_with_the_mandate(self, answer: Reply, ana: Person):
        mandate = ana.mandates.get()
        assert handover.passes_on(mandate) == []
        say(answer, ana)
        assert handover.passes_on(mandate) == ["1 conversation with other cities"]

    def test_a_bookmark_only_moves_forward(self, answer: Reply, asker: Any, ana: Person):
        first, second = (say(answer, answer.city.mandates.get().person, word) for word in ("One.", "Two."))
        for said in (second, first):
            asker.post(f"/exchange/messages/{said.pk}/read/", headers={"HX-Request": "true"})
        assert Bookmark.objects.get(person_id=ana.pk).number == second.pk

    def test_pages_cost_the_same_with_three_and_with_thirty(self, answer: Reply, lamps: Initiative, asker: Any):
        bruno = answer.city.mandates.get().person
        paths = (f"/exchange/replies/{answer.pk}/", LAMPS, about(answer), "/exchange/conversations/", "/desk/")
        numbers = []
        for more in (3, 28):
            for number in range(more):
                say(answer, bruno, f"Word {number}")
                say(initiative(f"Lamps {more} {number}", lead=lamps.lead, partners=(bruno.mandates.get().city,),
                               partner_state=states.CONFIRMED), bruno)  # fmt: skip
            found = []
            for path in paths:
                asker.get(path)
                with CaptureQueriesContext(connection) as captured:
                    assert asker.get(path).status_code == 200
                found.append(len([one for one in captured if "core_generation" not in one["sql"]]))
            numbers.append(found)
        assert numbers[0] == numbers[1] == [10, 14, 9, 5, 9], numbers
        assert "All messages" in asker.get(paths[0]).content.decode()
        assert 'rel="next"' in asker.get(about(answer)).content.decode()


class TestTakingBack:
    def test_its_words_are_gone_and_a_line_stays(self, answer: Reply, asker: Any, replier: Any, ana: Person):
        said = say(answer, ana, "Not meant for you.")
        assert replier.post(f"/exchange/messages/{said.pk}/take-back/").status_code == 403
        assert asker.post(f"/exchange/messages/{said.pk}/take-back/").status_code == 302
        text = replier.get(about(answer)).content.decode()
        assert "Taken back by who wrote it." in text
        assert "Not meant" not in text
        assert (Message.objects.get().text, Message.objects.get().state) == ("", states.WITHDRAWN)
        assert Event.objects.filter(kind="exchange.message.withdrawn").count() == 1
        assert not Mail.objects.filter(kind="exchange.message.sent").exists()
        assert asker.post(f"/exchange/messages/{said.pk}/take-back/").status_code == 409
        assert not [each for each in desk.due(answer.city.mandates.get().person) if "message" in str(each.title)]

    def test_mails_that_have_left_keep_no_word_and_gathered_ones_do_not_leave(self, answer: Reply, ana: Person):
        other = team.member(answer.city, "Carla Exemplo", role="alternative-contact")
        Person.objects.filter(pk=other.pk).update(rhythm="daily")
        said = say(answer, ana, "Not meant for you.")
        kept = say(answer, ana, "But this is.")
        Mail.objects.filter(state=Mail.WAITING).update(state=Mail.SENT)
        acts.take_back(said, by=ana)
        assert sorted(Mail.objects.values_list("state", flat=True)) == [Mail.GATHERED, Mail.SENT, Mail.SENT]
        assert "Not meant" not in "".join(Mail.objects.values_list("body", flat=True))
        assert "But this is." in Mail.objects.get(state=Mail.GATHERED).body
        assert Mail.objects.get(state=Mail.GATHERED).key.startswith(f"message-{kept.pk}-")


class TestNotices:
    def test_a_daily_reader_gets_one_mail_cut_and_counted(self, answer: Reply, lamps: Initiative, ana: Person):
        Person.objects.filter(name="Bruno Exemplo").update(rhythm="daily")
        for number in range(3):
            say(answer, ana, f"Word {number}")
        for number in range(digests.MOST + 14):
            each = initiative(
                f"Lamps {number}", lead=answer.to_city, partners=(answer.city,), partner_state="confirmed"
            )
            say(each, ana)
        Mail.objects.filter(state=Mail.GATHERED).update(due_at="2026-01-01T00:00Z")
        assert digests.send_due() == 1
        digest = Mail.objects.get(kind="core.digest")
        assert digest.body.count("\n  http") == digests.MOST
        assert "and 17 more" in digest.body

    def test_who_wants_none_gets_none(self, answer: Reply, ana: Person):
        Person.objects.update(rhythm="never")
        say(answer, ana)
        assert not Mail.objects.filter(kind="exchange.message.sent").exists()

    def test_who_watches_the_outbox_does_not_read_them(self, answer: Reply, ana: Person, client: Any):
        say(answer, ana, "Between us.")
        mail = Mail.objects.get(kind="exchange.message.sent")
        text = team.sign_in(client, team.officer()).get(f"/secretariat/outbox/{mail.pk}/").content.decode()
        assert "for its reader alone" in text
        assert "Between us." not in text


class TestAPersonWhoLeaves:
    def test_their_name_goes_and_the_words_of_the_city_stay(self, answer: Reply, ana: Person, replier: Any):
        said = say(answer, ana, "We come in May.")
        replier.post(f"/exchange/messages/{said.pk}/read/")
        assert "We come in May." in str(account_queries.everything_about(ana))
        accounts.erase(ana, by=ana)
        assert (Message.objects.get().person_name, Message.objects.get().text) == ("", "We come in May.")
        assert "Ana Exemplo" not in replier.get(about(answer)).content.decode()
        assert list(Bookmark.objects.values_list("person_id", flat=True)) == [answer.city.mandates.get().person_id]


def test_a_conversation_is_named_after_its_thing(answer: Reply, lamps: Initiative):
    assert (queries.title(answer), queries.title(lamps)) == ("A bridge for the lamps", "Lamps by the river")
