"""Who prepares a file: invited, given parts, handed over, let go; and a late file that serves the next call."""

from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import applications as actions
from creativecities.calls.actions import team as acts
from creativecities.calls.models import Application, Call, Contributor
from creativecities.calls.tests import kit
from creativecities.calls.tests.conftest import read
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Any, rui: Person) -> Any:
    return team.sign_in(client, rui)


def path(file: Application) -> str:
    return f"/applications/{file.code}/team/"


def member(file: Application, person: Person, role: str = "editor") -> Contributor:
    return Contributor.objects.create(application=file, person=person, role=role)


def link_to(address: str) -> str:
    return "/" + Mail.objects.filter(to_address=address).latest("pk").link.split("/", 3)[3]


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


INVITED = {"act": "invite", "name": "Ana Exemplo", "email": "ana@lampara.example", "role": "reader", "language": "en"}


def test_somebody_is_invited_by_mail_and_joins(file: Application, desk: Any, new_client: Any):
    assert desk.post(path(file), INVITED).status_code == 302
    assert "ana@lampara.example" in read(desk, path(file))
    mail = Mail.objects.get(to_address="ana@lampara.example")
    assert "Lampara" not in mail.subject + mail.body
    ana = new_client()
    assert ana.post(link_to("ana@lampara.example")).status_code == 302
    assert "Lampara" in read(ana, "/applications/")
    assert file.contributors.get(person__email="ana@lampara.example").role == "reader"
    assert "ana@lampara.example" not in read(ana, path(file))


def test_who_has_an_account_joins_by_the_same_link_and_stays_what_they_are(
    file: Application, desk: Any, new_client: Any, eva: Person
):
    desk.post(path(file), INVITED | {"email": eva.email})
    member(file, eva)
    new_client().post(link_to(eva.email))
    assert file.contributors.get(person=eva).role == "editor"


def test_an_invitation_ends_with_who_sent_it_or_when_it_is_withdrawn(
    file: Application, desk: Any, new_client: Any, eva: Person
):
    desk.post(path(file), INVITED)
    part = member(file, eva)
    desk.post(path(file), {"act": "hand_over", "part": part.pk})
    assert new_client().post(link_to("ana@lampara.example")).status_code == 410
    assert file.contributors.count() == 2
    assert Mail.objects.filter(to_person_id=eva.pk, kind="calls.application.handed_over").count() == 1
    boss = team.sign_in(new_client(), eva)
    boss.post(path(file), INVITED | {"email": "ida@lampara.example"})
    number = boss.get(path(file)).context["invitations"].get(email="ida@lampara.example").pk
    assert boss.post(path(file), {"act": "withdraw", "invitation": number}).status_code == 302
    assert new_client().post(link_to("ida@lampara.example")).status_code == 410


def test_the_owner_alone_changes_the_team(file: Application, desk: Any, new_client: Any, eva: Person, rui: Person):
    part, ida = member(file, eva), member(file, people.person("Ida Exemplo"), "reader")
    editor = team.sign_in(new_client(), eva)
    for act in (INVITED, {"act": "change", "part": ida.pk, "role": "editor"}, {"act": "let_go", "part": ida.pk},
                {"act": "hand_over", "part": part.pk}):  # fmt: skip
        assert editor.post(path(file), act).status_code == 403
    assert desk.post(path(file), {"act": "change", "part": part.pk, "role": "reader", "sections": ["plan"]}).url
    part.refresh_from_db()
    assert (part.role, part.sections) == ("reader", ["plan"])
    assert "Eva Exemplo" in read(desk, f"/applications/{file.code}/")
    assert desk.post(path(file), {"act": "change", "part": part.pk, "role": "owner"}).status_code == 422
    mine = file.contributors.get(person=rui)
    assert desk.post(path(file), {"act": "change", "part": mine.pk, "sections": ["city"]}).status_code == 302
    assert desk.post(path(file), {"act": "let_go", "part": mine.pk}).status_code == 409
    assert desk.post(path(file), {"act": "leave"}).status_code == 409
    assert desk.post(path(file), {"act": "let_go", "part": part.pk}).status_code == 302
    assert editor.get(path(file)).status_code == 404


