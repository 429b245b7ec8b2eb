"""How a call moves on. Whether it is open, closed or being evaluated is told by its dates, never by a state."""

from creativecities.core.states import Move

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"

CALL = {
    "publish": Move((DRAFT,), PUBLISHED, "published"),
    "withdraw": Move((PUBLISHED,), WITHDRAWN, "withdrawn"),
}
