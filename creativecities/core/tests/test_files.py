"""Pictures: looked into, made smaller, without the places where they were taken."""

import io
import struct
import threading
import zlib

import pytest
from PIL import Image

from creativecities.core import files
from creativecities.core.actor import Robot
from creativecities.core.models import Event, StoredFile
from creativecities.core.refusal import Refusal

CLERK = Robot("Clerk")
WORDS = {"alt": "A bridge", "credit": "Ana", "licence": "CC-BY-4.0"}


def picture(width: int = 2000, height: int = 1000, kind: str = "JPEG", **save) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind, **save)
    out.seek(0)
    return out


def add(raw: io.BytesIO, name: str = "bridge.jpg", **words) -> StoredFile:
    return files.add_picture(files.prepare(raw), name=name, by=CLERK, **{**WORDS, **words})


@pytest.mark.django_db
def test_a_picture_is_kept_in_three_widths_private_and_with_an_event():
    stored = add(picture())
    assert [(one.width, one.height) for one in [stored, *stored.sizes.order_by("-width")]] == [
        (1600, 800), (800, 400), (400, 200),
    ]  # fmt: skip
    assert not StoredFile.objects.filter(is_public=True).exists()
    assert Event.objects.about(stored).get().kind == "core.storedfile.added"


@pytest.mark.django_db
def test_place_and_camera_do_not_survive():
    exif = Image.Exif()
    exif[0x0110] = "Secret camera"
    exif.get_ifd(0x8825)[2] = (52.0, 13.0, 0.0)
    source = picture(exif=exif)
    assert b"Secret camera" in source.getvalue()
    stored = add(source)
    with stored.content.open() as kept:
        raw = kept.read()
    assert b"Secret camera" not in raw
    with Image.open(io.BytesIO(raw)) as image:
        assert dict(image.getexif()) == {}


@pytest.mark.django_db
def test_a_turned_picture_is_turned_before_its_note_is_dropped():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    stored = add(picture(400, 200, exif=exif))
    assert (stored.width, stored.height) == (200, 400)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "raw",
    [
        b"<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a;<script>",
        b"\xff\xd8\xff\xe0 cut off",
        b"",
    ],
)
def test_what_is_not_a_picture_is_refused_whatever_its_name(raw):
    with pytest.raises(Refusal) as caught:
        add(io.BytesIO(raw), name="innocent.jpg")
    assert caught.value.code == "not-a-picture"
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_picture_of_20_megabytes_is_refused_with_the_limit():
    with pytest.raises(Refusal, match="12 MB") as caught:
        add(io.BytesIO(picture().getvalue() + b"\0" * 20_000_000))
    assert (caught.value.status, caught.value.code) == (413, "picture-too-large")


def bomb() -> io.BytesIO:
    """A PNG of a few bytes that says it is 30,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.django_db
def test_a_decompression_bomb_is_refused_before_it_unfolds():
    with pytest.raises(Refusal) as caught:
        add(bomb())
    assert caught.value.code == "not-a-picture"


def test_more_pixels_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_PIXELS", 400 * 200 - 1)
    with pytest.raises(Refusal) as caught:
        files.prepare(picture(400, 200))
    assert caught.value.code == "not-a-picture"


def test_a_picture_too_high_for_its_new_format_is_refused():
    with pytest.raises(Refusal) as caught:
        files.prepare(picture(10, 20_000, "PNG"))
    assert caught.value.code == "not-a-picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_picture_is_prepared_without_a_transaction(kind):
    """No `django_db`: a statement here would fail, so nobody waits for the write lock meanwhile."""
    exif = Image.Exif()
    exif[0x0112] = 6
    sizes = files.prepare(picture(6000, 4000, kind, exif=exif)).sizes
    assert [(size.width, size.height) for size in sizes] == [(1600, 2400), (800, 1200), (400, 600)]
    for size in sizes:
        with Image.open(io.BytesIO(size.raw)) as image:
            assert (image.format, image.size) == ("WEBP", (size.width, size.height))


def test_one_picture_is_unfolded_at_a_time(monkeypatch):
    at_once, lock, seen = [0], threading.Lock(), []
    largest = files._largest

    def slow(raw):
        with lock:
            at_once[0] += 1
            seen.append(at_once[0])
        try:
            return largest(raw)
        finally:
            with lock:
                at_once[0] -= 1

    monkeypatch.setattr(files, "_largest", slow)
    threads = [threading.Thread(target=files.prepare, args=[picture()]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1, 1, 1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("missing", [{"alt": " "}, {"credit": ""}, {"licence": "mine"}])
def test_a_picture_without_its_words_is_refused(missing):
    with pytest.raises(Refusal) as caught:
        add(picture(), **missing)
    assert caught.value.code == "picture-rights"


@pytest.mark.django_db
def test_publishing_and_removing_reach_all_sizes_and_the_bytes():
    stored = add(picture())
    files.publish(stored, by=CLERK)
    assert StoredFile.objects.filter(is_public=True).count() == 3
    storage, names = stored.content.storage, list(StoredFile.objects.values_list("content", flat=True))
    assert all(storage.exists(name) for name in names)
    files.remove(stored, by=CLERK)
    assert not StoredFile.objects.exists()
    assert not any(storage.exists(name) for name in names)
