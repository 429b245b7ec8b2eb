"""Sign-in by an organisation's own directory (OpenID Connect), against a directory on loopback."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client

from creativecities.accounts.models import Person
from creativecities.core.models import Event

pytestmark = pytest.mark.django_db
PERSON: dict[str, Any] = {}


class Directory(BaseHTTPRequestHandler):
    """Says who somebody is."""

    def do_GET(self) -> None:
        host = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path.startswith("/.well-known"):
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo",
                     "jwks_uri": "jwks"}  # fmt: skip
            self.answer({"issuer": host, **{name: f"{host}/{path}" for name, path in names.items()}})
        else:
            self.answer(PERSON)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer({"access_token": "token", "token_type": "Bearer"})

    def answer(self, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def directory(settings: Any) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Directory)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    app = {"provider_id": "organisation", "name": "Ministry", "client_id": "us", "secret": "shh",
           "settings": {"server_url": address}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield address
    server.shutdown()
    server.server_close()


def come_back(client: Any, directory: str, **who: Any) -> Any:
    """Press the button, let the directory say who it is, and come back."""
    PERSON.clear()
    PERSON.update(sub=base64.b64encode(who["email"].encode()).decode(), **who)
    away = client.post("/sign-in/with/oidc/organisation/login/?process=login")
    assert away.status_code == 302
    assert away.url.startswith(f"{directory}/authorize")
    state = parse_qs(urlparse(away.url).query)["state"][0]
    return client.get("/sign-in/with/oidc/organisation/login/callback/", {"code": "x", "state": state})


def test_a_person_with_an_account_signs_in(directory: str, ana: Person) -> None:
    client = Client()  # the directory comes back by GET
    answer = come_back(client, directory, email="ana@example.org", email_verified=True)
    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert client.get("/account/").status_code == 200
    assert Person.objects.count() == 1
    assert Event.objects.filter(kind="accounts.person.organisation_connected").count() <= 1


@pytest.mark.parametrize(
    "who",
    [{"email": "eva@example.org", "email_verified": True}, {"email": "ana@example.org", "email_verified": False}],
)
def test_nobody_else_gets_in(directory: str, ana: Person, who: dict[str, Any]) -> None:
    client = Client()
    answer = come_back(client, directory, **who)
    page = client.get(answer.url) if answer.status_code == 302 else answer
    assert "Accounts come by invitation" in page.text
    assert client.get("/account/").status_code == 302
    assert Person.objects.count() == 1
