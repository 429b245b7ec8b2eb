"""What an initiative survives: addresses that must not be fetched, and two who act on it in the same moment."""

import socket
import threading
from typing import Any

import pytest
from django.db import connection

from creativecities.core import freshness
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, states
from creativecities.exchange.models import Initiative
from creativecities.exchange.queries.written import written
from creativecities.exchange.tests.factories import initiative
from creativecities.network.tests import team
from creativecities.network.tests.factories import member
from creativecities.search.jobs import bring_up_to_date

PRIVATE = (
    "https://127.0.0.1/admin",
    "https://169.254.169.254/latest",
    "https://[::1]/",
    "https://localhost.localdomain/",
)


@pytest.mark.django_db
def test_an_address_is_shown_and_never_fetched(client: Any, new_client: Any, monkeypatch: pytest.MonkeyPatch):
    one = initiative(lead=(city := member()), state=states.DRAFT)
    editor = team.sign_in(client, team.member(city))

    def refuse(*where: Any, **_how: Any) -> None:
        raise AssertionError(f"looked for {where}")

    for way in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, way, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    typed = {**written(one), "evidence": "\n".join(PRIVATE), "opened": "1"}
    assert editor.post(f"/initiatives/{one.slug}/edit/", typed).status_code == 302
    assert editor.post(f"/initiatives/{one.slug}/publish/").status_code == 302
    bring_up_to_date()
    freshness.forget()
    text = new_client().get(f"/initiatives/{one.slug}/").content.decode()
    for address in PRIVATE:
        assert f'<a href="{address}" rel="noopener nofollow">' in text


@pytest.mark.django_db(transaction=True)
def test_who_publishes_and_who_edits_in_the_same_moment_both_succeed():
    one = initiative(lead=(city := member()), state=states.DRAFT)
    ana, start, faults = team.member(city), threading.Barrier(2), []

    def run(act: Any) -> None:
        start.wait()
        try:
            act(Initiative.objects.get())
        except Refusal as refusal:
            faults.append(refusal)
        finally:
            connection.close()

    acts = (
        lambda found: actions.publish(found, by=ana),
        lambda found: actions.save_initiative(found, values={"summary": "Two nights."}, opened=1, by=ana),
    )
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not faults
    one.refresh_from_db()
    assert (one.state, one.summary, one.version) == (states.PUBLISHED, "Two nights.", 2)
