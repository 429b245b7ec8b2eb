"""An initiative in other languages, written by people: read, found, marked when the original has changed."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.core import freshness
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions
from creativecities.exchange.actions import translations as acts
from creativecities.exchange.models import Initiative, Translation
from creativecities.exchange.queries import translations as queries
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory, member
from creativecities.search.jobs import bring_up_to_date

pytestmark = pytest.mark.django_db
PAGE, ALL = "/initiatives/lamps-by-the-river/", "/initiatives/lamps-by-the-river/translations/"
FRENCH = {"title": "Lampes au bord de l’eau", "summary": "Une nuit de lanternes.", "context": "Il faisait sombre."}


@pytest.fixture
def lead() -> City:
    return member(name="Vila Lider")


@pytest.fixture
def lamps(lead: City) -> Initiative:
    FieldFactory(slug="design")
    return initiative(lead=lead, fields="design", context="It was dark.", lessons="Bring umbrellas.")


@pytest.fixture
def ana(lead: City) -> Person:
    return team.member(lead, "Ana Exemplo")


@pytest.fixture
def editor(client: Any, ana: Person, lamps: Initiative) -> Any:
    return team.sign_in(client, ana)


@pytest.fixture
def visitor(new_client: Any) -> Any:
    return new_client()


def send(editor: Any, status: int = 302, language: str = "fr", **values: Any) -> str:
    response = editor.post(f"{ALL}{language}/", {**FRENCH, "opened": "0", **values})
    assert response.status_code == status, response.content.decode()
    freshness.forget()  # what a commit does
    return response.content.decode()


def test_readers_of_the_language_get_it_with_the_way_to_the_original(editor: Any, visitor: Any):
    send(editor)
    text = visitor.get(f"/fr{PAGE}").content.decode()
    assert '<h1 lang="fr" dir="auto">Lampes au bord de l’eau</h1>' in text
    assert 'lang="fr" dir="auto"><p>Il faisait sombre.' in text
    assert 'lang="en" dir="auto"><p>Bring umbrellas.' in text  # nobody has translated that
    for said in ("?original", "Anglais"):
        assert said in text
    assert "A night of lamps" not in text
    assert "Ana Exemplo" not in text
    assert '<h3><a href="/fr/initiatives/lamps-by-the-river/" dir="auto">Lampes au bord' in (
        visitor.get("/fr/initiatives/").content.decode()
    )
    assert '<h3 lang="en"><a href="/es/initiatives/lamps' in visitor.get("/es/initiatives/").content.decode()
    original = visitor.get(f"/fr{PAGE}?original").content.decode()
    assert '<h1 lang="en" dir="auto">Lamps by the river</h1>' in original
    assert "It was dark." in original
    for path in (PAGE, f"/es{PAGE}"):
        shown = visitor.get(path).content.decode()
        assert "Lamps by the river" in shown
        assert "original" not in shown.lower()


def test_it_is_found_in_that_language(editor: Any, visitor: Any):
    send(editor)
    bring_up_to_date()
    freshness.forget()
    for query in ("lanternes", "sombre"):
        found = json.loads(visitor.get(f"/fr/search.json?q={query}&type=initiative").content)["results"]
        assert [(one["title"], one["language"]) for one in found] == [("Lampes au bord de l’eau", "fr")], query
    assert json.loads(visitor.get("/initiatives.json?q=lanternes").content)["count"] == 1


def test_it_stays_found_after_the_original_was_edited(editor: Any, visitor: Any, lamps: Initiative, ana: Person):
    send(editor)
    actions.save_initiative(lamps, values={"summary": "Two nights."}, opened=1, by=ana)
    freshness.forget()
    for query in ("lanternes", "nights"):
        assert json.loads(visitor.get(f"/initiatives.json?q={query}").content)["count"] == 1


def test_when_the_original_changes_it_is_marked(editor: Any, visitor: Any, lamps: Initiative, ana: Person):
    send(editor)
    said = "The original has changed since"
    actions.save_initiative(lamps, values={"budget": "none"}, opened=1, by=ana)
    assert said not in editor.get(ALL).content.decode()
    actions.save_initiative(lamps, values={"summary": "Two nights."}, opened=2, by=ana)
    freshness.forget()
    assert said in editor.get(ALL).content.decode()
    assert "was translated: compare, correct, and save" in editor.get(f"{ALL}fr/").content.decode()
    assert queries.is_outdated(Translation.objects.get(), Initiative.objects.get())
    send(editor, opened="1")  # looked over, nothing to correct
    assert said not in editor.get(ALL).content.decode()
    assert Translation.objects.filter(is_current=True).get().number == 2


def test_a_drafts_translation_is_as_hidden_as_the_draft(editor: Any, visitor: Any, lamps: Initiative, ana: Person):
    send(editor)
    actions.retire(lamps, by=ana)
    freshness.forget()
    assert "Lampes au bord" in editor.get(f"/fr{PAGE}").content.decode()
    assert visitor.get(f"/fr{PAGE}").status_code == 404


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "\u202e\u200b"}, "This field is required."),
        ({"summary": "…"}, "Nothing can be read here"),
        ({"summary": "x" * 100_000}, "at most 4000 characters (it has 100000)"),
        ({"context": "x" * 100_000}, "at most 5000 characters (it has 100000)"),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(editor: Any, values: dict[str, str], said: str):
    text = send(editor, 422, **values)
    assert said in text
    assert "lanternes" in text or "summary" in values
    assert not Translation.objects.exists()


def test_markup_and_turned_letters_stay_text(editor: Any, visitor: Any):
    send(editor, title="Lampes\u202e <b>&", summary="<script>alert(1)</script>")
    text = visitor.get(f"/fr{PAGE}").content.decode()
    assert "<script>alert" not in text
    assert "Lampes &lt;b&gt;&amp;" in text


def test_its_own_language_and_unknown_ones_are_refused(editor: Any, lamps: Initiative, ana: Person):
    for language in ("en", "xx", "pt"):
        assert editor.get(f"{ALL}{language}/").status_code == 404
        with pytest.raises(Refusal):
            acts.translate(lamps, language, values=FRENCH, opened=0, by=ana)


def test_of_two_translators_the_later_sees_both_texts(editor: Any, lamps: Initiative, ana: Person):
    acts.translate(lamps, "fr", values={**FRENCH, "title": "Leurs lampes"}, opened=0, by=ana)
    text = send(editor, 409, title="Mes lampes")
    for said in ("Two people wrote here", "Ana Exemplo", "Leurs", "Mes lampes", 'name="opened" value="1"'):
        assert said in text, said
    assert "does not exist" in send(editor, 400, opened="99")
    send(editor, opened="1", title="Mes lampes")
    assert "Nothing was changed" in send(editor, 409, opened="2", title="Mes lampes")
    assert list(Translation.objects.values_list("number", "title", "is_current")) == [
        (2, "Mes lampes", True), (1, "Leurs lampes", False),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Translation.objects.update(is_current=True)


def test_only_the_teams_that_own_it_translate(editor: Any, new_client: Any, lamps: Initiative):
    for someone in (team.member(member(name="Vila Alheia")), team.officer()):
        stranger = team.sign_in(new_client(), someone)
        for path in (ALL, f"{ALL}fr/"):
            assert stranger.get(path).status_code == 404
        with pytest.raises(Refusal) as refused:
            acts.translate(lamps, "fr", values=FRENCH, opened=0, by=someone)
        assert refused.value.status == 403


def test_who_translated_is_known_inside_and_forgotten_with_the_account(editor: Any, ana: Person):
    send(editor)
    event = Event.objects.get(kind="exchange.initiative.translated")
    assert (event.actor_name, event.facts["language"]) == ("Ana Exemplo", "fr")
    assert Translation.objects.get().person_name == "Ana Exemplo"
    accounts.erase(ana, by=ana)
    assert Translation.objects.get().person_name == ""


@pytest.mark.parametrize(("language", "number"), [("fr", 1), ("es", 0)])
def test_it_costs_a_statement_only_where_there_is_one(editor: Any, visitor: Any, language: str, number: int):
    send(editor)
    path = f"/{language}{PAGE}"
    visitor.get(path)
    with CaptureQueriesContext(connection) as statements:
        visitor.get(path)
    assert len([one for one in statements if "translation" in one["sql"]]) == number
