"""The life of an invitation."""

from django.utils.translation import gettext_lazy as _

from creativecities.core.states import Move

SENT, ACCEPTED, REVOKED = "sent", "accepted", "revoked"

LABELS = {
    SENT: _("Sent"),
    ACCEPTED: _("Accepted"),
    REVOKED: _("Invitation withdrawn"),
}

MOVES = {
    "accept": Move((SENT,), ACCEPTED, "accepted", _("This invitation has been used already, or was withdrawn.")),
    "revoke": Move((SENT,), REVOKED, "revoked", _("This invitation has been used already, or was withdrawn.")),
}
