"""What a reviewer promises, and the conflicts they are asked for: the words of both steps, each round."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROMISES: tuple[str | Promise, ...] = (
    _("I keep confidential what I read: which cities apply, what their files say, and what reviewers write."),
    _("I copy and pass on nothing, and I give no file to a service that keeps or learns from what it is given."),
    _("I write to no candidate about its file, and tell the Secretariat if one writes to me."),
    _("I judge by what the file says and by the criteria of the call alone."),
    _("I declare every conflict of interest, also one that comes up later."),
)
TIES: dict[str, str | Promise] = {
    "collaborator": _("I work, or worked in recent years, with the candidate or those who wrote its file."),
    "personal": _("Somebody who has a part in the file is a relative, a friend or an opponent of mine."),
    "interest": _("I, or who employs me, would gain or lose by the outcome."),
}
"""By kind of conflict what is meant by it."""
