"""What is measured within a process: `alone` times the engine by itself, `invent 50000` adds passages that mean anything.

Run with the environment of an installation (DATA_DIR or DATABASE_URL). `alone` leaves the installation as it was.
"""

# ruff: noqa: E402 - Django is set up before the rest can be imported
import json
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import numpy as np
from django.conf import settings
from django.db import transaction

from creativecities.core.actor import Robot
from creativecities.search import actions, jobs
from creativecities.search.compute import engine, vectors
from creativecities.search.compute.documents import Document, Text
from creativecities.search.models import Index, Meaning, Passage

BY = Robot("Bench")
SENTENCES, TOLD, ROUNDS, ASKED = 5, 96, 3, 30
SYLLABLES = "al bar cam dor el fen gal hol is jar kel lor mar nor ost pel quin ros sal tor".split()


def alone():
    """The engine by itself: a question, and passages a second beside those that are told by the job."""
    loaded = engine.engine()
    questions = [passage.text[:60] for passage in Passage.objects.filter(language="en")[:ASKED]]
    took = [_seconds(loaded.query, text) for text in questions]
    texts = list(Passage.objects.exclude(meaning="").order_by("pk")[:TOLD].values_list("meaning", "text"))
    bare, job = [], []
    settings.MEANINGS_FILE = Path("none.npz")
    for _round in range(ROUNDS):
        batches = [[text for _digest, text in texts[at : at + jobs.AT_ONCE]] for at in range(0, TOLD, jobs.AT_ONCE)]
        bare.append(TOLD / sum(_seconds(loaded.passages, batch) for batch in batches))
        with transaction.atomic():
            Meaning.objects.filter(pk__in=[digest for digest, _text in texts]).delete()
            job.append(TOLD / _seconds(lambda: jobs.tell_meanings(seconds=600)))
            transaction.set_rollback(True)
    ratios = [told / by_itself for told, by_itself in zip(job, bare, strict=True)]
    print(json.dumps({"query_ms": statistics.median(took) * 1000, "bare": bare, "job": job, "ratios": ratios}))


def invent(number):
    """Documents with passages of invented words, whose meanings are drawn by lot."""
    index, chance = Index.objects.get(state=Index.CURRENT), random.Random(1)
    drawn = np.random.default_rng(1)
    for start in range(0, number // SENTENCES, actions.BATCH):
        documents = [
            _document(place, chance) for place in range(start, min(start + actions.BATCH, number // SENTENCES))
        ]
        actions.write(index, documents, by=BY)
        texts = [sentence for one in documents for text in one.texts for sentence in text.text.split("\n")]
        rows = vectors.packed(drawn.normal(size=(len(texts), 384)).astype(np.float32))
        digests = [vectors.digest(engine.name(), text) for text in texts]
        actions.keep_meanings(index, dict(zip(digests, rows, strict=True)), by=BY)
    actions.tell_meanings(index, kept=number, similar=(), by=BY)
    print(f"{Passage.objects.exclude(meaning='').count()} passages")


def _document(place, chance):
    sentences = (" ".join(_word(chance) for _each in range(12)) for _sentence in range(SENTENCES))
    return Document(
        kind="page",
        key=f"invented-{place}",
        path=f"/invented/{place}/",
        titles={"en": f"{_word(chance)} {_word(chance)} {place}"},
        texts=[Text("en", "\n".join(sentences))],
    )


def _word(chance):
    return "".join(chance.choices(SYLLABLES, k=3))


def _seconds(function, *arguments):
    """Of the processor, in one thread: what else the machine does is left out."""
    began = time.process_time()
    function(*arguments)
    return time.process_time() - began


if __name__ == "__main__":
    alone() if sys.argv[1] == "alone" else invent(int(sys.argv[2]))
