"""A plan as it is shown, kept and applied: what is added, with its reasons, kept and taken away, and what is short.

Plain JSON, by keys: `added` and `short` are lists of objects, `kept` and `removed` of pairs (file, reviewer).
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from creativecities.calls.compute.assigning import EMPTY, File, Pair, Plan, Reader, Task, likeness

Kept = dict[str, Any]


def as_kept(task: Task, plan: Plan, before: Collection[Pair], simple: Plan) -> Kept:
    """What a plan changes in what was assigned `before`, and how good it is beside the simple one and the bound."""
    after = {*task.kept, *plan.pairs}
    return {
        "added": [each for each in _added(task, plan) if (each["file"], each["reviewer"]) not in before],
        "kept": sorted(pair for pair in before if pair in after),
        "removed": sorted(pair for pair in before if pair not in after),
        "short": [
            {"file": each.file, "group": each.group, "missing": each.missing, "causes": each.causes}
            for each in plan.short
        ],
        "value": _points(plan, plan.value), "bound": _points(plan, plan.bound), "gap": round(plan.gap, 6),
        "simple": _points(simple, simple.value), "simple_missing": simple.missing,
    }  # fmt: skip


def _points(plan: Plan, value: float) -> float:
    """What the filled places of a plan are worth: those that stay empty are told as a number of their own."""
    return round(value + EMPTY * plan.missing, 2)


def _added(task: Task, plan: Plan) -> list[dict[str, Any]]:
    """Every new pair with what spoke for it, given who else reads the file then."""
    files, readers = {each.key: each for each in task.files}, {each.key: each for each in task.readers}
    beside: dict[int, list[Reader]] = defaultdict(list)
    for key, kept in task.kept_by_file.items():
        beside[key] += kept
    for key, reader in plan.pairs:
        beside[key].append(readers[reader])
    load = task.load + Counter(reader for _file, reader in plan.pairs)
    return [
        {
            "file": key, "reviewer": reader,
            "reasons": reasons(files[key], readers[reader], beside[key], load[reader]),
        }
        for key, reader in sorted(plan.pairs)
    ]  # fmt: skip


def reasons(file: File, reader: Reader, beside: Collection[Reader], load: int) -> dict[str, Any]:
    """What spoke for a pair: field, meaning, language, region among others of the pool, and the load it brings."""
    others = {each.region for each in beside if each.group == reader.group and each.key != reader.key}
    return {
        "field": file.field in reader.fields,
        "meaning": round(likeness(file, reader), 2),
        "language": file.language,
        "region": reader.region not in others,
        "load": [load, reader.most],
    }


def fingerprint(facts: Any) -> str:
    """Changes with anything a plan rests on."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()
