"""What is told of doors, and in which words. No sentence names who came in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "conference.door.made": _("%(actor)s made the door “%(subject)s”"),
    "conference.door.closed": _("%(actor)s closed the door “%(subject)s”"),
    "conference.door.opened": _("%(actor)s opened the door “%(subject)s” again"),
    "conference.door.renewed": _("%(actor)s gave the door “%(subject)s” another address"),
    "conference.door.synced": _("The door “%(subject)s” handed in %(received)s scans, %(fresh)s of them new"),
    "conference.announcement.made": _("%(actor)s announced: “%(subject)s”"),
    "conference.announcement.ended": _("%(actor)s ended the announcement “%(subject)s”"),
}

WORDS: dict[str, str | Promise] = {
    "said_admitted": _("Come in"),
    "said_repeated": _("Already in"),
    "said_refused": _("Not admitted here"),
    "said_revoked": _("Badge revoked"),
    "said_unknown": _("Unknown here as of %(hour)s"),
    "short_admitted": _("admitted"),
    "short_repeated": _("has come in already"),
    "short_refused": _("not admitted here"),
    "short_revoked": _("badge revoked"),
    "short_unknown": _("unknown"),
    "here_since": _("by this door, at %(hour)s"),
    "there_since": _("by the door “%(door)s”, at %(hour)s"),
    "verdict_clash": _("came in by another door as well"),
    "verdict_refused": _("let in by an old list, and has no place here"),
    "verdict_revoked": _("with a revoked badge"),
    "verdict_turned-away": _("turned away by an old list, and has a place here"),
    "undone": _("undone"),
    "waits": _("not sent yet"),
    "nobody": _("a code that is not on the list"),
    "list": _("List of %(hour)s"),
    "no_list": _("There is no list here yet: connect this phone once."),
    "closed": _("This door is closed."),
    "slow": _("The clock of this phone is %(minutes)s min slow. Times are put right."),
    "fast": _("The clock of this phone is %(minutes)s min fast. Times are put right."),
    "offline": _("No connection: scans are kept here and sent later."),
    "gone": _("This door has another address now. Open the new one on this phone: it sends what waits here."),
    "refused": _("The server does not take what this phone sends. Nothing is lost; tell the Secretariat."),
    "damaged": _("The new list came damaged and is not used. It is asked for again."),
}
"""What a phone at a door says; it fills in what it knows."""
