"""What holds for every command: where options stand, how a call ends, what is loaded for it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

HEAVY = ("streamlit", "spacy", "pandas", "scipy", "docx", "sqlalchemy", "altair", "networkx")


def loaded_after(statement: str, names: tuple[str, ...]) -> list[str]:
    told = f"import sys; {statement}; print([name for name in {names!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return eval(run.stdout.splitlines()[-1])


def test_help_loads_neither_the_app_nor_the_database():
    assert loaded_after("import workbench.cli", HEAVY) == []


def test_importing_text_files_loads_neither_the_app_nor_the_statistics(tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("Funding is unsure.", encoding="utf-8")
    statement = (
        "from typer.testing import CliRunner; from workbench.cli import app; "
        "run = lambda *words: CliRunner().invoke(app, "
        f"[*words, '--database', {str(tmp_path / 'a.db')!r}, '--as', 'Lea']).exit_code; "
        f"assert run('study', 'create', 'S') == 0; "
        f"assert run('import', {str(text)!r}, '--source', 'A', '--kind', 'interview') == 0"
    )
    assert loaded_after(statement, ("streamlit", "spacy", "pandas", "scipy", "docx")) == []


@pytest.mark.parametrize(
    "words",
    [
        ("--json", "--study", "Region", "--as", "Lea", "round", "list"),
        ("round", "--json", "--study", "Region", "--as", "Lea", "list"),
        ("round", "list", "--json", "--study", "Region", "--as", "Lea"),
    ],
)
def test_shared_options_may_stand_anywhere(trigpoint, study, words):
    assert trigpoint(*words).json == []


def test_what_stands_nearest_to_the_command_wins(trigpoint, study):
    trigpoint("--as", "Nobody", "study", "add-person", "Ann", "--as", "Lea")


def test_a_mistyped_command_ends_with_2(trigpoint):
    assert "No such command" in trigpoint("documnts", status=2).err


@pytest.mark.parametrize("words", [("search", "x", "--stem"), ("agree", "--unit", "word")])
def test_what_is_not_built_yet_is_no_option(trigpoint, words):
    answer = trigpoint(*words, status=2)
    assert words[-1].lstrip("-") in answer.err
    assert answer.out == ""


def test_a_message_is_no_traceback(trigpoint, study):
    answer = trigpoint("documents", "--study", "Elsewhere", status=2)
    assert answer.out == ""
    assert answer.err == "There is no study 'Elsewhere'. There are: 'Region'.\n"


def test_whoever_is_not_in_the_study_is_not_let_in(trigpoint, study):
    assert "Lea" in trigpoint("documents", person="Eve", status=2).err


def test_with_several_studies_one_has_to_be_named(trigpoint, study):
    trigpoint("study", "create", "Other")
    assert "--study" in trigpoint("documents", status=2).err
    assert trigpoint("documents", "--study", "Other", "--json").json == []


def test_a_command_that_needs_a_database_does_not_begin_one(trigpoint, database):
    assert "trigpoint study create" in trigpoint("verify", status=2).err
    assert trigpoint("study", "list", "--json").json == []
    assert trigpoint("doctor", "--json").json["database"]["schema"] == "no database yet"
    assert not database.exists()


def test_a_file_that_is_no_database_is_a_fault(trigpoint, database):
    database.write_text("This is a letter, not a database. " * 40, encoding="utf-8")
    assert "can't be opened" in trigpoint("documents", status=1).err


def test_an_unexpected_fault_shows_its_traceback_and_ends_with_1(trigpoint, study, database):
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TABLE section")
        connection.execute("ALTER TABLE document RENAME TO lost")
        connection.commit()
    command = [sys.executable, "-c", "from workbench.cli import main; main()", "documents"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stdout == ""
    assert "Traceback" in run.stderr


def test_a_file_cannot_be_written_into_a_folder_that_is_not_there(trigpoint, study, tmp_path):
    words = ("codebook", "export", "--format", "yaml", "--out", tmp_path / "absent" / "codebook.yaml")
    assert "there is no folder" in trigpoint(*words, status=2).err


def test_a_teams_database_is_migrated_only_by_the_command_for_it(trigpoint, postgresql_engine):
    url = postgresql_engine.url.render_as_string(hide_password=False)
    with postgresql_engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    refusal = trigpoint("study", "create", "Team", "--database", url, status=2)
    assert "trigpoint migrate" in refusal.err
    moved = trigpoint("migrate", "--json", "--database", url).json
    assert moved["before"] is None and moved["schema"]
    trigpoint("study", "create", "Team", "--database", url)
    assert trigpoint("verify", "--json", "--database", url).json["problems"] == []
    assert "pg_dump" in trigpoint("backup", "copy.db", "--database", url, status=2).err


def test_the_program_runs_from_any_folder(tmp_path):
    program = Path(sys.executable).parent / "trigpoint"
    run = subprocess.run([program, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("trigpoint ")
