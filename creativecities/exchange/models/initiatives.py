"""What a city does, recorded one time, and the cities that take part."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.exchange import states
from creativecities.network import rules as network
from creativecities.network.models import AreaOfAction, City, CreativeField, Goal, Objective


class InitiativeQuerySet(VisibleQuerySet["Initiative"]):
    def visible_to(self, person: Any) -> "InitiativeQuerySet":
        """What is published is public; drafts and what was retired see the teams of lead and confirmed partners."""
        query = Q(state=states.PUBLISHED)
        if person is not None and person.is_authenticated:
            mine = network.team_cities(person)
            joined = Partner.objects.filter(city__in=mine, state=states.CONFIRMED)
            query |= Q(lead__in=mine) | Q(pk__in=joined.values("initiative"))
        return self.filter(query)

    def owned_by(self, cities: Any) -> "InitiativeQuerySet":
        """What one of these cities leads, or owns together with the city that leads; `cities` are ids."""
        owned = Partner.objects.owning().filter(city__in=cities)
        return self.filter(Q(lead__in=cities) | Q(pk__in=owned.values("initiative")))

    def editable_by(self, person: Any) -> "InitiativeQuerySet":
        """The teams of the cities that own it write it, and nobody else."""
        return self.owned_by(network.team_cities(person))


class Initiative(models.Model):
    """One activity of a city, whatever its kind. Profile, search, statistics and reports are views of this record."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        COLLABORATION = "collaboration", _("Collaboration")
        RESIDENCY = "residency", _("Residency")
        FESTIVAL = "festival", _("Festival")
        EVENT = "event", _("Event")
        OPEN_CALL = "open-call", _("Open call")
        PUBLICATION = "publication", _("Publication")
        POLICY = "policy", _("Policy")

    class Course(models.TextChoices):
        IDEA = "idea", _("Idea")
        AGREED = "agreed", _("Agreed")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        STOPPED = "stopped", _("Stopped")

    class Budget(models.TextChoices):
        NONE = "none", _("No budget of its own")
        UNDER_10K = "under-10k", _("Under 10,000 US dollars")
        UNDER_50K = "under-50k", _("10,000 to 50,000 US dollars")
        UNDER_250K = "under-250k", _("50,000 to 250,000 US dollars")
        UNDER_1M = "under-1m", _("250,000 to 1 million US dollars")
        OVER_1M = "over-1m", _("Over 1 million US dollars")

    MOVES = states.PUBLICATION
    BLOCKS = ("context", "done", "together", "results", "lessons", "takeaway")
    SECTORS = ("public_partners", "private_partners", "civil_partners")
    DATA = privacy.classed(
        open="slug kind title summary language lead partners fields objectives areas goals starts_on ends_on precision "
        "course licence source confidence context done together results lessons takeaway beneficiaries outcome "
        "evidence public_partners private_partners civil_partners budget",
        internal="state search version",
    )
    slug = models.SlugField(max_length=100, unique=True, help_text="Never changes.")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    language = models.CharField(max_length=12, default="en", help_text="The language of title and summary.")
    lead = models.ForeignKey(City, models.PROTECT, related_name="led_initiatives", help_text="Host or initiator.")
    partners: Any = models.ManyToManyField(
        City, through="Partner", through_fields=("initiative", "city"), related_name="joined_initiatives"
    )
    fields: Any = models.ManyToManyField(CreativeField, related_name="initiatives")
    objectives: Any = models.ManyToManyField(Objective, related_name="initiatives")
    areas: Any = models.ManyToManyField(AreaOfAction, related_name="initiatives")
    goals: Any = models.ManyToManyField(Goal, related_name="initiatives")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="Its last day. Empty: it goes on, or nobody knows.")
    precision = models.CharField(
        max_length=4, default="year", choices=[("day", "day"), ("year", "year")],
        help_text="year: only the years are known, written as 1 January and 31 December.",
    )  # fmt: skip
    course = models.CharField(max_length=9, blank=True, choices=Course.choices, help_text="Empty: not known.")
    state = models.CharField(max_length=9, default=states.DRAFT, help_text="draft, published or retired.")
    licence = models.CharField(max_length=20, default="CC-BY-4.0")
    context = models.TextField(_("Context"), blank=True)
    done = models.TextField(_("What was done"), blank=True)
    together = models.TextField(_("With whom"), blank=True)
    results = models.TextField(_("Results"), blank=True)
    lessons = models.TextField(_("Lessons"), blank=True)
    takeaway = models.TextField(_("What another city can take from it"), blank=True)
    beneficiaries = models.CharField(_("Who benefits"), max_length=500, blank=True)
    public_partners = models.CharField(_("Public partners"), max_length=300, blank=True)
    private_partners = models.CharField(_("Private partners"), max_length=300, blank=True)
    civil_partners = models.CharField(_("Partners of civil society"), max_length=300, blank=True)
    budget = models.CharField(_("Budget"), max_length=10, blank=True, choices=Budget.choices)
    outcome = models.TextField(_("Outcome"), blank=True)
    evidence = models.JSONField(_("Evidence"), default=list, blank=True, help_text="Addresses, never fetched.")
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, help_text="sourced, known, or city: written by the city itself.")
    search = models.TextField(blank=True, help_text="Title and summary, folded.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit.")

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["state", "title"], name="initiative_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="initiative_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.DRAFT, states.PUBLISHED, states.RETIRED]), name="initiative_state"
            ),
        ]

    def __str__(self) -> str:
        """Its title; a draft is a number, for the trail of events must not tell what nobody may read yet."""
        return f"#{self.pk}" if self.state == states.DRAFT else self.title

    @property
    def story(self) -> dict[str, str]:
        """The building blocks that are written, by name, in their order."""
        return {name: text for name in self.BLOCKS if (text := getattr(self, name))}

    @property
    def years(self) -> str:
        """The years it covers in words, as far as they are known."""
        first, last = (str(day.year) if day else "" for day in (self.starts_on, self.ends_on))
        return years_in_words(first, last)


