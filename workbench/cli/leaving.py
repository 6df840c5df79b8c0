"""The files that commands write: each is checked for names of the study's key before it takes its name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from corpus.errors import UserFacingError
from workbench.cli.calls import Call, Fault
from workbench.cli.output import write_json
from workbench.cli.packages import PASSPHRASE_VARIABLE, passphrase_from

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.studies import Member

#: Where the passphrase of the key is looked for first: a package has one of its own.
KEY_PASSPHRASE_VARIABLE = "TRIGPOINT_KEY_PASSPHRASE"


@contextmanager
def leaving(call: Call, engine: "Engine", actor: "Member", what: str, out: Path) -> Iterator[Path]:
    """A path to write to; what stands there is checked, and only then goes to ``out``."""
    from workbench.services.leaving import file_to_check

    _open_key(call, engine, actor)
    said = call.leaving
    with (
        _telling(call),
        file_to_check(engine, actor, what, out, with_names=said.with_names, unchecked=said.unchecked) as path,
    ):
        yield path


def checked(call: Call, engine: "Engine", actor: "Member", what: str, name: str, data: bytes) -> bytes:
    """The bytes of a file, once they may leave."""
    from workbench.services.leaving import Outgoing, let_leave

    _open_key(call, engine, actor)
    said, file = call.leaving, Outgoing(what, name, data)
    with _telling(call):
        return let_leave(engine, actor, file, with_names=said.with_names, unchecked=said.unchecked)


@contextmanager
def _telling(call: Call) -> Iterator[None]:
    from workbench.services.leaving import NamesShow

    try:
        yield
    except NamesShow as error:
        if call.json:
            found = [{"where": place.where, "pseudonym": place.pseudonym} for place in error.places]
            write_json({"path": None, "found": found})
        raise Fault(str(error)) from error


def _open_key(call: Call, engine: "Engine", actor: "Member") -> None:
    """Open the key, where the study has one and nobody said that the file leaves unchecked."""
    from workbench.services.leaving import entries_held, is_checked, unlock_check
    from workbench.services.pseudonym_keys import key_place

    said = call.leaving
    if not is_checked(engine, actor) or said.unchecked or entries_held(engine, actor) is not None:
        return
    key = said.pseudonym_key or key_place(str(actor.study_id))
    if not key.is_file():
        raise UserFacingError(
            f"This study's names are in a key, and files are checked against it before they leave. It is not "
            f"at {key}. Give it with --pseudonym-key FILE, or say with --unchecked REASON why not."
        )
    unlock_check(engine, actor, _passphrase(said.key_passphrase_file), key_file=key)


def _passphrase(file: Path | None) -> str:
    said = os.environ.get(KEY_PASSPHRASE_VARIABLE)
    if file is None and said:
        return said
    try:
        return passphrase_from(file, new=False)
    except typer.Abort as error:
        raise UserFacingError(
            "The key of the study's names was not opened, and nothing was written. Give its passphrase with "
            f"--key-passphrase-file, {KEY_PASSPHRASE_VARIABLE} or {PASSPHRASE_VARIABLE}, or say with "
            "--unchecked REASON why the file leaves unchecked."
        ) from error
