"""``trigpoint package``: work that goes to a coder on another machine, and codings that come back."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UserFacingError
from workbench import settings
from workbench.cli.calls import (
    LEAVES,
    REFUSED,
    Call,
    InputFile,
    Out,
    at_database,
    at_study,
    command,
    make_group,
)
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from workbench.services.package_returns import Conflict, Taken

#: Where a passphrase is looked for. It is never an argument: those stand in the shell's history.
PASSPHRASE_VARIABLE = "TRIGPOINT_PASSPHRASE"

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        exists=True,
        dir_okay=False,
        help=f"A file with the passphrase in its first line; else {PASSPHRASE_VARIABLE}, else you are asked.",
    ),
]
NewFile = Annotated[Path, typer.Argument(dir_okay=False, writable=True, help="The file to write."), LEAVES]


def add_to(app: typer.Typer) -> None:
    packages = make_group(app, "Coders on other machines: encrypted files there and back.", name="package")
    command(packages, "make")(make)
    command(packages, "return")(give_back)
    command(packages, "take")(take)


def make(
    call: Call,
    coder: Annotated[str, typer.Option(help="For whom.")],
    out: Out,
    round_name: Annotated[
        str | None, typer.Option("--round", help="The round; else the only open one of this coder.")
    ] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make one encrypted file with texts, codebook and assignment for a coder; the lead does this.

    It holds nobody's codings, memos or names but the coder's own.
    """
    from workbench.cli.leaving import checked
    from workbench.services.package_files import seal, spell
    from workbench.services.packages import make_package, package_to_make

    with at_study(call) as (engine, actor):
        content = spell(package_to_make(engine, actor, coder, round_name=round_name))
        checked(call, engine, actor, "package", out.name, content)
        secret = passphrase_from(passphrase_file, new=True)
        made = make_package(engine, actor, coder, round_name=round_name)
    out.write_bytes(seal(made, passphrase=secret))
    version = made.codebooks[0].number
    if call.json:
        write_json(
            {
                "path": out,
                "package": made.package,
                "coder": made.coder.name,
                "round": None if made.round is None else made.round.name,
                "documents": len(made.documents),
                "codings": 0,
                "codebook_version": version,
            }
        )
        return
    say(
        f"Wrote {out} for {made.coder.name}: {len(made.documents):,} documents, version {version} of the "
        "codebook. Give the passphrase another way than the file."
    )


def give_back(call: Call, file: NewFile, passphrase_file: PassphraseFile = None) -> None:
    """Write your codings into a file for your team, from a study that came out of a package."""
    from workbench.cli.leaving import checked
    from workbench.services.package_files import seal, spell
    from workbench.services.packages import return_package

    with at_study(call) as (engine, actor):
        returned = return_package(engine, actor)
        checked(call, engine, actor, "codings_returned", file.name, spell(returned))
    file.write_bytes(seal(returned, passphrase=passphrase_from(passphrase_file, new=True)))
    codings, finished, documents = map(len, (returned.codings, returned.finished, returned.texts))
    if call.json:
        write_json(
            {
                "path": file,
                "documents": documents,
                "codings": codings,
                "finished": finished,
                "codebook_version": returned.codebooks[-1].number,
            }
        )
        return
    say(f"Wrote {file}: {codings:,} codings, {finished:,} of {documents:,} documents finished.")


def take(call: Call, file: InputFile, passphrase_file: PassphraseFile = None) -> None:
    """Take a package, whichever it is: open an assignment as a study, or take in a coder's codings.

    What can't be taken is listed with its remedy, and the exit status is then 3; the rest is taken.
    """
    from store.assignments import Assignment
    from workbench.services.package_files import unseal
    from workbench.services.packages import take_package

    opened = unseal(file.read_bytes(), passphrase=passphrase_from(passphrase_file, new=False))
    with at_database(call, create=isinstance(opened.content, Assignment)) as engine:
        taken = take_package(engine, opened, person=settings.acting_person(call.person), study=call.study)
    if call.json:
        write_json(_answer(taken))
    else:
        _tell(taken)
    if not taken.complete:
        raise typer.Exit(REFUSED)


def passphrase_from(file: Path | None, *, new: bool) -> str:
    """The passphrase from a file, the environment, or whoever sits at the prompt."""
    if file is not None:
        said: str | None = file.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
    else:
        said = os.environ.get(PASSPHRASE_VARIABLE)
    if said is None:
        said = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    if not said:
        raise UserFacingError(f"The passphrase is empty. Check the file, or {PASSPHRASE_VARIABLE}.")
    return said


_NUMBERS = ("codings", "changed", "retired", "duplicates", "proposals", "finished")


def _answer(taken: "Taken") -> dict[str, Any]:
    return {
        "kind": taken.kind,
        "study": taken.study,
        "coder": taken.coder,
        "round": taken.round or None,
        "documents": taken.documents,
        "codebook_version": taken.codebook_version,
        **{name: getattr(taken, name) for name in _NUMBERS},
        "conflicts": _lines(taken.conflicts),
        "notes": _lines(taken.notes),
        "complete": taken.complete,
        "already_taken": taken.already_taken,
        "reason": taken.reason,
    }


def _lines(conflicts: "Sequence[Conflict]") -> list[dict[str, Any]]:
    fields = ("document", "title", "reason", "remedy", "codings")
    return [{field: getattr(conflict, field) for field in fields} for conflict in conflicts]


def _tell(taken: "Taken") -> None:
    if taken.already_taken:
        say("This file was taken before.")
    if taken.kind == "assignment":
        if not taken.already_taken:
            say(f"Opened the study '{taken.study}' with {taken.documents:,} documents.")
        say(f'Work in it as {taken.coder}: --as "{taken.coder}"')
        return
    for title, lines in (("not taken", taken.conflicts), ("to look at", taken.notes)):
        if lines:
            rows = [(title, line.title, line.codings, f"{line.reason} {line.remedy}") for line in lines]
            write_table(("what", "document", "codings", "why, and what to do"), rows)
    if taken.reason is not None:
        say(f"Took the codings of {taken.coder}. {taken.reason}")
        if not taken.complete:
            say(f"Not all of it could be taken. {taken.coder} is told what, when they take the file here.")
        return
    told = ", ".join(f"{getattr(taken, name):,} {name}" for name in _NUMBERS)
    say(f"{taken.coder}: {told}")
