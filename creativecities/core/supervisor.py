"""Keeps the processes of one machine alive: web, job worker, scheduler. Plain Python, without Django.

    python -m creativecities.core.supervisor [web] [worker] [scheduler]

A child that dies is started again, later each time it dies soon. SIGTERM or SIGINT stops all; if the supervisor itself
is killed, the kernel stops the children.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("web", "worker", "scheduler")
STOP_WITHIN_SECONDS = 8.0
HEALTHY_AFTER_SECONDS = 30.0
LONGEST_WAIT_SECONDS = 30.0
PR_SET_PDEATHSIG = 1


def command(part: str) -> list[str]:
    """The command line of a part."""
    if part == "web":
        return [sys.executable, "-m", "creativecities.core.webserver"]
    if part == "worker":
        return [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "--verbosity", "0"]
    return [sys.executable, "manage.py", "tick", "--forever"]


def die_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel (Linux) to end this process when its parent is gone, however the parent went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)


@dataclass
class Child:
    """One part and its process."""

    part: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    not_before: float = 0.0

    def start(self, environment: dict[str, str]) -> None:
        self.started = time.monotonic()
        # No threads run here, so that `preexec_fn` is safe.
        self.process = subprocess.Popen(  # noqa: S603
            command(self.part),
            cwd=ROOT,
            env=environment,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )

    def look(self, environment: dict[str, str]) -> None:
        """Start the process if it is not there and its time has come."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            lived = now - self.started
            self.falls = 0 if lived > HEALTHY_AFTER_SECONDS else self.falls + 1
            wait = min(LONGEST_WAIT_SECONDS, 0.5 * 2**self.falls) if self.falls else 0.0
            say(f"{self.part} ended with {self.process.returncode}; starting it again in {wait:.0f} s")
            self.not_before, self.process = now + wait, None
        if self.process is None and now >= self.not_before:
            self.start(environment)

    def stop(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)


class Supervisor:
    """Starts the parts and looks after them until it is told to stop."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.children = [Child(part) for part in parts]
        self.environment = environment()
        self.stopping = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        while not self.stopping:
            for child in self.children:
                child.look(self.environment)
            time.sleep(0.2)
        self._stop()

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _stop(self) -> None:
        """Ask politely, then insist."""
        for child in self.children:
            child.stop(signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                child.stop(signal.SIGKILL)


def environment() -> dict[str, str]:
    """What the children inherit: one thread for numeric libraries, a fresh folder where workers join counters."""
    folder = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "metrics"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.db"):
        old.unlink()
    ours = {"OMP_NUM_THREADS": "1", "PROMETHEUS_MULTIPROC_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **ours}


def say(text: str) -> None:
    """One line for whoever reads the console or the journal."""
    sys.stderr.write(f"supervisor: {text}\n")


def main(parts: Sequence[str]) -> int:
    if wrong := [part for part in parts if part not in PARTS]:
        say(f"unknown part {wrong[0]}; possible are {', '.join(PARTS)}")
        return 2
    Supervisor(parts or PARTS).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
