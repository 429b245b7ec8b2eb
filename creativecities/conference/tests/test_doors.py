"""Doors over HTTP: the page of a phone, its list, what it hands in, the paper list, the board and announcements."""

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

import pytest
from django.utils import timezone

from creativecities.conference import states
from creativecities.conference.formats import doors as formats
from creativecities.conference.models import CheckIn, Delegate, Door, Edition, Scan
from creativecities.conference.queries import attendance
from creativecities.conference.tests import kit
from creativecities.core import pdf
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PHONE = str(uuid.UUID(int=7))


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


def ms(at: dt.datetime | None = None) -> int:
    return int((at or timezone.now()).timestamp() * 1000)


def seen(number: int, token: str = "", said: str = "admitted", **facts: Any) -> dict[str, Any]:
    given = {"digest": formats.digest_of(token)} if token else {}
    return {"n": number, "at": ms(), "said": said, "list": "", **given, **facts}


def send(client: Any, door: Door, *scans: dict[str, Any], **message: Any) -> Any:
    body = {"device": PHONE, "now": ms(), "have": {}, "scans": scans, **message}
    return client.post(f"/door/{door.code}/sync", body, content_type="application/json")


def people(answer: Any) -> list[dict[str, Any]]:
    return [one for leaf in answer.json()["list"]["leaves"].values() for one in json.loads(leaf)]


def test_the_page_says_nothing_of_anybody_and_is_kept_by_nobody(client: Any, ana: Delegate, north: Door) -> None:
    page = client.get(f"/door/{north.code}/")
    assert page.status_code == 200
    assert ana.name not in page.content.decode()
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    assert client.get(f"/ar/door/{north.code}/").status_code == 200


def test_another_address_opens_nothing(client: Any, north: Door) -> None:
    for path in ("", "worker.js", "manifest.webmanifest", "paper/"):
        assert client.get(f"/door/{north.code[:-1]}/{path}").status_code == 404
    assert client.get(f"/door/{north.code}/sync").status_code == 405
    north.code = "guessed"
    assert send(client, north).status_code == 404


def test_the_worker_keeps_the_page_and_its_files_and_nothing_else(client: Any, north: Door) -> None:
    script = client.get(f"/door/{north.code}/worker.js")
    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    shell = json.loads(script.content.decode().split("self.SHELL = ")[1].split(";\n")[0])
    assert shell["page"] == f"/door/{north.code}/"
    assert all(file == shell["page"] or file.startswith("/static/") for file in shell["files"])
    assert client.get(f"/door/{north.code}/manifest.webmanifest").json()["scope"] == shell["page"]


def test_the_list_holds_what_a_door_needs_and_no_token(client: Any, ana: Delegate, north: Door) -> None:
    answer = send(client, north)
    assert answer["Cache-Control"] == "private, no-store"
    (one,) = people(answer)
    assert one == {"c": ana.code, "n": "Ana Exemplo", "s": "Kobe", "r": "Expert", "b": formats.digest_of("ana")}
    assert '"ana"' not in answer.content.decode()


def test_the_list_is_proved_by_its_digest_and_stamped_for_its_door(client: Any, ana: Delegate, north: Door) -> None:
    given = send(client, north).json()["list"]
    lines = [f"{leaf}:{hashlib.sha256(text.encode()).hexdigest()}" for leaf, text in sorted(given["leaves"].items())]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == given["digest"]
    assert formats.stamped_at(north, given["stamp"])
    assert formats.stamped_at(kit.door(north.edition, "South"), given["stamp"]) is None
    assert formats.stamped_at(north, given["stamp"][:-2]) is None


def test_only_what_has_changed_travels(client: Any, ana: Delegate, north: Door) -> None:
    first = send(client, north).json()["list"]
    have = {leaf: formats.digest_of(text)[:16] for leaf, text in first["leaves"].items()}
    assert send(client, north, have=have).json()["list"]["leaves"] == {}
    changed = send(client, north, seen(1, "ana"), have=have).json()["list"]["leaves"]
    assert list(changed) == [ana.code[:2]]
    assert json.loads(changed[ana.code[:2]])[0]["in"][1] == north.name
    Delegate.objects.filter(pk=ana.pk).delete()
    assert send(client, north, have=have).json()["list"]["gone"] == [ana.code[:2]]


