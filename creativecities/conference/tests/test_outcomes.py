"""Outcome documents: versions with a fingerprint, and cities that sign them by mandate, once each."""

import hashlib
import json
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from creativecities.accounts import actions as accounts
from creativecities.conference.actions import outcomes as acts
from creativecities.conference.models import Outcome, OutcomeVersion, Signature
from creativecities.conference.tests import kit
from creativecities.core import days
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import Mandate, Membership
from creativecities.network.tests import factories, team

pytestmark = pytest.mark.django_db
TITLE, TEXT = (
    {"en": "Declaration of the lamps", "fr": "Déclaration des lampes"},
    {"en": "We keep light.", "fr": "Lumière."},
)
PAGE, DESK = "/conference/2031/outcomes/declaration/", "/secretariat/conference/2031/outcomes/declaration/"
SURE = {"number": 1, "sure": "on"}


@pytest.fixture
def officer() -> Any:
    return team.officer()


@pytest.fixture
def one(officer: Any) -> Outcome:
    """Written, and seen by nobody else."""
    made = acts.begin(kit.edition(), "declaration", by=officer)
    acts.write(made, TITLE, TEXT, opened=1, by=officer)
    return made


@pytest.fixture
def version(one: Outcome, officer: Any) -> OutcomeVersion:
    """Public, and open for signing."""
    made = acts.release(one, opened=2, by=officer)
    acts.open_for_signing(made.outcome, by=officer)
    return made


def again(one: Outcome, officer: Any, text: str = "We keep more light.") -> OutcomeVersion:
    one.refresh_from_db()
    acts.write(one, TITLE, {**TEXT, "en": text}, opened=one.version, by=officer)
    return acts.release(one, opened=one.version + 1, by=officer)


def test_nobody_but_the_secretariat_sees_a_draft(client: Any, one: Outcome, officer: Any):
    for end in ("", "1/"):
        with CaptureQueriesContext(connection) as hidden:
            assert client.get(PAGE + end).status_code == 404
        with CaptureQueriesContext(connection) as missing:
            assert client.get("/conference/2031/outcomes/manifesto/" + end).status_code == 404
        assert len(hidden) == len(missing)
    assert "No outcome document is public yet" in client.get("/conference/2031/outcomes/").content.decode()
    assert team.sign_in(client, officer).get(DESK).status_code == 200
    assert client.get(PAGE).status_code == 404


