"""``trigpoint pseudonymise`` and ``trigpoint pseudonyms check``: texts without names, and the key apart."""

import csv
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from corpus.errors import UserFacingError
from workbench.cli.calls import FAULT, REFUSED, Call, at_study, command, make_group
from workbench.cli.output import say, write_json, write_table
from workbench.cli.packages import PASSPHRASE_VARIABLE, PassphraseFile, passphrase_from

if TYPE_CHECKING:
    from workbench.services.pseudonym_keys import Key
    from workbench.services.pseudonymising import Decision, Leak, Proposal

KeyFile = Annotated[
    Path | None,
    typer.Option("--key", dir_okay=False, help="The key file; else the study's own in your data folder."),
]


def add_to(app: typer.Typer) -> None:
    command(app, "pseudonymise")(pseudonymise)
    group = make_group(app, "Whether names show through.", name="pseudonyms")
    command(group, "check")(check)


def pseudonymise(
    call: Call,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files and folders.")],
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder for the pseudonymised texts.")],
    key: KeyFile = None,
    language: Annotated[str | None, typer.Option(help="en, nl or fr; else guessed from each text.")] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="CSV with the columns name and decision (yes or no)."),
    ] = None,
    names: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write the names that were found to this CSV file.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take every hit as confirmed.")] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write copies of texts with pseudonyms for names, numbers and addresses. It asks nothing.

    Every hit is replaced, also one that nobody confirmed. Names and originals go into the key, which
    a passphrase locks; without one no key is kept, and nobody can go back.
    """
    from corpus.models import Refused, Source
    from workbench.services.pseudonym_keys import keep_key, key_place, new_key, open_key
    from workbench.services.pseudonymising import (
        Original,
        confirm_all,
        propose,
        pseudonymise,
        read_originals,
        settle,
        with_originals,
    )

    study = _study_of(call)
    said = passphrase_file is not None or PASSPHRASE_VARIABLE in os.environ or key is not None
    where = key or key_place(None if study is None else str(study))
    if said and out.resolve() in where.resolve().parents:
        raise UserFacingError(f"The key {where} would lie beside the texts. Choose a place away from {out}.")
    secret = passphrase_from(passphrase_file, new=not where.exists()) if said else ""
    read = list(read_originals(files, language=language))
    originals = [one for one in read if isinstance(one, Original)]
    refused = [one for one in read if isinstance(one, Refused)]
    first = next((one.language for one in originals if one.language), language)
    held = open_key(where, passphrase=secret) if said and where.exists() else new_key(study, first)
    proposal = propose(originals, held)
    if names is not None:
        _write_names(names, proposal)
    decided = confirm_all(proposal) if yes else _decided(decisions, proposal)
    held, given = settle(held, proposal, decided)
    made = pseudonymise(proposal, held, given, source=Source(UUID(int=0), "", ""))
    if said:
        keep_key(where, with_originals(held, made, proposal), passphrase=secret)
    out.mkdir(parents=True, exist_ok=True)
    taken: Counter[str] = Counter()
    for number, one in enumerate(made):
        stem = _stem(proposal, number, given, held)
        taken[stem] += 1
        path = out / f"{stem}{'' if taken[stem] == 1 else f' ({taken[stem]})'}.txt"
        path.write_bytes(one.document.text.encode())
        if call.json:
            write_json(
                {
                    "path": one.path,
                    "out": path,
                    "found": one.found,
                    "unconfirmed": one.unconfirmed,
                    "capitals": _capitals(proposal, number),
                    "reason": None,
                }
            )
    for lost in refused:
        if call.json:
            write_json(
                {
                    "path": lost.path,
                    "out": None,
                    "found": {},
                    "unconfirmed": 0,
                    "capitals": 0,
                    "reason": lost.reason,
                }
            )
        else:
            say(f"{lost.path}: refused, {lost.reason}")
    if not call.json:
        rows = [
            (one.path, sum(one.found.values()), one.unconfirmed, _capitals(proposal, number))
            for number, one in enumerate(made)
        ]
        write_table(("file", "found", "unconfirmed", "other capitals"), rows)
    if said:
        say(f"The key is {where}. Keep it apart from the texts, and the passphrase apart from the key.")
    else:
        say(
            f"No key was kept: there is no way back to the names. Set {PASSPHRASE_VARIABLE} or give "
            "--passphrase-file to keep one."
        )
    if refused:
        raise typer.Exit(REFUSED)


def check(
    call: Call,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Files that are to leave."),
    ] = None,
    key: KeyFile = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Look for names of the key in all that the study holds, or in files that are to leave.

    Each place is told with the kind of form that stands there, never with the form. The exit status is 1
    when one was found.
    """
    from workbench.services.pseudonym_keys import key_place, open_key
    from workbench.services.pseudonymising import NOT_EVERYTHING, check_file, check_study

    study = _study_of(call)
    where = key or key_place(None if study is None else str(study))
    if not where.is_file():
        raise UserFacingError(f"There is no key at {where}. Give the file that was made: --key FILE")
    held: Key = open_key(where, passphrase=passphrase_from(passphrase_file, new=False))
    if files:
        checks = [check_file(file, held) for file in files]
    else:
        with at_study(call) as (engine, actor):
            checks = [check_study(engine, actor, held)]
    leaks: list[Leak] = [leak for each in checks for leak in each.found]
    unchecked = [what for each in checks for what in each.unchecked]
    if call.json:
        write_json(
            {
                "checked": len(held.entities),
                "found": [
                    {
                        "place": leak.place,
                        "id": leak.id,
                        "start_char": leak.start_char,
                        "kind": leak.kind,
                        "form": leak.form,
                        "pseudonym": leak.pseudonym,
                    }
                    for leak in leaks
                ],
                "unchecked": unchecked,
            }
        )
    else:
        write_table(
            ("place", "id", "character", "kind", "form"),
            [(leak.place, leak.id, leak.start_char, leak.kind, leak.form) for leak in leaks],
        )
    for what in unchecked:
        say(f"{what[0].upper()}{what[1:]}." if what == NOT_EVERYTHING else f"{what}.")
    say(f"{len(leaks):,} places where a name or number of the key shows.")
    if leaks:
        raise typer.Exit(FAULT)


