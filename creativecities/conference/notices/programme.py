"""What is told of the programme, and in which words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "conference.room.added": _("%(actor)s added the room “%(subject)s”"),
    "conference.room.edited": _("%(actor)s changed the room “%(subject)s”"),
    "conference.session.planned": _("%(actor)s planned the session “%(subject)s”"),
    "conference.session.edited": _("%(actor)s changed the session “%(subject)s” in the draft"),
    "conference.session.speaker_named": _("%(actor)s named a speaker of the session “%(subject)s”"),
    "conference.session.speaker_taken_out": _("%(actor)s took a speaker out of the session “%(subject)s”"),
    "conference.session.dropped": _("%(actor)s dropped the session “%(subject)s” from the draft of the programme"),
    "conference.session.planned_again": _("%(actor)s put the session “%(subject)s” back into the draft"),
    "conference.programmefile.handed_in": _("%(actor)s handed in a file with a programme"),
    "conference.programmefile.taken_in": _("%(actor)s took a programme from a file into the draft"),
    "conference.programmefile.put_aside": _("%(actor)s put a file with a programme aside"),
}
