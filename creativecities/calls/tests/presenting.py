"""Files that are presented to a commission, its letters, and why it was refused, for tests."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from creativecities.accounts.models import Person
from creativecities.calls.actions import applications
from creativecities.calls.actions import endorsements as acts
from creativecities.calls.compute import files
from creativecities.calls.models import Application, Call, Endorsement
from creativecities.calls.queries import applications as reading
from creativecities.calls.tests import kit
from creativecities.core.refusal import Refusal
from creativecities.network.models import CreativeField
from creativecities.network.tests.factories import FieldFactory

LETTER = acts.Letter(b"%PDF-1.4 lamps")


def presented(call: Call, by: Person, name: str = "Lampara", field: str = "design", **facts: Any) -> Application:
    """Begun, and shown to the commission of its country."""
    known = CreativeField.objects.filter(pk=field).first() or FieldFactory(slug=field)
    file = kit.begun(call, by, name, field=known, **facts)
    applications.present(file, by=by)
    return file


def endorse(file: Application, by: Any, letter: acts.Letter = LETTER) -> Endorsement:
    """Endorse it as it is now."""
    read = files.fingerprint(reading.content_of(file))
    return acts.endorse(file, fingerprint=read, letter=letter, by=by)


def code_of(act: Any) -> str:
    """Why it is refused."""
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def pdf(pages: int = 1, password: str = "") -> bytes:
    """An empty paper."""
    out, writer = io.BytesIO(), PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def upload(raw: bytes, name: str = "letter.pdf") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, raw, content_type="application/pdf")


def text(response: Any) -> str:
    """A page."""
    return str(response.content.decode())
