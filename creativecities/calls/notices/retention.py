"""Teams are told before their file goes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.calls.notices.checking import Told, team_of, tell
from creativecities.calls.queries.retention import Going

SENTENCES: dict[str, str | Promise] = {
    "calls.application.deleted": _("A file that was never handed in was deleted after its time"),
    "calls.application.anonymised": _("The papers and people of the file were deleted after their time"),
}


def goes(going: Going) -> None:
    """Until when the file can still be saved elsewhere."""
    mail = Told(
        "retention", f"{going.at.timestamp():.0f}", _("Your file is kept until %(day)s: %(call)s"),
        _("The call “%(call)s” is over. On %(day)s the papers of your file and everything in it that names people are "
          "deleted; a file that was not handed in is deleted whole. Until then you can save what you want to keep."),
        "calls:file",
    )  # fmt: skip
    tell(team_of(going.application), going.application, mail, at=going.at)
