"""Which stored files a person may have."""

from typing import Any

from creativecities.core.models import StoredFile
from creativecities.network import rules


def visible_file(person: Any, pk: int, name: str) -> StoredFile | None:
    """The file of this number and name, None if it is missing or hidden: one statement either way."""
    return StoredFile.objects.filter(rules.files_visible_to(person), pk=pk, name=name).first()
