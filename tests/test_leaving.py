"""No file of a study goes past the gate of `workbench/services/leaving.py`: read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from workbench.cli import app
from workbench.settings import STREAMLIT_OPTIONS

ROOT = Path(__file__).resolve().parents[1]
VIEWS = sorted((ROOT / "workbench" / "views").rglob("*.py"))
COMMANDS = sorted((ROOT / "workbench" / "cli").glob("*.py"))

#: Where a file is handed to the browser: by the gate of the views, and by the pictures, which ask it.
GATE = "leaving.py"
HAND_OVER = {"download_button": {GATE}, "createObjectURL": {"questions_pictures.py"}}

#: What commands write that is not checked, and why.
NOT_CHECKED = {
    "keeping.backup": "the database itself, which `pseudonyms check` looks through",
    "pseudonyms.pseudonymise": "copies of files that are in no study, and the names that were found in them",
}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def called(node: ast.AST) -> set[str]:
    """The names of all that is called, or handed on, inside."""
    names = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    return names | {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


@pytest.mark.parametrize("way", sorted(HAND_OVER))
def test_only_the_gate_hands_files_to_the_browser(way: str) -> None:
    found = {path.name for path in VIEWS if way in path.read_text(encoding="utf-8")}
    assert found == HAND_OVER[way]


def test_pictures_ask_the_gate_before_they_hand_themselves_over() -> None:
    (picture,) = [f for path in VIEWS for f in functions(path) if f.name == "show_picture"]
    assert "may_leave" in called(picture)


def test_no_page_or_component_has_another_way_out() -> None:
    sources = [*VIEWS, *(ROOT / "workbench" / "components").rglob("src/*.ts")]
    for path in sources:
        told = path.read_text(encoding="utf-8")
        for way in ("download=", "data:text", "data:application", "showSaveFilePicker", "msSaveBlob"):
            assert way not in told, f"{path}: {way} hands out what was not checked; use views/leaving.py"


def test_every_download_says_in_a_word_of_the_program_what_it_is() -> None:
    calls = [
        (path, node)
        for path in VIEWS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "download"
    ]
    assert len(calls) > 25
    for path, call in calls:
        assert isinstance(call.args[1], ast.Constant), f"{path}:{call.lineno}"
        assert str(call.args[1].value).replace("_", "").isalpha(), f"{path}:{call.lineno}"


def test_tables_have_no_download_of_their_own() -> None:
    assert STREAMLIT_OPTIONS["client.disableDataExport"] is True


# -- commands ----------------------------------------------------------------------------------------


def writers() -> dict[str, ast.FunctionDef]:
    """Functions of commands that write a file, or are given the place of one."""
    found = {}
    for path in COMMANDS:
        for function in functions(path):
            given = [ast.unparse(a.annotation) for a in function.args.args if a.annotation is not None]
            named = any(note in ("Out", "NewFile", "File") or "LEAVES" in note for note in given)
            writes = called(function) & {"write_bytes", "write_text", "mkstemp", "NamedTemporaryFile"}
            opens = any(
                isinstance(node, ast.Constant) and node.value in ("w", "wb", "x", "a")
                for node in ast.walk(function)
            )
            backs_up = called(function) & {"back_up"}
            if named or writes or opens or backs_up:
                found[f"{path.stem}.{function.name}"] = function
    return found


def test_every_command_that_writes_a_file_passes_the_gate() -> None:
    lacking = {
        name
        for name, function in writers().items()
        if not called(function) & {"leaving", "checked", "_write", "_export"}
    }
    assert {name for name in lacking if name not in NOT_CHECKED} == set(PASSED_ON)
    for helper in ("questions._write", "chronicle._export"):
        assert "leaving" in called(writers()[helper])


#: Parts of a command that are given the place only to tell it, or that write for a command of NOT_CHECKED.
PASSED_ON = ("pseudonyms._write_names",)


def test_what_a_command_writes_is_asked_about_on_the_command_line() -> None:
    """Wherever a file leaves, the options about the key are there."""
    for name, command in commands(typer.main.get_command(app)):
        options = {option for parameter in command.params for option in parameter.opts}
        if "--out" in options and name != "pseudonymise":
            assert {"--pseudonym-key", "--key-passphrase-file", "--with-names", "--unchecked"} <= options, (
                name
            )


ABOUT_THE_KEY = {"--pseudonym-key", "--key-passphrase-file", "--with-names", "--unchecked"}


def commands(group: object, above: str = "") -> Iterator[tuple[str, object]]:
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, f"{above}{name} ")
        if not hasattr(command, "commands"):
            yield f"{above}{name}", command
