"""How a call and a city's file move on. Whether a call is open or closed is told by its dates, never by a state."""

from creativecities.core.states import Move

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"

CALL = {
    "publish": Move((DRAFT,), PUBLISHED, "published"),
    "withdraw": Move((PUBLISHED,), WITHDRAWN, "withdrawn"),
}

SUBMITTED, RETURNED = "submitted", "returned"
ELIGIBLE, INELIGIBLE = "eligible", "ineligible"
DESIGNATED, NOT_DESIGNATED = "designated", "not-designated"

WRITABLE = (DRAFT, RETURNED)
"""In these a city writes its file: all of it, or what is missing."""
HANDED_IN = (SUBMITTED, RETURNED, ELIGIBLE, INELIGIBLE, DESIGNATED, NOT_DESIGNATED)
"""In these the Secretariat has the file."""
COMPETING = tuple(state for state in HANDED_IN if state != INELIGIBLE)
"""Who works on a file in these judges none of its call."""

APPLICATION = {
    "submit": Move((DRAFT,), SUBMITTED, "submitted"),
    "complete": Move((RETURNED,), SUBMITTED, "completed"),
    "take_back": Move((SUBMITTED,), DRAFT, "taken_back"),
    "return_for_completion": Move((SUBMITTED,), RETURNED, "returned"),
    "lapse": Move((RETURNED,), SUBMITTED, "lapsed"),
    "admit": Move((SUBMITTED,), ELIGIBLE, "admitted"),
    "reject": Move((SUBMITTED,), INELIGIBLE, "rejected"),
    "check_again": Move((ELIGIBLE, INELIGIBLE), SUBMITTED, "checked_again"),
    "give_up": Move((DRAFT, SUBMITTED, RETURNED, ELIGIBLE), WITHDRAWN, "given_up"),
    "designate": Move((ELIGIBLE,), DESIGNATED, "designated"),
    "decline": Move((ELIGIBLE,), NOT_DESIGNATED, "not_designated"),
}

ENDORSED, DECLINED = "endorsed", "declined"

ENDORSEMENT = {
    "endorse": Move((WITHDRAWN, DECLINED), ENDORSED, "endorsed"),
    "decline": Move((ENDORSED, WITHDRAWN), DECLINED, "declined"),
    "withdraw": Move((ENDORSED,), WITHDRAWN, "withdrawn"),
}
"""A row comes into being endorsed or declined."""

INVITED, ACCEPTED, LEFT = "invited", "accepted", "left"

REVIEWER = {
    "accept": Move((INVITED,), ACCEPTED, "accepted"),
    "decline": Move((INVITED,), DECLINED, "declined"),
    "invite_again": Move((DECLINED, LEFT), INVITED, "invited_again"),
    "leave": Move((INVITED, ACCEPTED), LEFT, "left"),
}

OPEN, DONE, RECUSED = "open", "done", "recused"

ASSIGNMENT = {
    "hand_in": Move((OPEN,), DONE, "handed_in"),
    "reopen": Move((DONE,), OPEN, "reopened"),
    "send_back": Move((DONE,), OPEN, "sent_back"),
    "let_stand": Move((OPEN,), DONE, "let_stand"),
    "recuse": Move((OPEN, DONE), RECUSED, "recused"),
    "give_again": Move((RECUSED,), OPEN, "given"),
    "count_again": Move((RECUSED,), DONE, "counted_again"),
}
"""What was recused without a reason that still stands is given again; a review that was handed in counts again."""

PREPARED, ANNOUNCED = "prepared", "announced"

ANNOUNCEMENT = {"announce": Move((PREPARED,), ANNOUNCED, "announced")}
"""What is decided is pending until one act applies it all."""

WAITING, READY, APPLIED, DROPPED = "waiting", "ready", "applied", "dropped"

PROPOSAL = {
    "work_out": Move((WAITING,), READY, "worked_out"),
    "apply": Move((READY,), APPLIED, "applied"),
    "drop": Move((WAITING, READY), DROPPED, "dropped"),
}
"""A plan of assignments is worked out in the background, read, then applied as it was read, or dropped."""

PLANNED, CLOSED = "planned", "closed"

MEETING = {
    "open": Move((PLANNED, CLOSED), OPEN, "opened"),
    "close": Move((OPEN,), CLOSED, "closed"),
}

PACKING, FAILED, CANCELLED, REMOVED = "packing", "failed", "cancelled", "removed"

EXPORT = {
    "finish": Move((PACKING,), READY, "finished"),
    "fail": Move((PACKING,), FAILED, "failed"),
    "cancel": Move((PACKING,), CANCELLED, "cancelled"),
    "remove": Move((READY,), REMOVED, "removed"),
}
"""A whole round is put into an archive in the background, and offered for some days to who asked for it."""
