"""Who must not judge whom: found on record, declared, enforced everywhere, and gone when the reason goes."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import assignments, team
from creativecities.calls.actions import conflicts as actions
from creativecities.calls.compute.conflicts import Candidate, Judge, conflicts
from creativecities.calls.models import Application, Assignment, Call, Conflict, Contributor, Review
from creativecities.calls.tests import kit
from creativecities.core import days
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange.tests.factories import initiative, year
from creativecities.network.models import Mandate, NationalCommission
from creativecities.network.tests.factories import CountryFactory, holder, member

few = st.frozensets(st.integers(1, 4), max_size=3)
lands = st.frozensets(st.sampled_from(("PT", "JP", "NP")), max_size=2)
judges = st.builds(Judge, st.just(1), few, lands, few, lands, st.booleans())
candidates = st.builds(Candidate, st.just(9), st.sampled_from(("PT", "JP", "NP")), st.none() | st.integers(1, 4))
ties = st.dictionaries(st.frozensets(st.integers(1, 4), min_size=2, max_size=2), st.just("Lamps"), max_size=4)


@given(judges, candidates, ties)
def test_a_conflict_is_found_if_and_only_if_there_is_a_reason_for_it(judge: Judge, file: Candidate, shared: Any):
    kinds = {kind for _judge, _file, kind in conflicts([judge], [file], {"shared": shared})}
    assert ("file" in kinds) == judge.has_a_file
    assert ("country" in kinds) == (file.country in judge.countries)
    assert ("own-city" in kinds) == (file.city in judge.cities)
    assert ("mandate" in kinds) == (file.country in judge.commissions or file.city in judge.former_cities)
    assert ("shared" in kinds) == any(
        file.city is not None and frozenset((file.city, own)) in shared for own in judge.cities
    )


@pytest.fixture
def call(db: Any, officer: Person) -> Call:
    return kit.published(officer)


@pytest.fixture
def file(call: Call) -> Application:
    """Of Lampara in Portugal, which the network knows from before."""
    one = kit.eligible(call, people.person("Rui Exemplo"))
    Application.objects.filter(pk=one.pk).update(city=member(name="Lampara"))
    one.refresh_from_db()
    return one


def kinds(call: Call, officer: Person) -> list[str]:
    actions.find(call, by=officer)
    return sorted(Conflict.objects.values_list("kind", flat=True))


def japan() -> Any:
    return CountryFactory(iso2="JP")


def test_country_and_mandates_of_any_time_stand_against_a_candidate(call: Call, file: Application, officer: Person):
    ana = kit.reviewer(call, people.person("Ana Exemplo"), countries=["JP"])
    assert kinds(call, officer) == []
    ana.countries = ["JP", "PT"]
    ana.save()
    assert kinds(call, officer) == ["country"]
    ana.countries = ["JP"]
    ana.save()
    assert kinds(call, officer) == [], "it goes when its reason goes"
    ana.person.mandates.create(role="mayor", city=file.city, start="2010-01-01", end="2012-01-01")
    assert kinds(call, officer) == ["country", "mandate"]
    ana.person.mandates.all().delete()
    commission = NationalCommission.objects.get(country=file.country)
    ana.person.mandates.create(role="commission-officer", commission=commission, start="2010-01-01", end="2012-01-01")
    assert kinds(call, officer) == ["country", "mandate"]


def test_ones_own_city_stands_against_it(call: Call, file: Application, officer: Person):
    bruno = holder("focal-point", "Bruno Exemplo", city=file.city)
    kit.reviewer(call, bruno, "member-city", city=file.city, countries=["PT"])
    assert kinds(call, officer) == ["country", "own-city"]


def test_a_shared_initiative_counts_for_the_years_the_call_says(call: Call, file: Application, officer: Person):
    longe = member(name="Longe", country=japan())
    someone = holder("focal-point", "Bruno Exemplo", city=longe)
    kit.reviewer(call, someone, "member-city", city=longe, countries=["JP"])
    old = initiative("Old lamps", lead=longe, partners=(file.city,), **year(days.today().year - 7))
    assert kinds(call, officer) == []
    old.ends_on = days.today() - dt.timedelta(days=300)
    old.save()
    assert kinds(call, officer) == ["shared"]
    assert Conflict.objects.get().detail == "Old lamps"
    Application.objects.update(city=None)
    assert kinds(call, officer) == [], "a candidate without a record shares nothing"


def test_who_works_on_a_file_handed_in_judges_none_of_the_call_and_a_draft_stays_secret(
    call: Call, file: Application, officer: Person
):
    eva = people.person("Eva Exemplo")
    kit.reviewer(call, eva, countries=["JP"])
    draft = kit.begun(call, eva, "Sedia")
    assert kinds(call, officer) == []
    Contributor.objects.create(application=file, person=eva, role="reader")
    assert kinds(call, officer) == ["file"]
    Contributor.objects.exclude(application=draft).delete()
    assert kinds(call, officer) == []


def test_a_file_in_conflict_is_taken_away_at_once_and_declared_conflicts_stay(
    call: Call, file: Application, officer: Person
):
    ana = kit.reviewer(call, people.person("Ana Exemplo"), countries=["JP"])
    given_ = kit.assigned(ana, file)
    actions.find(call, by=officer)
    assert Assignment.objects.get().state == states.OPEN
    ana.person.mandates.create(role="mayor", city=file.city, start="2010-01-01", end="2012-01-01")
    actions.find(call, by=officer)
    given_.refresh_from_db()
    assert given_.state == states.RECUSED
    assert not Event.objects.visible_to(ana.person).exists(), "nothing tells the reviewer"
    Conflict.objects.create(reviewer=ana, application=file, kind="personal", detail="A cousin")
    ana.person.mandates.all().delete()
    assert kinds(call, officer) == ["personal"]


@pytest.mark.django_db
def test_a_review_struck_by_a_wrong_record_counts_again_once_the_record_is_right(
    desk: Any, call: Call, file: Application, officer: Person
):
    ana = kit.reviewer(call, people.person("Ana Exemplo"), countries=["JP"])
    done = kit.assigned(ana, file)
    other = kit.assigned(kit.reviewer(call, countries=["JP"]), file)
    Review.objects.create(assignment=done, call_version=1, handed_in_at=timezone.now())
    Assignment.objects.filter(pk=done.pk).update(state=states.DONE)
    for each in (ana, other.reviewer):
        each.person.mandates.create(role="mayor", city=file.city, start="2010-01-01", end="2012-01-01")
    actions.find(call, by=officer)
    with pytest.raises(Refusal, match="conflict stands"):
        assignments.assign(ana, file, by=officer)
    Mandate.objects.filter(role="mayor").delete()
    actions.find(call, by=officer)
    shown = desk.get(reverse("calls:assigned", args=["2031", file.code])).content.decode()
    assert shown.count("have given it back") == 2
    for each in (done, other):
        address = reverse("calls:assign", args=["2031", file.code])
        assert desk.post(address, {"reviewer": each.reviewer_id}).status_code == 302
        assert desk.post(address, {"reviewer": each.reviewer_id}).status_code == 409
    assert [Assignment.objects.get(pk=each.pk).state for each in (done, other)] == [states.DONE, states.OPEN]
    assert Mail.objects.filter(kind="calls.reviewer.given").count() == 1, "who has handed in has nothing to read"


def test_a_mandate_that_ends_and_a_file_that_is_joined_count_at_once(call: Call, file: Application):
    longe = member(name="Longe", country=japan())
    bruno = holder("focal-point", "Bruno Exemplo", city=longe)
    kit.assigned(kit.reviewer(call, bruno, "member-city", city=longe, countries=["JP"]), file)
    mine = Assignment.objects.visible_to_reviewer(bruno)
    assert mine.exists()
    bruno.mandates.update(end=days.today())
    assert not mine.exists()
    bruno.mandates.update(end=None)
    part = Contributor.objects.create(application=kit.begun(call, people.person(), "Sedia"), person=bruno)
    assert mine.exists(), "a draft competes with nobody"
    Application.objects.filter(pk=part.application_id).update(state=states.SUBMITTED, submitted_at=timezone.now())
    assert not mine.exists()


def test_a_reviewer_who_joins_the_team_of_a_file_loses_theirs(call: Call, file: Application):
    ana, rui = people.person("Ana Exemplo"), file.contributors.get().person
    given_ = kit.assigned(kit.reviewer(call, ana, countries=["JP"]), file)
    asked = {"email": ana.email, "name": ana.name, "language": "en", "role": "reader"}
    accounts.accept(team.invite(file, **asked, by=rui), by=ana)
    given_.refresh_from_db()
    assert (given_.state, Conflict.objects.get().kind) == (states.RECUSED, "file")
