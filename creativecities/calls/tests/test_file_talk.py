"""What is said about an answer, and what it was before: comments and history of a city's file."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import applications as actions
from creativecities.calls.actions import comments as acts
from creativecities.calls.actions import team as team_acts
from creativecities.calls.models import Answer, Application, Comment, Contributor
from creativecities.calls.tests import kit
from creativecities.calls.tests.conftest import read
from creativecities.core import outbox
from creativecities.core.models import Mail
from creativecities.network.models import NationalCommission
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
HISTORY = ("history", 0)


@pytest.fixture
def file(officer: Person, rui: Person) -> Application:
    return kit.begun(kit.published(officer), rui)


@pytest.fixture
def desk(client: Any, rui: Person) -> Any:
    return team.sign_in(client, rui)


@pytest.fixture
def reader(file: Application, new_client: Any) -> Any:
    eva = people.person("Eva Exemplo")
    Contributor.objects.create(application=file, person=eva, role="reader")
    return team.sign_in(new_client(), eva)


def section(file: Application) -> str:
    return f"/applications/{file.code}/form/assets/"


def test_a_reader_comments_and_an_editor_resolves(file: Application, desk: Any, reader: Any):
    remark = {"comment": "history", "comment_history": "Name the\u202e year <b>x</b>"}
    assert reader.post(section(file), remark).url.endswith("#talk-history")
    assert reader.post(section(file), remark).status_code == 302, "a second click"
    said = Comment.objects.get()
    assert (said.text, said.audience, said.person_name) == ("Name the year <b>x</b>", "team", "Eva Exemplo")
    page = read(desk, section(file))
    assert "Name the year &lt;b&gt;x&lt;/b&gt;" in page
    assert "1 comment" in read(desk, f"/applications/{file.code}/")
    assert 'name="resolve"' not in read(reader, section(file))
    assert reader.post(section(file), {"resolve": said.pk}).status_code == 403
    assert desk.post(section(file), {"resolve": said.pk}).status_code == 302
    assert "1 comment" not in read(desk, f"/applications/{file.code}/")
    assert "resolved" in read(desk, section(file))


def test_what_was_typed_elsewhere_is_saved_with_a_comment(file: Application, desk: Any):
    boxes = desk.get(section(file)).context["sheet"].boxes
    sent = {f"opened_{box.name}": str(box.opened) for box in boxes} | {"answer_history_0": "Lamps"}
    desk.post(section(file), sent | {"comment": "economy", "comment_economy": "Ask the chamber"})
    assert (Answer.objects.get().value, Comment.objects.get().question) == ("Lamps", "economy")


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"comment": "no-such"}, 404), ({"comment": "history"}, 422), ({"resolve": "x"}, 404), ({"resolve": "999"}, 404),
     ({"comment": "history", "comment_history": "x" * 2001}, 422), ({"comment": "presentation"}, 404)],
)  # fmt: skip
def test_a_comment_that_says_nothing_or_is_nowhere(file: Application, desk: Any, sent: dict[str, str], status: int):
    assert desk.post(section(file), sent).status_code == status
    assert not Comment.objects.exists()


def test_comments_are_the_teams_and_those_for_the_commission_its_own(file: Application, rui: Person, officer: Person):
    for audience in Comment.Audience.values:
        Comment.objects.create(application=file, question="history", text="A word", audience=audience, person_id=rui.pk)
    nadia = people.person("Nadia Exemplo")
    commission = NationalCommission.objects.create(country=file.country, name="Commission of the lamps")
    nadia.mandates.create(role="commission-officer", commission=commission, start="2020-01-01")
    seen = {who.name: Comment.objects.visible_to(who).count() for who in (rui, nadia, officer, people.person("Ivo"))}
    assert seen == {"Rui Exemplo": 2, "Nadia Exemplo": 0, "Olga Exemplo": 0, "Ivo": 0}
    actions.present(file, by=rui)
    assert [each.audience for each in Comment.objects.visible_to(nadia)] == ["commission"]


def test_who_leaves_the_platform_leaves_no_name_on_comments(file: Application, desk: Any, rui: Person):
    desk.post(section(file), {"comment": "history", "comment_history": "A word"})
    accounts.erase(rui, by=rui)
    assert Comment.objects.get().person_name == ""


def test_an_older_text_is_compared_and_put_back(
    file: Application, desk: Any, reader: Any, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    actions.save_answers(file, {HISTORY: "Lamps and chairs"}, opened={}, by=rui)
    later = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    actions.save_answers(file, {HISTORY: "Lamps and tables"}, opened={HISTORY: 1}, by=rui)
    path = f"{section(file)}history/0/"
    assert f'href="{path}"' in read(desk, section(file))
    newest, first = desk.get(path).context["rows"]
    page = read(desk, f"{path}?version={first.pk}")
    assert "<ins>tables</ins>" in page
    assert "<del>chairs</del>" in page
    assert "Put this one back" not in read(reader, f"{path}?version={first.pk}")
    assert reader.post(path, {"version": first.pk, "opened": 2}).status_code == 403
    assert desk.post(path, {"version": first.pk, "opened": 1}).status_code == 409, "somebody wrote meanwhile"
    assert desk.post(path, {"version": first.pk, "opened": 2}).status_code == 302
    assert Answer.objects.get().value == "Lamps and chairs"
    for wrong in (f"{section(file)}history/1/", f"{section(file)}local-text/0/", f"{section(file)}no-such/0/"):
        assert desk.get(wrong).status_code == 404
    assert desk.post(path, {"version": "x"}).status_code == 404
    assert newest.pk != first.pk


def test_nobody_else_reads_the_history(file: Application, client: Any, officer: Person):
    assert team.sign_in(client, officer).get(f"{section(file)}history/0/").status_code == 404


def told(of: Application) -> set[str]:
    """Who has a mail about a comment on a file that says something."""
    found = Mail.objects.filter(kind="calls.application.commented", key__startswith=f"file-comment-{of.pk}-")
    return set(found.exclude(body="").values_list("to_address", flat=True))


def test_who_follows_an_answer_is_told_of_a_comment_at_their_own_rhythm(file: Application, rui: Person):
    names = ("Eva", "Ivo", "Lea", "Zoe")
    eva, ivo, lea, zoe = (people.person(f"{name} Exemplo", rhythm="daily") for name in names)
    for who, sections in ((eva, ["assets"]), (ivo, []), (lea, []), (zoe, ["plan"])):
        Contributor.objects.create(application=file, person=who, role="editor", sections=sections)
    actions.save_answers(file, {("across-title", 0): "Lamps and film"}, opened={}, by=ivo)
    acts.comment(file, "across", "Name the year", by=lea)
    assert told(file) == {rui.email, eva.email, ivo.email}, "who wrote in a block follows the block"
    acts.comment(file, "across", "And the place", by=ivo)
    assert told(file) == {rui.email, eva.email, ivo.email, lea.email}
    mail = Mail.objects.get(to_address=lea.email)
    assert mail.state == Mail.GATHERED
    assert mail.link.endswith(f"/applications/{file.code}/form/assets/#talk-across")
    assert not {"Lampara", "place", "Ivo"} & set(f"{mail.subject} {mail.body}".replace(".", " ").split())
    assert outbox.is_unseen(mail.kind)


def test_a_comment_that_is_resolved_or_whose_reader_left_is_told_no_more(file: Application, rui: Person):
    eva, ivo = people.person("Eva Exemplo", rhythm="daily"), people.person("Ivo Exemplo")
    for who in (eva, ivo):
        Contributor.objects.create(application=file, person=who, role="editor", sections=["assets"])
    first = acts.comment(file, "history", "Name the year", by=rui)
    for _click in (1, 2):
        acts.comment(file, "economy", "Ask the chamber", by=rui)
    assert Mail.objects.filter(kind="calls.application.commented").count() == 4
    acts.resolve(first, by=rui)
    assert not Mail.objects.filter(key__endswith=f"-{first.pk}-").exclude(body="").exists()
    assert told(file) == {eva.email, ivo.email}
    team_acts.leave(file, by=eva)
    team_acts.let_go(file.contributors.get(person=ivo), by=rui)
    assert told(file) == set()
