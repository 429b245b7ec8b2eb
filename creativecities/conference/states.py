"""How an edition, a delegation and those who come move on. What is open is told by dates, never by a state."""

from creativecities.core.states import Move

DRAFT, ANNOUNCED, POSTPONED, CANCELLED = "draft", "announced", "postponed", "cancelled"

EDITION = {
    "announce": Move((DRAFT, POSTPONED), ANNOUNCED, "announced"),
    "postpone": Move((ANNOUNCED,), POSTPONED, "postponed"),
    "cancel": Move((ANNOUNCED, POSTPONED), CANCELLED, "cancelled"),
}

PREPARING, NOMINATED, CONFIRMED, DECLINED = "preparing", "nominated", "confirmed", "declined"

DELEGATION = {
    "nominate": Move((PREPARING, DECLINED), NOMINATED, "nominated"),
    "confirm": Move((NOMINATED,), CONFIRMED, "confirmed"),
    "decline": Move((PREPARING, NOMINATED, CONFIRMED), DECLINED, "declined"),
    "come_after_all": Move((DECLINED,), PREPARING, "begun_again"),
}

WAITING, OFFERED, WITHDRAWN = "waiting", "offered", "withdrawn"

STANDING = (NOMINATED, CONFIRMED, OFFERED)
"""In these a delegate holds a place of the city's quota."""

DELEGATE = {
    "confirm": Move((NOMINATED, OFFERED), CONFIRMED, "confirmed"),
    "offer": Move((WAITING,), OFFERED, "offered"),
    "lapse": Move((OFFERED,), WAITING, "lapsed"),
    "withdraw": Move((NOMINATED, CONFIRMED, WAITING, OFFERED), WITHDRAWN, "withdrawn"),
    "expire": Move((NOMINATED,), WITHDRAWN, "expired"),
}
"""A row comes into being nominated or, when the quota is full, waiting. Who is not confirmed in time expires."""

PLANNED, DROPPED = "planned", "dropped"

SESSION = {
    "drop": Move((PLANNED,), DROPPED, "dropped"),
    "plan_again": Move((DROPPED,), PLANNED, "planned_again"),
}
"""Of the draft of the programme; what is public is a release of it."""

OPEN, CLOSED = "open", "closed"

DOOR = {
    "close": Move((OPEN,), CLOSED, "closed"),
    "open": Move((CLOSED,), OPEN, "opened"),
}
"""Of one that is closed no list is given any more; what its phones still have is taken."""

PUBLISHED = "published"

OUTCOME = {
    "publish": Move((DRAFT,), PUBLISHED, "published"),
    "open": Move((PUBLISHED, CLOSED), OPEN, "opened"),
    "close": Move((OPEN,), CLOSED, "closed"),
}
"""Of a document that cities co-sign. Its newest version is what they sign, while it is open."""

APPLIED, CHOSEN = "applied", "chosen"

BOOTH = {
    "choose": Move((APPLIED,), CHOSEN, "chosen"),
    "decline": Move((APPLIED, CHOSEN), DECLINED, "declined"),
    "withdraw": Move((APPLIED, CHOSEN), WITHDRAWN, "withdrawn"),
}
"""A row comes into being applied for. One that is chosen is placed on the plan."""

LIVE = (APPLIED, CHOSEN)
"""In these a city, or an initiative, has its one booth."""

READY = "ready"

TIMETABLE = {
    "work_out": Move((WAITING,), READY, "worked_out"),
    "apply": Move((READY,), APPLIED, "applied"),
    "drop": Move((WAITING, READY), DROPPED, "dropped"),
}
"""Of meetings: worked out in the background, read, then applied as it was read, or dropped."""

OPEN_TIMETABLES = (WAITING, READY)

MEETING = {"cancel": Move((PLANNED,), CANCELLED, "cancelled")}
"""A row comes into being planned; one that is moved stays the same meeting."""

READ, TAKEN_IN, PUT_ASIDE = "read", "taken-in", "put-aside"

