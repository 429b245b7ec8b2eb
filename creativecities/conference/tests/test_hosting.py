"""Cities bid to host an edition, alone or together; the Secretariat checks, then all bids are presented at once."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.actions import bids as actions
from creativecities.conference.models import Bid, BidCity, Edition
from creativecities.conference.tests import kit
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.actions.cities import Conflict
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
CRITERIA = [
    {"key": "hall", "label": {"en": "Which hall?"}, "guidance": {}, "kind": "line", "is_required": True},
    {"key": "site", "label": {"en": "A page about it"}, "guidance": {}, "kind": "link", "is_required": False},
    {"key": "trams", "label": {"en": "Are there trams?"}, "guidance": {}, "kind": "yes-no", "is_required": False},
]
PAGE = "/conference/2031/hosting/"
DESK = "/secretariat/conference/2031/hosting/"


def searched(*, hours: int = 48, **facts: Any) -> Edition:
    """An edition for which cities bid until some hours from now."""
    given = kit.settings()
    until = (timezone.now() + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
    given["hosting"] |= {"bids_until": until, **facts}
    given["criteria"] = CRITERIA
    return kit.edition("2031", zone="UTC", settings=given)


def a_bid(edition: Edition, city: Any, by: Any, title: str = "Come to us") -> Bid:
    bid = actions.begin(edition, city, title=title, language="en", by=by)
    values = {"title": title, "language": "en", "answers": {"hall": "The old hall", "site": "", "trams": True}}
    actions.save(bid, values=values, opened=1, by=by)
    return bid


def presented(edition: Edition, *names: str) -> list[Bid]:
    """Bids of cities with these names, as everybody reads them."""
    officer, found = team.officer("Presenting Officer"), []
    for name in names:
        city = team.city(name)
        focal = team.member(city)
        bid = a_bid(edition, city, focal, title=f"Come to {name}")
        actions.submit(bid, by=focal)
        actions.check(bid, is_eligible=True, reason="Complete", by=officer)
        found.append(bid)
    actions.present(edition, by=officer)
    for bid in found:
        bid.refresh_from_db()
    return found


def test_a_bid_goes_from_its_team_to_everybody(client: Any, new_client: Any):
    edition, city = searched(), team.city()
    focal, visitor = team.sign_in(client, team.member(city)), new_client()
    assert "Begin a bid" in focal.get(PAGE).content.decode()
    assert "Begin a bid" not in visitor.get(PAGE).content.decode()
    answer = focal.post(f"{PAGE}begin/", {"city": city.slug, "title": "Come to us"})
    bid = Bid.objects.get()
    assert answer.url == f"{PAGE}bids/{bid.code}/edit/"
    form = {"opened": "1", "title": "Come to us", "language": "en", "answers_hall": "", "answers_site": "ftp://x"}
    assert focal.post(answer.url, form).status_code == 422
    form |= {"answers_hall": "The old hall", "answers_site": "https://example.org/"}
    assert focal.post(answer.url, form).status_code == 302
    assert visitor.get(f"{PAGE}bids/{bid.code}/").status_code == 404
    assert focal.post(f"{PAGE}bids/{bid.code}/submit/").status_code == 302
    officer = team.sign_in(new_client(), team.officer())
    assert "The old hall" in officer.get(f"{DESK}bids/{bid.code}/").content.decode()
    assert officer.post(f"{DESK}bids/{bid.code}/", {"is_eligible": "yes"}).status_code == 422
    officer.post(f"{DESK}bids/{bid.code}/", {"is_eligible": "yes", "reason": "All is there"})
    assert Mail.objects.get(kind="conference.bid.admitted").body.count("All is there") == 1
    assert visitor.get(f"{PAGE}bids/{bid.code}/").status_code == 404
    officer.post(f"{DESK}present/")
    text = visitor.get(f"{PAGE}bids/{bid.code}/").content.decode()
    assert "The old hall" in text
    assert "All is there" not in text
    assert "Come to us" in visitor.get(PAGE).content.decode()
    assert f'href="{PAGE}"' in visitor.get(f"/conference/{edition.slug}/").content.decode()


def test_before_a_host_is_looked_for_there_is_no_such_page(client: Any):
    kit.edition("2031")
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/conference/2031/").content.decode()


def test_hidden_and_missing_bids_are_the_same(client: Any, new_client: Any):
    edition, city = searched(), team.city()
    bid = a_bid(edition, city, team.member(city))
    stranger = team.sign_in(client, team.member(team.city("Nara")))
    for someone in (stranger, new_client(), team.sign_in(new_client(), team.officer())):
        hidden, missing = someone.get(f"{PAGE}bids/{bid.code}/"), someone.get(f"{PAGE}bids/none/")
        assert hidden.status_code == missing.status_code == 404
    assert stranger.post(f"{PAGE}bids/{bid.code}/submit/").status_code == 404


def test_a_joint_bid_is_submitted_when_every_host_has_confirmed_by_mandate():
    edition, home, away = searched(), team.city(), team.city("Nara")
    focal, mayor, contact = team.member(home), team.member(away, role="mayor"), team.member(away, "C", "focal-point")
    bid = a_bid(edition, home, focal)
    actions.ask(bid, away, by=focal)
    assert Mail.objects.filter(kind="conference.bid.asked", to_address=contact.email).count() == 1
    bid = Bid.objects.get()
    with pytest.raises(Refusal, match="Not confirmed yet: Nara"):
        actions.submit(bid, by=focal)
    part = BidCity.objects.get(city=away)
    helper = team.member(away, role="alternative-contact")
    for nobody in (focal, helper, team.officer()):
        with pytest.raises(Refusal, match="Only the mayor"):
            actions.confirm(part, by=nobody)
    actions.confirm(part, by=mayor)
    actions.submit(Bid.objects.get(), by=focal)
    assert Bid.objects.get().state == states.SUBMITTED


def test_a_city_stands_in_one_bid():
    edition, home, away = searched(), team.city(), team.city("Nara")
    focal, other = team.member(home), team.member(away)
    bid = a_bid(edition, home, focal)
    a_bid(edition, away, other)
    with pytest.raises(Refusal, match="stands in a bid for this edition already"):
        actions.ask(bid, away, by=focal)
    with pytest.raises(Refusal, match="stands in a bid for this edition already"):
        actions.begin(edition, home, title="Again", language="en", by=focal)


def test_a_city_that_declines_is_free_again():
    edition, home, away = searched(), team.city(), team.city("Nara")
    focal, other = team.member(home), team.member(away)
    bid = a_bid(edition, home, focal)
    actions.ask(bid, away, by=focal)
    actions.decline(BidCity.objects.get(city=away), by=other)
    a_bid(edition, away, other)
    actions.submit(Bid.objects.get(pk=bid.pk), by=focal)


def test_two_of_a_team_write_and_nothing_is_lost():
    edition, city = searched(), team.city()
    focal, helper = team.member(city), team.member(city, role="alternative-contact")
    bid = a_bid(edition, city, focal)
    values = {"title": "Ours", "language": "en", "answers": {"hall": "Another"}}
    with pytest.raises(Conflict):
        actions.save(bid, values=values, opened=1, by=helper)
    actions.save(bid, values=values, opened=2, by=helper)
    with pytest.raises(Refusal, match="Only the mayor"):
        actions.submit(bid, by=helper)


def test_what_is_not_answered_or_late_is_not_submitted():
    edition, city = searched(), team.city()
    focal = team.member(city)
    bid = actions.begin(edition, city, title="Empty", language="en", by=focal)
    with pytest.raises(Refusal, match="must be answered"):
        actions.submit(bid, by=focal)
    Edition.objects.update(settings=searched_until_yesterday(edition))
    late = Bid.objects.get()
    for act in (lambda: actions.submit(late, by=focal), lambda: actions.save(late, values={}, opened=1, by=focal)):
        with pytest.raises(Refusal, match="has passed"):
            act()


def searched_until_yesterday(edition: Edition) -> dict[str, Any]:
    edition.settings["hosting"]["bids_until"] = (timezone.now() - dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    return dict(edition.settings)


def test_a_city_that_has_left_does_not_bid():
    edition, city = searched(), team.city()
    focal = team.member(city)
    city.memberships.update(end=timezone.now().date())
    with pytest.raises(Refusal, match="no longer"):
        actions.begin(edition, city, title="Too late", language="en", by=focal)


def test_bids_are_presented_all_at_once():
    edition, officer = searched(), team.officer()
    bids = []
    for name in ("Kobe", "Nara"):
        city = team.city(name)
        focal = team.member(city)
        bids.append(a_bid(edition, city, focal))
        actions.submit(bids[-1], by=focal)
    actions.check(bids[0], is_eligible=True, reason="Complete", by=officer)
    with pytest.raises(Refusal, match="not checked yet"):
        actions.present(edition, by=officer)
    actions.check(bids[1], is_eligible=False, reason="No hall", by=officer)
    assert actions.present(edition, by=officer) == 1
    assert sorted(Bid.objects.values_list("state", flat=True)) == ["ineligible", "presented"]


def test_the_page_asks_five_statements_for_three_bids_as_for_one(client: Any, django_assert_max_num_queries: Any):
    presented(searched(), "Kobe", "Nara", "Uji")
    with django_assert_max_num_queries(5):
        assert client.get(PAGE).status_code == 200


def test_after_it_has_withdrawn_a_city_begins_again_or_hosts_along_with_another():
    edition, home, away = searched(), team.city(), team.city("Nara")
    focal, other = team.member(home), team.member(away)
    first = a_bid(edition, home, focal)
    actions.withdraw(first, by=focal)
    assert first.cities.get().city == home
    theirs = a_bid(edition, away, other)
    actions.ask(theirs, home, by=other)
    actions.decline(BidCity.objects.get(city=home, bid=theirs), by=focal)
    again = a_bid(edition, home, focal)
    assert (again.state, Bid.objects.get(pk=first.pk).state) == (states.DRAFT, states.WITHDRAWN)
    with pytest.raises(Refusal, match="stands in a bid for this edition already"):
        actions.begin(edition, home, title="Again", language="en", by=focal)
