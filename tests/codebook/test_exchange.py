import csv
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.errors import CodebookError
from codebook.exchange import load_scheme, read_codebook, write_codebook
from codebook.models import Code, Codebook

NOWHERE = UUID(int=0)


def without_identity(codebook: Codebook) -> Codebook:
    return replace(codebook, codes=tuple(replace(code, id=NOWHERE) for code in codebook.codes))


def a_file(folder: Path, text: str) -> Path:
    path = folder / "book.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_grol_wensing_has_seven_levels_and_thirty_six_themes_in_three_languages():
    codebook = load_scheme("grol-wensing")
    levels = [code for code in codebook.codes if code.parent is None]
    assert [code.key for code in levels] == ["INN", "PRO", "PAT", "SOC", "ORG", "ECO", "IMP"]
    assert len(codebook.codes) == 43
    assert all(set(code.label) == {"en", "nl", "fr"} for code in codebook.codes)
    themes = [code for code in codebook.codes if code.parent]
    assert all(
        t.definition and t.include and t.exclude and t.example and t.ticd and t.cfir2022 for t in themes
    )
    assert len(codebook.rules) == 4
    assert codebook.rollups["aalst"]["econ_admin_org"] == ("ORG", "ECO")
    assert len(codebook.rollups["aalst"]) == 6


def test_every_theme_begins_with_the_key_of_its_level():
    for code in load_scheme("grol-wensing").codes:
        assert code.parent is None or code.key.startswith(f"{code.parent}-")


def test_each_loading_gives_codes_of_their_own():
    first, second = load_scheme("grol-wensing"), load_scheme("grol-wensing")
    assert {code.id for code in first.codes}.isdisjoint(code.id for code in second.codes)


def test_an_unknown_scheme_names_the_available_ones():
    with pytest.raises(CodebookError, match=r"no scheme 'grol'.*grol-wensing"):
        load_scheme("grol")


def test_what_is_written_is_read_back_equal(tmp_path):
    codebook = replace(load_scheme("grol-wensing"), version=7)
    write_codebook(codebook, tmp_path / "out.yaml")
    assert without_identity(read_codebook(tmp_path / "out.yaml")) == without_identity(codebook)


words = st.text(min_size=1, max_size=20).filter(lambda text: text.strip() and text.isprintable())


@given(label=words, definition=words, key=words.filter(lambda text: not any(c.isspace() for c in text)))
def test_any_words_survive_writing_and_reading(tmp_path_factory, label, definition, key):
    path = tmp_path_factory.mktemp("book") / "book.yaml"
    codes = (
        Code(uuid4(), key, {"en": label}, definition=definition),
        Code(uuid4(), f"{key}-1", {"nl": label}, parent=key, example=definition),
    )
    codebook = Codebook(name=label, version=2, codes=codes, rules=(definition,))
    write_codebook(codebook, path)
    assert without_identity(read_codebook(path)) == without_identity(codebook)


def test_plain_words_stay_text(tmp_path):
    path = a_file(tmp_path, "codebook:\n  levels:\n    - {id: NO, label: {no: 12}, definition: 2020-01-01}\n")
    code = read_codebook(path).codes[0]
    assert (code.key, code.label, code.definition) == ("NO", {"no": "12"}, "2020-01-01")


