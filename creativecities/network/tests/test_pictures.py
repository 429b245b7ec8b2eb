"""Pictures from the upload to the public page and back, with real files."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from creativecities.core import files
from creativecities.core.models import Event, Mail, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network.actions import pictures
from creativecities.network.models import City, Picture
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
ADDRESS = "/cities/kobe/edit/pictures/"
GPS = 0x8825


@pytest.fixture
def kobe() -> City:
    return team.city()


@pytest.fixture
def editor(client: Any, kobe: City) -> Any:
    return team.sign_in(client, team.member(kobe, "Aiko Mori"))


def form(upload: Any = None, **changes: str) -> dict[str, Any]:
    facts = {"alt": "Lamps in a window", "credit": "A. Mori", "licence": "CC-BY-4.0", "holds_rights": "on", **changes}
    return {**facts, "file": upload or team.photograph()}


def hand_in(editor: Any, **changes: Any) -> Picture:
    assert editor.post(ADDRESS, form(**changes)).status_code == 302
    return Picture.objects.latest("pk")


def address_of(stored: StoredFile) -> str:
    return reverse("file", args=[stored.code, stored.name])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_re_encoded_and_shown(editor: Any, new_client: Any, kind: str):
    picture = hand_in(editor, upload=team.photograph(kind, name="my secret name.jpg"))
    stored = picture.file
    assert (stored.content_type, stored.width, stored.is_public, stored.name) == ("image/webp", 1200, True, "kobe.webp")
    assert sorted(stored.sizes.values_list("width", flat=True)) == [400, 800]
    response = new_client().get(address_of(stored))
    raw = response.content
    assert response.status_code == 200
    assert Image.open(io.BytesIO(raw)).format == "WEBP"
    event = Event.objects.get(kind="network.picture.added")
    assert (event.facts["holds_rights"], event.facts["licence"]) == (True, "CC-BY-4.0")


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_unfolded_before_anything_is_locked(editor: Any, monkeypatch: pytest.MonkeyPatch):
    prepare, inside = files.prepare, []

    def watched(upload: Any) -> files.Prepared:
        inside.append(connection.in_atomic_block)
        return prepare(upload)

    monkeypatch.setattr(files, "prepare", watched)
    hand_in(editor)
    assert inside == [False]


def test_place_and_camera_are_removed(editor: Any):
    exif = Image.Exif()
    exif[0x010F] = "Camera Maker"
    exif.get_ifd(GPS)[1] = "N"
    picture = hand_in(editor, upload=team.photograph(exif=exif))
    for stored in (picture.file, *picture.file.sizes.all()):
        with stored.content.open() as raw, Image.open(raw) as image:
            assert not image.getexif()
            assert "exif" not in image.info


def test_headers_of_a_public_file(editor: Any, new_client: Any):
    stored = hand_in(editor).file
    response = new_client().get(address_of(stored))
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Content-Disposition"] == "inline; filename*=UTF-8''kobe.webp"
    assert response["ETag"] == f'"{stored.digest}"'
    known = new_client().get(address_of(stored), headers={"If-None-Match": response["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    head = new_client().head(address_of(stored))
    assert head.status_code == 200
    assert new_client().post(address_of(stored)).status_code == 405


def test_what_is_no_picture_is_handed_out_as_a_download(editor: Any, new_client: Any):
    stored = hand_in(editor).file
    StoredFile.objects.filter(pk=stored.pk).update(content_type="application/pdf")
    response = new_client().get(address_of(stored))
    assert response["Content-Disposition"].startswith("attachment")


def test_hidden_is_the_same_as_missing(editor: Any, new_client: Any):
    picture = hand_in(editor)
    stored = picture.file
    editor.post(f"{ADDRESS}{picture.pk}/withdraw/")
    stranger, nobody = new_client(), "9" * len(stored.code)
    stranger.get(address_of(stored))
    with CaptureQueriesContext(connection) as statements:
        hidden = stranger.get(address_of(stored))
    with CaptureQueriesContext(connection) as statements_of_missing:
        missing = stranger.get(f"/files/{nobody}/kobe.webp")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content.replace(f"/{nobody}/".encode(), f"/{stored.code}/".encode())
    assert len(statements) == len(statements_of_missing)
    assert _headers(hidden) == _headers(missing)
    for small in stored.sizes.all():
        assert stranger.get(address_of(small)).status_code == 404
    by_number = f"/files/{stored.pk}/{stored.name}"
    for path in (by_number, f"/files/{stored.code}/other-name.webp", f"/files/{'9' * 300}/x", "/files/x/y"):
        assert stranger.get(path).status_code == 404


def _headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.items() if name != "X-Request-ID"}


def test_the_team_still_sees_what_it_has_withdrawn(editor: Any, new_client: Any):
    picture = hand_in(editor)
    editor.post(f"{ADDRESS}{picture.pk}/withdraw/")
    response = editor.get(address_of(picture.file))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert editor.get(address_of(picture.file.sizes.first())).status_code == 200
    neighbour = team.sign_in(new_client(), team.member(team.city("Nagoya")))
    assert neighbour.get(address_of(picture.file)).status_code == 404


def test_a_file_whose_bytes_are_gone_is_missing(editor: Any, new_client: Any, media: Path):
    stored = hand_in(editor).file
    Path(stored.content.path).unlink()
    assert new_client().get(address_of(stored)).status_code == 404


def test_withdraw_and_undo(editor: Any, new_client: Any):
    picture = hand_in(editor)
    response = editor.post(f"{ADDRESS}{picture.pk}/withdraw/")
    body = editor.get(response["Location"]).content.decode()
    assert "Aiko Mori withdrew a picture of Kobe" in body
    assert f'action="{ADDRESS}{picture.pk}/show/"' in body
    assert not StoredFile.objects.filter(is_public=True).exists()
    assert editor.post(f"{ADDRESS}{picture.pk}/withdraw/").status_code == 409, "somebody was faster"
    assert editor.post(f"{ADDRESS}{picture.pk}/show/").status_code == 302
    assert new_client().get(address_of(picture.file)).status_code == 200


def test_a_20_mb_picture_is_413_and_the_words_come_back(editor: Any):
    large = SimpleUploadedFile("large.jpg", team.photograph().read() + b"\0" * 20_000_000, content_type="image/jpeg")
    response = editor.post(f"/ar{ADDRESS}", form(upload=large))
    body = response.content.decode()
    assert response.status_code == 413
    assert response.headers["Content-Language"] == "ar"
    assert "Lamps in a window" in body
    assert "A. Mori" in body
    assert 'id="id_file_error"' in body
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"<script>alert(1)</script>", b"#!/bin/sh\nrm -rf /\n", b"GIF89a" + b"\0" * 100,
        b"%PDF-1.7\n", b"\xff\xd8\xff\xe0broken",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    ],
)  # fmt: skip
def test_what_only_says_it_is_a_picture_is_refused(editor: Any, raw: bytes):
    response = editor.post(ADDRESS, form(upload=SimpleUploadedFile("x.jpg", raw, content_type="image/jpeg")))
    assert response.status_code == 409
    assert "not a picture this page can read" in response.content.decode()
    assert "Lamps in a window" in response.content.decode()
    assert not StoredFile.objects.exists()


def test_a_script_behind_a_picture_does_not_survive(editor: Any):
    both = team.photograph().read() + b"<script>alert(1)</script>"
    stored = hand_in(editor, upload=SimpleUploadedFile("x.jpg", both, content_type="image/jpeg")).file
    with stored.content.open() as raw:
        assert b"<script>" not in raw.read()


@pytest.mark.parametrize("lacking", ["alt", "credit", "licence", "holds_rights", "file"])
def test_a_picture_without_its_words_and_rights_is_not_shown(editor: Any, lacking: str):
    sent = form()
    del sent[lacking]
    response = editor.post(ADDRESS, sent)
    assert response.status_code == 422
    assert not Picture.objects.exists()
    for change in ({"alt": "a\0"}, {"alt": " "}, {"licence": "mine"}):
        assert editor.post(ADDRESS, form(**change)).status_code == 422


def test_at_most_so_many_are_shown(editor: Any, kobe: City, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "MOST_PICTURES", 1)
    picture = hand_in(editor)
    assert editor.post(ADDRESS, form()).status_code == 409
    editor.post(f"{ADDRESS}{picture.pk}/withdraw/")
    assert editor.post(ADDRESS, form()).status_code == 302


def test_the_order_is_changed(editor: Any, kobe: City):
    first, second, third = (hand_in(editor, alt=alt) for alt in ("One", "Two", "Three"))
    editor.post(f"{ADDRESS}{third.pk}/place/", {"earlier": ""})
    assert list(kobe.pictures.values_list("pk", flat=True)) == [first.pk, third.pk, second.pk]
    editor.post(f"{ADDRESS}{first.pk}/place/", {"later": ""})
    assert list(kobe.pictures.values_list("pk", flat=True)) == [third.pk, first.pk, second.pk]
    assert editor.post(f"{ADDRESS}{third.pk}/place/", {"earlier": ""}).status_code == 409


def test_the_words_are_corrected_in_all_sizes(editor: Any, kobe: City):
    picture = hand_in(editor)
    words = {"alt": "Lanterns", "credit": "B. Abe", "licence": "CC0-1.0"}
    assert editor.post(f"{ADDRESS}{picture.pk}/", words).status_code == 302
    assert set(StoredFile.objects.values_list("alt", "credit", "licence")) == {("Lanterns", "B. Abe", "CC0-1.0")}
    assert editor.post(f"{ADDRESS}{picture.pk}/", words).status_code == 409
    assert editor.post(f"{ADDRESS}{picture.pk}/", {**words, "alt": ""}).status_code == 422


def test_takedown_tells_the_team_and_stays(editor: Any, new_client: Any, kobe: City):
    picture = hand_in(editor)
    officer = team.sign_in(new_client(), team.officer())
    assert officer.post(f"{ADDRESS}{picture.pk}/take-down/", {"reason": ""}).status_code == 422
    assert officer.post(f"{ADDRESS}{picture.pk}/take-down/", {"reason": "A complaint by its author"}).status_code == 302
    assert new_client().get(address_of(picture.file)).status_code == 404
    mail = Mail.objects.get(kind="network.picture.taken_down")
    assert "A complaint by its author" in mail.body
    assert mail.link.endswith(ADDRESS)
    page = editor.get(f"{ADDRESS}{picture.pk}/").content.decode()
    assert "Taken down by the Secretariat: A complaint by its author" in page
    assert "Answer the Secretariat, who can show it again." in page
    assert editor.post(f"{ADDRESS}{picture.pk}/show/").status_code == 403
    assert officer.post(f"{ADDRESS}{picture.pk}/show/").status_code == 302
    assert Picture.objects.get().reason == ""


def test_only_the_secretariat_takes_down(editor: Any):
    picture = hand_in(editor)
    assert editor.post(f"{ADDRESS}{picture.pk}/take-down/", {"reason": "x"}).status_code == 403
    assert b"For the Secretariat" not in editor.get(f"{ADDRESS}{picture.pk}/").content


def test_a_picture_of_another_city_is_not_found(editor: Any, kobe: City):
    picture = hand_in(editor)
    nagoya = team.city("Nagoya")
    Picture.objects.filter(pk=picture.pk).update(city=nagoya)
    assert editor.get(f"{ADDRESS}{picture.pk}/").status_code == 404
    assert editor.post(f"{ADDRESS}{picture.pk}/withdraw/").status_code == 404


def test_the_actions_themselves_refuse(editor: Any, kobe: City):
    picture = hand_in(editor)
    stranger, prepared = team.member(team.city("Nagoya")), files.prepare(team.photograph())
    for act in (
        lambda: pictures.withdraw_picture(picture, by=stranger),
        lambda: pictures.show_picture(picture, by=stranger),
        lambda: pictures.take_down_picture(picture, reason="x", by=stranger),
        lambda: pictures.place_picture(picture, earlier=True, by=stranger),
        lambda: pictures.describe_picture(picture, alt="x", credit="y", licence="CC0-1.0", by=stranger),
        lambda: pictures.add_picture(
            kobe, picture=prepared, alt="x", credit="y", licence="CC0-1.0", holds_rights=True, by=stranger
        ),
    ):
        with pytest.raises(Refusal, match="Only the"):
            act()
    with pytest.raises(Refusal, match="rights are held"):
        pictures.add_picture(
            kobe,
            picture=prepared,
            alt="x",
            credit="y",
            licence="CC0-1.0",
            holds_rights=False,
            by=team.officer(),
        )


@pytest.mark.parametrize("shown", [1, 3])
def test_the_page_costs_the_same_at_any_number_of_pictures(editor: Any, kobe: City, shown: int):
    for _number in range(shown):
        hand_in(editor)
    editor.get(ADDRESS)
    with CaptureQueriesContext(connection) as statements:
        assert editor.get(ADDRESS).status_code == 200
    assert len(statements) == 6, [query["sql"][:150] for query in statements]
