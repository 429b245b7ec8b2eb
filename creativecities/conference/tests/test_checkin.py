"""What phones at doors hand in: kept once, judged knowing all doors, each person counted once a day."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.actions import checkin
from creativecities.conference.actions import doors as acts
from creativecities.conference.compute.scans import Item
from creativecities.conference.models import CheckIn, Delegate, Door, Edition, Scan
from creativecities.conference.queries import attendance
from creativecities.conference.tests import kit
from creativecities.core.actor import Robot
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
OTHER = uuid.UUID(int=2)
HOLDER = Robot("Door")


def sync(door: Door, *items: Item, behind: float = 0) -> list[str]:
    """What the server says of each; `behind` is by how many seconds the phone's clock is slow."""
    found = checkin.sync(door, items, offset=dt.timedelta(seconds=behind), by=HOLDER)
    return [scan.verdict for scan in found]


@pytest.fixture
def edition(db: None) -> Edition:
    return kit.edition(starts_in=0)


@pytest.fixture
def ana(edition: Edition) -> Delegate:
    made = kit.delegate(kit.delegation(edition, team.city()))
    kit.badge(made, "ana")
    return made


@pytest.fixture
def north(edition: Edition) -> Door:
    return kit.door(edition)


@pytest.fixture
def south(edition: Edition) -> Door:
    return kit.door(edition, "South door")


def test_a_badge_that_is_scanned_lets_its_delegate_be_here(ana: Delegate, north: Door) -> None:
    assert sync(north, kit.scan(1, "ana")) == ["accepted"]
    came = CheckIn.objects.get()
    assert (came.delegate, came.door, came.session, came.day) == (ana, north, None, timezone.now().date())


def test_what_comes_twice_counts_once_and_is_answered_alike(ana: Delegate, north: Door) -> None:
    again = kit.scan(1, "ana")
    assert sync(north, again) == sync(north, again) == sync(north, again, again)[:1] == ["accepted"]
    assert Scan.objects.count() == CheckIn.objects.count() == 1
    received = Event.objects.filter(kind="conference.door.synced").order_by("pk").values_list("facts__fresh", flat=True)
    assert list(received) == [1, 0, 0]


def test_a_badge_at_the_same_door_again_is_told_and_counts_once(ana: Delegate, north: Door) -> None:
    assert sync(north, kit.scan(1, "ana"), kit.scan(2, "ana")) == ["accepted", "repeated"]
    assert sync(north, kit.scan(1, "ana", device=OTHER)) == ["repeated"]
    assert CheckIn.objects.count() == 1


def test_across_doors_it_is_a_clash_and_counts_once_from_the_earlier_scan(
    ana: Delegate, north: Door, south: Door
) -> None:
    assert sync(north, kit.scan(1, "ana", ago=60)) == ["accepted"]
    assert sync(south, kit.scan(1, "ana", device=OTHER, ago=3000)) == ["clash"]
    came = CheckIn.objects.get()
    assert came.door == south  # it was handed in later, and had happened before
    assert came.at < timezone.now() - dt.timedelta(seconds=2900)


def test_what_is_taken_back_counts_no_more_and_stays_on_record(ana: Delegate, north: Door) -> None:
    back = kit.scan(2, said="taken-back", undoes=1)
    assert sync(north, kit.scan(1, "ana"), back) == ["accepted", "taken-back"]
    assert not CheckIn.objects.exists()
    assert Scan.objects.count() == 2
    assert sync(north, kit.scan(3, "ana")) == ["accepted"]


def test_what_is_taken_back_later_leaves_the_other_scan_standing(ana: Delegate, north: Door, south: Door) -> None:
    sync(north, kit.scan(1, "ana", ago=60))
    sync(south, kit.scan(1, "ana", device=OTHER))
    assert sync(north, kit.scan(2, said="taken-back", undoes=1)) == ["taken-back"]
    assert CheckIn.objects.get().door == south
    assert sync(south, kit.scan(2, said="taken-back", undoes=1, device=OTHER)) == ["taken-back"]
    assert not CheckIn.objects.exists()


