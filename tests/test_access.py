"""`docs/generated/access.md` against what each role really gets, on every address that needs no name or number."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from creativecities.accounts.tests import people
from creativecities.network.models import NationalCommission
from creativecities.network.tests import team
from creativecities.network.tests.factories import holder

pytestmark = pytest.mark.django_db
ROW = re.compile(r"\| `(?P<path>/[^`]*)` \| `(?P<name>[^`]*)` \| (?P<methods>[^|]*) \| (?P<cells>.*) \|")
LEFT_OUT = {
    "core:metrics": "has a secret of its own",
    "machines:security": "is there only with a contact address",
    "account_logout": "would sign the visitor out",
    "network:secretariat_release": "is there only for a batch that is held",
    "calls:reviews": "is there only for who reads files",
    "mfa_deactivate_totp": "is there only for who has an authenticator",
    "mfa_view_recovery_codes": "is there only for who has recovery codes",
    "mfa_download_recovery_codes": "is there only for who has recovery codes",
}


def _written() -> tuple[list[str], list[tuple[str, str, dict[str, bool]]]]:
    """The columns of the committed page, and of each address that can be opened, who may."""
    text = Path(settings.BASE_DIR / "docs/generated/access.md").read_text(encoding="utf-8")
    head = next(line for line in text.splitlines() if line.startswith("| Address"))
    columns = [cell.strip() for cell in head.strip("|").split("|")][3:]
    rows = []
    for found in ROW.finditer(text):
        cells = [cell.strip() == "●" for cell in found["cells"].split("|")]
        rows.append((found["path"], found["name"], dict(zip(columns, cells, strict=True))))
    return columns, rows


COLUMNS, ROWS = _written()
OPEN = [(path, may) for path, name, may in ROWS if "<" not in path and name not in LEFT_OUT]


def _visitor(column: str) -> Any:
    """Somebody of this column, with no other role."""
    city = team.city()
    if column == "everybody":
        return None
    if column == "signed-in":
        return people.person()
    if column == "secretariat":
        return team.officer()
    if column == "commission":
        person = people.person()
        commission = NationalCommission.objects.create(country=city.country)
        person.mandates.create(role="commission-officer", commission=commission, start="2020-01-01")
        return person
    if column == "head-of-the-network":
        return holder(column)
    return team.member(city, role="mayor" if column == "member" else "focal-point")


def _opens(client: Any, path: str) -> bool:
    """Whether the page is shown, leads on, or says that it is not for reading; a sign-in page or none: it is closed."""
    response = client.get(path)
    if response.status_code in (301, 302):
        return not response.url.startswith(f"{reverse('account_request_login_code')}?next=")
    return response.status_code in (200, 400, 401, 405)


def test_the_page_names_every_audience_and_enough_addresses():
    assert {"everybody", "signed-in", "secretariat", "city-team", "commission", "member", "head-of-the-network"} == set(
        COLUMNS
    )
    assert len(OPEN) > 40


@pytest.mark.parametrize("column", COLUMNS)
def test_each_role_gets_the_pages_it_should_and_no_other(client: Any, column: str):
    visitor = _visitor(column)
    if visitor is not None:
        visitor.set_password("who has one can be asked for it again")
        visitor.save()
    wrong = []
    for path, may in OPEN:
        if visitor is not None:
            team.sign_in(client, visitor)
        if _opens(client, path) != may[column]:
            wrong.append(f"{path} should be {'open' if may[column] else 'closed'}")
    assert not wrong, "\n".join(wrong)


def test_a_page_that_only_takes_forms_is_as_hidden_as_any_other(client: Any, new_client: Any):
    place, city = "/cities/kobe/edit/names/local/", team.city()
    assert client.get(place).url == f"{reverse('account_request_login_code')}?next={place}"
    assert client.put(place).status_code == 302
    stranger = team.sign_in(new_client(), people.person())
    assert stranger.get(place).status_code == stranger.put(place).status_code == 404
    assert team.sign_in(client, team.member(city)).get(place).status_code == 405
