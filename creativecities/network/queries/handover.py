"""What passes on when a mandate changes hands. Higher rungs register what they keep for a mandate."""

from collections.abc import Callable
from typing import Any, Protocol

from creativecities.core import days
from creativecities.core.actor import Actor
from creativecities.network.models import Mandate

Describe = Callable[[Mandate], list[str]]


class PassOn(Protocol):
    """What a slice does in the same transaction when the new mandate follows the old one."""

    def __call__(self, old: Mandate, new: Mandate, *, by: Actor) -> object: ...


_described: list[Describe] = []
_acts: list[PassOn] = []


def register_handover(describe: Describe, act: PassOn | None = None) -> None:
    """Say in lines what a mandate's holder passes on, in the reader's language, and pass it on."""
    _described.append(describe)
    if act is not None:
        _acts.append(act)


def passes_on(mandate: Mandate) -> list[str]:
    """Everything that passes to a successor, one line each."""
    return [line for describe in _described for line in describe(mandate)]


def acts() -> tuple[PassOn, ...]:
    return tuple(_acts)


def consequences(mandate: Mandate, act: str) -> dict[str, Any]:
    """What somebody should know before they `close` a mandate or `hand_over` it."""
    peers = Mandate.TEAM_ROLES if mandate.role in Mandate.TEAM_ROLES else (mandate.role,)
    body = {"city": mandate.city_id, "commission": mandate.commission_id, "field": mandate.field_id}
    others = Mandate.objects.on(days.today()).filter(role__in=peers, **body).exclude(pk=mandate.pk)
    return {
        "mandate": mandate,
        "act": act,
        "others": others.count(),
        "passes_on": passes_on(mandate),
        "mails": 2 if act == "hand_over" else 1,
    }
