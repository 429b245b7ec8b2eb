"""A name of 200 characters, in Arabic and Latin mixed, wherever names of delegates stand."""

import io
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from creativecities.conference.actions import certificates as certificate_acts
from creativecities.conference.models import Delegate
from creativecities.conference.queries import badges, certificates
from creativecities.conference.tests import kit
from creativecities.core import pdf
from creativecities.network.tests import team

pytestmark = [pytest.mark.django_db, pytest.mark.apart]
MIXED = ("ليلى بنت عبد الرحمن Leila Exemplo dos Santos von Beispiel " * 4)[:199].strip()
NAME = MIXED + "ا" * (200 - len(MIXED))
needs_type = pytest.mark.skipif(not pdf.is_possible(), reason="no PDF without Pango")


def leila(starts_in: int = -1) -> Delegate:
    """Her name and her office are as long as they may be."""
    sent = kit.delegation(kit.edition(starts_in=starts_in), team.city("Kobe"))
    return kit.delegate(sent, name=NAME, office=NAME, consent="public")


def pages_of(template: str, context: dict[str, Any], language: str) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf.as_pdf(template, context, language))).pages)


@needs_type
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_badge_stays_one_sheet_with_its_code_on_it(language: str):
    one = leila()
    other = kit.badge(kit.delegate(one.delegation, name="Ana Exemplo"))
    shown = badges.drawn(one.delegation.edition, [kit.badge(one).pk, other.pk])
    sheets = pages_of("conference/badges.html", shown, language)
    assert len(sheets) == 2
    assert sheets[0].extract_text().count("Beispiel") == 2 * NAME.count("Beispiel")
    assert "Ana Exemplo" in sheets[1].extract_text()


@needs_type
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_certificate_stays_one_page(language: str):
    certificate_acts.issue(leila(-5).delegation.edition, by=team.officer())
    one = certificates.to_set().get()
    assert len(pages_of("conference/certificate_paper.html", certificates.on_paper(one), language)) == 1


@needs_type
def test_the_list_of_a_door_on_paper_has_it_whole(client: Any):
    door = kit.door(leila().delegation.edition)
    sheets = PdfReader(io.BytesIO(client.get(f"/door/{door.code}/paper/").content)).pages
    assert sum(each.extract_text().count("Beispiel") for each in sheets) == NAME.count("Beispiel")


def test_lists_show_it_whole(client: Any):
    leila()
    desk = team.sign_in(client, team.officer())
    for path in (
        "/conference/2031/participants/", "/conference/2031/participants.csv",
        "/secretariat/conference/2031/delegations/kobe/",
    ):  # fmt: skip
        assert NAME in desk.get(path).content.decode(), path
