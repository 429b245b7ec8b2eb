"""Files and links of a session: added by the Secretariat and by cities that speak there, had by whom they are for."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from pypdf import PdfWriter

from creativecities.accounts.tests import people
from creativecities.conference.actions import materials as acts
from creativecities.conference.models import Delegation, Material, Session, SignUp, Speaker
from creativecities.conference.rules import materials as rules
from creativecities.conference.tests import kit
from creativecities.core import freshness
from creativecities.core.models import StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network.models import City
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
SESSION = "/conference/2031/programme/light/"
PAGE = f"{SESSION}materials/"


def pdf(name: str = "slides.pdf") -> SimpleUploadedFile:
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def form(**more: Any) -> dict[str, Any]:
    return {"title": "Lamps, page by page", "language": "en", "readers": "public", "link": "", "city": "", **more}


@pytest.fixture
def session() -> Session:
    """A released session in which somebody of a city speaks."""
    edition = kit.edition()
    one = kit.session(edition, "light", room=kit.room(edition), seats=10)
    ana = kit.delegate(kit.delegation(edition, team.city()), person=people.person("Ana Exemplo"))
    Speaker.objects.create(session=one, delegate=ana)
    kit.release(edition, by=team.officer())
    return one


def linked(session: Session, readers: str, city: City | None = None) -> Material:
    by = team.member(city, role="alternative-contact") if city else team.officer("Adding Officer")
    said = {"title": f"For {readers}", "language": "en", "readers": readers, "link": "https://example.org/"}
    return acts.add(session, city=city, paper=None, by=by, **said)


def test_a_city_that_speaks_adds_a_file_and_everybody_has_it(client: Any, new_client: Any, session: Session):
    city = City.objects.get()
    focal, visitor = team.sign_in(client, team.member(city)), new_client()
    assert PAGE in focal.get(SESSION).content.decode()
    assert PAGE not in visitor.get(SESSION).content.decode()
    assert focal.post(PAGE, form(city=city.slug, file=pdf())).status_code == 302
    freshness.forget()  # as the end of the transaction does
    stored = StoredFile.objects.get()
    address = f"/files/{stored.code}/{stored.name}"
    text = visitor.get(SESSION).content.decode()
    assert "Lamps, page by page" in text
    assert address in text
    assert visitor.get(address).headers["Content-Disposition"].startswith("attachment")
    code = Material.objects.get().code
    assert focal.post(f"{PAGE}{code}/remove/").status_code == 302
    freshness.forget()
    assert focal.post(f"{PAGE}{code}/remove/").status_code == 404
    assert visitor.get(address).status_code == 404
    assert not StoredFile.objects.exists()
    assert "Lamps, page by page" not in visitor.get(SESSION).content.decode()


def test_who_speaks_for_nobody_there_has_no_such_page(client: Any, new_client: Any, session: Session):
    mine = linked(session, "public", City.objects.get())
    stranger = team.sign_in(client, team.member(team.city("Nara")))
    for path in (PAGE, "/conference/2031/programme/none/materials/"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(PAGE, form(link="https://example.org/")).status_code == 404
    assert stranger.post(f"{PAGE}{mine.code}/remove/").status_code == 404
    with pytest.raises(Refusal) as refused:
        acts.add(session, city=City.objects.get(slug="nara"), paper=None, by=team.officer("Second Officer"),
                 title="x", language="en", readers="public", link="https://example.org/")  # fmt: skip
    assert refused.value.code == "not-speaking"
    other = acts.add(session, city=None, paper=None, by=team.officer("Third Officer"), title="x", language="en",
                     readers="public", link="https://example.org/")  # fmt: skip
    with pytest.raises(Refusal) as refused:
        acts.remove(other, by=team.member(City.objects.get(slug="kobe"), role="mayors-representative"))
    assert refused.value.code == "secretariat-only"


def test_a_city_that_speaks_no_more_adds_nothing_and_takes_away_what_it_has_added(client: Any, session: Session):
    city = City.objects.get()
    mine = linked(session, "public", city)
    Delegation.objects.update(state="declined")
    focal = team.sign_in(client, team.member(city))
    assert PAGE in focal.get(SESSION).content.decode()
    text = focal.get(PAGE).content.decode()
    assert f"{mine.code}/remove/" in text
    assert "Add material" not in text
    assert focal.post(PAGE, form(city=city.slug, link="https://example.org/")).status_code == 422
    with pytest.raises(Refusal) as refused:
        linked(session, "public", city)
    assert refused.value.code == "not-speaking"
    assert focal.post(f"{PAGE}{mine.code}/remove/").status_code == 302
    assert focal.get(PAGE).status_code == 404


def test_each_has_what_is_for_them(client: Any, session: Session):
    city, ana = City.objects.get(), Speaker.objects.get().delegate
    for readers in Material.Readers.values:
        linked(session, readers)
    seated, waits = (kit.delegate(ana.delegation, "observer", name, person=people.person(name)) for name in "AB")
    SignUp.objects.create(session=session, delegate=seated, number=1)
    SignUp.objects.create(session=session, delegate=waits)

    def has(person: Any) -> list[str]:
        return list(Material.objects.visible_to(person).values_list("readers", flat=True))

    assert has(ana.person) == has(seated.person) == ["public", "signed-up"]
    assert has(waits.person) == has(people.person()) == ["public"]
    assert has(team.member(team.city("Nara"))) == ["public", "members"]
    assert has(team.officer("Second Officer")) == ["public", "members", "signed-up"]
    text = client.get(SESSION).content.decode()
    assert "For public" in text
    assert "For members" not in text
    own = linked(session, "signed-up", city)
    assert own in Material.objects.visible_to(team.member(city))


def test_a_file_that_is_not_for_everybody_is_missing_to_others(client: Any, new_client: Any, session: Session):
    officer = team.sign_in(client, team.officer("Second Officer"))
    assert officer.post(PAGE, form(readers="members", file=pdf())).status_code == 302
    stored = StoredFile.objects.get()
    address = f"/files/{stored.code}/{stored.name}"
    assert officer.get(address).status_code == 200
    assert team.sign_in(new_client(), team.member(team.city("Nara"))).get(address).status_code == 200
    assert new_client().get(address).status_code == 404
    assert team.sign_in(new_client(), people.person()).get(address).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({}, "Add a file or a link"),
        ({"link": "javascript:alert(1)"}, "URL"),
        ({"link": "ftp://example.org/"}, "https://"),
        ({"title": "\u202e", "link": "https://example.org/"}, "required"),
        ({"readers": "nobody", "link": "https://example.org/"}, "nobody"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Any, session: Session, wrong: Any, words: str):
    back = team.sign_in(client, team.officer("Second Officer")).post(PAGE, form(**wrong))
    assert back.status_code == 422
    assert words in back.content.decode()
    assert not Material.objects.exists()


def test_a_file_of_a_wrong_kind_or_size_is_refused_with_its_reason(client: Any, session: Session, monkeypatch: Any):
    officer = team.sign_in(client, team.officer("Second Officer"))
    for raw, words in ((b"MZ program", "This is a program"), (b"", "This file is empty"), (b"words", "unknown kind")):
        back = officer.post(PAGE, form(file=SimpleUploadedFile("slides.pdf", raw)))
        assert back.status_code in (409, 422)
        assert words in back.content.decode()
        assert "Lamps, page by page" in back.content.decode()
    assert officer.post(PAGE, form(file=pdf(), link="https://example.org/")).status_code == 422
    monkeypatch.setitem(rules.ASKED, "megabytes", 0)
    back = officer.post(PAGE, form(file=pdf()))
    assert back.status_code == 413
    assert "larger than 0 MB" in back.content.decode()
    assert not StoredFile.objects.exists()


def test_a_session_has_only_so_many_and_each_is_a_file_or_a_link(session: Session, monkeypatch: Any):
    linked(session, "public")
    monkeypatch.setattr(rules, "MOST", 1)
    with pytest.raises(Refusal) as refused:
        acts.add(session, city=None, paper=None, by=team.officer("Second Officer"), title="x", language="en",
                 readers="public", link="https://example.org/")  # fmt: skip
    assert refused.value.code == "full"
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.update(link="")


def test_a_session_takes_as_many_statements_with_one_material_as_with_three(
    client: Any, session: Session, django_assert_max_num_queries: Any
):
    for _each in range(3):
        Material.objects.create(session=session, title="Lamps", link="https://example.org/")
    client.get(SESSION)
    with django_assert_max_num_queries(5):
        assert client.get(SESSION).content.decode().count('href="https://example.org/"') == 3
