"""What a team is told of the waiting list. Who waits is named on the page alone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Delegate
from creativecities.conference.notices import delegations
from creativecities.core.models import Event

TEXTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "offered": (
        _("A place has fallen free for %(city)s: %(edition)s"),
        _(
            "Somebody of %(city)s was on the waiting list of “%(edition)s” as %(role)s. A place is held for them until "
            "%(until)s.\n\nAccept it on this page with one tap; otherwise it passes to who waits next."
        ),
    ),
    "lapsed": (
        _("A place was not taken: %(edition)s"),
        _(
            "The place that was offered to %(city)s in “%(edition)s” was not accepted in time and has passed on. "
            "You are on the waiting list again, behind the others."
        ),
    ),
}


def offered(delegate: Delegate, event: Event) -> None:
    """Ask the team at once."""
    delegations.tell_team(
        delegate.delegation, "offered", TEXTS["offered"], key=str(event.pk), page=delegate.code,
        until=delegate.offered_until, role=delegate,
    )  # fmt: skip


def lapsed(delegate: Delegate, event: Event) -> None:
    """Tell the team that it waits again."""
    delegations.tell_team(delegate.delegation, "lapsed", TEXTS["lapsed"], key=str(event.pk))