def test_csv_holds_one_row_per_code_and_a_column_per_language(tmp_path):
    write_codebook(load_scheme("grol-wensing"), tmp_path / "out.csv", format="csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 43
    assert rows[1]["code"] == "INN-ADV"
    assert rows[1]["parent"] == "INN"
    assert rows[1]["label_fr"] == "Avantage en pratique"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_cells_never_run_as_formulas(tmp_path, start):
    code = Code(uuid4(), "A", {"en": f"{start}1+1"}, definition=f"{start}cmd")
    write_codebook(Codebook("b", 1, (code,)), tmp_path / "out.csv", format="csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["label_en"] == f"'{start}1+1"
    assert row["definition"] == f"'{start}cmd"


def test_an_unknown_format_names_the_available_ones(tmp_path):
    with pytest.raises(CodebookError, match="yaml, csv"):
        write_codebook(load_scheme("grol-wensing"), tmp_path / "x", format="ods")


LEVEL = "codebook:\n  levels:\n    - {id: A, label: {en: Money}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("codebook: [", "book.yaml, line 1"),
        ("a: b", "has no entry 'codebook'"),
        ("- a", "holds no named fields"),
        ("codebook: {id: x}", "has no codes"),
        ("codebook: {levels: A}", "levels: is not a list"),
        ("codebook: {levels: [A]}", "levels, entry 1: holds no named fields"),
        ("codebook: {levels: [{label: {en: x}}]}", "entry 1: has no usable id"),
        ("codebook: {levels: [{id: a b, label: x}]}", "no usable id"),
        ("codebook: {levels: [{id: A}]}", "'A': has no label"),
        ("codebook: {levels: [{id: A, label: {en: x, nl: }}]}", "'A': has no label in 'nl'"),
        (LEVEL + "}\n    - {id: A, label: {en: Rules}}", "'A' occurs twice"),
        (LEVEL + ", themes: [{id: A, label: x}]}", "'A' occurs twice"),
        (LEVEL + ", exlude: x}", "'exlude' is not known; nearest is 'exclude'"),
        (LEVEL + ", definition: [x]}", "definition: is not a text"),
        (LEVEL + ", label: {en: x}}", "line 3: 'label' occurs twice"),
        (LEVEL + "}\n  reporting_rollups: {r: {g: [B]}}", "code 'B' is not in the codebook"),
        (LEVEL + ", definition: !!python/name:os.system x}", "line 3"),
        (LEVEL + ", definition: !!int x}", "line 3"),
        ("codebook: {id: &a x, name: *a}", "aliases"),
        ("codebook: {levels: " + "[" * 3000, "nested too deeply"),
    ],
)
def test_a_bad_file_is_refused_with_place_and_remedy(tmp_path, text, message):
    with pytest.raises(CodebookError) as refusal:
        read_codebook(a_file(tmp_path, text))
    assert str(refusal.value).startswith("book.yaml")
    assert message in str(refusal.value)


def test_missing_and_unreadable_files_say_so(tmp_path):
    with pytest.raises(CodebookError, match=r"gone\.yaml: cannot be read"):
        read_codebook(tmp_path / "gone.yaml")
    (tmp_path / "old.yaml").write_bytes(b"codebook: \xe9")
    with pytest.raises(CodebookError, match="is not UTF-8"):
        read_codebook(tmp_path / "old.yaml")


# --- the Chronic Care Model ---------------------------------------------------------------------------


def test_chronic_care_model_has_its_six_components_in_three_languages():
    codebook = load_scheme("ccm")
    assert [code.name() for code in codebook.codes] == [
        "Health system organisation",
        "Community resources and policies",
        "Self-management support",
        "Delivery system design",
        "Decision support",
        "Clinical information systems",
    ]
    for code in codebook.codes:
        assert code.parent is None
        assert set(code.label) == set(code.terms) == {"en", "nl", "fr"}
        assert list(code.in_languages("definition")) == ["en", "nl", "fr"]
        assert code.include and code.exclude and code.example
    grol = {code.key for code in load_scheme("grol-wensing").codes}
    assert not grol & {code.key for code in codebook.codes}


# --- tables and Word ----------------------------------------------------------------------------------

FULL = replace(
    load_scheme("grol-wensing"),
    version=4,
    codes=tuple(
        replace(code, colour="#0B625E", terms={"en": ("grant", "pilot"), "nl": ("subsidie",)})
        if code.key == "ECO-FUND"
        else code
        for code in load_scheme("grol-wensing").codes
    ),
)
RISKY = ("=1+1", "+32 9", "-5", "@SUM(A1)", "'quoted", "＝cmd")


def risky() -> Codebook:
    codes = tuple(
        Code(uuid4(), f"K{n}", {"en": text}, definition=text, terms={"en": (text,)})
        for n, text in enumerate(RISKY)
    )
    return Codebook("=name", 2, codes, rules=RISKY)


@pytest.mark.parametrize("format", ["yaml", "xlsx"])
@pytest.mark.parametrize("codebook", [FULL, load_scheme("ccm"), risky()], ids=["full", "ccm", "risky"])
def test_all_of_a_codebook_survives(tmp_path, format, codebook):
    path = tmp_path / f"book.{format}"
    codebook = replace(codebook, version=4)
    write_codebook(codebook, path, format)
    assert without_identity(read_codebook(path)) == without_identity(codebook)


def test_codes_survive_a_table_in_csv(tmp_path):
    write_codebook(FULL, tmp_path / "book.csv", "csv")
    read = read_codebook(tmp_path / "book.csv")
    assert without_identity(read).codes == without_identity(FULL).codes
    assert (read.name, read.version, read.rules) == ("book", 1, ())


def test_nothing_in_a_workbook_is_a_formula(tmp_path):
    write_codebook(risky(), tmp_path / "book.xlsx", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,label_en\n", "has no codes"),
        ("key,label_en\nA,a\n", "no column code"),
        ("code,label_en\nA B,a\n", r"row 2: has no usable id \('A B'\)"),
        ("code,label_en\nA,\n", "row 2, 'A': has no label"),
        ("code,parent,label_en\nA,Z,a\n", "its parent 'Z' is not in the codebook"),
        ("code,parent,label_en\nA,B,a\nB,A,b\n", "stands above itself"),
        ("code,label_en,colour\nA,a,red\n", "'red' is no colour"),
    ],
)
def test_table_that_is_no_codebook_is_told_where(tmp_path, text, message):
    (tmp_path / "book.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        read_codebook(tmp_path / "book.csv")


def test_file_that_only_calls_itself_a_workbook_is_refused(tmp_path):
    (tmp_path / "book.xlsx").write_text("code,label_en\nA,a\n", encoding="utf-8")
    for name in ("book.xlsx", "missing.xlsx"):
        with pytest.raises(CodebookError, match=name):
            read_codebook(tmp_path / name)


def test_workbook_that_would_fill_the_memory_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 150_000_000)
    with pytest.raises(CodebookError, match="150 MB"):
        read_codebook(tmp_path / "bomb.xlsx")


