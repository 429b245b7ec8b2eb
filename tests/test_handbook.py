"""The handbook names every setting, and no other."""

import re

import pytest

from tests.source import CODE, ROOT

pytestmark = pytest.mark.apart
READ = re.compile(r"""(?:\benv(?:\.\w+)?\(|environ\.get\(|env_name=)\s*f?["']([A-Z][A-Z_{}.a-z()]+)["']""")


def _read() -> set[str]:
    files = [ROOT / "config/settings.py", CODE / "core/supervisor.py", CODE / "core/webserver.py"]
    names = {name for path in files for name in READ.findall(path.read_text(encoding="utf-8"))}
    names |= {f"OIDC_{name}" for name in ("NAME", "SERVER_URL", "CLIENT_ID", "CLIENT_SECRET")}
    return {name for name in names if "{" not in name} | {"DATABASE_URL", "CACHE_URL", "EMAIL_URL"}


def _documented() -> set[str]:
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8").split("| Variable |", 1)[1].split("\n## ", 1)[0]
    first = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for cell in first for name in re.findall(r"`(\w+)`", cell)}


def test_every_setting_is_in_the_table_and_every_row_is_a_setting():
    assert len(_read()) > 25
    assert sorted(_read() ^ _documented()) == []
