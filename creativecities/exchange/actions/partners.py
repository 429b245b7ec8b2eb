"""Which cities an initiative names as partners, and what they answer."""

from creativecities.accounts.models import Person
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.exchange import notices, rules, states
from creativecities.exchange.actions.suggestions import follow
from creativecities.exchange.models import Initiative, Partner, Reply
from creativecities.network.models import City

ASKED = "exchange.partner.asked"


@action
def confirm(part: Partner, *, by: Person) -> Event:
    """Say in a city's name that it takes part, and tell those that own the initiative."""
    if refusal := rules.confirm(by, part):
        raise refusal
    event = _answer(part, "confirm", by=by)
    follow("agree", part.lead, part.city, by=by)
    return event


@action
def decline(part: Partner, *, by: Person) -> Event:
    """Say in a city's name that it does not take part, and tell those that own the initiative."""
    if refusal := rules.decline(by, part):
        raise refusal
    event = _answer(part, "decline", by=by)
    follow("stay_away", part.lead, part.city, by=by)
    return event


def _answer(part: Partner, verb: str, *, by: Person) -> Event:
    """What a city says here it says by itself: no invitation takes that back."""
    event = move(part, verb, by=by, city=part.city.name, initiative=part.initiative.title)
    said = {"person_id": by.pk, "person_name": by.name}
    Partner.objects.filter(pk=part.pk).update(at=event.at, invitation=None, **said)
    notices.answered(part, event=event, by=by)
    return event


@step
def join(one: Initiative, answer: Reply, *, by: Person) -> None:
    """Let the city whose reply was accepted own an initiative together with its lead: by replying it has confirmed.

    One that had come by an invitation stays by its reply from now on.
    """
    part, _is_new = Partner.objects.get_or_create(initiative=one, city=answer.city, defaults={"lead": one.lead})
    if part.state != states.CONFIRMED:
        event = move(part, "confirm", by=by, city=answer.city.name, initiative=str(one))
        notices.answered(part, event=event, by=by)
    Partner.objects.filter(pk=part.pk).update(
        owns=True, invitation=None, at=answer.sent_at, person_id=answer.person_id, person_name=answer.person_name
    )


@step
def name_partners(one: Initiative, wanted: list[str], *, by: Person) -> None:
    """Let an initiative name these cities, by slug, as its partners: new ones are asked, others are let go.

    Raises Refusal for a city that is no member, leads itself or has declined, and when one that confirmed would go.
    """
    held = {part.city.slug: part for part in one.parts.select_related("city")}
    for slug, part in held.items():
        if slug not in wanted and part.state != states.DECLINED and part.invitation_id is None:
            _let_go(part, by=by)
    new = [slug for slug in dict.fromkeys(wanted) if slug not in held or held[slug].state == states.DECLINED]
    cities = {city.slug: city for city in City.objects.filter(slug__in=new)}
    for slug in new:
        if (city := cities.get(slug)) is None:
            raise rules.no_member()
        if refusal := rules.name_partner(one, city, held.get(slug)):
            raise refusal
        part = Partner.objects.create(initiative=one, city=city, lead=one.lead, state=states.ASKED)
        if one.state == states.PUBLISHED:
            _ask(part, by=by)


def _let_go(part: Partner, *, by: Person) -> None:
    """One conditional DELETE: a city that confirms at the same moment stays."""
    if not Partner.objects.filter(pk=part.pk, state__in=(states.ASKED, states.NAMED)).delete()[0]:
        raise rules.keep_partner(part)
    if part.initiative.state == states.PUBLISHED:
        record("exchange.partner.let_go", part, by=by, city=part.city.name, initiative=part.initiative.title)
        follow("let_go", part.lead, part.city, by=by)


@step
def ask_all(one: Initiative, *, by: Person) -> None:
    """Ask the cities that were named while nobody could read it."""
    for part in one.parts.filter(state=states.ASKED).select_related("city", "initiative", "lead"):
        _ask(part, by=by)


def _ask(part: Partner, *, by: Person) -> None:
    """By mail, only once however often the initiative is published."""
    if not Event.objects.about(part).filter(kind=ASKED).exists():
        notices.asked(part)
        record(ASKED, part, by=by, city=part.city.name, initiative=part.initiative.title)
        follow("write", part.lead, part.city, by=by)