def _study_of(call: Call) -> UUID | None:
    """The study that is meant; None where there is none and none was named."""
    try:
        with at_study(call) as (_, actor):
            return actor.study_id
    except UserFacingError:
        if call.study:
            raise
        return None


def _capitals(proposal: "Proposal", number: int) -> int:
    return sum(len(unit.capitals) for unit in proposal.units if unit.original == number and not unit.beside)


def _stem(proposal: "Proposal", number: int, given: dict[str, str], held: "Key") -> str:
    from corpus.pseudonyms.entities import replacements
    from corpus.pseudonyms.replacing import replace

    raw = proposal.originals[number].raw
    stem = Path(raw.name).stem + (f" {raw.place}" if raw.place else "")
    return replace(stem, replacements(stem, held.entities))[0]


def _write_names(path: Path, proposal: "Proposal") -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(("name", "kind", "times", "why", "decision"))
        for group in proposal.groups:
            name = group.name if group.name[:1] not in "=+-@" else f"'{group.name}"
            writer.writerow((name, group.kind.value, len(group.hits), group.hits[0][1].why, ""))


def _decided(path: Path | None, proposal: "Proposal") -> "dict[str, Decision]":
    from workbench.services.pseudonymising import Decision

    if path is None:
        return {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if rows and not {"name", "decision"} <= rows[0].keys():
        raise UserFacingError(f"{path}: needs the columns 'name' and 'decision' (yes or no).")
    said = {}
    for number, row in enumerate(rows, start=2):
        answer = (row["decision"] or "").strip().casefold()
        if answer not in ("", *_YES, *_NO):
            raise UserFacingError(
                f"{path}, row {number}: the decision is neither yes nor no. Write one of both."
            )
        if answer:
            name = row["name"] or ""
            said[name] = said[name.removeprefix("'")] = answer in _YES
    return {
        group.key: Decision(confirmed=said[group.name]) for group in proposal.groups if group.name in said
    }


_YES, _NO = ("yes", "ja", "oui", "y"), ("no", "nee", "non", "n")
