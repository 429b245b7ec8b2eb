"""One file from its first word to the decision, with everybody around it: told once, and asked about on the way."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import (
    announcing,
    applications,
    calls,
    checking,
    conflicts,
    links,
    meetings,
    reviews,
    scenarios,
)
from creativecities.calls.actions import assignments as plans
from creativecities.calls.actions import decisions as acts
from creativecities.calls.models import Announcement, Application, Call, Proposal, Reviewer, Scenario
from creativecities.calls.tests import kit
from creativecities.core.models import Mail
from creativecities.network.models import City, Mandate
from creativecities.network.tests import factories, team

MOMENTS = "abphtcriejmdDNwx"
"""Named in docs/access-by-state.md, in this order."""
POINTS = dict.fromkeys(("quality", "relevance", "feasibility", "commitment", "field"), 4)


@dataclass
class World:
    """The call, the file once there is one, who is around it, and the links of two commissions."""

    call: Call
    cast: dict[str, Person | None]
    readers: dict[str, Reviewer] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    file: Application | None = None
    proposal: int = 0
    scenario: int = 0


def begin() -> World:
    """The Secretariat has a draft, and everybody else is there already."""
    officer, member = team.officer("Olga Exemplo"), team.city("Vila Paz")
    spain = kit.commission(kit.country("ES"))
    cast = {
        "visitor": None,
        "stranger": people.person(),
        "owner": people.person("Rui Exemplo"),
        "editor": people.person(),
        "reader": people.person(),
        "commission": kit.officer_of(kit.country()),
        "other-commission": factories.holder("commission-officer", commission=spain),
        "reviewer": people.person("Eva Exemplo"),
        "member-reviewer": team.member(member),
        "unassigned": people.person(),
        "undeclared": people.person(),
        "in-conflict": people.person("Kenji Exemplo"),
        "left": people.person(),
        "focal-point": team.member(member, role="alternative-contact"),
        "secretariat": officer,
        "secretariat-in-conflict": people.person(),
        "head": factories.holder("head-of-the-network", "Hana Exemplo"),
    }
    return World(kit.draft(officer, opens=-10, closes=30, evaluated_by=50, announced_at=60), dict(cast))


def tell(world: World) -> Iterator[str]:
    """Go on from moment to moment, and stop at each."""
    officer, owner = world.cast["secretariat"], world.cast["owner"]
    assert officer
    assert owner
    yield "a"
    calls.release(world.call, reason="", opened=world.call.version, by=officer)
    world.call.refresh_from_db()
    _ask_reviewers(world)
    world.links = {"link": _link(world.call, "PT", officer), "other-link": _link(world.call, "ES", officer)}
    file = world.file = kit.filled(kit.begun(world.call, owner), owner)
    file.contributors.create(person=world.cast["editor"], role="editor", sections=["city"])
    file.contributors.create(person=world.cast["reader"], role="reader")
    applications.save_answers(file, {("presentation", 0): "More lamps"}, opened={("presentation", 0): 1}, by=owner)
    yield "b"
    applications.present(file, by=owner)
    yield "p"
    kit.endorsed(file)
    applications.submit(file, by=owner)
    yield "h"
    applications.take_back(file, by=owner)
    yield "t"
    applications.submit(file, by=owner)
    kit.closed(world.call)
    file.refresh_from_db()
    yield "c"
    yield from _check(world, file, officer)
    yield from _evaluation(world, file, officer)
    yield from _decision(world, file)


def _link(call: Call, country: str, officer: Person) -> str:
    """The token of the link that is sent to a commission."""
    links.send(call, kit.commission(kit.country(country)), by=officer)
    return str(Mail.objects.filter(link__contains="/endorse/").latest("pk").link).split("/")[-2]


def _ask_reviewers(world: World) -> None:
    pools = {"member-reviewer": {"group": "member-city", "city": City.objects.get(slug="vila-paz")}}
    gone = {"state": states.LEFT, "reason": "No time."}
    others = {"undeclared": {"declared_at": None}, "left": gone, "secretariat-in-conflict": gone}
    for who in ("reviewer", "member-reviewer", "unassigned", "undeclared", "in-conflict", "left",
                "secretariat-in-conflict"):  # fmt: skip
        facts = pools.get(who) or others.get(who) or {}
        world.readers[who] = kit.reviewer(world.call, world.cast[who], countries=["JP"], **facts)


def _check(world: World, file: Application, officer: Person) -> Iterator[str]:
    with undone():
        until = timezone.now() + dt.timedelta(days=3)
        said = {"places": ["questions/presentation", "endorsement"], "until": until, "reason": "More of the lamps."}
        checking.return_for_completion(file, **said, opened=file.version, by=officer)
        yield "r"
    file.refresh_from_db()
    with undone():
        checking.reject(file, reason="It is a member.", opened=file.version, by=officer)
        yield "i"
    Application.objects.filter(pk=file.pk).update(state=states.ELIGIBLE)
    file.refresh_from_db()


def _evaluation(world: World, file: Application, officer: Person) -> Iterator[str]:
    for who in ("reviewer", "member-reviewer", "undeclared", "in-conflict", "left"):
        kit.assigned(world.readers[who], file)
    Reviewer.objects.filter(person=world.cast["in-conflict"]).update(countries=["PT"])
    conflicts.find(world.call, by=officer)
    world.readers["secretariat-in-conflict"].conflicts.create(application=file, kind="country")
    someone = world.cast["secretariat-in-conflict"]
    Mandate.objects.create(person=someone, role="secretariat", start="2020-01-01")
    team.Authenticator.objects.create(user=someone, type="totp", data={"secret": "-"})
    world.proposal = Proposal.objects.create(call=world.call).pk
    yield "e"
    with undone():
        applications.give_up(file, by=world.cast["owner"])
        yield "w"
    file.refresh_from_db()
    with undone():
        calls.withdraw(world.call, reason="Another year.", by=officer)
        yield "x"
    world.call.refresh_from_db()
    plans.drop(Proposal.objects.get(), by=officer)
    world.proposal = 0
    for who in ("reviewer", "member-reviewer"):
        given = world.readers[who].assignments.get()
        said = {"scores": POINTS, "for_city": "Good lamps.", "in_confidence": "Dim ones, too."}
        reviews.hand_in(given, said, opened=0, by=given.reviewer.person)
        if who == "reviewer":
            yield "j"
    meeting = meetings.set_agenda(world.call, [file], opened=0, by=officer)
    meetings.open(meeting, opened=1, by=officer)
    meetings.go_to(meeting, meeting.items.get(), opened=2, by=officer)
    yield "m"


def _decision(world: World, file: Application) -> Iterator[str]:
    head = world.cast["head"]
    assert head
    scenarios.draw_up(world.call, "The other choice", [], by=head)
    acts.adopt(scenarios.draw_up(world.call, "Lampara", [file.pk], by=head), by=head)
    world.scenario = Scenario.objects.first().pk
    acts.decide(file, True, "Its lamps.", opened=1, by=head)
    texts = ({"en": "New cities", "fr": "Nouvelles villes"}, {"en": "We welcome them.", "fr": "Bienvenue."})
    acts.write_text(world.call, *texts, opened=Announcement.objects.get().version, by=head)
    yield "d"
    with undone():
        announce(world, 1)
        yield "D"
    file.refresh_from_db()
    with undone():
        acts.decide(file, False, "Too few lamps.", opened=2, by=head)
        announce(world, 0)
        yield "N"


def announce(world: World, designations: int) -> None:
    """The head of the network makes known what is decided."""
    given = {"opened": Announcement.objects.get().version, "designations": designations, "below_quorum": True}
    announcing.announce(world.call, **given, by=world.cast["head"])


@contextmanager
def undone() -> Iterator[None]:
    """What happens here has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
