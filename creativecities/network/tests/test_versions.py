"""The portrait in versions: written, compared, contested, restored."""

import time
from typing import Any

import pytest

from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.actions import portraits
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.differences import differences
from creativecities.network.compute.languages import choices, language_name
from creativecities.network.compute.words import count_words
from creativecities.network.models import City, Listing, Portrait
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
ADDRESS = "/cities/kobe/edit/portrait/"
NEW = f"{team.WORDS} Since 2008 the city teaches it in every school."
FRENCH = " ".join(["Le port fabrique du papier, des lampes et des chaises depuis 1868."] * 3)


@pytest.fixture
def kobe() -> City:
    kobe = team.city()
    team.portrait(kobe)
    return kobe


@pytest.fixture
def editor(client: Any, kobe: City) -> Any:
    return team.sign_in(client, team.member(kobe, "Aiko Mori"))


def form(**changes: str) -> dict[str, str]:
    facts = {"opened": "1", "text": NEW, "keywords": "lamps\nchairs", "challenges": "old halls", "source": "A book"}
    return {**facts, "is_original": "on", **changes}


def test_each_save_is_a_new_version(editor: Any, kobe: City):
    response = editor.post(ADDRESS, form())
    assert response.status_code == 302
    first, second = Portrait.objects.order_by("number")
    assert (first.is_current, second.is_current) == (False, True)
    assert (second.number, second.author_name, second.confidence, second.by_hand) == (2, "Aiko Mori", "city", True)
    assert (second.keywords, second.challenges) == (["lamps", "chairs"], ["old halls"])
    assert Listing.objects.get(city=kobe).excerpt.startswith("The port city")
    body = editor.get(response["Location"]).content.decode()
    assert "Aiko Mori saved the portrait of Kobe: English, version 2" in body
    assert "/cities/kobe/history/portrait/en/1/" in body


def test_undo_brings_the_text_before_as_a_third_version(editor: Any, kobe: City):
    editor.post(ADDRESS, form())
    assert editor.post("/cities/kobe/history/portrait/en/1/", {"opened": "2"}).status_code == 302
    newest = Portrait.objects.get(is_current=True)
    assert (newest.number, newest.text, newest.confidence) == (3, team.WORDS, "sourced")
    assert Event.objects.filter(kind="network.city.portrait_saved").first().facts["restored"] == 1


def test_restoring_on_top_of_somebody_elses_version_is_refused(editor: Any, kobe: City):
    editor.post(ADDRESS, form())
    editor.post(ADDRESS, form(text=f"{NEW} Twice.", opened="2"))
    assert editor.post("/cities/kobe/history/portrait/en/1/", {"opened": "2"}).status_code == 409
    assert editor.post("/cities/kobe/history/portrait/en/1/", {"opened": "99"}).status_code == 400
    assert editor.post("/cities/kobe/history/portrait/en/3/", {"opened": "3"}).status_code == 409
    assert Portrait.objects.count() == 3


def test_a_version_is_read_and_compared_word_by_word(editor: Any, kobe: City):
    editor.post(ADDRESS, form())
    body = editor.get("/cities/kobe/history/portrait/en/2/").content.decode()
    assert "<ins> Since 2008 the city teaches it in every school.</ins>" in body
    assert "<ins>\nchairs</ins>" in body
    assert "This version is shown now." in body
    old = editor.get("/cities/kobe/history/portrait/en/1/").content.decode()
    assert "Restore this version" in old
    assert "Version 1" in editor.get("/cities/kobe/history/").content.decode()


def test_other_languages_are_translations(editor: Any, kobe: City):
    address = f"{ADDRESS}?language=fr"
    assert editor.get(address).status_code == 200
    french = form(opened="0", text=FRENCH)
    del french["is_original"]
    assert editor.post(address, french).status_code == 302
    made = Portrait.objects.get(language="fr")
    assert (made.number, made.is_original, made.is_current) == (1, False, True)
    assert Portrait.objects.get(language="en").is_original
    assert "This is a translation made by people." in editor.get(address).content.decode()


def test_there_is_one_original(editor: Any, kobe: City):
    editor.post(f"{ADDRESS}?language=ja", form(opened="0", text="神戸は港と紙と灯りと椅子の都市である。" * 2))
    assert list(Portrait.objects.filter(is_current=True, is_original=True).values_list("language", flat=True)) == ["ja"]
    plain = form(opened="1", text="神戸は港と紙と灯りと椅子の都市である。" * 3)
    del plain["is_original"]
    editor.post(f"{ADDRESS}?language=ja", plain)
    assert Portrait.objects.get(language="ja", is_current=True).is_original, "the only original stays one"


def test_the_secretariats_hand_leaves_the_confidence(client: Any, kobe: City):
    team.sign_in(client, team.officer()).post(ADDRESS, form())
    assert Portrait.objects.get(is_current=True).confidence == "sourced"


