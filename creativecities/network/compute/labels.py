"""What the bands of size and the groups of countries are called, wherever cities are counted by them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIZE_LABELS: dict[str, str | Promise] = {
    "under-100k": _("under 100,000"),
    "100k-500k": _("100,000 to 500,000"),
    "500k-1m": _("500,000 to 1 million"),
    "1m-5m": _("1 to 5 million"),
    "over-5m": _("over 5 million"),
    "unknown": _("unknown"),
}
GROUP_LABELS: dict[str, str | Promise] = {
    "ldc": _("Least developed countries"),
    "lldc": _("Landlocked developing countries"),
    "sids": _("Small island developing States"),
}
DEVELOPMENT_LABELS: dict[str, str | Promise] = {
    "developed": _("Developed economies"),
    "developing": _("Developing economies"),
}
