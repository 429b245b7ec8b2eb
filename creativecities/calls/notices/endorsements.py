"""What is told of the word of a National Commission."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "calls.endorsement.endorsed": _("The National Commission endorsed the file"),
    "calls.endorsement.declined": _("The National Commission declined to endorse the file: %(reason)s"),
    "calls.endorsement.withdrawn": _("The National Commission withdrew its endorsement: %(reason)s"),
}
