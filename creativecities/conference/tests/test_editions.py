"""An edition is begun with the settings of another, written part by part, announced, changed, postponed, cancelled."""

import datetime as dt
from typing import Any

import pytest

from creativecities.conference import states
from creativecities.conference.actions import editions as actions
from creativecities.conference.compute import when
from creativecities.conference.models import Edition
from creativecities.conference.tests import kit
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.actions.cities import Conflict
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
DESK = "/secretariat/conference/"
FIELD = {
    "label": {"en": "Do you need a visa?"}, "guidance": {}, "kind": "yes-no", "is_required": True,
    "roles": ["mayor"], "keep_days": 20,
}  # fmt: skip


@pytest.fixture
def officer() -> Any:
    return team.officer()


@pytest.fixture
def desk(client: Any, officer: Any) -> Any:
    return team.sign_in(client, officer)


def days(edition: Edition, **given: Any) -> dict[str, Any]:
    return when.said(edition) | given


def shown(desk: Any, path: str) -> dict[str, Any]:
    """What a browser would send back from a form."""
    form = desk.get(path).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def test_the_next_edition_is_a_clone_of_the_last_without_its_words(desk: Any, officer: Any):
    last = kit.edition("2031")
    actions.save_item(last, "form", "", FIELD, opened=1, by=officer)
    actions.save_item(last, "places", "", {"name": {"en": "Hall"}, "address": {}}, opened=2, by=officer)
    answer = desk.post(DESK, {"slug": "2032", "year": "2032", "source": "2031"})
    assert answer.url == f"{DESK}2032/settings/"
    last.refresh_from_db()
    made = Edition.objects.get(slug="2032")
    assert (made.state, made.zone, made.starts_on, made.number) == (states.DRAFT, "Europe/Lisbon", None, None)
    assert made.settings["about"] == {"title": {}, "theme": {}, "summary": {}, "practical": {}}
    for name in ("languages", "delegations", "places", "form", "forget_after_days"):
        assert made.settings[name] == last.settings[name]
    assert made.settings["form"][0]["keep_days"] == 20


def test_a_name_is_given_once(desk: Any):
    kit.edition("2031")
    answer = desk.post(DESK, {"slug": "2031", "year": "2031", "source": ""})
    assert answer.status_code == 409
    assert "There is an edition of this name already." in answer.content.decode()


def test_every_part_can_be_opened_and_saved(desk: Any):
    edition = kit.edition("2031")
    changes = {
        "about": {"title_fr": "La conférence"}, "when": {"number": "32"}, "work": {"forget_after_days": "40"},
        "delegations": {"quotas_mayor": "2"},
    }  # fmt: skip
    for part, change in changes.items():
        path = f"{DESK}2031/settings/{part}/"
        answer = desk.post(path, shown(desk, path) | change)
        assert answer.status_code == 302, answer.content.decode()
    edition.refresh_from_db()
    assert edition.settings["about"]["title"]["fr"] == "La conférence"
    assert edition.settings["delegations"]["quotas"]["mayor"] == 2
    assert (edition.number, edition.settings["forget_after_days"], edition.version) == (32, 40, 5)
    text = desk.get(f"{DESK}2031/settings/").content.decode()
    assert "Quota" not in text
    assert "Days and registration" in text


def test_a_field_of_the_form_is_added_moved_and_removed(desk: Any):
    kit.edition("2031")
    for label in ("Visa", "Hotel"):
        data = {"opened": Edition.objects.get().version, "label_en": label, "kind": "line", "roles": ["mayor"],
                "keep_days": "10"}  # fmt: skip
        assert desk.post(f"{DESK}2031/settings/form/", data).status_code == 302
    path = f"{DESK}2031/settings/form/hotel/arrange/"
    desk.post(path, {"act": "up", "opened": Edition.objects.get().version})
    assert [item["key"] for item in Edition.objects.get().settings["form"]] == ["hotel", "visa"]
    assert "Remove “Hotel”?" in desk.post(path, {"act": "remove", "opened": "1"}).content.decode()
    desk.post(path, {"act": "remove", "sure": "1", "opened": Edition.objects.get().version})
    assert [item["key"] for item in Edition.objects.get().settings["form"]] == ["visa"]
    assert desk.get(f"{DESK}2031/settings/form/hotel/").status_code == 404


def test_a_key_is_never_given_again(officer: Any):
    edition = kit.edition("2031")
    actions.save_item(edition, "form", "", FIELD, opened=1, by=officer)
    key = edition.settings["form"][0]["key"]
    actions.remove_item(edition, "form", key, opened=2, by=officer)
    actions.save_item(edition, "form", "", FIELD, opened=3, by=officer)
    assert edition.settings["form"][0]["key"] == f"{key}-2"


