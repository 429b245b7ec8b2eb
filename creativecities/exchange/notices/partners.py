"""Sentences of the events of initiatives, and who is told what."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import digests, events, outbox
from creativecities.core.models import Event
from creativecities.exchange import rules
from creativecities.exchange.models import Initiative, Partner
from creativecities.network import rules as network
from creativecities.network.models import City
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "exchange.initiative.added_from_files": _("The initiative “%(subject)s” was added from the reference data"),
    "exchange.initiative.changed_from_files": _("The initiative “%(subject)s” was corrected from the reference data"),
    "exchange.initiative.proposed": _("What %(city)s planned entered its list as ideas: %(number)s"),
    "exchange.initiative.recorded": _("%(actor)s recorded the initiative “%(subject)s”"),
    "exchange.initiative.saved": _("%(actor)s saved the initiative “%(subject)s”, version %(number)s"),
    "exchange.initiative.published": _("%(actor)s published the initiative “%(subject)s”"),
    "exchange.initiative.retired": _("%(actor)s retired the initiative “%(subject)s”"),
    "exchange.partner.asked": _("%(city)s was asked whether it takes part in “%(initiative)s”"),
    "exchange.partner.let_go": _("%(city)s is no longer named as a partner in “%(initiative)s”"),
    "exchange.partner.confirmed": _("%(city)s confirmed its part in “%(initiative)s”"),
    "exchange.partner.declined": _("%(city)s declined its part in “%(initiative)s”"),
}


def asked(part: Partner) -> None:
    """Ask the team of a partner city whether it takes part. A question: no rhythm of notices holds it back."""
    for person in mandates.speakers(part.city):
        with override(person.language):
            words = {"lead": part.lead.name, "city": part.city.name, "initiative": part.initiative.title}
            outbox.queue(
                kind="exchange.partner.asked",
                key=f"partner-asked-{part.pk}-{person.pk}",
                to=person.email,
                person_id=person.pk,
                language=person.language,
                subject=gettext("Does %(city)s take part in “%(initiative)s”?") % words,
                body=gettext(
                    "%(lead)s has recorded the initiative “%(initiative)s” and names %(city)s as a partner.\n\n"
                    "Please confirm or decline on this page; your city is shown as a partner once it has confirmed."
                )
                % words,
                link=settings.SITE["url"] + reverse("exchange:partner", args=[part.initiative.slug, part.city.slug]),
            )


def _other_owners(one: Initiative, by: Person) -> QuerySet[City]:
    """The cities that own it, without those for which somebody has just acted."""
    return rules.owners(one).exclude(pk__in=network.team_cities(by))


def answered(part: Partner, *, event: Event, by: Person) -> None:
    """Tell the teams of the cities that own an initiative what another one has answered."""
    facts = {**event.facts, "initiative": part.initiative.title}
    for person in mandates.speakers(*_other_owners(part.initiative, by).exclude(pk=part.city_id)):
        with override(person.language):
            said = events.sentence(event.kind, actor=event.actor_name, subject="", facts=facts)
            digests.notify(
                person,
                kind=event.kind,
                key=f"partner-answered-{event.pk}-{person.pk}",
                subject=said,
                body=gettext("%(said)s.\n\nThe page of the initiative shows it from now on.") % {"said": said},
                link=settings.SITE["url"] + reverse("portal:initiative", args=[part.initiative.slug]),
            )


_SHOWN: dict[str, tuple[str | Promise, str | Promise]] = {
    "published": (
        _("“%(title)s” is public"),
        _("%(actor)s has published the initiative “%(title)s”, which your city owns together with others."),
    ),
    "retired": (
        _("“%(title)s” is no longer public"),
        _("%(actor)s has retired the initiative “%(title)s”, which your city owns together with others."),
    ),
}


def shown(one: Initiative, *, event: Event, by: Person) -> None:
    """Tell the other cities that own an initiative that it is public from now on, or no longer."""
    subject, body = _SHOWN[event.kind.rpartition(".")[2]]
    words = {"title": one.title, "actor": event.actor_name}
    for person in mandates.speakers(*_other_owners(one, by)):
        with override(person.language):
            digests.notify(
                person,
                kind=event.kind,
                key=f"initiative-shown-{event.pk}-{person.pk}",
                subject=str(subject) % words,
                body=str(body) % words,
                link=settings.SITE["url"] + reverse("portal:initiative", args=[one.slug]),
            )
