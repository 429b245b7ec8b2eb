"""The pages of a city's delegation, and the Secretariat's list of all."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.conference import states
from creativecities.conference.models import Delegate, Delegation, Edition
from creativecities.conference.tests import kit
from creativecities.network.models import City
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PAGE = "/conference/2031/delegation/kobe/"
MIXED = "دكتورة ليلى بنت عبد الرحمن Leila Exemplo "


@pytest.fixture
def edition() -> Edition:
    return kit.edition()


@pytest.fixture
def home() -> City:
    return team.city("Kobe")


@pytest.fixture
def ana(client: Any, home: City) -> Any:
    return team.sign_in(client, team.member(home, "Ana Exemplo"))


def typed(**more: Any) -> dict[str, Any]:
    return {"role": "expert", "name": "", **more}


@pytest.mark.parametrize("form", [{"act": "confirm"}, {"act": "come"}])
def test_a_delegation_nobody_has_begun_is_not_confirmed(edition: Edition, ana: Any, form: dict[str, str]):
    answer = ana.post(PAGE, form)
    assert answer.status_code == 409
    assert "Nobody is nominated yet" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_a_delegation_of_mayor_interpreter_and_director_is_nominated_and_confirmed(
    edition: Edition, home: City, ana: Any
):
    mayor = team.member(home, "Berta Exemplo", role="mayor")
    assert "Nobody is nominated yet" in ana.get(PAGE).content.decode()
    assert ana.post(f"{PAGE}nominate/", typed(role="mayor", person=mayor.pk)).url == PAGE
    one = Delegate.objects.get()
    assert (one.name, one.person) == ("Berta Exemplo", mayor)
    ana.post(f"{PAGE}nominate/", typed(role="interpreter", name="Ines Exemplo", bound_to=one.pk))
    ana.post(f"{PAGE}nominate/", typed(role="expert"))
    refused = ana.post(PAGE)
    assert refused.status_code == 409
    assert "have no name yet" in refused.content.decode()
    director = Delegate.objects.get(role="expert")
    page = ana.get(f"{PAGE}{director.code}/").content.decode()
    version = Delegation.objects.get().version
    assert f'name="opened" value="{version}"' in page
    change = typed(name="Dora Exemplo", opened=version)
    assert ana.post(f"{PAGE}{director.code}/", change).url == PAGE
    assert ana.post(PAGE).url == PAGE
    assert set(Delegate.objects.values_list("state", flat=True)) == {states.CONFIRMED}
    shown = ana.get(PAGE).content.decode()
    assert "Interprets for Berta Exemplo" in shown
    assert "Confirm by name</button>" not in shown


def test_a_full_quota_is_said_and_nothing_typed_is_lost(edition: Edition, ana: Any):
    ana.post(f"{PAGE}nominate/", typed(role="mayor", name="Berta Exemplo"))
    again = ana.post(f"{PAGE}nominate/", typed(role="mayor", name="Carla Exemplo", office="Gardens"))
    assert again.status_code == 409
    text = again.content.decode()
    assert "at most 1 person as: Mayor" in text
    assert "Carla Exemplo" in text
    assert "Gardens" in text


def test_a_name_of_200_characters_in_two_scripts_is_kept_whole_and_one_more_is_refused(edition: Edition, ana: Any):
    name = (MIXED * 5)[:200].strip()
    name += "x" * (200 - len(name))
    assert ana.post(f"{PAGE}nominate/", typed(name=name + "y")).status_code == 422
    ana.post(f"{PAGE}nominate/", typed(name=f"\u202e{name}\u200f"))
    assert Delegate.objects.get().name == name
    assert f"<bdi>{name}</bdi>" in ana.get(PAGE).content.decode()


def test_markup_in_a_name_stays_text(edition: Edition, ana: Any):
    ana.post(f"{PAGE}nominate/", typed(name="<b>Berta</b>", office="<script>"))
    assert "&lt;b&gt;Berta" in ana.get(PAGE).content.decode()


def test_of_two_who_change_somebody_the_second_keeps_what_they_typed(edition: Edition, ana: Any):
    ana.post(f"{PAGE}nominate/", typed(name="Berta Exemplo"))
    one, version = Delegate.objects.get(), Delegation.objects.get().version
    ana.post(f"{PAGE}{one.code}/", typed(name="Berta Um", opened=version))
    late = ana.post(f"{PAGE}{one.code}/", typed(name="Berta Dois", opened=version))
    assert late.status_code == 409
    text = late.content.decode()
    assert "Berta Dois" in text
    assert f'name="opened" value="{Delegation.objects.get().version}"' in text


def test_what_a_withdrawal_does_to_an_interpreter_is_shown_before(edition: Edition, ana: Any):
    ana.post(f"{PAGE}nominate/", typed(role="mayor", name="Berta Exemplo"))
    mayor = Delegate.objects.get()
    ana.post(f"{PAGE}nominate/", typed(role="interpreter", name="Ines Exemplo", bound_to=mayor.pk))
    page = f"{PAGE}{mayor.code}/withdraw/"
    assert "Ines Exemplo" in ana.get(page).content.decode()
    assert ana.post(page, {}).status_code == 422
    assert ana.post(page, {"along": "go"}).url == PAGE
    assert set(Delegate.objects.values_list("state", flat=True)) == {states.WITHDRAWN}
    assert "Who does not come any more" in ana.get(PAGE).content.decode()


def test_one_replaces_another_and_a_city_does_not_come_and_comes_after_all(edition: Edition, ana: Any):
    ana.post(f"{PAGE}nominate/", typed(role="mayor", name="Berta Exemplo"))
    mayor = Delegate.objects.get()
    assert ana.get(f"{PAGE}{mayor.code}/replace/").status_code == 200
    assert ana.post(f"{PAGE}{mayor.code}/replace/", typed(name="Carla Exemplo")).url == PAGE
    assert ana.post(f"{PAGE}decline/", {"reason": ""}).status_code == 422
    assert ana.post(f"{PAGE}decline/", {"reason": "Elections."}).url == PAGE
    assert "Elections." in ana.get(PAGE).content.decode()
    assert ana.post(PAGE, {"act": "come"}).url == PAGE
    assert Delegation.objects.get().state == states.PREPARING


def test_another_city_finds_what_it_finds_where_nothing_is(edition: Edition, ana: Any, new_client: Any):
    ana.post(f"{PAGE}nominate/", typed(name="Berta Exemplo"))
    code = Delegate.objects.get().code
    stranger = team.sign_in(new_client(), team.member(team.city("Nara")))
    stranger.get("/conference/2031/delegation/nowhere/")  # what is kept for all pages is read
    for where in ("", "nominate/", "decline/", f"{code}/", f"{code}/replace/", f"{code}/withdraw/"):
        with CaptureQueriesContext(connection) as hidden:
            assert stranger.get(f"{PAGE}{where}").status_code == 404
        with CaptureQueriesContext(connection) as missing:
            assert stranger.get(f"/conference/2031/delegation/nowhere/{where}").status_code == 404
        assert len(hidden) == len(missing)
        assert new_client().get(f"{PAGE}{where}").status_code == 302
        assert ana.get(f"/conference/1999/delegation/kobe/{where}").status_code == 404


def test_the_page_of_an_edition_leads_a_team_to_its_delegation(edition: Edition, ana: Any, new_client: Any):
    link = "/conference/2031/delegation/"
    assert link in ana.get("/conference/2031/").content.decode()
    assert link not in new_client().get("/conference/2031/").content.decode()
    officer = team.sign_in(new_client(), team.officer())
    assert "/secretariat/conference/2031/delegations/" in officer.get("/secretariat/conference/2031/").content.decode()


def test_of_several_cities_one_chooses_and_one_leads_on(edition: Edition, home: City, ana: Any, new_client: Any):
    assert ana.get("/conference/2031/delegation/").url == PAGE
    both = team.member(home, "Rui Exemplo", role="alternative-contact")
    both.mandates.create(role="focal-point", city=team.city("Nara"), start="2020-01-01")
    text = team.sign_in(new_client(), both).get("/conference/2031/delegation/").content.decode()
    assert "Delegation of Kobe" in text
    assert "Delegation of Nara" in text


def test_the_secretariat_reads_who_has_answered_and_opens_registration_again(
    edition: Edition, home: City, new_client: Any
):
    nara = team.city("Nara")
    kit.delegate(kit.delegation(edition, nara), "mayor", "Berta Exemplo")
    kit.delegation(kit.edition("2030", number=30, starts_in=-400), nara)
    officer = team.sign_in(new_client(), team.officer())
    desk = "/secretariat/conference/2031/delegations/"
    text = officer.get(desk).content.decode()
    assert "Kobe" in text
    assert "Mayor: 1" in text
    assert "Nara" not in officer.get(f"{desk}?answer=unanswered").content.decode()
    assert "Kobe" not in officer.get(f"{desk}?first=no").content.decode()
    assert "Nara" in officer.get(f"{desk}?q=NARA&first=no").content.decode()
    assert officer.get(f"{desk}?answer=nonsense").status_code == 400
    table = officer.get("/secretariat/conference/2031/delegations.csv?answer=confirmed").content.decode()
    assert "Nara" in table
    assert "Kobe" not in table
    assert "Berta" not in table
    rows = officer.get("/secretariat/conference/2031/delegations.json").json()["results"]
    assert [(row["city"], row["times"], row["mayor"]) for row in rows] == [("Kobe", 0, 0), ("Nara", 1, 1)]
    assert "Berta Exemplo" in officer.get(f"{desk}nara/").content.decode()
    assert officer.post(f"{desk}kobe/", {"until": "2001-01-01"}).status_code == 409
    last = edition.starts_on.isoformat() if edition.starts_on else ""
    assert officer.post(f"{desk}kobe/", {"until": last}).url == f"{desk}kobe/"
    assert Delegation.objects.get(city=home).open_until


def test_the_list_asks_no_more_for_many_cities(edition: Edition, new_client: Any):
    officer = team.sign_in(new_client(), team.officer())
    officer.get("/secretariat/conference/2031/delegations/")  # what is kept for all pages is read
    counts = []
    for number in (1, 2):
        for each in range(number):
            kit.delegate(kit.delegation(edition, team.city(f"Vila {number}{each}")), "mayor")
        with CaptureQueriesContext(connection) as asked:
            officer.get("/secretariat/conference/2031/delegations/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
