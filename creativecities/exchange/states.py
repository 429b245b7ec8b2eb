"""How initiatives, needs and offers move on. The course of an initiative itself is apart from its publication."""

from creativecities.core.states import Move

DRAFT, PUBLISHED, RETIRED = "draft", "published", "retired"
ASKED, CONFIRMED, DECLINED, NAMED = "asked", "confirmed", "declined", "named"
OPEN, CLOSED, WITHDRAWN, EXPIRED = "open", "closed", "withdrawn", "expired"

SHOWN = (NAMED, CONFIRMED)
"""A city that was only asked is not spoken for: lists and its own page name it once it has confirmed."""

PUBLICATION = {
    "publish": Move((DRAFT, RETIRED), PUBLISHED, "published"),
    "retire": Move((PUBLISHED,), RETIRED, "retired"),
}
PARTNER = {
    "confirm": Move((ASKED, NAMED, DECLINED), CONFIRMED, "confirmed"),
    "decline": Move((ASKED, NAMED, CONFIRMED), DECLINED, "declined"),
}
NEED = {
    "close": Move((OPEN,), CLOSED, "closed"),
    "withdraw": Move((OPEN,), WITHDRAWN, "withdrawn"),
    "expire": Move((OPEN,), EXPIRED, "expired"),
}