@pytest.mark.parametrize(
    ("terms", "message"), [("{en: grant}", "is not a list"), ("{en: [{a: b}]}", "is not a text")]
)
def test_terms_that_are_no_lists_of_words_are_refused(tmp_path, terms, message):
    text = f"codebook: {{levels: [{{id: A, label: a, terms: {terms}}}]}}"
    with pytest.raises(CodebookError, match=message):
        read_codebook(a_file(tmp_path, text))


def test_word_file_tells_of_each_code_what_it_means(tmp_path):
    write_codebook(FULL, tmp_path / "book.docx", "docx")
    page = docx.Document(str(tmp_path / "book.docx"))
    headings = [p.text for p in page.paragraphs if p.style.name.startswith("Heading")]
    assert len(headings) == 1 + len(FULL.codes)
    assert "ECO-FUND  Funding and sustainability" in headings
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    assert "en: grant, pilot; nl: subsidie" in cells
    assert [p.text for p in page.paragraphs if p.style.name == "List Number"] == list(FULL.rules)


SPOKEN = """codebook:
  languages: [nl, en]
  levels:
    - id: MON
      label: {nl: Geld, en: Money}
      definition: {en: What is paid, nl: Wat men betaalt}
      include: subsidies
      exclude: {nl: tijd}
"""


def test_plain_text_is_in_the_first_language_of_the_file_and_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text(SPOKEN, encoding="utf-8")
    (code,) = read_codebook(path).codes
    assert code.in_languages("definition") == {"en": "What is paid", "nl": "Wat men betaalt"}
    assert code.in_languages("include") == {"nl": "subsidies"}
    assert (code.said("include", "en"), code.said("definition", "nl")) == ("subsidies", "Wat men betaalt")


@pytest.mark.parametrize("format", ["yaml", "csv", "xlsx"])
def test_texts_in_several_languages_come_back_from_a_file(tmp_path: Path, format: Any) -> None:
    first = tmp_path / "book.yaml"
    first.write_text(SPOKEN, encoding="utf-8")
    (code,) = read_codebook(first).codes
    book = Codebook("book", 1, (code, Code(uuid4(), "X", {"nl": "Iets"}, "MON", definition="Alleen dit")))
    path = tmp_path / f"again.{format}"
    write_codebook(book, path, format)
    again = read_codebook(path).codes
    for part in ("definition", "include", "exclude"):
        assert [c.in_languages(part) for c in again] == [c.in_languages(part) for c in book.codes]


def test_definition_of_an_older_file_is_taken_apart_by_language(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text(
        'code,label_en,label_nl,definition\nM,Money,Geld,"Paid\n\nnl: Betaald\n\nor: not"\n', encoding="utf-8"
    )
    (code,) = read_codebook(path).codes
    assert code.in_languages("definition") == {"en": "Paid", "nl": "Betaald\n\nor: not"}


def test_text_of_a_language_has_to_be_text(tmp_path: Path) -> None:
    path = tmp_path / "book.yaml"
    path.write_text(SPOKEN.replace("{nl: tijd}", "{nl: [tijd]}"), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"'MON', exclude nl: is not a text"):
        read_codebook(path)


def test_all_bad_rows_of_a_table_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "code,parent,label_en,colour\nA,,Money,\nB B,,Time,\nC,,,\nD,A,Luck,red\n", encoding="utf-8"
    )
    with pytest.raises(CodebookError) as refused:
        read_codebook(path)
    said = str(refused.value)
    assert all(
        words in said
        for words in (
            "bad.csv, row 3: has no usable id ('B B')",
            "bad.csv, row 4, 'C': has no label",
            "bad.csv, row 5, 'D': 'red' is no colour",
            "3 rows have to be mended; nothing was loaded.",
        )
    )
    path.write_text("code,label_en\n" + "x y,Label\n" * 30, encoding="utf-8")
    with pytest.raises(CodebookError, match=r"And 22 more\.\n30 rows"):
        read_codebook(path)