def test_nothing_is_taken_back_twice_nor_what_never_was(ana: Delegate, north: Door) -> None:
    back = kit.scan(2, said="taken-back", undoes=1)
    assert sync(north, kit.scan(1, "ana"), back, kit.scan(3, said="taken-back", undoes=1)) == [
        "accepted", "taken-back", "nothing",
    ]  # fmt: skip
    assert sync(north, kit.scan(4, said="taken-back", undoes=2), kit.scan(5, said="taken-back", undoes=77)) == [
        "nothing", "nothing",
    ]  # fmt: skip


def test_a_forged_code_is_kept_by_its_digest_and_lets_nobody_in(ana: Delegate, north: Door) -> None:
    assert sync(north, kit.scan(1, "made at home", said="unknown")) == ["forged"]
    assert sync(north, kit.scan(2, "made at home too")) == ["forged"]
    assert Scan.objects.filter(delegate=None, badge=None).count() == 2
    assert not CheckIn.objects.exists()


def test_a_badge_of_another_edition_is_none_of_this_one(north: Door) -> None:
    elsewhere = kit.delegate(kit.delegation(kit.edition("2032", number=32), team.city("Nara")))
    kit.badge(elsewhere, "from elsewhere")
    assert sync(north, kit.scan(1, "from elsewhere"), kit.scan(2, code=elsewhere.code)) == ["forged", "forged"]


def test_a_revoked_badge_holds_until_the_moment_it_was_revoked(ana: Delegate, north: Door) -> None:
    ana.badges.update(revoked_at=timezone.now() - dt.timedelta(minutes=10))
    kit.badge(ana, "ana's new one")
    assert sync(north, kit.scan(1, "ana", ago=60)) == ["revoked"]
    assert not CheckIn.objects.exists()
    assert sync(north, kit.scan(2, "ana", ago=1200), kit.scan(3, "ana's new one")) == ["accepted", "repeated"]


def test_who_has_withdrawn_is_kept_out_or_told_of(ana: Delegate, north: Door) -> None:
    Delegate.objects.update(state=states.WITHDRAWN, number=None)
    assert sync(north, kit.scan(1, "ana"), kit.scan(2, "ana", said="refused")) == ["refused", "kept-out"]
    assert not CheckIn.objects.exists()


def test_who_was_turned_away_by_an_old_list_is_told_and_was_not_here(ana: Delegate, north: Door) -> None:
    assert sync(north, kit.scan(1, "ana", said="unknown")) == ["turned-away"]
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("behind", [-7200, -90, 300, 86_400 * 365])
def test_a_wrong_clock_is_corrected_and_both_times_are_kept(ana: Delegate, north: Door, behind: float) -> None:
    shown = timezone.now() - dt.timedelta(seconds=behind + 30)
    sync(north, kit.scan(1, "ana", scanned_at=shown), behind=behind)
    scan = Scan.objects.get()
    assert scan.scanned_at == shown
    assert scan.offset == behind * 1000
    assert abs((timezone.now() - scan.at).total_seconds() - 30) < 10
    assert CheckIn.objects.get().at == scan.at


def test_a_clock_put_right_in_between_does_not_lead_to_another_day(ana: Delegate, north: Door) -> None:
    made = timezone.now() - dt.timedelta(minutes=5)
    ancient, coming = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), timezone.now() + dt.timedelta(days=9)
    sync(north, kit.scan(1, "ana", scanned_at=ancient, list_at=made), kit.scan(2, "ana", scanned_at=coming))
    first, second = Scan.objects.order_by("sequence")
    assert first.at == made
    assert second.at == second.received_at


def test_a_day_is_one_of_the_place(ana: Delegate, edition: Edition, north: Door) -> None:
    Edition.objects.update(zone="Pacific/Kiritimati")  # 14 hours ahead
    north.refresh_from_db()
    sync(north, kit.scan(1, "ana"))
    assert CheckIn.objects.get().day == (timezone.now() + dt.timedelta(hours=14)).date()