def years_in_words(first: str, last: str) -> str:
    """From when until when; empty is not known."""
    if first and last:
        return first if first == last else f"{first}–{last}"
    if first:
        return gettext("from %(year)s") % {"year": first}
    return gettext("until %(year)s") % {"year": last} if last else ""


class PartnerQuerySet(models.QuerySet["Partner"]):
    def owning(self) -> "PartnerQuerySet":
        """The parts of those cities that own an initiative together with the one that leads it."""
        return self.filter(owns=True, state=states.CONFIRMED)


class Partner(models.Model):
    """A city that takes part besides the lead city, and whether it has said so itself."""

    STATES = {
        states.NAMED: _("named by the source, not confirmed by the city"),
        states.ASKED: _("asked, has not answered yet"),
        states.CONFIRMED: _("confirmed by the city"),
        states.DECLINED: _("declined"),
    }
    MOVES = states.PARTNER
    DATA = privacy.classed(
        open="initiative city state", internal="lead owns at invitation", personal="person_id person_name"
    )
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="parts")
    city = models.ForeignKey(City, models.PROTECT, related_name="parts")
    lead = models.ForeignKey(
        City, models.PROTECT, related_name="+", help_text="The lead of the initiative, so that it cannot be both."
    )
    state = models.CharField(max_length=9, default=states.ASKED)
    owns = models.BooleanField(
        default=False, help_text="It began with a reply of this city, whose team writes and publishes it as the lead's."
    )
    at = models.DateTimeField(default=timezone.now, help_text="When the state was reached.")
    invitation = models.ForeignKey(
        "Invitation", models.SET_NULL, null=True, blank=True, related_name="parts",
        help_text="By which one it came: taking back that yes takes this back.",
    )  # fmt: skip
    person_id = models.BigIntegerField(null=True, blank=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects: Any = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["city__name"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "city"], name="partner_once"),
            models.CheckConstraint(condition=~Q(city=F("lead")), name="partner_is_not_lead"),
            models.CheckConstraint(
                condition=Q(state__in=[states.ASKED, states.CONFIRMED, states.DECLINED, states.NAMED]),
                name="partner_state",
            ),
            models.CheckConstraint(
                condition=Q(owns=False) | Q(state__in=[states.CONFIRMED, states.DECLINED]), name="partner_owner_spoke"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.city_id}"

    @property
    def words(self) -> Any:
        """Whether it has confirmed its part, in words."""
        return self.STATES[self.state]
