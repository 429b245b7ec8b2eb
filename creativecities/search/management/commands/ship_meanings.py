"""`manage.py ship_meanings`: write what the texts of this database mean into the file that comes with the data."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from creativecities.search import jobs
from creativecities.search.compute import engine, vectors
from creativecities.search.models import Meaning

QUESTIONS = "bench/questions.json"
TRANSLATED = ("creative_fields", "regions", "objectives", "areas_of_action", "sdgs", "topics")
"""Tables of the reference data that say the same in six languages."""
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
LONGEST = 160


class Command(BaseCommand):
    help = "Write the meanings of all indexed texts, and the directions of languages, into data/. For maintainers."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = engine.engine()
        if loaded is None:
            raise CommandError("The engine for meanings does not work here; see the log.")
        jobs.bring_up_to_date()
        while left := jobs.tell_meanings(seconds=60):
            self.stdout.write(f"{left} to go")
        kept = dict(Meaning.objects.order_by("pk").values_list("pk", "row"))
        told = [np.stack([np.stack([loaded.query(text) for text in texts]) for texts in each]) for each in _parallel()]
        np.savez_compressed(
            Path(settings.MEANINGS_FILE),
            engine=np.array(loaded.name),
            directions=vectors.language_directions(told),
            digests=np.frombuffer(bytes.fromhex("".join(kept)), dtype=np.uint8).reshape(len(kept), -1),
            rows=np.frombuffer(b"".join(kept.values()), dtype=np.int8).reshape(len(kept), -1),
        )
        self.stdout.write(f"{len(kept)} meanings written.")


def _parallel() -> Iterator[list[tuple[str, ...]]]:
    """Sets of texts that say the same in several languages; the questions kept for judging are not among them."""
    asked = json.loads((settings.BASE_DIR / QUESTIONS).read_text(encoding="utf-8"))
    yield list(zip(*(one["asked"].values() for one in asked if one["part"] == "tuned"), strict=True))
    yield list(zip(*(texts for table in TRANSLATED for texts in _translations(table)), strict=True))


def _translations(table: str) -> Iterator[list[str]]:
    """The names and the beginnings of the descriptions in one table, each in every language."""
    with (settings.REFERENCE_DIR / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("name", "description"):
                texts = [row.get(f"{column}_{code}", "")[:LONGEST] for code in LANGUAGES]
                if all(texts):
                    yield texts