def test_a_scan_is_answered_and_a_repeated_message_alike(client: Any, ana: Delegate, north: Door) -> None:
    stamp = send(client, north).json()["list"]["stamp"]
    scan = seen(1, "ana", list=stamp)
    for _time in range(2):
        assert send(client, north, scan).json()["answers"] == [[1, "accepted"]]
    assert send(client, north, seen(2, code=ana.code), seen(3, "forged", "unknown")).json()["answers"] == [
        [2, "repeated"], [3, "forged"],
    ]  # fmt: skip
    assert Scan.objects.get(sequence=1).list_at
    assert Scan.objects.get(sequence=2).list_at is None
    assert CheckIn.objects.count() == 1


def test_the_clock_of_the_phone_is_measured_at_each_message(client: Any, ana: Delegate, north: Door) -> None:
    slow = timezone.now() - dt.timedelta(hours=5)
    send(client, north, seen(1, "ana", at=ms(slow)), now=ms(slow))
    scan = Scan.objects.get()
    assert abs(scan.offset - 5 * 3_600_000) < 5000
    assert abs((scan.at - timezone.now()).total_seconds()) < 5


def test_a_closed_door_gives_no_names_and_still_takes_what_waits(client: Any, ana: Delegate, north: Door) -> None:
    Door.objects.update(state=states.CLOSED)
    answer = send(client, north, seen(1, "ana")).json()
    assert answer["list"] is None
    assert answer["answers"] == [[1, "accepted"]]
    assert client.get(f"/door/{north.code}/paper/").status_code == 410


def test_after_the_edition_no_door_gives_names(client: Any, ana: Delegate, north: Door) -> None:
    ended = timezone.now().date() - dt.timedelta(days=2)
    Edition.objects.update(starts_on=ended - dt.timedelta(days=3), last_day=ended)
    assert send(client, north).json()["list"] is None
    assert client.get(f"/door/{north.code}/paper/").status_code == 410


