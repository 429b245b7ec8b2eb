"""A city's file on its pages: begun, found, written by several, and hidden from everybody else."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.models import Answer, Application, Call, Contributor
from creativecities.calls.tests import kit
from creativecities.calls.tests.conftest import read
from creativecities.core.models import Event, Mail
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
BEGIN, MINE = "/calls/2031/begin/", "/applications/"
FACTS = {"city_name": "Lampara", "local_name": "", "country": "PT", "field": "design", "language": "en"}


@pytest.fixture
def call(officer: Person) -> Call:
    kit.country()
    return kit.published(officer)


@pytest.fixture
def desk(client: Any, rui: Person) -> Any:
    return team.sign_in(client, rui)


def at(file: Application, rest: str = "") -> str:
    return f"/applications/{file.code}/{rest}"


def colleague(file: Application, role: str = "editor", name: str = "Eva Exemplo") -> Person:
    eva = people.person(name)
    Contributor.objects.create(application=file, person=eva, role=role)
    return eva


def sent(desk: Any, path: str, **changed: str) -> dict[str, str]:
    """What the page would send, with some answers changed."""
    boxes = desk.get(path).context["sheet"].boxes
    return {f"opened_{box.name}": str(box.opened) for box in boxes} | {
        f"answer_{name}": text for name, text in changed.items()
    }


def test_a_file_is_begun_and_found_again(call: Call, desk: Any):
    assert "No file yet" in read(desk, MINE)
    assert BEGIN in read(desk, "/calls/2031/")
    page = desk.post(BEGIN, FACTS)
    file = Application.objects.get()
    assert page.url == at(file)
    assert "Lampara" in read(desk, MINE)
    assert "0 of 2 answered" in read(desk, at(file))
    assert "Go on with the file of Lampara" in read(desk, "/desk/")
    again = desk.post(BEGIN, FACTS)
    assert (again.status_code, "You have begun a file" in again.content.decode()) == (409, True)


def test_who_has_no_account_begins_by_a_link_and_nobody_hears_whether_there_is_one(
    call: Call, client: Any, rui: Person
):
    answers = [
        client.post(BEGIN, FACTS | {"name": "Ana Exemplo", "email": email}).content
        for email in ("new@lampara.example", rui.email)
    ]
    assert answers[0] == answers[1]
    assert not Application.objects.exists()
    link = Mail.objects.get(to_address="new@lampara.example").link
    assert "Lampara" not in read(client, "/" + link.split("/", 3)[3])
    assert client.post("/" + link.split("/", 3)[3]).status_code == 302
    ana = Person.objects.get(email="new@lampara.example")
    assert Contributor.objects.get().person == ana
    assert "Lampara" in read(client, MINE)


def test_mails_to_one_address_are_few_and_the_answer_stays_the_same(call: Call, client: Any):
    given = FACTS | {"name": "Ana Exemplo", "email": "new@lampara.example"}
    answers = {client.post(BEGIN, given).status_code for _try in range(5)}
    assert (answers, Mail.objects.count()) == ({200}, 3)


@pytest.mark.parametrize("rest", ["", "city/", "form/assets/"])
def test_everybody_else_gets_the_answer_of_a_missing_file(file: Application, client: Any, officer: Person, rest: str):
    assert "/sign-in/" in client.get(at(file, rest)).url
    for someone in (officer, people.person(), team.member(team.city())):
        team.sign_in(client, someone).get("/")
        statements = []
        for path in (at(file, rest), f"/applications/{'0' * 12}/{rest}"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 404
            statements.append(len(captured))
        assert statements[0] == statements[1]
        assert client.post(at(file, rest)).status_code in (404, 405)


def test_a_reader_reads_and_an_editor_writes(file: Application, client: Any):
    path = at(file, "form/assets/")
    team.sign_in(client, colleague(file, "reader"))
    assert "You read this file" in read(client, path)
    refused = client.post(path, {"opened_history_0": "0-" + "0" * 12, "answer_history_0": "Lamps"})
    assert not Answer.objects.exists()
    assert refused.status_code in (302, 403)
    team.sign_in(client, colleague(file, "editor", "Ida Exemplo"))
    assert client.post(path, sent(client, path, history_0="Lamps")).status_code == 302
    assert Answer.objects.get().value == "Lamps"


def test_a_section_is_saved_whole_by_its_button(file: Application, desk: Any):
    path = at(file, "form/plan/")
    values = {"local-title_0": "Lamps for all", "local-budget_0": "40 000", "budget_0": "a lot"}
    assert desk.post(path, sent(desk, path, **values)).status_code == 302
    assert {(each.question, each.value) for each in Answer.objects.all()} == {
        ("local-title", "Lamps for all"), ("local-budget", "40 000"), ("budget", "a lot"),
    }  # fmt: skip
    page = read(desk, path)
    assert page.count("Write a number in digits") == 1
    emptied = desk.post(path, sent(desk, path, **values) | {"clear": "local_0", "go": "undertakings"})
    assert emptied.url == at(file, "form/undertakings/")
    assert [each.value for each in Answer.objects.filter(question__startswith="local")] == ["", ""]


def test_what_is_too_long_for_its_limit_is_kept_and_said(file: Application, desk: Any):
    path = at(file, "form/assets/")
    desk.post(path, sent(desk, path, history_0="lamp " * 301))
    page = read(desk, path)
    assert "1 word too many." in page
    assert ">301</span> of 300 words" in page


def autosave(desk: Any, path: str, values: dict[str, str]) -> Any:
    return desk.post(path, values, HTTP_HX_REQUEST="true")


def test_an_autosave_is_quiet_cheap_and_gives_the_new_version(file: Application, desk: Any):
    path = at(file, "form/assets/")
    values = sent(desk, path, history_0="Lamps")
    first = autosave(desk, path, values)
    assert (first.status_code, first["X-Saved"]) == (200, "yes")
    assert 'id="opened_history_0" name="opened_history_0" value="1-' in first.content.decode()
    opened = sent(desk, path)["opened_history_0"]
    values = {"answer_history_0": "Lamps and chairs", "opened_history_0": opened}  # the others were not touched
    with CaptureQueriesContext(connection) as captured:
        assert autosave(desk, path, values).status_code == 200
    assert not [each for each in captured if "core_generation" in each["sql"] and "UPDATE" in each["sql"]]
    assert len(captured) == 16, "\n".join(each["sql"][:150] for each in captured)
    assert Answer.objects.get().value == "Lamps and chairs"


def test_two_who_write_one_answer_see_both_texts_and_the_rest_is_saved(file: Application, desk: Any, new_client: Any):
    path = at(file, "form/assets/")
    mine = sent(desk, path, history_0="Lamps by Rui", economy_0="Forty workshops")
    eva = team.sign_in(new_client(), colleague(file))
    eva.post(path, sent(eva, path, history_0="Chairs by Eva"))
    clash = desk.post(path, mine)
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "Chairs by Eva" in page
    assert "Lamps by Rui" in page
    values = {each.question: each.value for each in Answer.objects.all()}
    assert values == {"history": "Chairs by Eva", "economy": "Forty workshops"}
    box = clash.context["sheet"].form.boxes["history", 0]
    assert autosave(desk, path, mine).status_code == 409, "nothing is written over by itself"
    assert desk.post(path, mine | {"top": f"history_0 {box.now}"}).status_code == 302
    assert Answer.objects.get(question="history").value == "Lamps by Rui"


def test_what_one_did_not_touch_is_never_in_the_way(file: Application, desk: Any, new_client: Any):
    path = at(file, "form/assets/")
    desk.post(path, sent(desk, path, history_0="Lamps"))
    mine = sent(desk, path, history_0="Lamps", economy_0="Forty workshops")
    eva = team.sign_in(new_client(), colleague(file))
    eva.post(path, sent(eva, path, history_0="Chairs by Eva"))
    assert desk.post(path, mine).status_code == 302
    assert Answer.objects.get(question="history").value == "Chairs by Eva"


@pytest.mark.parametrize("forged", ["7-" + "0" * 12, "x", "", "-1", "9" * 40, "\u0661-" + "0" * 12])
def test_a_forged_version_overwrites_nothing(file: Application, desk: Any, forged: str):
    path = at(file, "form/assets/")
    desk.post(path, sent(desk, path, history_0="Lamps"))
    assert desk.post(path, {"opened_history_0": forged, "answer_history_0": "Chairs"}).status_code == 409
    assert Answer.objects.get().value == "Lamps"


def test_bad_input_is_said_and_harms_nothing(file: Application, desk: Any):
    path = at(file, "form/assets/")
    values = sent(desk, path, history_0="lamp " * 100_000, economy_0="a\0b\u202ec <script>x</script>")
    page = desk.post(path, values)
    assert (page.status_code, "far too long" in page.content.decode()) == (422, True)
    assert {each.question: each.value for each in Answer.objects.all()} == {"economy": "abc <script>x</script>"}
    assert "<script>x" not in read(desk, path)
    assert desk.get(at(file, "form/no-such/")).status_code == 404
    assert desk.post(path, {"clear": "x_9", "theirs": "y_", "top": "z", "go": "//elsewhere.example"}).status_code == 302


def test_two_who_write_different_facts_do_not_hinder_each_other(file: Application, desk: Any, new_client: Any):
    path = at(file, "city/")
    eva = team.sign_in(new_client(), colleague(file))
    assert desk.post(path, {"city_name": "Lampada", "field": "design", "language": "en"}).status_code == 409, "forged"
    pages = [each.get(path) for each in (desk, eva)]
    forms = [
        {name: str(form[name].value() or "") for name in form.fields}
        | {f"initial-{name}": str(form[name].value() or "") for name in form.fields}
        for form in (page.context["form"] for page in pages)
    ]
    assert desk.post(path, forms[0] | {"population": "130000"}).status_code == 302
    assert eva.post(path, forms[1] | {"latitude": "11.5"}).status_code == 302
    file.refresh_from_db()
    assert (file.population, file.latitude) == (130_000, 11.5)
    clash = eva.post(path, forms[1] | {"population": "140000"})
    assert (clash.status_code, "Rui Exemplo" in clash.content.decode()) == (409, True)
    top = {f"initial-{name}": clash.context["form"].data[f"initial-{name}"] for name in clash.context["form"].fields}
    assert eva.post(path, forms[1] | top | {"population": "140000", "latitude": "11.5"}).status_code == 302
    assert Event.objects.filter(kind="calls.application.edited").count() == 2


def test_the_list_costs_the_same_for_one_file_and_for_five(call: Call, desk: Any, rui: Person):
    read(desk, MINE)
    counts = []
    for number in range(5):
        kit.begun(call, rui, f"Vila {number}")
        with CaptureQueriesContext(connection) as captured:
            read(desk, MINE)
        counts.append(len(captured))
    assert len(set(counts)) == 1
