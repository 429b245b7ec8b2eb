"""Mandates: dated roles of a person for a body. History survives turnover, so nothing is a flag on an account."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network.models.cities import City
from creativecities.network.models.vocabulary import Country, CreativeField


class CommissionQuerySet(VisibleQuerySet["NationalCommission"]):
    def visible_to(self, person: Any) -> "CommissionQuerySet":
        return self


class NationalCommission(models.Model):
    """The national body that endorses applications and guards the name."""

    DATA = privacy.classed(open="country name website", internal="email")
    country = models.OneToOneField(Country, models.PROTECT, related_name="commission")
    name = models.CharField(max_length=160)
    website = models.URLField(max_length=300, blank=True)
    email = models.EmailField(blank=True)

    objects = CommissionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def in_force(day: dt.date) -> Q:
    """Rows whose dates hold a day: from `start` until before `end`."""
    return Q(Q(end__isnull=True) | Q(end__gt=day), start__lte=day)


class MandateQuerySet(VisibleQuerySet["Mandate"]):
    def on(self, day: dt.date) -> "MandateQuerySet":
        """In force on a day."""
        return self.filter(in_force(day))

    def visible_to(self, person: Any) -> "MandateQuerySet":
        """Mayors in office are public, focal points for signed-in members, the rest for oneself and the Secretariat."""
        from creativecities.network import rules  # which ask the models

        return self.filter(rules.mandates_visible_to(person))


class Mandate(models.Model):
    """A person's role for a city, a commission, a field or the network, from `start` until before `end`."""

    class Role(models.TextChoices):
        MAYOR = "mayor", _("Mayor")
        DEPUTY_MAYOR = "deputy-mayor", _("Deputy mayor")
        MAYORS_REPRESENTATIVE = "mayors-representative", _("Mayor’s representative")
        FOCAL_POINT = "focal-point", _("Focal point")
        ALTERNATIVE_CONTACT = "alternative-contact", _("Alternative contact")
        COORDINATOR = "coordinator", _("Sub-network coordinator")
        DEPUTY_COORDINATOR = "deputy-coordinator", _("Deputy sub-network coordinator")
        COMMISSION_OFFICER = "commission-officer", _("Commission officer")
        EXPERT = "expert", _("Expert")
        SECRETARIAT = "secretariat", _("Secretariat")
        HEAD_OF_THE_NETWORK = "head-of-the-network", _("Head of the network")

    CITY_ROLES = ("mayor", "deputy-mayor", "mayors-representative", "focal-point", "alternative-contact")
    TEAM_ROLES = ("mayors-representative", "focal-point", "alternative-contact")
    FIELD_ROLES = ("coordinator", "deputy-coordinator")
    NETWORK_ROLES = ("secretariat", "head-of-the-network")
    SINGLE_ROLES = ("mayor", "focal-point")
    ENDS_SOON = dt.timedelta(days=90)  # the handover of a mandate that ends within this time is asked for

    DATA = privacy.classed(open="role city field commission start end", personal="person note")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mandates")
    role = models.CharField(max_length=24, choices=Role.choices)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="mandates")
    commission = models.ForeignKey(NationalCommission, models.PROTECT, null=True, blank=True, related_name="mandates")
    field = models.ForeignKey(CreativeField, models.PROTECT, null=True, blank=True, related_name="mandates")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["role", "start"]
        indexes = [models.Index(fields=["person", "role", "start"], name="mandate_person")]
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="mandate_order"),
            models.CheckConstraint(
                name="mandate_body",
                condition=Q(role__in=["mayor", "deputy-mayor", "mayors-representative", "focal-point",
                                      "alternative-contact"],
                            city__isnull=False, commission__isnull=True, field__isnull=True)
                | Q(role__in=["coordinator", "deputy-coordinator"],
                    city__isnull=False, field__isnull=False, commission__isnull=True)
                | Q(role="commission-officer", commission__isnull=False, city__isnull=True, field__isnull=True)
                | Q(role="expert", commission__isnull=True, city__isnull=True)
                | Q(role__in=["secretariat", "head-of-the-network"],
                    city__isnull=True, commission__isnull=True, field__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["role", "city"], condition=Q(end__isnull=True, role__in=["mayor", "focal-point"]),
                name="mandate_one_open_per_city",
            ),
            models.UniqueConstraint(
                fields=["role", "field"], condition=Q(end__isnull=True, role__in=["coordinator", "deputy-coordinator"]),
                name="mandate_one_open_per_field",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_role_display()}"

    @property
    def allows(self) -> str | Promise:
        """What the role lets its holder do here, in words."""
        return ALLOWS.get(self.role, "")

    @property
    def body(self) -> Any:
        """The city, commission or field the mandate is for; None for the network itself."""
        return self.field if self.role in self.FIELD_ROLES else self.city or self.commission or self.field

    def fits_body(self) -> bool:
        """Whether the role is one that is held for what is named here."""
        named = self.city_id is not None, self.commission_id is not None, self.field_id is not None
        if self.role in self.CITY_ROLES:
            return named == (True, False, False)
        if self.role in self.FIELD_ROLES:
            return named == (True, False, True)
        if self.role == self.Role.COMMISSION_OFFICER:
            return named == (False, True, False)
        if self.role == self.Role.EXPERT:
            return named[:2] == (False, False)
        return self.role in self.NETWORK_ROLES and not any(named)


_TEAM = _("edits the city’s page, confirms, replies and nominates")
ALLOWS: dict[str, str | Promise] = {
    "mayor": _("submits, votes and signs for the city; is named in public while in office"),
    "deputy-mayor": _("stands in for the mayor"),
    "mayors-representative": _("edits the city’s page, submits, votes and signs for the city"),
    "focal-point": _("edits the city’s page, confirms, replies and nominates; submits, votes and co-signs"),
    "alternative-contact": _TEAM,
    "coordinator": _("leads the cities of a field, for a term of two years"),
    "deputy-coordinator": _("stands in for the coordinator of a field"),
    "commission-officer": _("reads the files of the country and endorses"),
    "expert": _("reads and scores what is assigned"),
    "secretariat": _("runs calls, rounds and editions, and opens mandates; decides nothing in a city’s name"),
    "head-of-the-network": _("decides on designations"),
}
