"""A city's team records an initiative in the short form; drafts are nobody else's, what is published is public."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts.models import Person
from creativecities.core import freshness
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, states
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import holder, member
from creativecities.search.jobs import bring_up_to_date

pytestmark = pytest.mark.django_db
LIST, NEW = "/cities/vila-lider/edit/initiatives/", "/cities/vila-lider/edit/initiatives/new/"
PAGE, EDIT = "/initiatives/lamps-by-the-river/", "/initiatives/lamps-by-the-river/edit/"
SHORT: dict[str, Any] = {
    "kind": "festival", "title": "Lamps by the river", "summary": "A night of lamps on the water.", "language": "en",
    "partners": ["Vila Parceira"], "starts_on": "2024", "ends_on": "2025",
}  # fmt: skip


@pytest.fixture
def lead() -> City:
    return member(name="Vila Lider")


@pytest.fixture
def partner() -> City:
    return member(name="Vila Parceira")


@pytest.fixture
def ana(lead: City) -> Person:
    return team.member(lead, "Ana Exemplo")


@pytest.fixture
def editor(client: Any, ana: Person, partner: City) -> Any:
    return team.sign_in(client, ana)


@pytest.fixture
def visitor(new_client: Any) -> Any:
    return new_client()


def draft(editor: Any, **values: Any) -> Initiative:
    response = editor.post(NEW, {**SHORT, "then": "draft", **values})
    assert response.status_code == 302, response.content.decode()
    return Initiative.objects.get(slug=response.url.split("/")[2])


class TestTheShortForm:
    def test_a_draft_holds_what_was_typed(self, editor: Any, lead: City):
        one = draft(editor)
        assert (one.lead, one.state, one.kind, one.years, one.confidence) == (
            lead, states.DRAFT, "festival", "2024–2025", "city",
        )  # fmt: skip
        assert list(one.parts.values_list("city__slug", "state")) == [("vila-parceira", states.ASKED)]
        assert Event.objects.get(kind="exchange.initiative.recorded").actor_name == "Ana Exemplo"
        assert not Mail.objects.exists()

    def test_it_is_of_the_field_of_its_city_until_the_team_says_otherwise(self, editor: Any, lead: City, visitor: Any):
        one = draft(editor, then="publish")
        own = Membership.objects.get(city=lead).field_id
        assert list(one.fields.values_list("pk", flat=True)) == [own]
        assert "Lamps by the river" in visitor.get(f"/initiatives/?field={own}").content.decode()

    def test_published_it_is_public_at_once_and_its_partner_is_asked(self, editor: Any, visitor: Any, partner: City):
        bruno = team.member(partner, "Bruno Exemplo")
        team.member(partner, "Mayor Exemplo", role="mayor")
        response = editor.post(NEW, {**SHORT, "then": "publish"}, follow=True)
        assert "Published; its partner cities are asked." in response.content.decode()
        assert "asked, has not answered yet" in visitor.get(PAGE).content.decode()
        assert "Lamps by the river" in visitor.get("/cities/vila-lider/").content.decode()
        mail = Mail.objects.get()
        assert mail.to_person_id == bruno.pk
        assert mail.subject == "Does Vila Parceira take part in “Lamps by the river”?"
        assert mail.link.endswith(f"{PAGE}partners/vila-parceira/")
        assert "ana" not in mail.body.lower()

    def test_what_begins_next_year_is_on_the_citys_page_today(self, editor: Any, visitor: Any):
        draft(editor, then="publish", starts_on="2999", ends_on="")
        assert "Lamps by the river" in visitor.get("/cities/vila-lider/").content.decode()
        assert "Lamps by the river" not in visitor.get("/cities/vila-lider/?as_of=2022-01-01").content.decode()

    def test_a_city_that_was_only_asked_is_not_spoken_for(self, editor: Any, visitor: Any, partner: City):
        draft(editor, then="publish")
        assert "Lamps" not in visitor.get("/cities/vila-parceira/").content.decode()
        assert json.loads(visitor.get("/initiatives.json?city=vila-parceira").content)["count"] == 0
        actions.confirm(Partner.objects.get(), by=team.member(partner))
        freshness.forget()
        assert "Lamps" in visitor.get("/cities/vila-parceira/").content.decode()
        assert json.loads(visitor.get("/initiatives.json?city=vila-parceira").content)["count"] == 1

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"title": ""}, "This field is required"),
            ({"title": "\u202e\u200b"}, "This field is required"),
            ({"summary": "x" * 100_000}, "at most 4000 characters (it has 100000)"),
            ({"kind": "party"}, "Select a valid choice"),
            ({"language": "xx"}, "Select a valid choice"),
            ({"partners": ["Atlantis"]}, "is no member city: choose one from the list"),
            ({"partners": ["Vila Parceira", "vila parceira, PORTUGAL"]}, "is named twice"),
            ({"partners": ["Vila Lider"]}, "the lead city is not its own partner"),
            ({"starts_on": "2026", "ends_on": "2024"}, "It ends before it begins."),
            ({"starts_on": "2026", "ends_on": "2026-05-01"}, "both as days"),
            ({"starts_on": "2026-02-30", "ends_on": ""}, "There is no such day."),
            ({"starts_on": "soon"}, "Write a year"),
            ({"starts_on": "0000"}, "Write a year"),
        ],
    )
    def test_bad_input_is_named_and_nothing_is_lost(self, editor: Any, values: dict[str, Any], said: str):
        response = editor.post(NEW, {**SHORT, **values})
        text = response.content.decode()
        assert response.status_code == 422
        assert said in text
        for name in {"title", "summary"} - values.keys():
            assert SHORT[name] in text
        for typed in values.get("partners", SHORT["partners"]):
            assert f'value="{typed}"' in text
        assert not Initiative.objects.exists()

    def test_what_nobody_sees_is_taken_out_and_markup_stays_text(self, editor: Any):
        one = draft(editor, title="La\u202em\u200bps <b>&", summary="<script>alert(1)</script>\r\nمی\u200cخواهم\x00")
        assert (one.title, one.summary) == ("Lamps <b>&", "<script>alert(1)</script>\nمی\u200cخواهم")
        text = editor.get(f"/initiatives/{one.slug}/").content.decode()
        assert "<script>alert" not in text
        assert "Lamps &lt;b&gt;&amp;" in text

    def test_days_are_understood_in_digits_of_any_script(self, editor: Any):
        one = draft(editor, starts_on="٢٠٢٦-٠٥-٠١", ends_on="2026-5-3")
        assert (str(one.starts_on), str(one.ends_on), one.precision) == ("2026-05-01", "2026-05-03", "day")

    def test_two_of_the_same_title_have_two_addresses(self, editor: Any):
        assert draft(editor).slug == "lamps-by-the-river"
        assert draft(editor, summary="Another one.").slug == "lamps-by-the-river-2"
        assert draft(editor, title="灯", summary="A").slug == "deng"
        assert draft(editor, title="…", summary="B").slug == "vila-lider"

    def test_the_same_sent_twice_is_recorded_once(self, editor: Any):
        draft(editor)
        response = editor.post(NEW, SHORT)
        assert response.status_code == 409
        assert "Your city has recorded this already" in response.content.decode()
        assert Initiative.objects.count() == 1

    def test_an_unknown_partner_is_refused_by_the_action_too(self, editor: Any, lead: City, ana: Person):
        former = member(name="Vila Antiga")
        Membership.objects.filter(city=former).update(end="2025-01-01")
        for slug in ("nowhere", "vila-antiga", "vila-lider"):
            with pytest.raises(Refusal):
                actions.record_initiative(lead, values={**SHORT, "partners": [slug]}, by=ana)
        assert not Initiative.objects.exists()


class TestWhoMay:
    @pytest.mark.parametrize("role", ["focal-point", "alternative-contact", "mayors-representative"])
    def test_each_role_of_the_team_records(self, client: Any, lead: City, partner: City, role: str):
        draft(team.sign_in(client, team.member(lead, role=role)))

    @pytest.mark.parametrize("path", [LIST, NEW, EDIT, f"{PAGE}versions/", f"{PAGE}versions/1/"])
    def test_nobody_else_finds_the_pages(self, editor: Any, new_client: Any, partner: City, path: str):
        draft(editor)
        assert editor.get(path).status_code == 200
        assert new_client().get(path).status_code == 302
        for someone in (team.member(partner), holder("mayor", city=partner), holder("secretariat")):
            client = team.sign_in(new_client(), someone)
            hidden = client.get(path)
            client.get(path)
            with CaptureQueriesContext(connection) as statements:
                client.get(path)
            with CaptureQueriesContext(connection) as of_missing:
                missing = client.get(path.replace("vila-lider", "nowhere").replace("lamps-by-the-river", "nowhere"))
            if path == LIST and someone.mandates.get().role == "secretariat":
                continue
            assert hidden.status_code == missing.status_code == 404 or hidden.status_code == 302
            assert len(statements) == len(of_missing)

    def test_the_secretariat_writes_nothing_in_a_citys_name(self, editor: Any, lead: City):
        one, officer = draft(editor), team.officer()
        for act in (actions.publish, actions.retire):
            with pytest.raises(Refusal) as refused:
                act(one, by=officer)
            assert refused.value.status == 403
        with pytest.raises(Refusal):
            actions.record_initiative(lead, values=SHORT, by=officer)

    def test_the_secretariat_lists_only_what_is_public(self, editor: Any, new_client: Any):
        one = draft(editor)
        officer = team.sign_in(new_client(), team.officer())
        assert "Lamps" not in officer.get(LIST).content.decode()
        assert "Lamps" not in officer.get("/secretariat/events/").content.decode()
        editor.post(f"{PAGE}publish/")
        text = officer.get(LIST).content.decode()
        assert one.title in text
        assert '/edit/">Edit' not in text.replace(LIST, "")
        assert "Record an initiative" not in text

    def test_a_city_that_left_adds_nothing_and_keeps_what_it_published(self, editor: Any, visitor: Any, lead: City):
        one = draft(editor, then="publish")
        second = draft(editor, title="Bread")
        Membership.objects.filter(city=lead).update(end="2025-01-01")
        assert "What it has published stays." in editor.get(LIST).content.decode()
        assert editor.get(NEW).status_code == 409
        assert editor.post(NEW, {**SHORT, "title": "More"}).status_code == 409
        assert editor.post(f"/initiatives/{second.slug}/publish/").status_code == 409
        assert visitor.get(f"/initiatives/{one.slug}/").status_code == 200
        assert editor.post(f"{PAGE}retire/").status_code == 302


class TestPublication:
    def test_a_draft_is_nowhere(self, editor: Any, visitor: Any):
        draft(editor)
        bring_up_to_date()
        assert editor.get(PAGE).status_code == 200
        assert "A draft: only the team" in editor.get(PAGE).content.decode()
        assert visitor.get(PAGE).status_code == visitor.get("/initiatives/nowhere/").status_code == 404
        paths = ("/initiatives/", "/initiatives.csv", "/sitemap.xml", "/cities/vila-lider/", "/search/?q=lamps")
        for path in paths:
            assert "lamps-by" not in visitor.get(path).content.decode(), path
        assert json.loads(visitor.get("/search.json?q=lamps+river&type=initiative").content)["count"] == 0

    def test_search_follows_publishing_editing_and_retiring(self, editor: Any, visitor: Any):
        def found(words: str) -> list[str]:
            bring_up_to_date()
            freshness.forget()
            results = json.loads(visitor.get(f"/search.json?q={words}&type=initiative").content)["results"]
            return [one["title"] for one in results]

        one = draft(editor)
        editor.post(f"{PAGE}publish/")
        assert found("lamps river") == ["Lamps by the river"]
        values = {"summary": "A night of lanterns.", "lessons": "Bring umbrellas."}
        actions.save_initiative(one, values=values, opened=one.version, by=Person.objects.get(name="Ana Exemplo"))
        assert found("lanterns") == found("umbrellas") == ["Lamps by the river"]
        editor.post(f"{PAGE}retire/")
        assert found("lanterns") == []
        assert visitor.get(PAGE).status_code == 404

    def test_a_retired_one_can_be_published_again_and_asks_nobody_twice(self, editor: Any, partner: City):
        team.member(partner)
        draft(editor, then="publish")
        assert editor.post(f"{PAGE}publish/").status_code == 409
        editor.post(f"{PAGE}retire/")
        assert "Retired: only the team" in editor.get(PAGE).content.decode()
        assert editor.post(f"{PAGE}publish/").status_code == 302
        assert Mail.objects.count() == 1
        assert Event.objects.filter(kind="exchange.partner.asked").count() == 1

    def test_buttons_take_no_reading(self, editor: Any):
        draft(editor)
        for verb in ("publish", "retire"):
            assert editor.get(f"{PAGE}{verb}/").status_code == 405


class TestTheList:
    def test_an_empty_one_says_what_to_do(self, editor: Any):
        text = editor.get(LIST).content.decode()
        assert "No initiative yet" in text
        assert NEW in text

    def test_it_shows_state_completeness_and_answers(self, editor: Any):
        draft(editor)
        text = editor.get(LIST).content.decode()
        for said in ("Lamps by the river", "Draft", "17 %", "Vila Parceira</bdi>: asked, has not answered yet", EDIT):
            assert said in text, said

    @pytest.mark.parametrize("number", [3, 60])
    def test_it_costs_the_same_at_any_length(self, editor: Any, lead: City, partner: City, number: int):
        for each in range(number):
            initiative(f"Lamps {each}", lead=lead, partners=(partner,))
        editor.get(LIST)
        with CaptureQueriesContext(connection) as statements:
            editor.get(LIST)
        assert len([one for one in statements if "core_generation" not in one["sql"]]) == 8, statements.captured_queries
