"""Which stored files a person may have."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from creativecities.core.models import StoredFile
from creativecities.network import rules

_rules: list[Callable[[Any], Q]] = [rules.files_visible_to]


def register_files(rule: Callable[[Any], Q]) -> None:
    """Add to the files a person may have: those of what a higher rung shows."""
    _rules.append(rule)


def visible_file(person: Any, code: str, name: str) -> StoredFile | None:
    """The file of this address and name, None if it is missing or hidden: one statement either way."""
    return StoredFile.objects.filter(reduce(or_, (rule(person) for rule in _rules)), code=code, name=name).first()
