"""Six questions to each page of the Secretariat's desk, and its lists with one and three rows."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from creativecities.accounts.tests import people
from creativecities.core import events
from creativecities.core.models import Event, Mail
from creativecities.network.forms.secretariat import DESKS
from creativecities.network.models import City, Imported, Mandate, NationalCommission
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
LISTS = ["cities", "people", "commissions", "fields", "data", "outbox", "events"]
SEND_ONLY = [
    "/secretariat/cities/kobe/invite/", "/secretariat/invitations/1/revoke/", "/secretariat/commissions/JP/officer/",
    "/secretariat/data/1/",
]  # fmt: skip
DATA = [f"/secretariat/{name}.{kind}" for name in ("cities", "people", "events") for kind in ("csv", "json")]


@pytest.fixture
def kobe() -> City:
    kobe = team.city()
    team.portrait(kobe)
    return kobe


def held_mail(number: int, **facts: Any) -> Mail:
    facts = {"kind": "calls.opened", "batch": "call-2027", "state": Mail.HELD, **facts}
    return Mail.objects.create(
        key=f"m{number}", to_address=f"c{number}@example.org", subject="The call is open", body="Dear city", **facts
    )


def pages(kobe: City) -> list[str]:
    """Every page of the desk that can be read, with the data it needs."""
    commission = NationalCommission.objects.create(country=kobe.country, name="Commission of Japan")
    team.member(kobe, "Aiko Mori")
    mandate = Mandate.objects.get(role="focal-point", city=kobe)
    Mandate.objects.create(
        person=people.person(), role="commission-officer", commission=commission, start=dt.date(2024, 1, 1)
    )
    Imported.objects.create(label="network.city", key="kobe", values={}, pending={"local_name": "神戸"})
    mail = held_mail(1)
    return [
        reverse("network:secretariat"),
        *(reverse(f"network:secretariat_{name}") for name in LISTS),
        *DATA,
        reverse("network:secretariat_city", args=["kobe"]),
        reverse("network:secretariat_close_mandate", args=[mandate.pk]),
        reverse("network:secretariat_hand_over", args=[mandate.pk]),
        reverse("network:secretariat_commission", args=["JP"]),
        reverse("network:secretariat_field", args=["design"]),
        f"{reverse('network:secretariat_release')}?batch=call-2027",
        reverse("network:secretariat_mail", args=[mail.pk]),
    ]


def test_works(client: Any, kobe: City):
    team.sign_in(client, team.officer())
    for address in pages(kobe):
        assert client.get(address).status_code == 200, address
        if address not in DATA:
            assert client.get(f"/ar{address}").headers["Content-Language"] == "ar"


@pytest.mark.parametrize("role", ["focal-point", "mayor"])
def test_for_everybody_else_there_is_no_such_page(client: Any, kobe: City, role: str):
    team.sign_in(client, team.member(team.city("Nagoya"), role=role))
    for address in pages(kobe):
        assert client.get(address).status_code == 404, address
    for address in SEND_ONLY:
        assert client.post(address).status_code == 404, address


def test_signed_out(client: Any, kobe: City):
    for address in pages(kobe):
        assert client.get(address).status_code == 302, address


def test_bad_ids(client: Any, kobe: City):
    team.sign_in(client, team.officer())
    pages(kobe)
    for path in (
        "cities/nowhere/", "commissions/XX/", "fields/dance/", "mandates/99/close/", "mandates/99/hand-over/",
        "outbox/999999999999999999999999/", "outbox/release/?batch=none", "cities.xml",
    ):  # fmt: skip
        assert client.get(f"/secretariat/{path}").status_code == 404, path
    assert client.post("/secretariat/data/99/", {"decision": "take", "column": "x"}).status_code == 404
    assert client.post("/secretariat/invitations/99/revoke/").status_code == 404


@pytest.mark.parametrize(
    "query", ["page=x", "page=-1", "field=dance", "lacks=x", "role=x", "state=x", "kind=x", "since=31/12", "until=9999"]
)
def test_filters_that_mean_nothing_are_refused_or_ignored(client: Any, kobe: City, query: str):
    team.sign_in(client, team.officer())
    for name in ("cities", "people", "outbox", "events"):
        assert client.get(f"/secretariat/{name}/?{query}").status_code in (200, 400), name
    assert client.get("/secretariat/events/?until=9999-12-31&page=99999999999999999999").status_code == 200


def test_the_trail_is_asked_by_what_happened(client: Any, kobe: City):
    text = team.sign_in(client, team.officer()).get("/fr/secretariat/events/").content.decode()
    cities = text.split('<optgroup label="Villes">')[1].split("</optgroup>")[0]
    assert '<option value="network.city.contact_changed">… a modifié le contact' in cities
    assert "network.mandate" not in cities


def test_every_kind_of_event_stands_under_a_desk():
    ours = {kind.rpartition(".")[0] for kind in events.kinds() if kind.startswith(("core.", "accounts.", "network."))}
    assert ours == set(DESKS)


def test_wrong_methods(client: Any, kobe: City):
    team.sign_in(client, team.officer())
    for address in SEND_ONLY:
        assert client.get(address).status_code == 405, address
    for address in ["/secretariat/", *(f"/secretariat/{name}/" for name in LISTS), *DATA]:
        assert client.post(address).status_code == 405, address


def fill(rows: int) -> None:
    """One more row in each list."""
    for number in range(rows):
        city = team.city(f"City{number}")
        team.member(city)
        team.portrait(city, by_hand=True)
        held_mail(100 + number, batch=f"batch{number}")
        Imported.objects.create(label="network.city", key=city.slug, values={}, pending={"local_name": "新"})
        Event.objects.create(kind="network.city.links_changed", subject_label="network.city", subject_id=str(city.pk))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "statements"),
    [("cities", 7), ("people", 7), ("commissions", 6), ("fields", 6), ("data", 7), ("outbox", 7), ("events", 6)],
)
def test_a_list_costs_the_same_at_any_length(client: Any, name: str, statements: int, rows: int):
    team.sign_in(client, team.officer())
    fill(rows)
    address = f"/secretariat/{name}/"
    client.get(address)  # the first visit of the day is noted with the session
    with CaptureQueriesContext(connection) as done:
        assert client.get(address).status_code == 200
    assert len(done) == statements, [query["sql"][:150] for query in done]


def test_the_desk_begins_with_what_is_most_urgent(client: Any, kobe: City):
    team.sign_in(client, team.officer())
    assert "1 member city has no focal point here" in client.get("/secretariat/").content.decode()
    held_mail(1)
    held_mail(2, state=Mail.FAILED)
    body = client.get("/secretariat/").content.decode()
    assert body.index("1 mail could not be delivered") < body.index("1 mail waits to be read")


def test_what_the_index_does_all_day_is_among_the_events_only(client: Any, kobe: City):
    Event.objects.create(kind="search.index.looked_at", subject_label="search.index", subject_id="1")
    Event.objects.create(kind="network.city.links_changed", subject_label="network.city", subject_id=str(kobe.pk))
    team.sign_in(client, team.officer())
    told, all_of_it = (client.get(path).content.decode() for path in ("/secretariat/", "/secretariat/events/"))
    assert "compared the search index" not in told
    assert events.sentence("network.city.links_changed", actor="", subject="", facts={}).strip() in told
    assert "search.index.looked_at" in all_of_it
