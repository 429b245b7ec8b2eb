"""How what the exchange keeps moves on. The course of an initiative itself is apart from its publication."""

from creativecities.core.states import Move

DRAFT, PUBLISHED, RETIRED = "draft", "published", "retired"
ASKED, CONFIRMED, DECLINED, NAMED = "asked", "confirmed", "declined", "named"
NEW, IN_CONTACT, ACCEPTED, LAPSED = "new", "in-contact", "accepted", "lapsed"
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
REPLY = {
    "contact": Move((NEW,), IN_CONTACT, "contacted"),
    "accept": Move((NEW, IN_CONTACT), ACCEPTED, "accepted"),
    "decline": Move((NEW, IN_CONTACT), DECLINED, "declined"),
    "lapse": Move((NEW, IN_CONTACT), LAPSED, "lapsed"),
}
WAITING = (NEW, IN_CONTACT)
"""A reply that is not decided yet."""
SENT = "sent"
MESSAGE = {"take_back": Move((SENT,), WITHDRAWN, "withdrawn")}
LOOKING, COMPLETE = "looking", "complete"
WANTED = {
    "look": Move((LOOKING, COMPLETE), LOOKING, "looking"),
    "complete": Move((LOOKING,), COMPLETE, "completed"),
}
SUGGESTED, CONTACTED, REFUSED, DISMISSED = "suggested", "contacted", "refused", "dismissed"
SUGGESTION = {
    "contact": Move((SUGGESTED, REFUSED, DISMISSED), CONTACTED, "contacted"),
    "accept": Move((SUGGESTED, CONTACTED, REFUSED, DISMISSED), ACCEPTED, "accepted"),
    "refuse": Move((CONTACTED,), REFUSED, "refused"),
    "dismiss": Move((SUGGESTED, CONTACTED), DISMISSED, "dismissed"),
    "reconsider": Move((CONTACTED, ACCEPTED, REFUSED, DISMISSED), SUGGESTED, "reconsidered"),
    "lapse": Move((CONTACTED,), SUGGESTED, "lapsed"),
}
BY_HAND = ("contact", "accept", "refuse", "dismiss", "reconsider")
"""What a team notes of a suggestion itself; all else follows from what two cities do."""
WAITING_LIST = "waiting"
INVITATION = {"withdraw": Move((OPEN,), WITHDRAWN, "withdrawn")}
INVITEE = {
    "accept": Move((ASKED, WAITING_LIST, DECLINED), ACCEPTED, "accepted"),
    "wait": Move((ASKED, DECLINED), WAITING_LIST, "queued"),
    "move_up": Move((WAITING_LIST,), ACCEPTED, "moved_up"),
    "decline": Move((ASKED, WAITING_LIST, ACCEPTED), DECLINED, "declined"),
}
OPENING = {
    "open": Move((OPEN, CLOSED), OPEN, "opened"),
    "close": Move((OPEN,), CLOSED, "closed"),
}
