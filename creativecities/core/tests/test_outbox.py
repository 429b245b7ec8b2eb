"""Mail leaves once, to a real SMTP server on this machine."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from creativecities.core import jobs, outbox
from creativecities.core.actor import Robot
from creativecities.core.models import Event, Mail


def queue(to: str = "mayor@example.org", key: str = "1", **more) -> Mail:
    return outbox.queue(
        **{"kind": "test", "key": key, "to": to, "subject": "Zaproszenie – دعوة", "body": "Text\n", **more}
    )


@pytest.mark.django_db
def test_a_subject_is_one_line_whatever_it_quotes(post_office):
    queue(subject="Lamps\r\nBcc: all@example.org\u2028by the river")
    assert outbox.send_due() == 1
    assert post_office.received[0].rcpt_tos == ["mayor@example.org"]
    assert b"Subject: Lamps Bcc: all@example.org by the river" in post_office.received[0].content


@pytest.mark.django_db
def test_a_mail_is_queued_once_and_delivered_once(post_office):
    first, again = queue(link="https://example.org/x"), queue()
    assert first.pk == again.pk
    assert (outbox.send_due(), outbox.send_due()) == (1, 0)
    envelope = post_office.received[0]
    assert (envelope.rcpt_tos, len(post_office.received)) == (["mayor@example.org"], 1)
    assert b"https://example.org/x" in envelope.content
    assert b"Auto-Submitted: auto-generated" in envelope.content
    mail = Mail.objects.get()
    assert (mail.state, mail.sent_at is not None) == (Mail.SENT, True)


@pytest.mark.django_db
def test_a_mail_leaves_when_its_transaction_ends_and_not_before(post_office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        queue()
        assert post_office.received == []
    assert len(callbacks) == 1
    assert len(post_office.received) == 1


@pytest.mark.django_db
def test_a_refused_recipient_is_tried_again_later_and_given_up_at_last(post_office):
    queue(to="nobody@example.org")
    outbox.send_due()
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.error) == (Mail.WAITING, 1, "SMTPRecipientsRefused")
    assert mail.due_at > timezone.now() + dt.timedelta(minutes=1)
    assert outbox.send_due() == 0
    for _ in range(outbox.MOST_ATTEMPTS):
        Mail.objects.update(due_at=timezone.now())
        outbox.send_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (Mail.FAILED, outbox.MOST_ATTEMPTS)
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["core.mail.returned"] * (outbox.MOST_ATTEMPTS - 1) + ["core.mail.failed"]
    assert "nobody@" not in str(list(Event.objects.values_list("facts", "subject_name")))


@pytest.mark.django_db
def test_one_refused_recipient_does_not_hold_up_the_others(post_office):
    queue(to="nobody@example.org", key="1")
    queue(key="2")
    assert outbox.send_due() == 1


@pytest.mark.django_db
def test_a_server_that_is_away_loses_nothing(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    queue()
    assert outbox.send_due() == 0
    assert Mail.objects.get().error == "ConnectionRefusedError"


@pytest.mark.django_db
def test_a_held_mail_leaves_only_when_an_officer_lets_it(post_office):
    queue(state=Mail.HELD, batch="welcome")
    assert outbox.send_due() == 0
    assert outbox.release("welcome", by=Robot("Officer")) == 1
    assert outbox.send_due() == 1


@pytest.mark.django_db
def test_a_mail_whose_postman_died_is_carried_by_the_next(post_office):
    mail = queue()
    long_ago = timezone.now() - outbox.SENDING_LASTS - dt.timedelta(seconds=1)
    Mail.objects.filter(pk=mail.pk).update(state=Mail.SENDING, due_at=long_ago)
    jobs.carry_mail()
    assert len(post_office.received) == 1


@pytest.mark.django_db(transaction=True)
def test_two_postmen_never_carry_the_same_mail(post_office, database_jobs):
    for number in range(12):
        queue(key=str(number))
    start, sent = threading.Barrier(2), []

    def postman() -> None:
        start.wait()
        sent.append(outbox.send_due())
        connection.close()

    threads = [threading.Thread(target=postman) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(sent) == len(post_office.received) == 12
    assert Mail.objects.filter(state=Mail.SENT).count() == 12


@pytest.mark.django_db
def test_old_sent_mails_are_forgotten_and_waiting_ones_kept():
    old = timezone.now() - dt.timedelta(days=91)
    Mail.objects.create(kind="old", key="old", to_address="a@example.org", subject="S", state=Mail.SENT, sent_at=old)
    queue(key="waits")
    jobs.forget()
    assert list(Mail.objects.values_list("key", flat=True)) == ["waits"]


@pytest.mark.django_db
def test_the_mails_of_a_person_who_leaves_are_forgotten():
    queue(person_id=7)
    outbox.erase_person(7, address="mayor@example.org")
    assert not Mail.objects.exists()
