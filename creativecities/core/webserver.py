"""The web process: Granian with WSGI workers.

    HOST=127.0.0.1 PORT=8000 WEB_WORKERS=2 WEB_THREADS=4 python -m creativecities.core.webserver

The application is loaded once, before the workers are forked, so that they share its memory and start at once. Nothing
that runs at import may open a connection or start a thread.
"""

import gc
import importlib
import os
import signal
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from creativecities.core import supervisor


def load() -> None:
    """Import the application and compile what every page needs, then keep the collector away from the shared memory.

    What is imported stays, so collecting meanwhile finds nothing and would cost a tenth of the start.
    """
    gc.disable()
    importlib.import_module("config.wsgi")
    importlib.import_module("config.urls")
    gc.collect()
    gc.freeze()
    gc.enable()


def main() -> None:
    os.chdir(Path(__file__).resolve().parents[2])
    load()
    # A worker whose master is gone answers nobody; it does not listen to a polite signal then.
    os.register_at_fork(after_in_child=lambda: supervisor.die_with_parent(signal.SIGKILL))
    Server(
        "config.wsgi:application",
        address=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("WEB_WORKERS", "2")),
        blocking_threads=int(os.environ.get("WEB_THREADS", "4")),
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