PROGRAMME_FILE = {
    "take_in": Move((READ,), TAKEN_IN, "taken_in"),
    "put_aside": Move((READ,), PUT_ASIDE, "put_aside"),
}
"""Of a file with a programme; at most one of an edition is looked at."""

SUBMITTED, ELIGIBLE, INELIGIBLE, PRESENTED = "submitted", "eligible", "ineligible", "presented"

BID = {
    "submit": Move((DRAFT,), SUBMITTED, "submitted"),
    "take_back": Move((SUBMITTED,), DRAFT, "taken_back"),
    "admit": Move((SUBMITTED,), ELIGIBLE, "admitted"),
    "reject": Move((SUBMITTED,), INELIGIBLE, "rejected"),
    "present": Move((ELIGIBLE,), PRESENTED, "presented"),
    "withdraw": Move((DRAFT, SUBMITTED, ELIGIBLE, PRESENTED), WITHDRAWN, "withdrawn"),
}
"""A bid is checked by the Secretariat and, once presented, read by everybody."""

RUNNING, TIED, DECIDED, FAILED = "running", "tied", "decided", "failed"

VOTE = {
    "decide": Move((RUNNING, TIED), DECIDED, "decided"),
    "tie": Move((RUNNING,), TIED, "tied"),
    "fail": Move((RUNNING,), FAILED, "failed"),
}
"""Whether one can vote is told by its hours. It fails without quorum or without votes.

A run-off is another vote."""

PREPARED = "prepared"

SURVEY = {
    "open": Move((PREPARED,), OPEN, "opened"),
    "close": Move((OPEN,), CLOSED, "closed"),
    "publish": Move((CLOSED,), PUBLISHED, "published"),
    "withdraw": Move((PUBLISHED,), CLOSED, "withdrawn"),
}
"""Of what those who came are asked. Once it is open its questions stay as they are."""

WRITING, HANDED_IN = "writing", "handed-in"

TRIP_REPORT = {
    "hand_in": Move((WRITING,), HANDED_IN, "handed_in"),
    "take_back": Move((HANDED_IN,), WRITING, "taken_back"),
}
"""Of what a delegation writes afterwards."""

REPORT = {
    "publish": Move((DRAFT,), PUBLISHED, "published"),
    "withdraw": Move((PUBLISHED,), DRAFT, "withdrawn"),
}
"""Of the report of the conference that is put together from them."""

RETURNED, SELECTED, NOT_SELECTED = "returned", "selected", "not-selected"

CASE = {
    "hand_in": Move((DRAFT, RETURNED), SUBMITTED, "handed_in"),
    "take_back": Move((SUBMITTED,), DRAFT, "taken_back"),
    "send_back": Move((SUBMITTED,), RETURNED, "sent_back"),
    "lapse": Move((RETURNED,), SUBMITTED, "lapsed"),
    "select": Move((SUBMITTED, WAITING, NOT_SELECTED), SELECTED, "selected"),
    "keep": Move((SUBMITTED,), WAITING, "kept"),
    "turn_down": Move((SUBMITTED, WAITING, SELECTED), NOT_SELECTED, "turned_down"),
    "withdraw": Move((DRAFT, SUBMITTED, RETURNED, WAITING, SELECTED), WITHDRAWN, "withdrawn"),
}
"""Of a case a city proposes. It is sent back to be changed at most once; unchanged by its day, it stays as it was."""

ASKED, ACCEPTED = "asked", "accepted"

CASE_READER = {
    "accept": Move((ASKED,), ACCEPTED, "accepted"),
    "decline": Move((ASKED, ACCEPTED), DECLINED, "declined"),
    "ask_again": Move((DECLINED,), ASKED, "asked_again"),
}

DONE, GIVEN_BACK = "done", "given-back"

READING = {
    "hand_in": Move((OPEN,), DONE, "handed_in"),
    "give_back": Move((OPEN,), GIVEN_BACK, "given_back"),
    "take_away": Move((OPEN,), GIVEN_BACK, "taken_away"),
    "open_again": Move((DONE,), OPEN, "opened_again"),
}
"""Of a case by one of its two readers; it is opened again when the case comes back changed."""
