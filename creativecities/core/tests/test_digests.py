"""Notices that can wait leave as one mail at the rhythm a person has chosen."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from creativecities.core import digests, outbox
from creativecities.core.action import action, record
from creativecities.core.actor import Actor, Robot
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal

PARIS = "Europe/Paris"


def person(rhythm: str, **more) -> SimpleNamespace:
    own = {"pk": 7, "email": "ana@example.org", "language": "en", "time_zone": "UTC", "rhythm": rhythm}
    return SimpleNamespace(**{**own, **more})


@action(quiet=True)
def tell(whom, number: int = 1, *, by: Actor, **words: str) -> None:
    for each in range(number):
        own = {"key": f"{whom.pk}-{each}", "subject": f"Notice {each}", "link": f"https://a.test/{each}", **words}
        digests.notify(whom, kind="test", body="Text", **own)
    record("core.test", Mail(pk=0), by=by)


def told(whom, number: int = 1, **words: str) -> list[Mail]:
    tell(whom, number, by=Robot("Test"), **words)
    return list(Mail.objects.filter(kind="test"))


def morning_has_come() -> None:
    Mail.objects.filter(state=Mail.GATHERED).update(due_at=timezone.now())


@pytest.mark.parametrize(
    ("now", "zone", "rhythm", "morning"),
    [
        ("2026-11-21T06:59Z", "UTC", "daily", "2026-11-21T07:00Z"),
        ("2026-11-21T07:00Z", "UTC", "daily", "2026-11-22T07:00Z"),
        ("2026-11-21T23:30Z", PARIS, "daily", "2026-11-22T06:00Z"),
        ("2026-11-21T12:00Z", "UTC", "weekly", "2026-11-23T07:00Z"),
        ("2026-11-23T07:00Z", "UTC", "weekly", "2026-11-30T07:00Z"),
        ("2026-03-28T12:00Z", PARIS, "daily", "2026-03-29T05:00Z"),  # the night the clocks go forward
    ],
)
def test_a_digest_comes_in_the_morning_where_the_person_lives(now, zone, rhythm, morning):
    found = digests.next_morning(dt.datetime.fromisoformat(now), zone, rhythm)
    assert found == dt.datetime.fromisoformat(morning)


@pytest.mark.django_db
class TestNotices:
    def test_at_once_is_a_mail_of_its_own(self):
        (mail,) = told(person("at-once"))
        assert (mail.state, mail.due_at <= timezone.now()) == (Mail.WAITING, True)

    def test_never_is_never(self):
        assert told(person("never")) == []

    def test_what_waits_leaves_as_one_mail(self):
        told(person("daily"), 3)
        assert digests.send_due() == 0  # not before the morning
        morning_has_come()
        assert (digests.send_due(), digests.send_due()) == (1, 0)
        digest = Mail.objects.get(kind="core.digest")
        assert (digest.state, digest.to_address, digest.to_person_id) == (Mail.WAITING, "ana@example.org", 7)
        assert digest.subject.startswith("3 notices from ")
        assert digest.body.index("Notice 2\n  https://a.test/2") < digest.body.index("Notice 0")
        assert digest.link.endswith("/desk/")
        assert not Mail.objects.filter(kind="test").exclude(state=Mail.SENT, sent_at__isnull=False).exists()

    def test_very_many_are_cut_and_counted(self):
        told(person("weekly"), digests.MOST + 5)
        morning_has_come()
        digests.send_due()
        body = Mail.objects.get(kind="core.digest").body
        assert "and 5 more" in body
        assert "https://a.test/5\n" in body
        assert "https://a.test/4\n" not in body

    def test_the_same_told_again_is_one_line_with_its_number(self):
        for number in range(digests.MOST + 1):
            told(person("daily"), subject="Pedra writes", link="https://a.test/7", key=f"same-{number}")
        told(person("daily"), 2)
        morning_has_come()
        digests.send_due()
        digest = Mail.objects.get(kind="core.digest")
        assert digest.subject.startswith("23 notices")
        assert digest.body.count("https://a.test/7") == 1
        assert "– Pedra writes (21)\n" in digest.body
        assert "– Notice 1\n" in digest.body
        assert "more" not in digest.body

    @pytest.mark.parametrize("taken", ["all", "one"])
    def test_who_was_faster_with_one_person_does_not_keep_the_others_waiting(self, monkeypatch, taken):
        told(person("daily"), 2)
        told(person("daily", pk=8, email="bo@example.org"))
        morning_has_come()
        take = outbox.take_gathered

        def too_late(person_id, *, by):
            if person_id == 7:
                stolen = list(Mail.objects.filter(to_person_id=7, state=Mail.GATHERED))
                if taken == "one":
                    raise Refusal("Somebody was faster")
                Mail.objects.filter(pk__in=[one.pk for one in stolen]).update(state=Mail.SENT, sent_at=timezone.now())
            return take(person_id, by=by)

        monkeypatch.setattr(outbox, "take_gathered", too_late)
        assert digests.send_due() == 1
        assert Mail.objects.get(kind="core.digest").to_address == "bo@example.org"

    def test_each_person_gets_their_own_in_their_language(self):
        told(person("daily"))
        told(person("daily", pk=8, email="bo@example.org", language="fr"))
        morning_has_come()
        assert digests.send_due() == 2
        mine, other = Mail.objects.filter(kind="core.digest").order_by("to_person_id")
        assert "Notice 0" in mine.body
        assert "notice" in mine.subject
        assert other.to_address == "bo@example.org"
        assert other.subject != mine.subject

    def test_one_that_comes_later_waits_for_the_next_morning(self):
        told(person("daily"))
        morning_has_come()
        tell(person("daily", pk=7), 2, by=Robot("Test"))
        digests.send_due()
        assert Mail.objects.get(state=Mail.GATHERED).key == "7-1"
