"""The vocabulary of topics: from the file, dated, drawn from the portraits."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from creativecities.core import days
from creativecities.core.models import Event
from creativecities.exchange.formats.topics import COLUMNS
from creativecities.exchange.models import Topic
from creativecities.exchange.queries import topics
from creativecities.network.models import Portrait
from creativecities.network.tests import small

pytestmark = pytest.mark.django_db
ROW: dict[str, Any] = {
    "slug": "lamps", "position": "1", **{f"name_{code}": "Lamps" for code in ("en", "fr", "es", "ar", "ru", "zh")},
    "start": "2026-01-01", "end": "", "challenges": "dark streets;short days",
}  # fmt: skip


def write(folder: Path, *rows: dict[str, Any]) -> None:
    with (folder / "topics.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**ROW, **row} for row in (rows or ({},)))


def load(folder: Path) -> str:
    out = io.StringIO()
    call_command("load_data", folder=folder, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(small.write(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.usefixtures("reference_data")
def test_every_challenge_of_the_portraits_stands_under_one_topic():
    found = [challenge for topic in Topic.objects.all() for challenge in topic.challenges]
    written = {word for words in Portrait.objects.values_list("challenges", flat=True) for word in words}
    assert sorted(found) == sorted(written)
    assert 18 <= Topic.objects.count() <= 24


@pytest.mark.usefixtures("reference_data")
def test_topics_have_names_in_six_languages():
    for code in ("en", "fr", "es", "ar", "ru", "zh"):
        names = set(Topic.objects.values_list(f"name_{code}", flat=True))
        assert len(names) == Topic.objects.count()
    with override("fr"):
        assert Topic.objects.get(slug="tourism").name == "Un tourisme au service de la ville"


def test_a_second_load_changes_nothing(folder: Path):
    load(folder)
    assert Topic.objects.get().challenges == ["dark streets", "short days"]
    assert "Nothing to change" in load(folder)


def test_a_changed_file_changes_the_topic_and_says_so(folder: Path):
    load(folder)
    write(folder, {"name_en": "Light"}, {"slug": "bridges", "position": "2", "challenges": ""})
    load(folder)
    assert list(Topic.objects.values_list("name_en", flat=True)) == ["Light", "Lamps"]
    kinds = Event.objects.filter(kind__startswith="exchange.topic").values_list("kind", "subject_name")
    assert set(kinds) == {
        ("exchange.topic.changed_from_files", "Light"),
        ("exchange.topic.added_from_files", "Lamps"),
    }


@pytest.mark.parametrize(
    "rows",
    [({}, {}), ({}, {"slug": "bridges", "challenges": "short days"}), ({"end": "2025-12-31"},), ({"start": "soon"},)],
)
def test_a_broken_file_is_refused_whole(folder: Path, rows: tuple[dict[str, Any], ...]):
    write(folder, *rows)
    with pytest.raises(CommandError):
        load(folder)
    assert not Topic.objects.exists()


def test_a_topic_that_has_ended_is_offered_no_more(folder: Path):
    write(folder, {}, {"slug": "candles", "challenges": "", "end": days.today().isoformat()})
    load(folder)
    assert [topic.slug for topic in topics.offered()] == ["lamps"]
    assert set(topics.every()) == {"lamps", "candles"}
