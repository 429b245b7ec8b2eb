"""How far the decision of a call has come: each file with what is to become of it, and what is still missing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from creativecities.calls import states
from creativecities.calls.compute import buddies as choosing
from creativecities.calls.compute import designation
from creativecities.calls.compute.board import File
from creativecities.calls.compute.buddies import Town
from creativecities.calls.compute.definition import GROUPS, Definition
from creativecities.calls.compute.eligibility import may_stand
from creativecities.calls.models import Announcement, Application, Call, Conflict, Decision, Review, Scenario
from creativecities.calls.queries import board
from creativecities.calls.queries.calls import memberships
from creativecities.core import days
from creativecities.network.models import Country, Listing

IN_CHECK = (states.SUBMITTED, states.RETURNED)
EXPERIENCED_YEARS = 4


@dataclass(frozen=True)
class Standing:
    """The decision of a call as it is prepared now."""

    table: board.Table
    announcement: Announcement | None
    decisions: Mapping[int, Decision]
    in_check: int
    nowhere: list[str]
    members: list[str]
    twice: list[str]

    @property
    def version(self) -> int:
        """What a form names that announces or changes what is prepared."""
        return self.announcement.version if self.announcement else 0

    @cached_property
    def chosen(self) -> list[int]:
        """The files that are to be designated."""
        return [each.pk for each in self.table.files if self._is(each, designated=True)]

    def _is(self, file: File, *, designated: bool) -> bool:
        decision = self.decisions.get(file.pk)
        return decision is not None and decision.is_designated == designated

    @cached_property
    def undecided(self) -> list[File]:
        return [each for each in self.table.files if each.pk not in self.decisions]

    @cached_property
    def without_reason(self) -> list[File]:
        """Decided on, and nobody has written why."""
        return [each for each in self.table.files if each.pk in self.decisions and not self.decisions[each.pk].reason]

    @cached_property
    def below_quorum(self) -> list[File]:
        quorum = self.table.definition["evaluation"]["quorum"]
        return [each for each in self.table.files if each.reviews < quorum]

    @cached_property
    def ties(self) -> list[tuple[str, list[File]]]:
        """By group of reviewers, the files that are not chosen with the same points as one that is."""
        found = []
        for group in GROUPS:
            points = {each.pk: value for each in self.table.files if (value := each.scores[group]) is not None}
            tied = set(designation.ties(points, self.chosen))
            found.append((group, [each for each in self.table.files if each.pk in tied]))
        return [(group, files) for group, files in found if files]

    @property
    def hinders(self) -> list[str]:
        """What is missing before it can be announced, in words; empty: nothing."""
        text = self.announcement.title if self.announcement else {}
        counted = (
            (self.in_check, ngettext_lazy("%d file is still being checked.", "%d files are still being checked.")),
            (len(self.undecided), ngettext_lazy("%d file is not decided on.", "%d files are not decided on.")),
            (len(self.without_reason), ngettext_lazy("%d decision has no reason.", "%d decisions have no reason.")),
        )
        found = [words % number for number, words in counted if number]
        if self.nowhere:
            found.append(_("It is not known where these lie: %(names)s.") % {"names": ", ".join(self.nowhere)})
        if self.members:
            found.append(
                _("These are members already, and a member is not designated again: %(names)s.")
                % {"names": ", ".join(self.members)}
            )
        if self.twice:
            found.append(
                _("Several files of one city are to be designated: %(names)s.") % {"names": ", ".join(self.twice)}
            )
        if not any(text.values()):
            found.append(_("The text of the announcement has no title."))
        if not self.table.files:
            found.append(_("No file is in evaluation."))
        return found


def standing(call: Call, known: QuerySet[Application]) -> Standing:
    """Read everything once, of the files that the reader may know."""
    table = board.table(call, known)
    there = known.filter(call=call)
    found = Decision.objects.filter(application__in=there)
    chosen = list(there.filter(state=states.ELIGIBLE, decision__is_designated=True).order_by("city_name", "pk"))
    lost = [each.city_name for each in chosen if each.latitude is None]
    return Standing(
        table, Announcement.objects.filter(call=call).first(), {each.application_id: each for each in found},
        there.filter(state__in=IN_CHECK).count(), lost, *_not_new(chosen, table.definition),
    )  # fmt: skip


def _not_new(chosen: Iterable[Application], definition: Definition) -> tuple[list[str], list[str]]:
    """Names of cities that cannot be designated: they are members already, or it is for another file of theirs too.

    Where members may apply, those that go on in another field can; see docs/decisions/0016.
    """
    cities, members = Counter((each.city_name, each.country_id) for each in chosen), memberships(chosen)
    may_apply = definition["rules"]["members_may_apply"]
    stay = [each for each in chosen if each.pk in members
            and not may_stand(may_apply, members[each.pk].field_id, each.field_id)]  # fmt: skip
    return (
        list(dict.fromkeys(each.city_name for each in stay)), [city[0] for city, files in cities.items() if files > 1],
    )  # fmt: skip


def reasons_that_go(scenario: Scenario, known: QuerySet[Application]) -> list[Decision]:
    """Of some files, the decisions whose reason no longer fits once a scenario is taken over."""
    there = known.filter(call=scenario.call_id, state=states.ELIGIBLE)
    found = Decision.objects.filter(application__in=there).exclude(reason="")
    chosen = set(scenario.files.values_list("pk", flat=True))
    return [each for each in found if each.is_designated != (each.application_id in chosen)]


def buddies(applications: Iterable[Application]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """For each file of a city that is no member an experienced member city, and why. Four statements."""
    spoken = {each.pk: choosing.languages(each.languages) for each in Country.objects.all()}
    today = days.today()
    since = today.replace(year=today.year - EXPERIENCED_YEARS, day=min(today.day, 28))
    rows = Listing.objects.on(today).filter(joined_on__lte=since).order_by("city_id").values_list(
        "city_id", "field_id", "region_id", "country_id", "latitude", "longitude"
    )  # fmt: skip
    members = [Town(pk, field, region, spoken[country], lat, lon) for pk, field, region, country, lat, lon in rows]
    applications = list(applications)
    stay = memberships(applications)
    towns = [
        Town(each.pk, each.field_id, each.country.region_id, spoken[each.country_id], each.latitude or 0.0,
             each.longitude or 0.0)
        for each in applications if each.pk not in stay
    ]  # fmt: skip
    return choosing.buddies(towns, members)


def feedback(application: Application, rule: str, *, is_designated: bool) -> list[str]:
    """What reviewers wrote for the city, by the rule of the call: without names, in an order that tells nothing."""
    if rule == "none" or (rule == "not-designated" and is_designated):
        return []
    in_conflict = Conflict.objects.filter(
        reviewer=OuterRef("assignment__reviewer"), application=OuterRef("assignment__application")
    )
    found = Review.objects.filter(
        ~Exists(in_conflict), assignment__application=application, assignment__state=states.DONE, abstains=False
    )
    return sorted(text.strip() for text in found.values_list("for_city", flat=True) if text.strip())
