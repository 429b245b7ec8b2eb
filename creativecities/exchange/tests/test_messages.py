"""What a message is, held by the database, also when two clicks send it at once."""

import threading
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange.actions import messages as acts
from creativecities.exchange.models import Message
from creativecities.exchange.tests import feast
from creativecities.exchange.tests.factories import initiative, need, reply
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", [{"reply": None}, {"text": ""}, {"state": "lost"}, "initiative", "invitee"])
def test_a_message_is_about_one_thing_and_says_something(wrong: Any):
    answer, lamps = reply(need()), initiative()
    others = {"initiative": lamps, "invitee": feast.sent(lamps, member()).invitees.get()}
    facts = {"reply": answer, "city": answer.city, "text": "A word.", "language": "en", "person_id": 1}
    Message.objects.create(**facts, once=uuid.uuid4())
    changed = {wrong: others[wrong]} if isinstance(wrong, str) else wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**{**facts, "once": uuid.uuid4(), **changed})


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_send_one_message():
    one = reply(need())
    writer, reader = team.member(one.city), team.member(one.to_city)
    once, start, outcomes = uuid.uuid4(), threading.Barrier(2), []

    def click() -> None:
        start.wait()
        try:
            acts.write(one, one.city, text="A word.", language="en", once=once, by=writer)
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _click in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["done", "sent-before"]
    assert Message.objects.count() == Mail.objects.filter(to_person_id=reader.pk).count() == 1
