"""What people write of an initiative, under the names of the form: for the form itself, its versions, and comparing."""

from typing import Any

from creativecities.exchange import states
from creativecities.exchange.compute import when
from creativecities.exchange.models import Initiative
from creativecities.exchange.queries.catalogue import many_of
from creativecities.exchange.queries.loading import MANY

PLAIN = (
    "kind", "title", "summary", "language", *Initiative.BLOCKS, "beneficiaries", *Initiative.SECTORS, "budget",
    "outcome", "evidence", "course", "licence",
)  # fmt: skip


def written(one: Initiative) -> dict[str, Any]:
    """Everything; partner cities by their slugs, without those that have declined or have come by an invitation.

    Two statements.
    """
    days = {name: when.written(getattr(one, name), one.precision) for name in ("starts_on", "ends_on")}
    many = many_of(one.pk).get(one.pk, {})
    asked = one.parts.exclude(state=states.DECLINED).filter(invitation=None).order_by("city__slug")
    return {
        **{name: getattr(one, name) for name in PLAIN},
        **days,
        **{name: list(many.get(name, ())) for name in MANY},
        "partners": list(asked.values_list("city__slug", flat=True)),
    }
