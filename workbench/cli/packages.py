"""``trigpoint package``: work that goes to a coder on another machine, and codings that come back."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench import settings
from workbench.cli.calls import REFUSED, Call, InputFile, Out, at_database, at_study, command, make_group
from workbench.cli.output import say, write_json, write_table

if TYPE_CHECKING:
    from workbench.services.packages import Conflict, Taken

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
NewFile = Annotated[Path, typer.Argument(dir_okay=False, writable=True, help="The file to write.")]


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
    from workbench.services import packages

    with at_study(call) as (engine, actor):
        secret = _passphrase(passphrase_file, new=True)
        made = packages.make_package(engine, actor, coder, passphrase=secret, round_name=round_name)
    out.write_bytes(made.data)
    if call.json:
        write_json(
            {
                "path": out,
                "package": made.package,
                "coder": made.coder,
                "round": made.round or None,
                "documents": made.documents,
                "codings": 0,
                "codebook_version": made.codebook_version,
            }
        )
        return
    say(
        f"Wrote {out} for {made.coder}: {made.documents:,} documents, "
        f"version {made.codebook_version} of the codebook. Give the passphrase another way than the file."
    )


def give_back(call: Call, file: NewFile, passphrase_file: PassphraseFile = None) -> None:
    """Write your codings into a file for your team, from a study that came out of a package."""
    from workbench.services import packages

    with at_study(call) as (engine, actor):
        returned = packages.return_package(engine, actor, passphrase=_passphrase(passphrase_file, new=True))
    file.write_bytes(returned.data)
    if call.json:
        write_json(
            {
                "path": file,
                "documents": returned.documents,
                "codings": returned.codings,
                "finished": returned.finished,
                "codebook_version": returned.codebook_version,
            }
        )
        return
    say(
        f"Wrote {file}: {returned.codings:,} codings, {returned.finished:,} of "
        f"{returned.documents:,} documents finished."
    )


def take(call: Call, file: InputFile, passphrase_file: PassphraseFile = None) -> None:
    """Take a package, whichever it is: open an assignment as a study, or take in a coder's codings.

    What can't be taken is listed with its remedy, and the exit status is then 3; the rest is taken.
    """
    from workbench.services import packages

    data, secret = file.read_bytes(), _passphrase(passphrase_file, new=False)
    with at_database(call, create=True) as engine:
        person = settings.acting_person(call.person)
        taken = packages.take_package(engine, data, passphrase=secret, person=person, study=call.study)
    if call.json:
        write_json(_answer(taken))
    else:
        _tell(taken)
    if not taken.complete:
        raise typer.Exit(REFUSED)


def _passphrase(file: Path | None, *, new: bool) -> str:
    """The passphrase from a file, the environment, or whoever sits at the prompt."""
    if file is not None:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        return lines[0] if lines else ""
    said = os.environ.get(PASSPHRASE_VARIABLE)
    if said is not None:
        return said
    asked: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    return asked


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