def test_two_editors_of_the_portrait(editor: Any, new_client: Any, kobe: City):
    editor.post(ADDRESS, form(text=NEW.replace("lamps", "lanterns")))
    other = team.sign_in(new_client(), team.member(kobe, "Ken Sato", role="alternative-contact"))
    mine = form(text=NEW.replace("chairs", "stools"), keywords="stools")
    response = other.post(ADDRESS, mine)
    body = response.content.decode()
    assert response.status_code == 409
    assert "Aiko Mori saved on" in body
    assert "<del>lamps</del><ins>lanterns</ins>" in body, "what the other changed"
    assert "<del>lanterns</del><ins>lamps</ins>" in body, "what mine would change in that"
    assert "<del>chairs</del><ins>stools</ins>" in body
    assert 'name="opened" value="2"' in body
    assert "paper, lamps and stools" in body, "what I typed comes back"
    assert Portrait.objects.count() == 2
    assert other.post(ADDRESS, {**mine, "opened": "2"}).status_code == 302
    assert Portrait.objects.get(is_current=True).number == 3
    assert Portrait.objects.get(number=2).text == NEW.replace("lamps", "lanterns"), "the other's version is kept"


def test_a_version_of_the_files_made_meanwhile_is_a_conflict_too(editor: Any, kobe: City):
    Portrait.objects.update(is_current=False)
    team.portrait(kobe, f"{team.WORDS} Corrected.", number=2)
    response = editor.post(ADDRESS, form())
    assert response.status_code == 409
    assert b"The reference data saved on" in response.content


@pytest.mark.parametrize("opened", ["99", "-1", "x", ""])
def test_forged_versions(editor: Any, kobe: City, opened: str):
    response = editor.post(ADDRESS, form(opened=opened))
    assert response.status_code == 400
    assert "every school" in response.content.decode()
    assert 'name="opened" value="1"' in response.content.decode()
    assert Portrait.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Too short."}, {"text": ""}, {"text": f"{NEW}\0"}, {"text": "a " * 401}, {"keywords": "x" * 61},
        {"keywords": "\n".join(map(str, range(13)))}, {"challenges": "\n".join(map(str, range(9)))},
        {"source": "x" * 1001},
    ],
)  # fmt: skip
def test_bad_portraits_come_back(editor: Any, kobe: City, change: dict[str, str]):
    response = editor.post(ADDRESS, form(**change))
    assert response.status_code == 422
    assert b"Please look at these again" in response.content
    assert Portrait.objects.count() == 1


def test_a_portrait_of_100000_words_is_refused_quickly_and_comes_back(editor: Any, kobe: City):
    begun = time.perf_counter()
    response = editor.post(ADDRESS, form(text="word " * 100_000))
    body = response.content.decode()
    assert response.status_code == 422
    assert "100000 words; 400 at most." in body
    assert body.count("word word word") > 30_000, "all of it comes back"
    assert time.perf_counter() - begun < 10


def test_a_body_beyond_all_measure_is_413_in_the_readers_language(editor: Any, kobe: City):
    response = editor.post(f"/fr{ADDRESS}", form(text="word " * 600_000))
    assert response.status_code == 413
    assert response.headers["Content-Language"] == "fr"


def test_line_ends_of_browsers_are_no_change(editor: Any, kobe: City):
    editor.post(ADDRESS, form(text=f"{NEW}\r\n\r\nTwo."))
    assert "\r" not in Portrait.objects.get(is_current=True).text
    assert editor.post(ADDRESS, form(text=f"{NEW}\r\n\r\nTwo.", opened="2")).status_code == 409
    assert Portrait.objects.count() == 2


def test_the_action_itself_refuses(kobe: City):
    stranger = team.member(team.city("Nagoya"))
    values = Portrait(text=NEW, is_original=True).texts
    with pytest.raises(Refusal, match="Only the team"):
        portraits.save_portrait(kobe, language="en", values=values, opened=1, by=stranger)
    with pytest.raises(Refusal, match="Only the team"):
        portraits.restore_portrait(Portrait.objects.get(), opened=1, by=stranger)
    with pytest.raises(Conflict):
        portraits.save_portrait(kobe, language="en", values=values, opened=0, by=team.officer())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0), ("– … !", 0), ("A city of letters – since 2004.", 6), ("don't stop-start", 2), ("神戸は設計の都市", 8),
        ("مدينة الحرف", 2), ("กรุงเทพ", 2), ("서울 도시", 2), ("a\u3000b\u00a0c", 3), ("Kōbe 神戸 2008", 4), ("½ ½", 2),
    ],
)  # fmt: skip
def test_words_are_counted_in_every_script(text: str, count: int):
    assert count_words(text) == count


def test_differences_put_together_give_both_texts():
    before, after = "The port has\npaper and 紙の都市", "The old port had paper, and 紙と灯りの都市"
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_differences_of_endless_texts_are_shown_whole():
    begun = time.perf_counter()
    pieces = differences("a b " * 50_000, "c d " * 50_000)
    assert [piece.kind for piece in pieces] == ["removed", "added"]
    assert time.perf_counter() - begun < 2


def test_languages_have_names_in_the_readers_language():
    assert language_name("ja", "fr") == "Japonais"
    assert language_name("xx-nonsense", "en") == "xx-nonsense"
    assert ("ca", "Catalan") in choices("ca;en-AD", "en")
