"""Every word of the interface in every language: nothing missing, nothing fuzzy, every placeholder kept."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

from tests.source import ROOT

pytestmark = pytest.mark.apart

LANGUAGES = {"fr": "fr", "es": "es", "ar": "ar", "ru": "ru", "zh-hans": "zh_Hans"}


def _read(path: Path, locale: str) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=locale)


def _catalogue(folder: str) -> Catalog:
    path = ROOT / "locale" / folder / "LC_MESSAGES" / "django.po"
    assert path.exists(), f"there is no catalogue at {path.relative_to(ROOT)}"
    return _read(path, folder)


def _ids(catalogue: Catalog) -> set[tuple[str, str]]:
    return {(one.context or "", one.id if isinstance(one.id, str) else one.id[0]) for one in catalogue if one.id}


@pytest.fixture(scope="session")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """What the code says today; without gettext's tools, what any of the catalogues has."""
    if shutil.which("xgettext") is None:
        return set().union(*(_ids(_catalogue(folder)) for folder in LANGUAGES.values()))
    copy = tmp_path_factory.mktemp("words")
    for part in ("creativecities", "config"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("tests", "__pycache__", "static"))
    (copy / "locale").mkdir()
    program = Path(sys.executable).with_name("django-admin")
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [str(program), "makemessages", "--locale", "fr", "--no-location"],
        cwd=copy, env=plain, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return _ids(_read(copy / "locale/fr/LC_MESSAGES/django.po", "fr"))


def test_every_language_of_the_site_is_checked():
    assert {code for code, _name in settings.LANGUAGES} == {"en", *LANGUAGES}


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_nothing_is_missing(folder: str, wanted: set[tuple[str, str]]):
    translated = {
        (one.context or "", one.id if isinstance(one.id, str) else one.id[0])
        for one in _catalogue(folder)
        if one.id and not one.fuzzy and all([one.string] if isinstance(one.string, str) else one.string)
    }
    missing = sorted(wanted - translated)
    assert not missing, f"{len(missing)} missing: " + "\n".join(text for _context, text in missing[:40])


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_every_placeholder_is_kept(folder: str):
    faults = [f"{message.id!r}: {error}" for message, errors in _catalogue(folder).check() for error in errors]
    assert not faults, "\n".join(faults[:40])
