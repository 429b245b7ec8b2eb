"""Conversations: what was written about a thing, all those of a person, and what of them is new."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from creativecities.core import bookmarks
from creativecities.core.desk import Due
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Invitee, Message, Reply
from creativecities.exchange.rules import messages as rules
from creativecities.exchange.rules.messages import Thing
from creativecities.network import rules as network
from creativecities.network.models import City, Mandate
from creativecities.network.queries import mandates

SHOWN = 10
NAMED = 3


@dataclass(frozen=True)
class Conversation:
    """What is written about a thing, the newest first, and between whom."""

    thing: Thing
    sides: list[City]
    said: QuerySet[Message]

    @property
    def mine(self) -> list[City]:
        """The cities in whose name the reader can write."""
        return [city for city in self.sides if city.is_mine]  # type: ignore[attr-defined]

    @property
    def others(self) -> list[City]:
        """Those who read what the reader writes."""
        return [city for city in self.sides if city != self.mine[0]]


def conversation(person: Any, thing: Thing) -> Conversation | None:
    """What is said about a thing; None for who does not take part. One statement, the messages are another."""
    sides = rules.sides(person, thing)
    if not any(city.is_mine for city in sides):  # type: ignore[attr-defined]
        return None
    said = thing.messages.annotate(is_new=_is_new_for(person)).select_related("city")
    return Conversation(thing, sides, said)


def initiative(person: Any, slug: str) -> Initiative | None:
    """An initiative about which this person's teams talk; one that is hidden and one that is missing are None."""
    return Initiative.objects.filter(rules.initiatives_of(network.team_cities(person)), slug=slug).first()


def invitee(person: Any, pk: int) -> Invitee | None:
    """A guest's line of an invitation, for host and guest; one that is hidden and one that is missing are None."""
    found = Invitee.objects.filter(rules.invitees_visible_to(person), pk=pk)
    return found.select_related("invitation__initiative").first()


def thing_of(said: Message) -> Thing:
    """What a message is about."""
    thing = said.reply or said.initiative or said.invitee
    assert thing is not None  # the database holds that it is one of them
    return thing


def title(thing: Thing) -> str:
    """What a conversation is about, in one line."""
    if isinstance(thing, Reply):
        return thing.need.title
    return thing.invitation.initiative.title if isinstance(thing, Invitee) else thing.title


def address(thing: Thing) -> str:
    """Where the thing is read, with what is said about it."""
    if isinstance(thing, Reply):
        return reverse("exchange:received", args=[thing.pk]) + "#conversation"
    if isinstance(thing, Invitee):  # the page of an invitation is that of all guests
        return reverse("exchange:about_invitee", args=[thing.pk]) + "#conversation"
    return reverse("portal:initiative", args=[thing.slug]) + "#conversation"


def whole(thing: Thing) -> str:
    """Where everything that was said is read, and written to."""
    if isinstance(thing, Reply):
        return reverse("exchange:about_reply", args=[thing.pk])
    if isinstance(thing, Invitee):
        return reverse("exchange:about_invitee", args=[thing.pk])
    return reverse("exchange:about_initiative", args=[thing.slug])


def _is_new_for(person: Any) -> Any:
    """Whether a message is of somebody else, still stands and was not read yet."""
    things = ((Reply, "reply_id"), (Initiative, "initiative_id"), (Invitee, "invitee_id"))
    is_new = Q(state=states.SENT) & ~Q(person_id=person.pk)
    for model, column in things:
        is_new &= ~Q(bookmarks.has_read(person, model, column))
    return is_new


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in a list."""

    title: str
    language: str
    url: str
    number: int
    new: int
    at: Any


def of(person: Any, *, only_new: bool = False) -> QuerySet[Message, Any]:
    """The conversations of a person's teams, the latest first, as values that `line` reads."""
    new = Count("pk", filter=_is_new_for(person))
    about = Message.objects.visible_to(person).values(
        "reply_id", "invitee_id", slug=F("initiative__slug"),
        name=Coalesce("reply__need__title", "initiative__title", "invitee__invitation__initiative__title"),
        written_in=Coalesce(
            "reply__need__language", "initiative__language", "invitee__invitation__initiative__language"
        ),
    )  # fmt: skip
    found = about.annotate(number=Count("pk"), new=new, newest=Max("pk"), at=Max("sent_at")).order_by("-newest")
    return found.filter(new__gt=0) if only_new else found


def line(row: dict[str, Any]) -> Line:
    """One of `of`."""
    if row["reply_id"]:
        url = reverse("exchange:received", args=[row["reply_id"]])
    elif row["invitee_id"]:
        url = reverse("exchange:about_invitee", args=[row["invitee_id"]])
    else:
        url = reverse("portal:initiative", args=[row["slug"]])
    return Line(row["name"], row["written_in"], f"{url}#conversation", row["number"], row["new"], row["at"])


def due_for(person: Any) -> Iterable[Due]:
    """What other cities have written since a person last looked, whatever the number. One statement for a team."""
    if not any(one.role in Mandate.TEAM_ROLES for one in mandates.of(person).held):
        return
    lines = [line(row) for row in of(person, only_new=True)]
    if number := sum(each.new for each in lines):
        yield Due(
            title=ngettext("Read %(n)s new message", "Read %(n)s new messages", number) % {"n": number},
            url=lines[0].url if len(lines) == 1 else reverse("exchange:conversations"),
            detail=" · ".join(each.title for each in lines[:NAMED]) + (" …" if len(lines) > NAMED else ""),
        )


def passes_on(mandate: Mandate) -> list[str]:
    """What a successor in a city's team finds: conversations hang on the city, not on the person."""
    if mandate.role not in Mandate.TEAM_ROLES:
        return []
    found = Message.objects.filter(rules.messages_of([mandate.city_id])).order_by()
    number = found.values("reply", "initiative", "invitee").distinct().count()
    said = ngettext("%(n)s conversation with other cities", "%(n)s conversations with other cities", number)
    return [said % {"n": number}] if number else []
