"""Files from the browser: kept under their own names, imported one by one, never left on the disk."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest

from corpus.readers.folders import Input
from tests.services.team import Team
from workbench.services.documents import list_documents
from workbench.services.importing import Wishes
from workbench.services.uploads import (
    Received,
    Upload,
    import_uploads,
    inputs_of,
    is_table,
    safe_name,
    tables_by_columns,
)

SURVEY = b"who;answer;answer;\nGP;No time;x;y\n\nnurse;;;\npatient;Nobody asked;;\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where uploads are put for a moment."""
    path = tmp_path / "server"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path


def receive(team: Team, *uploads: Upload, **wishes: str) -> list[Received]:
    return list(
        import_uploads(team.engine, team.lead, uploads, source="Web", kind="survey", wishes=Wishes(**wishes))
    )


def test_results_bear_the_names_of_the_files_and_nothing_stays_on_the_disk(
    quick_team: Team, folder: Path
) -> None:
    told = receive(
        quick_team,
        Upload("2023-01-05 minutes.txt", b"Minutes of a meeting."),
        Upload("picture.png", b"\x89PNG"),
        Upload("survey.csv", SURVEY),
        text_column="answer",
    )
    assert [(one.result.path, one.result.status) for one in told] == [
        ("2023-01-05 minutes.txt", "imported"),
        ("picture.png", "refused"),
        ("survey.csv, row 2", "imported"),
        ("survey.csv, row 3", "refused"),
        ("survey.csv, row 4", "refused"),
        ("survey.csv, row 5", "imported"),
    ]
    assert str(told[0].result.date) == "2023-01-05"
    assert list(folder.iterdir()) == []
    assert str(folder) not in str(told)


def test_share_grows_to_all_of_the_texts(quick_team: Team) -> None:
    shares = [one.share for one in receive(quick_team, *(Upload(f"{n}.txt", b"%d." % n) for n in range(4)))]
    assert shares == [0.25, 0.5, 0.75, 1.0]


def test_two_files_of_one_name_are_two_files(quick_team: Team) -> None:
    files = [Upload("a.txt", b"One."), Upload("A.txt", b"Two."), Upload("a.txt", b"One.")]
    told = receive(quick_team, *files)
    assert [one.result.status for one in told] == ["imported", "imported", "duplicate"]
    assert [one.result.path for one in told] == ["A.txt", "a.txt (2)", "a.txt (3)"]


def test_stopping_half_way_leaves_nothing_on_the_disk_and_keeps_what_was_told(
    quick_team: Team, folder: Path
) -> None:
    received = import_uploads(
        quick_team.engine,
        quick_team.lead,
        [Upload("a.txt", b"One."), Upload("b.txt", b"Two.")],
        source="Web",
        kind="survey",
    )
    assert next(received).result.title == "a"
    received.close()  # type: ignore[attr-defined]
    assert list(folder.iterdir()) == []
    assert "a" in {document.title for document in list_documents(quick_team.engine, quick_team.lead)}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "C:\\notes\\a.txt",
        "/a.txt",
        "..",
        ".",
        "",
        "a\x00b.txt",
        "\u202etxt.exe",
        "x" * 400 + ".txt",
    ],
)
def test_hostile_name_stays_in_its_folder(quick_team: Team, folder: Path, name: str) -> None:
    cleaned = safe_name(name)
    assert Path(cleaned).name == cleaned not in ("", ".", "..")
    assert len(cleaned) <= 180
    assert safe_name(cleaned) == cleaned
    (told,) = receive(quick_team, Upload(name, b"One."))
    assert told.result.status in ("imported", "refused")
    assert list(folder.iterdir()) == []


def test_columns_are_shown_as_the_import_knows_them(quick_team: Team) -> None:
    (found,) = tables_by_columns([Upload("survey.csv", SURVEY)])
    assert found.columns == ("who", "answer", "answer (2)", "column 4")
    assert found.rows == (
        ("GP", "No time", "x", "y"),
        ("nurse", "", "", ""),
        ("patient", "Nobody asked", "", ""),
    )
    assert found.total == 3
    for column in found.columns:
        told = receive(quick_team, Upload("survey.csv", SURVEY), text_column=column, title_column="who")
        assert all("no column" not in str(one.result.reason) for one in told)


@pytest.mark.parametrize("data", [b"", b"\n", b";;\n1;2;3\n", b"PK\x03\x04"], ids=repr)
def test_table_that_is_none_is_left_to_its_import(data: bytes) -> None:
    assert tables_by_columns([Upload("survey.csv", data)]) == []


def test_tables_are_found_by_their_names_and_in_zips_and_those_of_one_header_stand_together() -> None:
    names = ("a.csv", "A.CSV", "a.tsv", "a.xlsx", "a.ods", "a.csv.txt", "csv", "a.zip")
    assert [is_table(name) for name in names] == [True, True, True, True, True, False, False, False]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2023/survey.csv", SURVEY)
        archive.writestr("2023/minutes.txt", "Minutes.")
    files = [
        Upload("minutes.txt", b"Minutes."),
        Upload("all.zip", packed.getvalue()),
        Upload("survey.csv", SURVEY),
        Upload("other.csv", b"id;said\n1;Yes\n"),
    ]
    one, other = tables_by_columns(files)
    assert (one.paths, one.total) == (("all.zip/2023/survey.csv", "survey.csv"), 6)
    assert (other.paths, other.columns) == (("other.csv",), ("id", "said"))


def test_each_table_has_its_own_columns(quick_team: Team) -> None:
    told = receive(
        quick_team,
        Upload("survey.csv", SURVEY),
        Upload("other.csv", b"id;said\n1;Yes\n"),
        columns={"survey.csv": ("answer", "who"), "other.csv": ("said", None)},
    )
    titles = [one.result.title for one in told if one.result.status == "imported"]
    assert titles == ["other, row 2", "GP", "patient"]


def test_workbook_is_shown_as_it_will_be_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["who", "answer"])
    book.active.append(["GP", "No time"])
    book.create_sheet("Second").append(["answer", "region"])
    kept = io.BytesIO()
    book.save(kept)
    (found,) = tables_by_columns([Upload("survey.xlsx", kept.getvalue())])
    assert found.columns == ("who", "answer", "region")
    assert (found.rows, found.total) == ((("GP", "No time", ""),), 1)


def test_tracks_of_one_recording_stay_together_though_they_come_one_by_one() -> None:
    files = [Upload("talk_GP.TextGrid", b"x"), Upload("a.txt", b"One."), Upload("talk_Nurse.TextGrid", b"y")]
    found = [one for one in inputs_of(files) if isinstance(one, Input)]
    assert [(one.path, len(one.files)) for one in found] == [("a.txt", 1), ("talk_GP.TextGrid", 2)]
