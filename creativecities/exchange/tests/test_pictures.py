"""Pictures of an initiative: with rights and words or not at all, as hidden as the initiative, erased for good."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from creativecities.accounts.models import Person
from creativecities.core import files
from creativecities.core.models import StoredFile
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, states
from creativecities.exchange.actions import pictures as acts
from creativecities.exchange.models import Initiative, InitiativePicture
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
PAGE, PICTURES = "/initiatives/lamps-by-the-river/", "/initiatives/lamps-by-the-river/pictures/"
WORDS = {"alt": "Lamps on the water", "credit": "Ana Exemplo", "licence": "CC-BY-4.0"}


@pytest.fixture
def lead() -> City:
    return member(name="Vila Lider")


@pytest.fixture
def lamps(lead: City) -> Initiative:
    return initiative(lead=lead)


@pytest.fixture
def ana(lead: City) -> Person:
    return team.member(lead, "Ana Exemplo")


@pytest.fixture
def editor(client: Any, ana: Person, lamps: Initiative) -> Any:
    return team.sign_in(client, ana)


@pytest.fixture
def visitor(new_client: Any) -> Any:
    return new_client()


def send(editor: Any, status: int = 302, **values: Any) -> str:
    typed = {"file": team.photograph(), "holds_rights": "on", **WORDS, **values}
    response = editor.post(PICTURES, {name: value for name, value in typed.items() if value is not None})
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def add(one: Initiative, by: Person, **values: Any) -> Any:
    picture = files.prepare(team.photograph(size=(60, 40)))
    return acts.add_picture(one, picture=picture, **{**WORDS, "holds_rights": True, **values}, by=by)


def address() -> str:
    stored = InitiativePicture.objects.get().file
    return f"/files/{stored.code}/{stored.name}"


def test_everybody_sees_it_in_three_widths_with_its_words(editor: Any, visitor: Any):
    send(editor)
    text = visitor.get(PAGE).content.decode()
    for said in (
        'alt="Lamps on the water"', "<bdi>Ana Exemplo</bdi> · CC BY 4.0", "1200w, ", "800w, ", "400w", 'loading="lazy"',
    ):  # fmt: skip
        assert said in text, said
    assert visitor.get(address()).status_code == 200
    assert "Lamps on the water" in editor.get(PICTURES).content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"holds_rights": None}, "Without this statement the picture cannot be shown."),
        ({"alt": ""}, "This field is required."),
        ({"alt": "\u202e\u200b"}, "This field is required."),
        ({"credit": "…"}, "Nothing can be read here"),
        ({"licence": "none"}, "Select a valid choice."),
        ({"alt": "x" * 100_000}, "at most 300 characters"),
    ],
)
def test_one_without_words_or_rights_is_refused_and_the_words_come_back(editor: Any, values: Any, said: str):
    text = send(editor, 422, **values)
    assert said in text
    assert "Ana Exemplo" in text or "credit" in values
    assert not StoredFile.objects.exists()


def test_the_action_refuses_one_without_rights_too(lamps: Initiative, ana: Person):
    for wrong in ({"holds_rights": False}, {"alt": " "}, {"licence": ""}):
        with pytest.raises(Refusal) as refused:
            add(lamps, ana, **wrong)
        assert refused.value.code == "picture-rights"
    assert not StoredFile.objects.exists()


def test_what_is_no_picture_is_refused(editor: Any):
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert "not a picture" in send(editor, 409, file=SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"))


def test_markup_and_turned_letters_stay_text(editor: Any, visitor: Any):
    send(editor, alt='"><script>alert(1)</script>\u202e', credit="<b>Ana")
    text = visitor.get(PAGE).content.decode()
    assert "<script>alert" not in text
    assert "<b>Ana" not in text
    assert "\u202e" not in text


def test_a_drafts_pictures_are_as_hidden_as_the_draft(
    editor: Any, visitor: Any, new_client: Any, lamps: Initiative, ana: Person
):
    actions.retire(lamps, by=ana)
    send(editor)
    assert editor.get(address()).status_code == 200
    guest = member()
    lamps.parts.create(city=guest, lead=lamps.lead, state=states.CONFIRMED)
    assert team.sign_in(new_client(), team.member(guest)).get(address()).status_code == 200
    for stranger in (visitor, *(team.sign_in(new_client(), who) for who in (team.member(member()), team.officer()))):
        answers = []
        for path in (address(), "/files/999999/nothing.webp"):
            stranger.get(path)
            with CaptureQueriesContext(connection) as statements:
                answers.append((stranger.get(path).status_code, len(statements)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
    actions.publish(lamps, by=ana)
    assert visitor.get(address()).status_code == 200
    assert all(StoredFile.objects.values_list("is_public", flat=True))
    actions.retire(lamps, by=ana)
    assert visitor.get(address()).status_code == 404
    assert not any(StoredFile.objects.values_list("is_public", flat=True))


def test_its_words_are_corrected_in_all_sizes(editor: Any, visitor: Any):
    send(editor)
    page = f"{PICTURES}{InitiativePicture.objects.get().pk}/"
    assert editor.get(page).status_code == 200
    assert editor.post(page, WORDS).status_code == 409
    assert editor.post(page, {**WORDS, "alt": ""}).status_code == 422
    assert editor.post(page, {**WORDS, "alt": "A boat"}).status_code == 302
    assert set(StoredFile.objects.values_list("alt", flat=True)) == {"A boat"}
    assert 'alt="A boat"' in visitor.get(PAGE).content.decode()


def test_taken_away_its_file_is_erased(editor: Any, visitor: Any, ana: Person):
    send(editor)
    picture = InitiativePicture.objects.select_related("file", "initiative").get()
    paths = [Path(stored.content.path) for stored in StoredFile.objects.all()]
    assert len(paths) == 3
    assert editor.post(f"{PICTURES}{picture.pk}/remove/").status_code == 302
    assert not StoredFile.objects.exists()
    assert not any(path.exists() for path in paths)
    assert all(Path(settings.MEDIA_ROOT) in path.parents for path in paths)
    assert "<figure>" not in visitor.get(PAGE).content.decode()
    assert editor.post(f"{PICTURES}{picture.pk}/remove/").status_code == 404


def test_bytes_that_another_picture_shows_stay(lamps: Initiative, ana: Person):
    prepared = files.prepare(team.photograph(size=(60, 40)))
    for _number in range(2):
        acts.add_picture(lamps, picture=prepared, **WORDS, holds_rights=True, by=ana)
    first, second = lamps.pictures.select_related("file", "initiative")
    acts.remove_picture(first, by=ana)
    assert Path(second.file.content.path).exists()
    add(lamps, ana)
    assert list(lamps.pictures.values_list("position", flat=True)) == [1, 2]  # the free place is taken again


def test_there_are_only_so_many_places(lamps: Initiative, ana: Person):
    for _number in range(InitiativePicture.MOST):
        add(lamps, ana)
    with pytest.raises(Refusal) as refused:
        add(lamps, ana)
    assert refused.value.code == "too-many-pictures"
    for position in (1, 9):
        with pytest.raises(IntegrityError), transaction.atomic():
            lamps.pictures.filter(position=2).update(position=position)


def test_only_the_teams_that_own_it_have_these_pages(editor: Any, new_client: Any, lamps: Initiative):
    send(editor)
    picture = InitiativePicture.objects.select_related("file", "initiative").get()
    for someone in (team.member(member(name="Vila Alheia")), team.officer()):
        stranger = team.sign_in(new_client(), someone)
        for path in (PICTURES, f"{PICTURES}{picture.pk}/", f"{PICTURES}{picture.pk}/remove/"):
            assert stranger.post(path).status_code == 404
        for act in (lambda by=someone: add(lamps, by), lambda by=someone: acts.remove_picture(picture, by=by)):
            with pytest.raises(Refusal) as refused:
                act()
            assert refused.value.status == 403
    other = initiative("Bread", lead=lamps.lead)
    assert editor.get(f"/initiatives/{other.slug}/pictures/{picture.pk}/").status_code == 404


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_costs_the_same_with_one_and_with_eight(visitor: Any, lamps: Initiative, ana: Person, number: int):
    for _number in range(number):
        add(lamps, ana)
    visitor.get(PAGE)
    with CaptureQueriesContext(connection) as statements:
        visitor.get(PAGE)
    found = [one["sql"][:60] for one in statements if "picture" in one["sql"]]
    assert len(found) == 1, found


def test_a_picture_makes_the_story_more_complete(editor: Any):
    missing = "Evidence, Pictures"
    assert missing in editor.get(f"{PAGE}edit/").content.decode()
    send(editor)
    assert missing not in editor.get(f"{PAGE}edit/").content.decode()
