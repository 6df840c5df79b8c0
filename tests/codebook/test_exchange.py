import csv
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

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