def test_of_two_officers_the_second_is_shown_what_the_first_wrote(desk: Any):
    kit.edition("2031")
    path = f"{DESK}2031/settings/about/"
    mine, theirs = shown(desk, path), shown(desk, path)
    desk.post(path, theirs | {"theme_en": "Theirs"})
    answer = desk.post(path, mine | {"theme_en": "Mine"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Two people wrote here at the same time" in text
    assert 'value="Mine"' in text
    desk.post(path, mine | {"theme_en": "Mine", "opened": answer.context["form"]["opened"].value()})
    assert Edition.objects.get().settings["about"]["theme"]["en"] == "Mine"


def test_two_officers_in_two_parts_do_not_meet(officer: Any):
    edition = kit.edition("2031")
    about = edition.settings["about"] | {"summary": {"en": "Short"}}
    actions.save_part(edition, "about", about, opened=1, by=officer)
    actions.save_part(edition, "work", {"forget_after_days": 9}, opened=1, by=officer)
    edition.refresh_from_db()
    assert edition.settings["about"]["summary"] == {"en": "Short"}
    with pytest.raises(Conflict):
        actions.save_part(edition, "work", {"forget_after_days": 8}, opened=1, by=officer)


def test_an_hour_that_the_clock_skips_is_refused(desk: Any):
    kit.edition("2031", state=states.DRAFT)
    path = f"{DESK}2031/settings/when/"
    days_ = {"opens_at": "2031-03-30T01:30", "nominate_by": "2031-04-01T10:00", "confirm_by": "2031-04-02T10:00"}
    answer = desk.post(path, shown(desk, path) | days_)
    assert answer.status_code == 422
    assert "The clock of that zone skips this hour." in answer.content.decode()
    answer = desk.post(path, shown(desk, path) | days_ | {"zone": "Asia/Tokyo"})
    assert answer.status_code == 302
    assert Edition.objects.get().opens_at == dt.datetime(2031, 3, 29, 16, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": ""}, {"last_day": "2020-01-01"}, {"opens_at": ""}, {"confirm_by": "2020-01-01T10:00"},
        {"year": "2040"},
    ],
)  # fmt: skip
def test_days_that_do_not_fit_come_back_with_what_was_typed(desk: Any, wrong: dict[str, str]):
    kit.edition("2031", state=states.DRAFT)
    path = f"{DESK}2031/settings/when/"
    assert desk.post(path, shown(desk, path) | wrong).status_code == 422


def test_a_number_is_that_of_one_edition(officer: Any):
    kit.edition("2030", number=30)
    edition = kit.edition("2031", state=states.DRAFT)
    with pytest.raises(Refusal, match="Another edition has this number"):
        actions.save_part(edition, "when", days(edition, number=30), opened=1, by=officer)


class TestAnnounced:
    def test_days_change_with_a_reason_that_everybody_reads_and_teams_are_told(self, client: Any, officer: Any):
        edition, city = kit.edition("2031"), team.city()
        focal = team.member(city)
        kit.delegation(edition, city, states.PREPARING)
        assert edition.last_day
        later = days(edition, last_day=(edition.last_day + dt.timedelta(days=1)).isoformat())
        with pytest.raises(Refusal, match="Say why"):
            actions.save_part(edition, "when", later, opened=1, by=officer)
        actions.save_part(edition, "when", later, opened=1, reason="The hall is larger", by=officer)
        assert "The hall is larger" in client.get("/conference/2031/").content.decode()
        mail = Mail.objects.get(kind="conference.edition.changed")
        assert (mail.to_address, "The hall is larger" in mail.body) == (focal.email, True)

    def test_it_is_announced_postponed_announced_again_and_cancelled(self, client: Any, desk: Any, new_client: Any):
        kit.edition("2031", state=states.DRAFT)
        visitor, page = new_client(), "/conference/2031/"
        assert visitor.get(page).status_code == 404
        desk.post(f"{DESK}2031/announce/")
        assert visitor.get(page).status_code == 200
        assert desk.post(f"{DESK}2031/postpone/", {"reason": ""}).status_code == 422
        desk.post(f"{DESK}2031/postpone/", {"reason": "A storm"})
        text = visitor.get(page).content.decode()
        assert "This edition is postponed." in text
        assert "A storm" in text
        desk.post(f"{DESK}2031/announce/")
        assert "A storm" not in visitor.get(page).content.decode()
        desk.post(f"{DESK}2031/cancel/", {"reason": "No hall"})
        assert "This edition is cancelled." in visitor.get(page).content.decode()
        assert "STATUS:CANCELLED" in visitor.get("/conference.ics").content.decode()
        answer = desk.post(
            f"{DESK}2031/settings/about/", shown(desk, f"{DESK}2031/settings/about/") | {"title_en": "X"}
        )
        assert answer.status_code == 409

    def test_two_clicks_announce_it_once(self, officer: Any):
        edition = kit.edition("2031", state=states.DRAFT)
        again = Edition.objects.get()
        actions.announce(edition, by=officer)
        with pytest.raises(Refusal):
            actions.announce(again, by=officer)
        assert Event.objects.filter(kind="conference.edition.announced").count() == 1


def test_hosts_are_member_cities_named_by_the_secretariat(desk: Any, client: Any):
    kit.edition("2031")
    home, away = team.city(), team.city("Nara")
    path = f"{DESK}2031/settings/hosts/"
    assert desk.post(path, {"first": home.slug, "second": home.slug}).status_code == 422
    assert desk.post(path, {"first": "no-such-city"}).status_code == 422
    assert desk.post(path, {"first": home.slug, "second": away.slug}).status_code == 302
    assert [host.city for host in Edition.objects.get().hosts.all()] == [home, away]
    assert f'href="/cities/{away.slug}/"' in client.get("/conference/2031/").content.decode()


def test_nobody_else_writes_editions():
    edition, focal = kit.edition("2031"), team.member(team.city())
    with pytest.raises(Refusal, match="run by the Secretariat"):
        actions.save_part(edition, "work", {"forget_after_days": 9}, opened=1, by=focal)
    with pytest.raises(Refusal, match="run by the Secretariat"):
        actions.draft_edition("mine", year=2033, source=None, by=focal)
    with pytest.raises(Refusal, match="run by the Secretariat"):
        actions.cancel(edition, reason="Because", by=focal)


def test_markup_in_words_is_shown_as_typed(client: Any, officer: Any):
    edition = kit.edition("2031")
    about = edition.settings["about"] | {"theme": {"en": "<b>Light</b>"}}
    actions.save_part(edition, "about", about, opened=1, by=officer)
    assert "&lt;b&gt;Light&lt;/b&gt;" in client.get("/conference/2031/").content.decode()
