"""Whether requirements*.txt are what requirements*.in ask for; `--write` makes them so.

The index is asked with the present versions as preferences, so that nothing changes but what had to. Where it cannot be
reached, only names are compared, and this is said.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = ("pip", "compile", "--universal", "-p", "3.11", "--generate-hashes", "--no-header", "--quiet")


def compiled(source: str, folder: Path) -> Path | None:
    """What the sources give today; None if the index cannot be reached."""
    target = folder / source.replace(".in", ".txt")
    shutil.copyfile(ROOT / target.name, target)
    for name in ("requirements.in", "requirements-dev.in"):
        shutil.copyfile(ROOT / name, folder / name)
    uv = Path(sys.executable).with_name("uv")
    done = subprocess.run(
        [uv, *COMPILE, source, "-o", target.name], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return target
    if re.search(r"dns|connect|timed out|offline|network|fetch", done.stderr, re.IGNORECASE):
        return None
    sys.exit(f"{source}: {done.stderr.strip()}")


def names(text: str, pattern: str) -> set[str]:
    return {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(pattern, text, re.MULTILINE)}


def unlocked(source: str) -> set[str]:
    """Names that are asked for and not locked."""
    asked = names((ROOT / source).read_text(encoding="utf-8"), r"^([A-Za-z0-9][\w.-]*)")
    held = names((ROOT / source.replace(".in", ".txt")).read_text(encoding="utf-8"), r"^([A-Za-z0-9][\w.-]*)==")
    return asked - held


def main(*, write: bool) -> int:
    with tempfile.TemporaryDirectory() as folder:
        for source in ("requirements.in", "requirements-dev.in"):
            locked = ROOT / source.replace(".in", ".txt")
            made = compiled(source, Path(folder))
            if made is None:
                sys.stdout.write(f"{source}: the index cannot be reached; only names are compared.\n")
                if missing := unlocked(source):
                    sys.exit(f"{locked.name} lacks {', '.join(sorted(missing))}. Lock again with: make lock")
            elif write:
                shutil.copyfile(made, locked)
            elif made.read_text(encoding="utf-8") != locked.read_text(encoding="utf-8"):
                sys.exit(f"{locked.name} is not what {source} asks for. Lock again with: make lock")
    return 0


if __name__ == "__main__":
    sys.exit(main(write="--write" in sys.argv))
