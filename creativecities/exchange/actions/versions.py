"""Steps that every writing of an initiative shares: what hangs on it, and the version that stays to be read."""

from collections.abc import Iterable
from typing import Any

from creativecities.accounts.models import Person
from creativecities.core.action import step
from creativecities.exchange.models import Initiative, InitiativeVersion
from creativecities.exchange.queries import loading
from creativecities.exchange.queries.written import written

BATCH = 500


@step
def put(name: str, pairs: Iterable[tuple[int, Any]]) -> None:
    """Hang values on initiatives, in one of their sets."""
    table = loading.through(name)
    table._default_manager.bulk_create(
        (table(**{"initiative_id": pk, loading.MANY[name]: value}) for pk, value in pairs), BATCH
    )


@step
def keep(one: Initiative, *, by: Person | None = None) -> InitiativeVersion:
    """Keep what the present version says; it is kept only once. Without a person it came from the files."""
    author = {"person_id": by.pk, "person_name": by.name} if by else {}
    kept, _is_new = InitiativeVersion.objects.get_or_create(
        initiative=one, number=one.version, defaults={"values": written(one), **author}
    )
    return kept
