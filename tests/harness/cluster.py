"""A PostgreSQL of our own for the length of a run: started from Debian's programs in a temporary folder, then gone."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

from tests.harness import folders


class Cluster:
    """A throw-away server on loopback. As root it runs as the user `postgres`, because initdb refuses root."""

    def __init__(self) -> None:
        for folder in folders.abandoned("pg"):
            _remove(folder)
        self.folder = folders.new("pg")
        self.port = free_port()
        self.url = self.url_of("postgres")
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", self._data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.start()

    def url_of(self, database: str) -> str:
        return f"postgres://tester@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, *, like: str = "template1") -> None:
        """Add a database: an empty one, or a copy of another that nobody reads."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "tester", "-T", like, database)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        """Start, and wait until it answers."""
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        where = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", str(self.folder / "log"), "-o", f"{where} {quick}", "start")

    def stop(self) -> None:
        """Stop at once, as when the machine of the database goes away."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def remove(self) -> None:
        """Stop if it runs, and leave nothing behind."""
        _remove(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        _run(program, *arguments)


def _run(program: str, *arguments: str) -> None:
    done = _done(program, *arguments)
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")


def _done(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [_program(program), *arguments]
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    return subprocess.run(command, cwd="/", check=False, capture_output=True, text=True)


def _remove(folder: Path) -> None:
    """Stop the server of this folder if it runs, and take the folder away.

    A server that was killed, or went down with its machine, leaves a note of a process that is no more: there is
    nothing to stop then. One that could not be stopped ends by itself when it misses its folder.
    """
    if (folder / "data" / "postmaster.pid").exists():
        _done("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    """Debian keeps the server's programs outside PATH, one folder for each version; the newest is taken."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise RuntimeError(f"{name} is missing; install it with: apt-get install -y postgresql")
    return found


def free_port() -> int:
    """A port of loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
