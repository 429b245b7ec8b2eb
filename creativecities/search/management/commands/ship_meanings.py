"""`manage.py ship_meanings`: write what the texts of this database mean into the file that comes with the data."""

from pathlib import Path
from typing import Any

import numpy as np
from babel import Locale
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from creativecities.search import jobs
from creativecities.search.compute import engine, vectors
from creativecities.search.models import Meaning

SPOKEN = "en fr es ar ru zh ko ja pt de hi it tr id fa".split()
"""Languages whose names of countries tell how they differ."""


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
        np.savez_compressed(
            Path(settings.MEANINGS_FILE),
            engine=np.array(loaded.name),
            directions=vectors.language_directions(_parallel(loaded)),
            digests=np.frombuffer(bytes.fromhex("".join(kept)), dtype=np.uint8).reshape(len(kept), -1),
            rows=np.frombuffer(b"".join(kept.values()), dtype=np.int8).reshape(len(kept), -1),
        )
        self.stdout.write(f"{len(kept)} meanings written.")


def _parallel(loaded: engine.Engine) -> list[vectors.Rows]:
    """The same words in every language: the names of countries."""
    names: list[dict[str, str]] = [dict(Locale.parse(code).territories) for code in SPOKEN]
    common = sorted(code for code in names[0] if len(code) == 2 and all(code in each for each in names))
    return [np.stack([loaded.query(each[code]) for code in common[::4]]) for each in names]