def test_a_session_is_counted_beside_the_house(ana: Delegate, edition: Edition, north: Door) -> None:
    opening = kit.session(edition)
    kit.came(north, ana)
    kit.came(kit.door(edition, "Hall", opening), ana)
    assert CheckIn.objects.count() == 2
    assert attendance.of_delegates([ana])[ana.pk].sessions == (opening,)


def test_who_attended_what_is_told_by_delegate_and_by_city(edition: Edition, ana: Delegate, north: Door) -> None:
    late, early = kit.session(edition, "closing", hour=16), kit.session(edition, "opening", hour=9)
    berta = kit.delegate(ana.delegation, name="Berta Exemplo")
    kit.came(kit.door(edition, "Closing", late), ana, berta)
    kit.came(kit.door(edition, "Opening", early), ana)
    city = attendance.of_city(edition, ana.delegation.city)
    assert city.came
    assert [each.slug for each in city.sessions] == ["opening", "closing"]
    assert attendance.of_city(edition, team.city("Nara")).came is False
    assert set(attendance.came(edition)) == {ana, berta}
    assert [each.slug for each in attendance.of_delegates([ana, berta])[berta.pk].sessions] == ["closing"]


def test_the_database_lets_nobody_be_here_twice_a_day(ana: Delegate, edition: Edition, north: Door) -> None:
    hall = kit.door(edition, "Hall", kit.session(edition))
    kit.came(north, ana)
    kit.came(hall, ana)
    for held in CheckIn.objects.all():
        other = Scan.objects.exclude(pk=held.scan_id).first()
        CheckIn.objects.filter(pk=held.pk).update(scan=held.scan_id)
        twin = CheckIn(delegate=ana, session=held.session, day=held.day, door=north, scan=other, at=held.at)
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


def test_doors_are_the_secretariats(edition: Edition) -> None:
    officer, other = team.officer(), team.member(team.city("Nara"))
    door = acts.make(edition, name="West", by=officer)
    first = door.code
    acts.renew(door, by=officer)
    assert Door.objects.get(pk=door.pk).code != first
    acts.close(door, by=officer)
    acts.open(door, by=officer)
    for act in (acts.close, acts.open, acts.renew):
        with pytest.raises(Refusal, match="Secretariat"):
            act(door, by=other)
    with pytest.raises(Refusal, match="already"):
        acts.make(edition, name="West", by=officer)
    assert Door.objects.visible_to(officer).count() == 1
    assert not any(Door.objects.visible_to(each).exists() for each in (other, AnonymousUser()))


def test_a_session_without_a_time_has_no_door(edition: Edition) -> None:
    planned = kit.session(edition, starts_at=None, ends_at=None)
    with pytest.raises(Refusal, match="no time"):
        acts.make(edition, name="Hall", session=planned, by=team.officer())


@pytest.mark.django_db(transaction=True)
def test_five_doors_at_once_lose_nobody_and_count_nobody_twice() -> None:
    edition = kit.edition(starts_in=0)
    sent = kit.delegation(edition, team.city())
    for number in range(12):
        kit.badge(kit.delegate(sent, name=f"N. {number}", number=number + 1), f"t{number}")
    made = [kit.door(edition, f"Door {number}") for number in range(5)]
    start, failed = threading.Barrier(5), []

    def hold(number: int) -> None:
        phone = uuid.UUID(int=100 + number)
        # Every badge is scanned at two doors, and every message arrives twice.
        items = [kit.scan(at, f"t{at}", device=phone) for at in range(12) if at % 5 in (number, (number + 1) % 5)]
        start.wait()
        try:
            for message in (items[:3], items[:3], items[3:], items):
                sync(made[number], *message)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads: list[Any] = [threading.Thread(target=hold, args=[number]) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failed
    assert CheckIn.objects.count() == 12
    verdicts = list(Scan.objects.values_list("verdict", flat=True))
    assert (verdicts.count("accepted"), verdicts.count("clash"), len(verdicts)) == (12, 12, 24)
