"""What is told of a city's file, to those who may see it. It never says which city."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "calls.application.begun": _("%(actor)s began the file"),
    "calls.application.edited": _("%(actor)s wrote in the file"),
    "calls.application.paper_added": _("%(actor)s added a paper"),
    "calls.application.paper_removed": _("%(actor)s took a paper out"),
    "calls.application.presented": _("%(actor)s showed the file to the National Commission"),
    "calls.application.submitted": _("%(actor)s handed the file in"),
    "calls.application.completed": _("%(actor)s completed the file and handed it in again"),
    "calls.application.taken_back": _("%(actor)s took the file back"),
    "calls.application.returned": _("The file was returned for completion: %(reason)s"),
    "calls.application.lapsed": _("The time for completion ended; the file stays as it was handed in"),
    "calls.application.admitted": _("The file was found eligible"),
    "calls.application.rejected": _("The file was found not eligible: %(reason)s"),
    "calls.application.checked_again": _("The check of the file was opened again"),
    "calls.application.given_up": _("%(actor)s gave the application up"),
    "calls.application.designated": _("The city was designated"),
    "calls.application.not_designated": _("The city was not designated"),
}