@pytest.mark.parametrize(
    "message",
    [
        {"device": "no phone"}, {"now": "late"}, {"now": 10**30}, {"have": []}, {"scans": {}}, {"scans": [[]]},
        {"scans": [seen(0)]}, {"scans": [seen(1, said="hello")]}, {"scans": [seen(1, said="taken-back")]},
        {"scans": [seen(2**31)]}, {"scans": [seen(1, digest="short")]}, {"scans": [seen(1, code="\0")]},
        {"scans": [seen(1, at=10**40)]}, {"scans": [seen(n) for n in range(1, 202)]},
        {"scans": [seen(1, said="taken-back", undoes=2**40)]},
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused_and_nothing_is_kept(client: Any, north: Door, message: dict[str, Any]) -> None:
    assert send(client, north, **message).status_code == 400
    assert not Scan.objects.exists()


def test_what_is_no_text_or_too_large_is_refused(client: Any, north: Door) -> None:
    path = f"/door/{north.code}/sync"
    for body in (b"", b"\xff", b"[" * 50_000, b"null", b'"text"'):
        assert client.post(path, body, content_type="application/json").status_code == 400
    assert client.post(path, b" " * 400_001, content_type="application/json").status_code == 413


def test_a_door_costs_the_same_at_any_size(
    client: Any, ana: Delegate, north: Door, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        send(client, north)
    for number in range(3):
        kit.badge(kit.delegate(ana.delegation, name=f"N. {number}"))
    with django_assert_num_queries(6):
        send(client, north)


def test_who_does_not_come_any_more_is_told_at_the_door(client: Any, ana: Delegate, north: Door) -> None:
    Delegate.objects.update(state=states.WITHDRAWN, number=None)
    (one,) = people(send(client, north))
    assert one["no"] == "No longer comes to this edition."


def test_a_revoked_badge_is_on_the_list_as_such(client: Any, ana: Delegate, north: Door) -> None:
    ana.badges.update(revoked_at=timezone.now())
    kit.badge(ana, "new")
    (one,) = people(send(client, north))
    assert (one["b"], one["x"]) == (formats.digest_of("new"), [formats.digest_of("ana")])


def test_the_list_on_paper_names_who_comes(
    client: Any, ana: Delegate, north: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    Delegate.objects.update(name="<b>أنا\u202e")
    text = client.get(f"/door/{north.code}/paper/").content.decode()
    assert "&lt;b&gt;" in text
    assert "Kobe" in text


def test_the_secretariat_makes_doors_and_gives_them_another_address(client: Any, edition: Edition) -> None:
    opening = kit.session(edition)
    team.sign_in(client, team.officer())
    base = f"/secretariat/conference/{edition.slug}/doors/"
    assert "No door yet" in client.get(base).content.decode()
    made = client.post(base, {"name": "Hall", "session": opening.slug})
    assert made.status_code == 302
    assert client.post(base, {"name": "Hall"}).status_code == 409
    assert client.post(base, {"name": "  "}).status_code == 422
    assert client.post(base, {"name": "Other", "session": "none-such"}).status_code == 422
    door = Door.objects.get()
    assert door.session == opening
    page = client.get(made.url).content.decode()
    assert door.code in page
    assert "data:image/svg+xml" in page
    for act, state in (("close", "closed"), ("open", "open")):
        client.post(made.url, {"act": act})
        assert Door.objects.get().state == state
    client.post(made.url, {"act": "renew"})
    assert client.get(f"/door/{door.code}/").status_code == 404
    assert client.get(base.replace(edition.slug, "1999")).status_code == 404


def test_the_board_counts_who_is_here(
    client: Any, edition: Edition, ana: Delegate, north: Door, django_assert_num_queries: Any
) -> None:
    kit.delegate(ana.delegation, name="Berta Exemplo")
    kit.came(north, ana)
    kit.came(kit.door(edition, "South door"), ana, device=uuid.UUID(int=9))
    team.sign_in(client, team.officer())
    path = f"/secretariat/conference/{edition.slug}/doors/board/"
    text = client.get(path).content.decode()
    assert "<strong>1</strong> here, of 2 who come" in text
    assert "<strong>1</strong> from cities that come for the first time, of 2" in text
    assert "came in by another door as well" in text
    assert client.get(path, headers={"HX-Request": "true"}).content.decode().startswith('<div class="stack" id="board"')


def test_what_is_announced_is_read_at_the_doors_until_it_ends(client: Any, edition: Edition, north: Door) -> None:
    team.sign_in(client, team.officer())
    path = f"/secretariat/conference/{edition.slug}/doors/announcements/"
    words = {"text": "The fair opens an hour later.", "language": "en", "hours": "3"}
    assert client.post(path, words).status_code == 302
    assert client.post(path, words).status_code == 409
    assert client.post(path, {**words, "hours": "5000"}).status_code == 422
    assert send(client, north).json()["told"] == [words["text"]]
    one = edition.announcements.get()
    client.post(f"{path}{one.pk}/end/")
    assert send(client, north).json()["told"] == []
    assert client.post(f"{path}{one.pk}/end/").status_code == 409


def test_of_doors_nobody_else_sees_anything(client: Any, new_client: Any, edition: Edition, north: Door) -> None:
    base = f"/secretariat/conference/{edition.slug}/doors/"
    stranger = team.sign_in(new_client(), team.member(team.city("Nara")))
    for path in ("", f"{north.pk}/", "board/", "announcements/"):
        assert client.get(f"{base}{path}").status_code == 302
        assert stranger.get(f"{base}{path}").status_code == 404
    assert attendance.came(edition).count() == 0


def test_at_the_mayors_forum_the_gate_decides_and_says_why(client: Any, edition: Edition, ana: Delegate) -> None:
    berta = team.member(ana.delegation.city, role="alternative-contact")
    kit.badge(kit.mayor(ana.delegation, person=berta), "berta")
    forum = kit.door(edition, "Forum", kit.session(edition, "forum", admits="mayors"))
    listed = {one["n"]: one.get("no", "") for one in people(send(client, forum))}
    assert listed["Berta Exemplo"] == ""
    assert "mayor or deputy mayor on its day" in listed["Ana Exemplo"]
    answers = send(client, forum, seen(1, "berta"), seen(2, "ana"), seen(3, "ana", "refused")).json()["answers"]
    assert answers == [[1, "accepted"], [2, "refused"], [3, "kept-out"]]
    assert [each.delegate.name for each in CheckIn.objects.all()] == ["Berta Exemplo"]


def test_the_desk_of_the_doors_leads_to_where_a_lost_badge_is_printed_again(client: Any, north: Door) -> None:
    team.sign_in(client, team.officer())
    desk = "/secretariat/conference/2031"
    for page in (f"{desk}/doors/", f"{desk}/doors/{north.pk}/"):
        assert f'href="{desk}/delegations/"' in client.get(page).content.decode()
