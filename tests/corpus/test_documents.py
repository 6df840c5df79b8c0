"""From raw texts to documents, and what it costs."""

import datetime as dt
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import docx
import pytest

from corpus.documents import make_document
from corpus.models import Document, RawText, Refused, SectionKind, Source
from corpus.readers import find_files, read_file

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared" / "data"
SOURCE = Source(UUID(int=7), "Steering group", "meeting report")


def a_document(text: str, name: str = "notes.txt", **fields: object) -> Document:
    return make_document(SOURCE, RawText(text, name, "0" * 64, **fields))  # type: ignore[arg-type]


def read_all(path: Path, text_column: str | None = None) -> tuple[list[Document], list[Refused]]:
    documents, refused = [], []
    for file in find_files([path]):
        for found in read_file(file, text_column=text_column):
            if isinstance(found, Refused):
                refused.append(found)
            else:
                documents.append(make_document(SOURCE, found))
    return documents, refused


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "Some words\n\n# Steering group 3 #\n", "Steering group 3"),
        ("2019-07-10.md", "## Links\n* one", "2019-07-10"),
        ("a.md", "## Links\n\n### Any other business", "Any other business"),
        ("a.txt", "Report of the visit\n\nWe went.", "Report of the visit"),
        ("000-article.txt", "Background\n\nChronic diseases.", "000-article"),
        ("a.txt", "We went there. It was closed.", "a"),
        ("a.txt", "Interviewer: And then what?", "a"),
    ],
)
def test_a_document_gets_the_title_that_it_bears(name: str, text: str, title: str) -> None:
    assert a_document(text, name).title == title


def test_a_title_from_the_reader_or_the_row_comes_first() -> None:
    assert a_document("# Heading", "a.md", title=" Given\ntitle ").title == "Given title"
    assert a_document("Good staff there", "survey.csv", place="row 12").title == "survey, row 12"


def test_what_the_person_said_comes_before_what_is_found() -> None:
    raw = RawText("Report\n12 March 2019\nWe went there.", "2020-01-02.txt", "")
    assert make_document(SOURCE, raw).date == dt.date(2020, 1, 2)
    said = make_document(SOURCE, raw, date=dt.date(2021, 5, 6), language="nl")
    assert (said.date, said.language) == (dt.date(2021, 5, 6), "nl")


def test_a_date_inside_an_answer_is_not_its_date() -> None:
    assert a_document("I came on 12 March 2019.", "survey.csv", place="row 2").date is None


def test_headings_keep_their_place_when_cleaning_shortens_the_text() -> None:
    raw_text = "e\u0301te\u0301\r\nPlan\x00 B\r\nWe go."
    start = raw_text.index("Plan")
    document = a_document(raw_text, "a.docx", headings=((start, start + 7, 1),))
    heading = document.sections[1]
    assert heading.kind is SectionKind.HEADING
    assert document.text[heading.start_char : heading.end_char] == "Plan B"


def test_a_word_file_becomes_a_document_with_headings_and_turns(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Interview with GP 3", 1)
    word.add_paragraph("Aalst, 12 maart 2019")
    word.add_paragraph("Interviewer: Hebt u er tijd voor?")
    word.add_paragraph("GP 3 [00:00:12]: Neen, daar heb ik echt geen tijd voor.")
    word.save(str(tmp_path / "gp3.docx"))
    (document,), refused = read_all(tmp_path)
    assert (document.title, document.date, document.language) == (
        "Interview with GP 3",
        dt.date(2019, 3, 12),
        "nl",
    )
    assert [s.kind.value for s in document.sections] == ["heading", "paragraph", "turn", "turn"]
    assert refused == []


def test_real_minutes_have_title_date_and_language() -> None:
    documents, _ = read_all(DATA / "minutes-openjs-cpc" / "2018-10-22.md")
    assert documents[0].title == "Joint Foundation Bootstrap Team Meeting 2018-10-22"
    assert (documents[0].date, documents[0].language) == (dt.date(2018, 10, 22), "en")
    assert documents[0].source_id == SOURCE.id


def test_importing_the_corpus_loads_nothing_heavy() -> None:
    program = (
        "import sys, corpus.readers, corpus.documents, corpus.anchoring, corpus.search\n"
        "print([name for name in ('pandas', 'spacy', 'docx', 'simplemma', 'numpy') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data beside the checkout")
def test_the_whole_survey_is_read_in_seconds() -> None:
    start = time.process_time()
    documents, refused = read_all(SHARED / "nhs-feedback-phase1" / "text_data.csv", "feedback")
    assert time.process_time() - start < 5
    assert (len(documents), len(refused)) == (6347, 30)
    assert len({document.raw_sha256 for document in documents}) == 6347


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data beside the checkout")
def test_all_minutes_are_read_with_their_dates() -> None:
    documents, refused = read_all(SHARED / "minutes-openjs-cpc")
    assert len(documents) == 130  # 129 minutes and the README of the folder
    assert [Path(entry.path).name for entry in refused] == ["manifest.csv"]
    assert sum(document.date is not None for document in documents) == 129
    assert all(document.language == "en" for document in documents)
