"""The full form: versions that stay, two editors at once, partner cities that come and go, and the files."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, states
from creativecities.exchange.compute import completeness
from creativecities.exchange.models import Initiative, InitiativeVersion
from creativecities.exchange.queries.written import written
from creativecities.exchange.tests import small as initiatives
from creativecities.exchange.tests.factories import initiative, year
from creativecities.network.models import City, Goal, Imported, Objective
from creativecities.network.tests import small, team
from creativecities.network.tests.factories import FieldFactory, member

pytestmark = pytest.mark.django_db
PAGE, EDIT = "/initiatives/lamps-by-the-river/", "/initiatives/lamps-by-the-river/edit/"


@pytest.fixture
def lead() -> City:
    return member(name="Vila Lider")


@pytest.fixture
def partner() -> City:
    return member(name="Vila Parceira")


@pytest.fixture
def lamps(lead: City, partner: City) -> Initiative:
    FieldFactory(slug="design")
    Objective.objects.create(code="O1", name_en="Cooperation")
    Goal.objects.create(number=11, name_en="Cities")
    Goal.objects.create(number=4, name_en="Education")
    return initiative(lead=lead, partners=(partner,), **year(2018))


@pytest.fixture
def ana(lead: City) -> Person:
    return team.member(lead, "Ana Exemplo")


@pytest.fixture
def editor(client: Any, ana: Person, lamps: Initiative) -> Any:
    return team.sign_in(client, ana)


def typed(one: Initiative, **values: Any) -> dict[str, Any]:
    """What the form sends: what is there, with some changes."""
    now = written(one)
    return {**now, "evidence": "\n".join(now["evidence"]), "opened": one.version, **values}


def save(editor: Any, one: Initiative, status: int = 302, **values: Any) -> str:
    response = editor.post(EDIT, typed(one, **values))
    assert response.status_code == status, response.content.decode()
    one.refresh_from_db()
    return response.content.decode()


class TestTheForm:
    def test_everything_is_saved_and_shown(self, editor: Any, new_client: Any, lamps: Initiative):
        save(
            editor, lamps, context="It was dark.", takeaway="Buy lamps.", goals=["11", "4"], objectives=["O1"],
            fields=["design"], budget="under-50k", course="completed", licence="CC0-1.0", beneficiaries="Children",
            civil_partners="The choir", outcome="Light.", starts_on="2018-05-01", ends_on="2018-05-03",
            evidence="https://example.org/a\r\n\r\nhttps://example.org/a\r\nhttps://192.168.0.1/b",
        )  # fmt: skip
        assert (lamps.precision, lamps.confidence, lamps.version) == ("day", "city", 2)
        assert lamps.evidence == ["https://example.org/a", "https://192.168.0.1/b"]
        assert written(lamps)["goals"] == ["4", "11"]
        text = new_client().get(PAGE).content.decode()
        for said in (
            "It was dark.", "What another city can take from it", "Children", "The choir", "Light.", "Completed",
            "10,000 to 50,000 US dollars", "CC0 1.0", 'href="https://example.org/a"', "4 Education",
        ):  # fmt: skip
            assert said in text, said
        assert "Edit the initiative" not in text
        assert EDIT in editor.get(PAGE).content.decode()

    def test_what_is_not_written_is_not_shown(self, new_client: Any, lamps: Initiative):
        text = new_client().get(PAGE).content.decode()
        for said in ("Lessons", "Other partners", "Evidence", "Budget", "Who benefits"):
            assert said not in text

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"lessons": "x" * 100_000}, "at most 5000 characters (it has 100000)"),
            ({"evidence": "http://example.org/"}, "Only addresses beginning with https:// are possible."),
            ({"evidence": "javascript:alert(1)"}, "Only addresses beginning with https:// are possible."),
            ({"evidence": "\n".join(f"https://example.org/{n}" for n in range(11))}, "At most 10 lines"),
            ({"evidence": "https://example.org/" + "x" * 300}, "at most 300 characters"),
            ({"goals": ["99"]}, "Select a valid choice"),
            ({"licence": "shown-here-only"}, "Select a valid choice"),
            ({"ends_on": "2017"}, "It ends before it begins."),
        ],
    )
    def test_bad_input_is_named_and_nothing_is_lost(self, editor: Any, lamps: Initiative, values: Any, said: str):
        text = save(editor, lamps, 422, takeaway="Buy lamps.", **values)
        assert said in text
        assert "Buy lamps." in text
        assert lamps.version == 1

    @pytest.mark.parametrize("partners", [1, 30])
    def test_it_costs_the_same_whatever_hangs_on_it(self, editor: Any, lamps: Initiative, partners: int):
        for number in range(partners):
            city = member(name=f"Vila {number}")
            lamps.parts.create(city=city, lead=lamps.lead, state=states.NAMED)
        editor.get(EDIT)
        with CaptureQueriesContext(connection) as statements:
            editor.get(EDIT)
        found = [one["sql"][:90] for one in statements if "core_generation" not in one["sql"]]
        assert len(found) == 9, found  # three of them are the session's

    def test_saving_nothing_new_is_refused(self, editor: Any, lamps: Initiative):
        assert "Nothing was changed" in save(editor, lamps, 409)
        assert lamps.confidence == "sourced"

    def test_completeness_grows_and_says_what_is_missing(self, editor: Any, lamps: Initiative):
        assert "Still missing:" in editor.get(EDIT).content.decode()
        before = completeness.of(written(lamps))
        save(editor, lamps, context="It was dark.", budget="none")
        after = completeness.of(written(lamps))
        assert (before.percent, after.percent) == (11, 22)
        assert "Context" in before.missing
        assert "Context" not in after.missing
        everything = dict.fromkeys((*completeness.PARTS, "ends_on"), "x")
        assert completeness.of(everything) == completeness.Completeness(100, ())


class TestVersions:
    def test_each_is_read_and_restored(self, editor: Any, lamps: Initiative, partner: City):
        save(editor, lamps, summary="Two nights.")
        save(editor, lamps, summary="Three nights.", partners=[])
        assert list(lamps.versions.values_list("number", "person_name")) == [
            (3, "Ana Exemplo"), (2, "Ana Exemplo"), (1, ""),
        ]  # fmt: skip
        assert "A night of lamps" in editor.get(f"{PAGE}versions/1/").content.decode()
        assert "<ins>" in editor.get(f"{PAGE}versions/2/").content.decode()
        for path in ("versions/4/", "versions/0/", "versions/99999999999999999999/"):
            assert editor.get(PAGE + path).status_code == 404
        assert editor.post(f"{PAGE}versions/1/", {"opened": "3"}).status_code == 302
        lamps.refresh_from_db()
        assert (lamps.summary, lamps.version) == ("A night of lamps on the water.", 4)
        assert not lamps.parts.exists()  # whoever was let go is not asked by a restored text
        assert Event.objects.get(facts__restored=1).kind == "exchange.initiative.saved"

    def test_restoring_what_one_has_not_seen_is_refused(self, editor: Any, lamps: Initiative):
        save(editor, lamps, summary="Two nights.")
        save(editor, lamps, summary="Three nights.")
        for opened, status in (("2", 409), ("x", 400), ("99", 400)):
            assert editor.post(f"{PAGE}versions/1/", {"opened": opened}).status_code == status
        assert Initiative.objects.get().summary == "Three nights."

    def test_one_that_was_never_changed_has_none(self, editor: Any):
        assert "Nobody has changed it yet" in editor.get(f"{PAGE}versions/").content.decode()

    def test_who_leaves_is_forgotten(self, editor: Any, lamps: Initiative, ana: Person):
        save(editor, lamps, summary="Two nights.")
        accounts.erase(ana, by=ana)
        assert set(InitiativeVersion.objects.values_list("person_name", flat=True)) == {""}


class TestTwoEditors:
    def test_the_later_one_sees_both_texts_and_loses_nothing(self, editor: Any, new_client: Any, lamps: Initiative):
        ken = team.sign_in(new_client(), team.member(lamps.lead, "Ken Exemplo", role="alternative-contact"))
        opened = typed(lamps)
        save(ken, lamps, summary="Theirs entirely.", lessons="Bring umbrellas.")
        response = editor.post(EDIT, {**opened, "summary": "Mine entirely."})
        text = response.content.decode()
        assert response.status_code == 409
        for said in ("Two people wrote here", "Ken Exemplo", "Theirs", "umbrellas", "Mine entirely."):
            assert said in text, said
        assert 'name="opened" value="2"' in text
        lamps.refresh_from_db()
        assert lamps.summary == "Theirs entirely."
        save(editor, lamps, summary="Mine entirely.")
        assert lamps.summary == "Mine entirely."
        assert lamps.versions.get(number=2).values["summary"] == "Theirs entirely."

    @pytest.mark.parametrize("opened", ["0", "99", "x", "-1", ""])
    def test_a_forged_version_saves_nothing(self, editor: Any, lamps: Initiative, opened: str):
        assert "does not exist" in save(editor, lamps, 400, opened=opened, summary="Two nights.")
        assert lamps.version == 1

    def test_an_edit_while_another_publishes_keeps_both(self, editor: Any, lamps: Initiative, ana: Person):
        stale = Initiative.objects.get()
        actions.retire(lamps, by=ana)
        actions.save_initiative(stale, values={"summary": "Two nights."}, opened=1, by=ana)
        found = Initiative.objects.get()
        assert (found.state, found.summary) == (states.RETIRED, "Two nights.")


class TestPartners:
    def test_a_new_one_is_asked_and_an_old_one_let_go(self, editor: Any, lamps: Initiative):
        guest = member(name="Vila Nova")
        bruno = team.member(guest, "Bruno Exemplo")
        save(editor, lamps, partners=["Vila Nova, Portugal"])
        assert list(lamps.parts.values_list("city__slug", "state")) == [("vila-nova", states.ASKED)]
        assert Mail.objects.get().to_person_id == bruno.pk
        assert {e.kind for e in Event.objects.filter(kind__startswith="exchange.partner")} == {
            "exchange.partner.asked", "exchange.partner.let_go",
        }  # fmt: skip

    def test_one_that_confirmed_is_not_taken_away(self, editor: Any, lamps: Initiative):
        lamps.parts.update(state=states.CONFIRMED)
        text = save(editor, lamps, 409, partners=[], summary="Two nights.")
        assert "Vila Parceira has confirmed its part and is not taken away." in text
        assert "Two nights." in text
        assert lamps.parts.get().state == states.CONFIRMED
        assert lamps.version == 1

    def test_one_that_declined_is_not_asked_again(self, editor: Any, lamps: Initiative):
        lamps.parts.update(state=states.DECLINED)
        assert "has declined and is not asked again" in save(editor, lamps, 409, partners=["Vila Parceira"])
        save(editor, lamps, partners=[], summary="Two nights.")
        assert lamps.parts.get().state == states.DECLINED

    def test_one_that_left_the_network_stays_named(self, editor: Any, lamps: Initiative, partner: City):
        partner.memberships.update(end="2025-01-01")
        partner.listings.update(end="2025-01-01")
        assert 'value="Vila Parceira"' in editor.get(EDIT).content.decode()
        save(editor, lamps, summary="Two nights.", partners=["Vila Parceira"])
        assert lamps.parts.get().state == states.NAMED

    def test_the_action_asks_the_same_rule(self, lamps: Initiative, ana: Person):
        with pytest.raises(Refusal) as refused:
            actions.save_initiative(lamps, values={"partners": ["vila-lider"]}, opened=1, by=ana)
        assert refused.value.code == "own-partner"


class TestTheFiles:
    @pytest.fixture
    def loaded(self, tmp_path: Path) -> Path:
        initiatives.write(small.write(tmp_path / "data"))
        self.load(tmp_path / "data")
        return tmp_path / "data"

    def load(self, folder: Path) -> None:
        call_command("load_data", folder=folder, stdout=io.StringIO(), stderr=io.StringIO())

    def test_what_a_team_wrote_is_never_overwritten(self, loaded: Path):
        one = Initiative.objects.get()
        ana = team.member(one.lead)
        values = {"title": "Our lamps", "fields": ["film"], "partners": ["vila-nova"], "starts_on": "2017"}
        actions.save_initiative(one, values=values, opened=1, by=ana)
        said = {"title": "Lamps at night", "fields": "", "confidence": "known", "start_year": "2016"}
        initiatives.write(loaded, {**said, "partner_cities": "Pedra|NP", "end_year": "2020"})
        self.load(loaded)
        one.refresh_from_db()
        assert (one.title, one.confidence, one.starts_on.year) == ("Our lamps", "city", 2017)
        assert {field.slug for field in one.fields.all()} == {"film"}
        assert set(one.parts.values_list("city__slug", flat=True)) == {"vila-nova"}
        pending = Imported.objects.get(label="exchange.initiative").pending
        assert {"title", "fields", "confidence", "starts_on", "partners"} <= pending.keys()

    def test_what_the_files_change_can_be_read_as_it_was(self, loaded: Path):
        one = Initiative.objects.get()
        initiatives.write(loaded, {"summary": "Two nights."})
        self.load(loaded)
        assert [row.values["summary"] for row in one.versions.all()] == ["Two nights.", "A night of lamps."]
        assert set(one.versions.values_list("person_name", flat=True)) == {""}

    def test_an_editor_is_shown_what_the_files_changed_meanwhile(self, loaded: Path, client: Any):
        one = Initiative.objects.get()
        editor = team.sign_in(client, team.member(one.lead))
        opened = typed(one, title="Our lamps")
        initiatives.write(loaded, {"summary": "Two nights."})
        self.load(loaded)
        response = editor.post(f"/initiatives/{one.slug}/edit/", opened)
        assert response.status_code == 409
        assert "The reference data" in response.content.decode()
