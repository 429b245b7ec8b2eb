"""A site of its own in other processes, as an operator would run it: for what cannot be proved inside one process."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from tests.harness.cluster import free_port
from tests.source import ROOT


@dataclass
class Answer:
    status: int
    body: bytes
    headers: Message


@dataclass
class Site:
    """A folder, a database, a port; `manage` runs a command, `start` a part."""

    folder: Path
    database_url: str = ""
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        ours = {
            "DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(self.folder), "PORT": str(self.port),
            "DATABASE_URL": self.database_url or f"sqlite:///{self.folder / 'site.sqlite3'}",
            "FILES_DIR": str(self.folder / "files"), "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        return {**os.environ, **ours, **more}

    def manage(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(**more), capture_output=True, text=True, check=False, timeout=120
        )

    def start(self, *command: str, **more: str) -> "subprocess.Popen[str]":
        """Start Python with these arguments; stopped by `stop` at the latest."""
        with (self.folder / "console.log").open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment(**more), stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def moved_to(self, folder: Path) -> "Site":
        """The same site at another place: what is in its database there is copied, its static files are shared."""
        here, there = (closing(sqlite3.connect(each / "site.sqlite3")) for each in (self.folder, folder))
        with here as ours, there as theirs:
            ours.backup(theirs)
        if (self.folder / "static").exists():
            (folder / "static").symlink_to(self.folder / "static")
        return Site(folder)

    def console(self) -> str:
        return (self.folder / "console.log").read_text(encoding="utf-8")

    def get(self, path: str, **headers: str) -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return Answer(response.status, response.read(), response.headers)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read(), error.headers)

    def send(self, raw: bytes) -> bytes:
        """Bytes as no well-behaved client would send them; returns what comes back before the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.settimeout(5)
            received = b""
            try:
                connection.sendall(raw)
                while piece := connection.recv(65536):
                    received += piece
            except (TimeoutError, ConnectionError):
                pass
            return received

    def wait_for(self, path: str = "/readyz", status: int = 200, seconds: float = 30) -> float:
        """Wait until the page answers so; returns how many seconds that took."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            try:
                if self.get(path).status == status:
                    return time.monotonic() - started
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{path} did not answer {status} within {seconds} s\n{self.console()}")

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