def test_what_is_public_has_a_fingerprint_that_everybody_can_compute(client: Any, version: OutcomeVersion):
    said = client.get("/conference/2031/outcomes/declaration.json").json()
    content = json.dumps(said["content"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(content.encode()).hexdigest() == said["fingerprint"] == version.fingerprint
    assert said["content"]["text"] == TEXT
    page = client.get(PAGE).content.decode()
    assert version.fingerprint in page
    assert "We keep light." in page
    assert "Lumière." in client.get(f"/fr{PAGE}").content.decode()
    russian = client.get(f"/ru{PAGE}").content.decode()
    assert 'lang="en" dir="auto"><p>We keep light.' in russian


@pytest.mark.parametrize("role", ["mayor", "mayors-representative", "focal-point"])
def test_a_city_signs_by_mandate_once(client: Any, version: OutcomeVersion, role: str):
    city = team.city()
    signer = team.member(city, "Clara Exemplo", role=role)
    place = f"{PAGE}sign/{city.slug}/"
    assert place in team.sign_in(client, signer).get(PAGE).content.decode()
    assert client.get(place).status_code == 200
    assert client.post(place, {"number": 1}).status_code == 422
    assert client.post(place, SURE).status_code == 302
    assert client.post(place, SURE).status_code == 409
    held = Signature.objects.get()
    assert (held.city, held.role, held.person) == (city, role, signer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(version=version, city=city, role="mayor")


@pytest.mark.parametrize("role", ["deputy-mayor", "alternative-contact"])
def test_others_of_the_city_do_not_sign_and_are_told_why(client: Any, version: OutcomeVersion, role: str):
    city = team.city()
    team.sign_in(client, team.member(city, role=role))
    assert "Only the mayor, the mayor’s representative or the focal point" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}sign/{city.slug}/", SURE).status_code == 403
    assert not Signature.objects.exists()


def test_for_another_city_there_is_nothing_to_sign_and_the_secretariat_signs_for_none(
    client: Any, new_client: Any, version: OutcomeVersion, officer: Any
):
    city, other = team.city(), factories.member(name="Nara")
    for person in (team.member(other), officer):
        assert team.sign_in(client, person).post(f"{PAGE}sign/{city.slug}/", SURE).status_code == 404
        with pytest.raises(Refusal):
            acts.sign(version, city, by=person)
    assert new_client().get(f"{PAGE}sign/{city.slug}/").status_code == 302


def test_a_city_that_has_left_keeps_its_signature_and_gives_none(version: OutcomeVersion):
    stays, left = team.city("Kobe"), team.city("Nara")
    acts.sign(version, left, by=team.member(left))
    Membership.objects.filter(city=left).update(end=days.today())
    assert Signature.objects.standing().get().city == left
    with pytest.raises(Refusal, match="no longer"):
        acts.withdraw(Signature.objects.get(), "We left.", by=team.member(left, role="mayor"))
    Membership.objects.filter(city=stays).update(end=days.today())
    with pytest.raises(Refusal, match="no longer"):
        acts.sign(version, stays, by=team.member(stays))


def test_only_a_mayor_in_office_is_named(client: Any, version: OutcomeVersion):
    kobe, nara, mito = team.city("Kobe"), team.city("Nara"), team.city("Mito")
    mayor, gone = team.member(kobe, "Berta Exemplo", role="mayor"), team.member(nara, "Dora Exemplo", role="mayor")
    acts.sign(version, kobe, by=mayor)
    acts.sign(version, nara, by=gone)
    acts.sign(version, mito, by=team.member(mito, "Clara Exemplo"))
    Mandate.objects.filter(person=gone).update(end=days.today())
    page = client.get(PAGE).content.decode()
    assert "Berta Exemplo" in page
    assert "Dora Exemplo" not in page
    assert "Clara Exemplo" not in page
    assert "3 cities have signed" in page
    data = client.get("/conference/2031/outcomes/declaration.csv").content.decode()
    assert "Exemplo" not in data
    assert "Mito,JP" in data
    accounts.erase(mayor, by=mayor)
    assert "Berta Exemplo" not in client.get(PAGE).content.decode()
    assert Signature.objects.standing().count() == 3


def test_a_newer_version_needs_a_new_signature_and_who_signed_is_told(
    client: Any, one: Outcome, version: OutcomeVersion, officer: Any
):
    city, silent = team.city("Kobe"), team.city("Nara")
    signer, left = team.member(city, "Clara Exemplo"), team.member(city, role="mayors-representative")
    other = team.member(silent)
    acts.sign(version, city, by=left)
    Mandate.objects.filter(person=left).update(end=days.today())
    newer = again(one, officer)
    told = Mail.objects.filter(kind="conference.outcome.released")
    assert [mail.to_person_id for mail in told] == [signer.pk]
    assert other.email not in told[0].body
    assert list(newer.signatures.all()) == []
    assert version.signatures.standing().count() == 1
    team.sign_in(client, signer)
    assert client.post(f"{PAGE}sign/kobe/", SURE).status_code == 409  # the one that was read
    changed = client.get(f"{PAGE}2/").content.decode()
    assert "<ins>more </ins>" in changed
    assert "Kobe" in client.get(f"{PAGE}1/").content.decode()
    assert client.post(f"{PAGE}sign/kobe/", {"number": 2, "sure": "on"}).status_code == 302


def test_a_signature_is_withdrawn_with_a_reason_while_it_is_open(
    client: Any, new_client: Any, version: OutcomeVersion, officer: Any
):
    city = team.city()
    signer = team.member(city)
    acts.sign(version, city, by=signer)
    place = f"{PAGE}withdraw/{city.slug}/"
    assert place in team.sign_in(client, signer).get(PAGE).content.decode()
    assert client.post(place, {"reason": " \u202e "}).status_code == 422
    assert client.post(place, {"reason": "Our council\u202e said no."}).status_code == 302
    assert client.post(place, {"reason": "Again."}).status_code == 404
    assert "Our council said no." in team.sign_in(new_client(), officer).get(DESK).content.decode()
    public = new_client().get(PAGE).content.decode()
    assert "council" not in public
    assert "No city has signed" in public
    signature = acts.sign(version, city, by=signer)  # it may think again
    acts.close(version.outcome, by=officer)
    with pytest.raises(Refusal, match="as long as"):
        acts.withdraw(signature, "Too late.", by=signer)


def test_nothing_is_signed_before_it_opens_or_after_it_closes(one: Outcome, officer: Any):
    city = team.city()
    signer = team.member(city)
    with pytest.raises(Refusal, match="Publish a version first"):
        acts.open_for_signing(one, by=officer)
    made = acts.release(one, opened=2, by=officer)
    with pytest.raises(Refusal, match="not open"):
        acts.sign(made, city, by=signer)
    acts.open_for_signing(made.outcome, by=officer)
    acts.close(made.outcome, by=officer)
    with pytest.raises(Refusal, match="not open"):
        acts.sign(made, city, by=signer)
    with pytest.raises(Refusal, match="closed"):
        acts.write(one, {"en": "Other"}, {"en": "Other"}, opened=2, by=officer)


def test_two_who_write_lose_nothing_and_what_was_not_read_is_not_released(client: Any, one: Outcome, officer: Any):
    other = team.officer("Pavel Petrov")
    acts.write(one, {"en": "Manifesto"}, {"en": "We keep quiet."}, opened=2, by=other)
    with pytest.raises(Conflict):
        acts.write(one, TITLE, TEXT, opened=2, by=officer)
    with pytest.raises(Refusal, match="Somebody has written"):
        acts.release(one, opened=2, by=officer)
    team.sign_in(client, officer)
    typed = {"opened": 2, "title_en": "Mine", "text_en": "My <b>own</b> words."}
    shown = client.post(DESK, typed)
    assert shown.status_code == 409
    assert "My &lt;b&gt;own" in shown.content.decode()
    assert client.post(DESK, {**typed, "opened": 3}).status_code == 302
    lone = client.post(DESK, {"opened": 4, "title_en": "Alone", "text_fr": "Seul"})
    assert lone.status_code == 422
    assert lone.content.decode().count("both title and text") == 4  # on top and beside, for each
    assert client.post(f"{DESK}act/", {"act": "release", "opened": 4}).status_code == 302
    assert client.post(f"{DESK}act/", {"act": "release", "opened": 4}).status_code == 409
    assert client.post(f"{DESK}act/", {"act": "burn"}).status_code == 404
    assert "My &lt;b&gt;own" in client.get(PAGE).content.decode()


def test_begun_twice_it_has_two_addresses(client: Any, one: Outcome, officer: Any):
    team.sign_in(client, officer)
    assert client.post("/secretariat/conference/2031/outcomes/", {"kind": "declaration"}).url.endswith(
        "/declaration-2/"
    )
    assert client.post("/secretariat/conference/2031/outcomes/", {"kind": "letter"}).status_code == 422
    assert Outcome.objects.count() == 2
    kinds = Event.objects.filter(kind__startswith="conference.").values_list("kind", flat=True)
    assert set(kinds) == {"conference.outcome.begun", "conference.outcome.written"}


def test_the_pages_ask_as_little_for_thirty_signatures_as_for_three(
    client: Any, version: OutcomeVersion, django_assert_num_queries: Any
):
    def sign(number: int) -> None:
        for at in range(number):
            Signature.objects.create(version=version, city=team.city(f"Vila {number} {at}"), role="focal-point")

    for number in (3, 30):
        sign(number)
        with django_assert_num_queries(5):
            client.get(PAGE)
        with django_assert_num_queries(5):
            client.get(f"{PAGE}1/")
        with django_assert_num_queries(3):
            client.get("/conference/2031/outcomes/")


def test_the_paper_is_made_in_any_script(client: Any, one: Outcome, officer: Any):
    acts.write(one, {"ar": "إعلان المصابيح"}, {"ar": "نحفظ النور."}, opened=2, by=officer)
    acts.release(one, opened=3, by=officer)
    answer = client.get("/conference/2031/outcomes/declaration.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] in ("application/pdf", "text/html; charset=utf-8")


@pytest.mark.django_db(transaction=True)
def test_of_two_hands_of_a_city_at_once_one_signs(version: OutcomeVersion):
    city = team.city()
    hands = [team.member(city), team.member(city, role="mayor")]
    start, said = threading.Barrier(2), []

    def sign(by: Any) -> None:
        start.wait()
        try:
            said.append(acts.sign(version, city, by=by).role and "signed")
        except Refusal as refusal:
            said.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(by,)) for by in hands]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert sorted(map(str, said)) == ["Your city has signed this version already.", "signed"]
    assert Signature.objects.count() == 1
