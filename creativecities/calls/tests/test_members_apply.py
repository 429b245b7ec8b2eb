"""Where a call lets member cities apply, one that is designated goes on in another field."""

import pytest

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import announcing
from creativecities.calls.actions import decisions as acts
from creativecities.calls.models import Announcement, Application, Call
from creativecities.calls.queries import standing
from creativecities.calls.tests import kit
from creativecities.core import days
from creativecities.exchange.models import Initiative
from creativecities.network.models import Buddy, City, Membership, ReportDue
from creativecities.network.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(officer: Person) -> Call:
    """Closed; members may apply."""
    made = kit.published(officer)
    version = made.versions.get()
    version.definition["rules"]["members_may_apply"] = True
    version.save()
    return made


def prepared(call: Call, by: Person) -> Application:
    """The file of Lampara, for design, to be designated."""
    one = kit.eligible(call, people.person())
    kit.closed(call)
    call.refresh_from_db()
    acts.decide(one, True, "Its lamps.", opened=0, by=by)
    acts.write_text(call, {"en": "New cities of lamps"}, {"en": ""}, opened=Announcement.objects.get().version, by=by)
    return one


def member(field: str) -> City:
    """The same city, as the network knows it, by the name in its own script."""
    city: City = factories.member(name="Lámpara", country=kit.country(), field=field, year=2010)
    return city


def test_it_goes_on_in_the_field_it_applied_for_and_is_counted_once(call: Call, head: Person):
    one, city = prepared(call, head), member("film")
    drawn = standing.standing(call, Application.objects.all())
    assert drawn.hinders == []
    assert drawn.table.drawn(drawn.chosen).board.cities.new == 0
    opened = Announcement.objects.get().version
    announcing.announce(call, opened=opened, designations=1, below_quorum=True, by=head)
    held = list(Membership.objects.filter(city=city).values_list("field", "end"))
    assert held == [("film", days.today()), ("design", None)]
    one.refresh_from_db()
    assert one.city == city
    assert Initiative.objects.filter(lead=city).exists()
    assert not ReportDue.objects.filter(city=city).exists()  # the day that stands since it joined is left alone
    assert not Buddy.objects.filter(city=city).exists()


def test_a_member_of_the_same_field_hinders_the_announcement_by_name(call: Call, head: Person):
    prepared(call, head)
    member("design")
    words = "These are members already, and a member is not designated again: Lampara."
    assert standing.standing(call, Application.objects.all()).hinders == [words]
