"""`check --deploy` with the production settings that docs/operations.md shows."""

import os
import re
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def documented() -> dict[str, str]:
    """The first block of settings in the handbook."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    found = re.search(r"```ini\n(.*?)```", text, re.DOTALL)
    if found is None:
        sys.exit("docs/operations.md shows no production settings any more")
    lines = [line for line in found[1].splitlines() if line.strip() and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _sign, value in (line.partition("=") for line in lines)}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        settings = {**documented(), "SECRET_KEY": secrets.token_urlsafe(50), "DATA_DIR": folder}
        settings["DATABASE_URL"] = f"sqlite:///{folder}/check.sqlite3"
        command = [
            sys.executable,
            "-W",
            "error::RuntimeWarning",
            "manage.py",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
        ]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
