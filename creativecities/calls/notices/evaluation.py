"""What is told of reviewers and of what they are given. It never says who judges what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "calls.reviewer.accepted": _("A reviewer accepted"),
    "calls.reviewer.declined": _("A reviewer declined"),
    "calls.reviewer.invited_again": _("A reviewer was invited again"),
    "calls.reviewer.left": _("A reviewer left"),
    "calls.assignment.handed_in": _("A review was handed in"),
    "calls.assignment.reopened": _("A review was opened again"),
    "calls.assignment.recused": _("A reviewer gave a file back"),
}
