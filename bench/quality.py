"""How well search answers graded questions: words alone, meaning alone, both fused; and names, right and misspelt.

    .venv/bin/python bench/quality.py [--part tuned|held-out] [--misses]

Reads `questions.json`, asks the index of this installation (`make data` first), and writes nothing.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported

import argparse
import json
import math
import os
import random
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings

from creativecities.search.compute import tokens
from creativecities.search.models import Entry
from creativecities.search.queries import find, meanings, shelf

WAYS = ("words", "meaning", "fused")
DRAWN = 2_000


def answers(way, query):
    """Keys of the first ten, the best first."""
    if way == "meaning":
        current = shelf.current()
        visible = current.visible(["public"])
        near = meanings.nearest(query[: tokens.LONGEST_QUERY], current, visible, most=10) or {}
        return ["/".join(current.keys[place]) for place in near]
    engine, settings.MEANING_ENGINE = settings.MEANING_ENGINE, "" if way == "words" else settings.MEANING_ENGINE
    try:
        return [f"{one.kind}/{one.key}" for one in find(query, limit=10).results]
    finally:
        settings.MEANING_ENGINE = engine


def gains(found, relevant):
    """hit@1, hit@5, nDCG@10."""
    best = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(sorted(relevant.values(), reverse=True)))
    got = sum(relevant.get(key, 0) / math.log2(rank + 2) for rank, key in enumerate(found))
    return [float(any(key in relevant for key in found[:most])) for most in (1, 5)] + [got / best]


def interval(values):
    """The mean, and where it lies in 95 of 100 draws."""
    chance = random.Random(1)
    drawn = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _each in range(DRAWN))
    return statistics.fmean(values), drawn[int(DRAWN * 0.025)], drawn[int(DRAWN * 0.975)]


def shown(values):
    return "{:.2f} ({:.2f}–{:.2f})".format(*interval(values))


def questions(part, misses):
    """A line for each language and way. Intervals are drawn over questions, which differ more than languages."""
    asked = [
        one
        for one in json.loads((ROOT / "bench/questions.json").read_text(encoding="utf-8"))
        if part in ("all", one["part"])
    ]
    languages = list(asked[0]["asked"])
    print(f"{len(asked)} questions in {len(languages)} languages, part: {part}\n")
    print("| language | way | hit@1 | hit@5 | nDCG@10 |\n|---|---|---|---|---|")
    scores = {}
    for language in languages:
        for way in WAYS:
            for one in asked:
                found = answers(way, one["asked"][language])
                scores[language, way, one["id"]] = gains(found, one["relevant"])
                if misses and way == "fused" and not scores[language, way, one["id"]][1]:
                    print("MISS", language, one["id"], found[:5], file=sys.stderr)
    for group, its in (*((each, [each]) for each in languages), ("all but en", languages[1:])):
        for way in WAYS:
            means = [
                [statistics.fmean(scores[each, way, one["id"]][number] for each in its) for one in asked]
                for number in range(3)
            ]
            print(f"| {group} | {way} | {' | '.join(map(shown, means))} |")


def names():
    """Names as they are written in any script, and with one slip of the keyboard."""
    chance, entries = random.Random(1), Entry.objects.filter(kind="city", index__state="current")
    owners = {}
    for key, written in entries.values_list("key", "names"):
        for name in filter(None, written.split("\n")):
            owners.setdefault(name, set()).add(f"city/{key}")
    whole = chance.sample(sorted(name for name in owners if len(name) > 3), 300)
    titles = [written.split("\n")[0] for written in entries.values_list("names", flat=True)]
    slipped = [(name, slip(name, chance)) for name in chance.sample([title for title in titles if len(title) > 4], 300)]
    for label, pairs in (("names", [(name, name) for name in whole]), ("misspelt", slipped)):
        hits = []
        for name, typed in pairs:
            found = answers("fused", typed)[:1]
            hits.append(float(bool(found) and found[0] in owners[name] or typed in owners and typed != name))
            if not hits[-1]:
                print("MISS", label, name, typed, found, file=sys.stderr)
        print(f"\n{label}: hit@1 {shown(hits)} of {len(pairs)}")


def slip(name, chance):
    """Two letters change places, one is missing, doubled or another one."""
    place = chance.randrange(1, len(name) - 1)
    how = chance.randrange(4)
    if how == 0:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    middle = ("", name[place] * 2, chance.choice("aeinrst"))[how - 1]
    return name[:place] + middle + name[place + 1 :]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=["tuned", "held-out", "all"], default="all")
    parser.add_argument("--misses", action="store_true", help="say which were not found")
    parser.add_argument("--no-names", action="store_true")
    given = parser.parse_args()
    questions(given.part, given.misses)
    if not given.no_names:
        names()
