"""One call of the command line: what holds for every command, which database it works on, how it ends."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import NotStored, UnreadableFile, UserFacingError
from workbench import settings
from workbench.cli.output import say

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.studies import Member

FAULT, USAGE, REFUSED = 1, 2, 3


class Fault(UserFacingError):  # noqa: N818 - named after what the researcher sees
    """What neither the wording of the command nor the input is to blame for. Exit status 1."""


class InputRefused(UserFacingError):  # noqa: N818
    """A file of which nothing could be taken. Exit status 3."""


@dataclass(frozen=True)
class Leaving:
    """How a file is checked for names before it leaves: with which key, or why it leaves all the same."""

    pseudonym_key: Path | None = None
    key_passphrase_file: Path | None = None
    with_names: str = ""
    unchecked: str = ""


@dataclass(frozen=True)
class Call:
    """What was said for any command: None leaves it to the environment, or to what there is."""

    database: str | None = None
    person: str | None = None
    study: str | None = None
    json: bool = False
    leaving: Leaving = Leaving()


def _in_a_folder(path: Path) -> Path:
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}")
    return path


#: Marks the file that a command writes: the options of `Leaving` are then added to the command.
LEAVES = "leaves the study"

Out = Annotated[
    Path,
    typer.Option("--out", help="The file to write.", dir_okay=False, writable=True, callback=_in_a_folder),
    LEAVES,
]
InputFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The file to read.")]

_SHARED = (
    (
        "database",
        Annotated[
            str | None,
            typer.Option(
                "--database",
                metavar="URL",
                help=f"SQLite file or postgresql:// address; else {settings.DATABASE_VARIABLE}, "
                "else your own file.",
            ),
        ],
        None,
    ),
    (
        "person",
        Annotated[
            str | None,
            typer.Option(
                "--as",
                metavar="NAME",
                help=f"Who is working; else {settings.PERSON_VARIABLE}, else the login name.",
            ),
        ],
        None,
    ),
    (
        "study",
        Annotated[
            str | None,
            typer.Option("--study", metavar="STUDY", help="Name or id; needed where there are several."),
        ],
        None,
    ),
    ("json", Annotated[bool, typer.Option("--json", help="Write results as JSON.")], False),
)

_LEAVING = (
    (
        "pseudonym_key",
        Annotated[
            Path | None,
            typer.Option(
                "--pseudonym-key",
                exists=True,
                dir_okay=False,
                help="In a study with pseudonyms: the key that the file is checked against; else its own.",
            ),
        ],
        None,
    ),
    (
        "key_passphrase_file",
        Annotated[
            Path | None,
            typer.Option(
                "--key-passphrase-file",
                exists=True,
                dir_okay=False,
                help="A file with the key's passphrase in its first line; else TRIGPOINT_KEY_PASSPHRASE or "
                "TRIGPOINT_PASSPHRASE, else you are asked.",
            ),
        ],
        None,
    ),
    (
        "with_names",
        Annotated[
            str, typer.Option("--with-names", metavar="REASON", help="Why it leaves although names show.")
        ],
        "",
    ),
    (
        "unchecked",
        Annotated[str, typer.Option("--unchecked", metavar="REASON", help="Why it leaves unchecked.")],
        "",
    ),
)


def make_group(parent: typer.Typer | None, text: str, *, name: str = "", root: bool = False) -> typer.Typer:
    """A group of commands that takes the shared options before the name of its command too."""
    group = typer.Typer(
        help=text,
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    group.callback()(_called(_root if root else _nothing, of_study=True))
    if parent is not None:
        parent.add_typer(group, name=name)
    return group


def command(
    group: typer.Typer, name: str, *, of_study: bool = True
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function that takes a `Call` first; the shared options are added to its own."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        group.command(name)(_called(function, of_study=of_study))
        return function

    return register


@contextmanager
def at_database(call: Call, *, create: bool = False) -> Iterator["Engine"]:
    """The database of a call, brought to the schema of this version.

    A SQLite file is migrated as it is opened. A team's PostgreSQL is not: others work on it, so that
    is a decision of its own, made with ``trigpoint migrate``.

    Raises
    ------
    NotThere
        If there is no such SQLite file and the command does not begin one.
    """
    with at_unprepared_database(call, create=create) as engine:
        _prepare(engine)
        yield engine


@contextmanager
def at_unprepared_database(call: Call, *, create: bool = False) -> Iterator["Engine"]:
    """The database of a call with whatever schema it has."""
    import sqlalchemy as sa

    from store.engine import open_engine, reading, sqlite_library
    from workbench.services.errors import NotThere

    url = settings.database_url(call.database)
    file = database_file(url)
    if file is not None and not create and not file.exists():
        raise NotThere(f"There is no database at {file} yet. Begin one: trigpoint study create NAME")
    engine = open_engine(url)
    try:
        try:
            with reading(engine) as connection:
                connection.execute(sa.text("SELECT 1 FROM sqlite_master" if file else "SELECT 1"))
        except (sa.exc.DatabaseError, sqlite_library().DatabaseError) as error:
            told = str(getattr(error, "orig", None) or error).strip()
            address = engine.url.render_as_string(hide_password=True)
            raise Fault(f"The database {address} can't be opened: {told}. Check the address.") from error
        yield engine
    finally:
        engine.dispose()


@contextmanager
def at_study(call: Call) -> Iterator[tuple["Engine", "Member"]]:
    """The database of a call, and the acting person as a member of its study."""
    from workbench.services.studies import enter_study, find_study

    with at_database(call) as engine:
        study = find_study(engine, call.study)
        yield engine, enter_study(engine, study, person=settings.acting_person(call.person))


@contextmanager
def taking(*kinds: type[UserFacingError]) -> Iterator[None]:
    """Errors of these kinds mean that the input as a whole was refused, not that the call was wrong."""
    try:
        yield
    except kinds as error:
        raise InputRefused(str(error)) from error


def database_file(url: str) -> Path | None:
    """The file of a SQLite address; None for a server."""
    import sqlalchemy as sa

    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    return Path(address.database)


def names_in(listed: str) -> list[str]:
    """Names separated by commas.

    >>> names_in("Ann, Ben,")
    ['Ann', 'Ben']
    """
    return [name.strip() for name in listed.split(",") if name.strip()]


def _prepare(engine: "Engine") -> None:
    from store.migrate import migrate, newest_schema, schema_revision
    from workbench.services.errors import NotAllowed

    has = schema_revision(engine)
    older = has is None or has < (newest_schema() or "")
    if engine.dialect.name != "sqlite" and older:
        state = "has no Trigpoint tables yet" if has is None else f"has an older schema ({has})"
        raise NotAllowed(f"This database {state}. When nobody is at work on it, run: trigpoint migrate")
    migrate(engine)


def _called(function: Callable[..., None], *, of_study: bool) -> Callable[..., None]:
    """The function as Typer sees it: without `Call`, with the shared options instead."""
    shared = [s for s in _SHARED if of_study or s[0] != "study"]
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    writes = any(LEAVES in getattr(parameter.annotation, "__metadata__", ()) for parameter in own)
    leaving = _LEAVING if writes else ()
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)
        for name, kind, default in (*leaving, *shared)
    ]
    parameters = [context, *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own), *options]

    @functools.wraps(function)
    def called(*, context: typer.Context, **given: Any) -> None:
        said = {name: given.pop(name) for name, _, _ in shared}
        before = context.obj if isinstance(context.obj, Call) else Call()
        # What stands nearest to the command wins over what was said before it.
        call = context.obj = replace(before, **{name: value for name, value in said.items() if value})
        if leaving:
            call = replace(call, leaving=Leaving(**{name: given.pop(name) for name, _, _ in leaving}))
        _run(lambda: function(call, **given))

    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return called


def _run(act: Callable[[], None]) -> None:
    try:
        act()
    except UserFacingError as error:
        say(str(error))
        raise typer.Exit(_status(error)) from error


def _status(error: UserFacingError) -> int:
    if isinstance(error, Fault | NotStored):
        return FAULT
    # What a person gave to be read, and nothing of it could be.
    return REFUSED if isinstance(error, InputRefused | UnreadableFile) else USAGE


def _nothing(_call: Call) -> None:
    pass


def _show_version(wanted: bool) -> None:
    if wanted:
        from store.events import app_version

        typer.echo(f"trigpoint {app_version()}")
        raise typer.Exit


def _root(
    _call: Call,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and stop.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    pass
