"""Papers set in type: in any script, from our own files alone, and as a page to print where that is not possible."""

import io
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.utils.translation import override
from pypdf import PdfReader

from creativecities.core import pdf

FOREIGN = ("file:///etc/passwd", "https://example.org/a.png", "http://127.0.0.1/", "data:text/plain,a", "//x/a.css")
WORDS = "Łódź Köln مدينة مبدعة Творческий город 创意城市 ክተማ शहर"
PAPERS = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": False,
    "OPTIONS": {"builtins": ["creativecities.core.templatetags.i18n"], "loaders": [
        ("django.template.loaders.locmem.Loader", {"a.html": (
            '{% extends "core/paper.html" %}{% block title %}T{% endblock %}{% block main %}<h1>{{ words }}</h1>'
            '<img src="{{ picture }}" alt="seen">{% endblock %}'
        )}),
        "django.template.loaders.app_directories.Loader",
    ]},
}]  # fmt: skip


@pytest.fixture(autouse=True)
def _paper():
    with override_settings(TEMPLATES=PAPERS):
        yield


def read(raw: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(raw))


def test_every_script_is_set_in_type_with_a_font_that_has_it():
    paper = read(pdf.as_pdf("a.html", {"words": WORDS, "picture": ""}, "ar"))
    text = paper.pages[0].extract_text()
    for word in ("Łódź", "Творческий", "创意城市", "ክተማ"):
        assert word in text
    fonts = {str(font.get_object()["/BaseFont"]) for font in paper.pages[0]["/Resources"]["/Font"].values()}
    assert any("Arab" in name for name in fonts)
    assert paper.trailer["/Root"]["/Lang"] == "ar"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('<p dir="auto">«1» مدينة of lamps</p>', "rtl"),
        ('<div class="a" dir="auto"><p>&lt;b&gt; Lamps مدينة</p></div>', "ltr"),
        ('<p dir="auto"></p>', "ltr"),
    ],
)
def test_a_text_runs_as_its_first_letter_says(text: str, made: str):
    assert pdf.directed(text) == text.replace("auto", made)


@pytest.mark.parametrize("url", FOREIGN)
def test_nothing_is_fetched_that_is_not_one_of_our_static_files(url: str):
    assert pdf.static_file(url) is None
    assert read(pdf.as_pdf("a.html", {"words": "a", "picture": url}, "en")).pages


def test_a_static_file_is_found_and_nothing_beside_them():
    with pdf.static_file(f"{pdf.ROOT}/static/core/paper.css") as found:  # type: ignore[union-attr]
        assert b"@page" in found.read()
    assert pdf.static_file(f"{pdf.ROOT}/static/core/missing.css") is None
    assert pdf.static_file(f"{pdf.ROOT}/static/core/%2e%2e/%2e%2e/config/settings.py") is None
    assert pdf.static_file(f"{pdf.ROOT}/config/settings.py") is None


def offered(words: str = "a") -> HttpResponse:
    return pdf.offer(RequestFactory().get("/"), "a.html", {"words": words, "picture": ""}, name='a "b"\r\nc')


def test_a_paper_is_offered_under_a_plain_name_and_kept_by_nobody():
    response = offered()
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert response["Content-Disposition"] == 'attachment; filename="a-b-c.pdf"'


def test_without_pango_the_page_to_print_serves_instead_and_says_so(monkeypatch: pytest.MonkeyPatch):
    pdf.is_possible.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    try:
        with override("ar"):
            response = offered("مدينة")
        page = response.content.decode()
        assert ('dir="rtl"' in page, "مدينة" in page, 'class="screen"' in page) == (True, True, True)
        assert not response.has_header("Content-Disposition")
        with pytest.raises(RuntimeError, match="Pango"):
            pdf.as_pdf("a.html", {}, "en")
    finally:
        pdf.is_possible.cache_clear()