def test_nobody_reaches_the_team_of_another_file(file: Application, desk: Any, call: Call, eva: Person):
    theirs = kit.begun(call, eva, "Sedia").contributors.get()
    for act in ("change", "let_go", "hand_over", "no-such"):
        assert desk.post(path(file), {"act": act, "part": theirs.pk, "role": "reader"}).status_code == 404
    assert desk.post(path(file), {"act": "let_go", "part": "\u0661x"}).status_code == 404
    assert desk.get(path(theirs.application)).status_code == 404


def test_an_editor_leaves_and_what_they_wrote_stays(file: Application, client: Any, eva: Person):
    member(file, eva)
    actions.save_answers(file, {("history", 0): "Chairs"}, opened={}, by=eva)
    assert team.sign_in(client, eva).post(path(file), {"act": "leave"}).url == "/applications/"
    assert (file.answers.count(), file.contributors.count()) == (1, 1)


def test_an_account_that_owns_a_file_with_others_is_not_deleted_before_it_is_handed_over(
    file: Application, rui: Person, eva: Person
):
    part = member(file, eva)
    assert code_of(lambda: accounts.erase(rui, by=rui)) == "owns-files"
    acts.hand_over(part, by=rui)
    accounts.erase(rui, by=rui)
    assert [each.person for each in file.contributors.all()] == [eva]


def test_a_late_file_serves_the_next_call(
    file: Application, rui: Person, eva: Person, officer: Person, desk: Any, monkeypatch: pytest.MonkeyPatch
):
    member(file, eva)
    actions.save_answers(file, {("history", 0): "Lamps"}, opened={}, by=eva)
    later = kit.published(officer, "2033", opens=-5, closes=60)
    to = f"/applications/{file.code}/next/"
    assert desk.post(to, {"call": "2033"}).status_code == 409, "it is still on its way"
    after = file.call.closes_at
    monkeypatch.setattr(timezone, "now", lambda: after)
    assert "Take it into the next call" in read(desk, f"/applications/{file.code}/")
    assert desk.post(to, {"call": "2033"}).status_code == 302
    new = later.applications.get()
    assert [(each.question, each.value, each.person_name) for each in new.answers.all()] == [
        ("history", "Lamps", "Eva Exemplo")
    ]
    assert {each.person for each in new.contributors.all()} == {rui, eva}
    assert desk.post(to, {"call": "2033"}).status_code == 409, "once"
    assert desk.post(to, {"call": "no-such"}).status_code == 404
    assert Event.objects.filter(kind="calls.application.taken_over").count() == 1


def test_a_file_is_given_up_by_its_owner_alone(file: Application, desk: Any, new_client: Any, eva: Person):
    member(file, eva)
    editor = team.sign_in(new_client(), eva)
    assert "Give the application up" not in read(editor, path(file))
    assert editor.post(path(file), {"act": "give_up"}).status_code == 403
    assert "Give the application up" in read(desk, path(file))
    assert desk.post(path(file), {"act": "give_up"}).status_code == 302
    assert "given up" in read(desk, path(file))


def test_a_file_handed_over_to_somebody_who_has_just_left_keeps_its_owner(file: Application, rui: Person, eva: Person):
    part = member(file, eva)
    Contributor.objects.filter(person=eva).delete()
    for act in (acts.hand_over, acts.let_go):
        assert code_of(lambda act=act: act(part, by=rui)) == "gone"
    assert code_of(lambda: acts.change(part, role="reader", sections=[], by=rui)) == "gone"
    assert file.contributors.get(role="owner").person == rui


def test_an_owner_by_another_tab_is_neither_let_go_nor_made_a_reader(file: Application, rui: Person, eva: Person):
    part, own = member(file, eva), file.contributors.get(person=rui)
    Contributor.objects.filter(pk=own.pk).update(role="editor")
    Contributor.objects.filter(pk=part.pk).update(role="owner")
    own.role = "owner"  # as it was read before
    acts.change(own, role="reader", sections=[], by=eva)
    assert file.contributors.get(person=rui).role == "reader"
