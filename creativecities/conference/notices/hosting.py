"""What is told of bids and of votes, to whom, and in which words. Nothing says how a city has voted."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.models import Bid, Vote
from creativecities.conference.queries import editions as queries
from creativecities.core import digests, outbox
from creativecities.core.models import Event
from creativecities.network.models import City, Mandate
from creativecities.network.queries import mandates

SENTENCES: dict[str, str | Promise] = {
    "conference.bid.begun": _("%(actor)s began the bid “%(subject)s” of %(city)s"),
    "conference.bid.saved": _("%(actor)s wrote the bid “%(subject)s”"),
    "conference.bid.asked": _("%(actor)s asked %(city)s to host along: “%(subject)s”"),
    "conference.bid.confirmed": _("%(actor)s confirmed that %(city)s hosts along: “%(subject)s”"),
    "conference.bid.declined": _("%(actor)s said that %(city)s does not host along: “%(subject)s”"),
    "conference.bid.submitted": _("%(actor)s submitted the bid “%(subject)s”"),
    "conference.bid.taken_back": _("%(actor)s took the bid “%(subject)s” back to write on"),
    "conference.bid.admitted": _("%(actor)s found the bid “%(subject)s” eligible"),
    "conference.bid.rejected": _("%(actor)s found the bid “%(subject)s” not eligible"),
    "conference.bid.presented": _("%(actor)s presented the bid “%(subject)s”"),
    "conference.bid.withdrawn": _("%(actor)s withdrew the bid “%(subject)s”"),
    "conference.vote.called": _("%(actor)s called the vote %(subject)s; fingerprint of the draw: %(commitment)s"),
    "conference.vote.cast": _("%(actor)s voted for %(city)s"),
    "conference.vote.decided": _("The vote %(subject)s is decided: %(winner)s"),
    "conference.vote.tied": _("The vote %(subject)s is tied; fingerprint of the ballots: %(digest)s"),
    "conference.vote.failed": _("The vote %(subject)s has no result; fingerprint of the ballots: %(digest)s"),
    "conference.vote.reminded": _("%(number)s people were reminded to vote for their city"),
    "conference.vote.told": _("%(number)s people were told what came of a vote"),
}


_OF_BIDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "asked": (
        _("Does %(city)s host along? %(title)s"),
        _(
            "%(city)s is asked to host the annual conference together with others: “%(title)s”.\n\n"
            "The mayor, the mayor’s representative or the focal point confirms it or declines."
        ),
    ),
    "admitted": (
        _("The bid is eligible: %(title)s"),
        _("The Secretariat has checked “%(title)s”.\n\nReason: %(reason)s"),
    ),
    "rejected": (
        _("The bid is not eligible: %(title)s"),
        _("The Secretariat has checked “%(title)s”.\n\nReason: %(reason)s"),
    ),
}


def asked(bid: Bid, city: City) -> None:
    """Ask those who speak for a city whether it hosts along."""
    _say(bid, "asked", f"bid-asked-{bid.pk}-{city.pk}", [city])


def checked(bid: Bid, event: Event) -> None:
    """Tell the teams of a bid what the check found."""
    cities = [each.city for each in bid.cities.select_related("city")]
    _say(bid, event.kind.rpartition(".")[2], f"bid-checked-{event.pk}", cities)


def _say(bid: Bid, what: str, key: str, cities: list[City]) -> None:
    subject, body = _OF_BIDS[what]
    words = {"title": bid.title, "reason": bid.reason, "city": ", ".join(city.name for city in cities)}
    for person in mandates.speakers(*cities):
        with override(person.language):
            outbox.queue(
                kind=f"conference.bid.{what}",
                key=f"{key}-{person.pk}",
                to=person.email,
                person_id=person.pk,
                language=person.language,
                subject=str(subject) % words,
                body=str(body) % words,
                link=settings.SITE["url"] + reverse("conference:bid", args=[bid.edition.slug, bid.code]),
            )


def _vote_page(vote: Vote) -> str:
    return f"{settings.SITE['url']}{reverse('conference:vote', args=[vote.edition.slug, vote.number])}"


def remind(vote: Vote, mandate: Mandate, number: int) -> None:
    """Remind somebody that their city has not voted."""
    person = mandate.person
    with override(person.language):
        words = {
            "city": str(mandate.city), "title": str(queries.shown(vote.edition).title),
            "day": date_format(vote.closes_at, "DATETIME_FORMAT"),
        }  # fmt: skip
        outbox.queue(
            kind="conference.vote.reminded",
            key=f"vote-reminded-{vote.pk}-{number}-{mandate.city_id}-{person.pk}",
            to=person.email,
            person_id=person.pk,
            language=person.language,
            subject=str(_("%(city)s has not voted yet: %(title)s")) % words,
            body=str(_("The vote on who hosts “%(title)s” closes on %(day)s (UTC). %(city)s has one vote.")) % words,
            link=_vote_page(vote),
        )


def closed(vote: Vote, person: Person) -> None:
    """Tell somebody what came of a vote, at the rhythm they have chosen."""
    with override(person.language):
        words = {
            "title": str(queries.shown(vote.edition).title),
            "winner": vote.winner.title if vote.winner else "",
        }
        subject, body = {
            states.DECIDED: (
                _("The host is chosen: %(title)s"),
                _("The member cities have voted on who hosts “%(title)s”: “%(winner)s”."),
            ),
            states.TIED: (
                _("The vote is tied: %(title)s"),
                _("The vote on who hosts “%(title)s” is tied. How it goes on stands on its page."),
            ),
        }.get(
            vote.state,
            (
                _("The vote has no result: %(title)s"),
                _("The vote on who hosts “%(title)s” has no result: too few cities have voted."),
            ),
        )
        digests.notify(
            person,
            kind="conference.vote.told",
            key=f"vote-told-{vote.pk}-{vote.state}-{person.pk}",
            subject=str(subject) % words,
            body=str(body) % words,
            link=_vote_page(vote),
        )
