"""``trigpoint run``: the app, served to this machine alone."""

import os
import socket
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import quote

import typer

from workbench import settings
from workbench.cli.calls import Call, Fault, at_database, command, database_file
from workbench.cli.output import say

HOST = "127.0.0.1"
DEMO_FILE = "demo.db"
# Beside the packages, in a checkout and when installed: Streamlit puts the folder of its script first
# on the path, and there no module may bear the name of a package.
SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"


def add_to(app: typer.Typer) -> None:
    command(app, "run")(run)


def run(
    call: Call,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the browser finds it.")] = 8501,
    demo: Annotated[
        bool, typer.Option("--demo", help="The example study, in a database of its own.")
    ] = False,
) -> None:
    """Start the app. Only this machine can reach it; Ctrl-C stops it."""
    _refuse_busy_port(port)
    person = settings.acting_person(call.person)
    if demo:
        call = _with_example(call, person)
    with at_database(call, create=True) as engine:
        address = engine.url.render_as_string(hide_password=True)
    page = f"http://{HOST}:{port}" + (f"/study?study={quote(call.study)}" if call.study else "")
    say(f"Trigpoint is at {page}  (Ctrl-C stops it)\nWorking as {person}; database {address}")
    os.environ[settings.DATABASE_VARIABLE] = settings.database_url(call.database)
    os.environ[settings.PERSON_VARIABLE] = person
    _serve(port)


def _serve(port: int) -> None:
    from streamlit.web import bootstrap

    # The address is written above, once, and with what belongs to it.
    flags = settings.streamlit_flags(port=port) | {"logger_hideWelcomeMessage": True}
    bootstrap.load_config_options(flags)
    bootstrap.run(str(SCRIPT), False, [], flags)


def _with_example(call: Call, person: str) -> Call:
    """The call on the example's own database, which is loaded on first use."""
    database = call.database or str(settings.data_folder() / DEMO_FILE)
    call = replace(call, database=database)
    file = database_file(settings.database_url(database))
    if file is None or file.exists():
        _load_example(call, person)
        return call
    say("Loading the example study …")
    file.parent.mkdir(parents=True, exist_ok=True)
    # Made apart and moved when it is whole: stopped half way, it would be half an example for ever.
    with TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as folder:
        unfinished = Path(folder) / file.name
        _load_example(replace(call, database=str(unfinished)), person)
        unfinished.replace(file)
    return call


def _load_example(call: Call, person: str) -> None:
    from workbench.services import example
    from workbench.services.studies import studies_of

    with at_database(call, create=True) as engine:
        if example.NAME not in {study.name for study in studies_of(engine)}:
            example.load_example(engine, person=person)


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as listener:
        if os.name == "posix":
            # As the server itself does: a port that was left a moment ago is free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            raise Fault(
                f"Port {port} can't be used ({error.strerror}). Is Trigpoint running already? "
                f"Else take another: --port {port + 1 if port < 65535 else port - 1}"
            ) from error
