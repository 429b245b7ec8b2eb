"""How an initiative is published and how a partner city answers. The course of the initiative itself is apart."""

from creativecities.core.states import Move

DRAFT, PUBLISHED, RETIRED = "draft", "published", "retired"
ASKED, CONFIRMED, DECLINED, NAMED = "asked", "confirmed", "declined", "named"

PUBLICATION = {
    "publish": Move((DRAFT, RETIRED), PUBLISHED, "published"),
    "retire": Move((PUBLISHED,), RETIRED, "retired"),
}
PARTNER = {
    "confirm": Move((ASKED, NAMED, DECLINED), CONFIRMED, "confirmed"),
    "decline": Move((ASKED, NAMED, CONFIRMED), DECLINED, "declined"),
}
