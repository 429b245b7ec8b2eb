"""Sentences of the events of initiatives, and who is told what."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.core import days, digests, events
from creativecities.core.models import Event
from creativecities.exchange.models import Partner
from creativecities.network.models import Mandate

SENTENCES: dict[str, str | Promise] = {
    "exchange.initiative.added_from_files": _("The initiative “%(subject)s” was added from the reference data"),
    "exchange.initiative.changed_from_files": _("The initiative “%(subject)s” was corrected from the reference data"),
    "exchange.initiative.published": _("%(actor)s published the initiative “%(subject)s”"),
    "exchange.initiative.retired": _("%(actor)s retired the initiative “%(subject)s”"),
    "exchange.partner.confirmed": _("%(city)s confirmed its part in “%(initiative)s”"),
    "exchange.partner.declined": _("%(city)s declined its part in “%(initiative)s”"),
}


def answered(part: Partner, *, event: Event) -> None:
    """Tell the team of the lead city what a partner city has answered."""
    team = Mandate.objects.on(days.today()).filter(city=part.lead, role__in=Mandate.TEAM_ROLES)
    for person in {mandate.person for mandate in team.select_related("person")}:
        with override(person.language):
            said = events.sentence(event.kind, actor=event.actor_name, subject="", facts=event.facts)
            digests.notify(
                person,
                kind=event.kind,
                key=f"partner-answered-{event.pk}-{person.pk}",
                subject=said,
                body=gettext("%(said)s.\n\nThe page of the initiative shows it from now on.") % {"said": said},
                link=settings.SITE["url"] + reverse("portal:initiative", args=[part.initiative.slug]),
            )
