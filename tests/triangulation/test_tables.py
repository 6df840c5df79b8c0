"""Findings and judgements as CSV: what is taken, what is refused and why, and the way back out."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.models import Valence
from corpus.errors import UnreadableFile
from triangulation.errors import TriangulationError
from triangulation.models import (
    ConvergenceCode,
    Excerpt,
    Existence,
    Finding,
    Judgement,
    Meaning,
    Part,
    Prominence,
    Row,
)
from triangulation.tables import read_findings, read_judgements, write_findings, write_judgements

THEMES = {"ECO-FUND": "ECO-FUND", "funding": "ECO-FUND", "PRO-SKILL": "PRO-SKILL"}
SOURCES = ("Interviews", "Minutes")
HEAD = (
    "theme,row,source_a,source_b,researcher,meaning,prominence,coverage,examples,"
    "speaks_a,speaks_b,assigned,silence,expected,reason"
)


def a_file(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def findings_in(path, known=SOURCES):
    return read_findings(path, resolve_theme=THEMES.get, known_sources=known)


def judgements_in(path, known=SOURCES):
    return read_judgements(path, resolve_theme=THEMES.get, known_sources=known)


def judged(tmp_path, *lines, known=SOURCES):
    return judgements_in(a_file(tmp_path, "\n".join((HEAD, *lines))), known)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_findings_are_read_whatever_the_spreadsheet_saved(tmp_path, encoding, mark):
    lines = ["source,theme,statement,valence,prominence", "Minutes,funding,Geïnvesteerd,Barrier,MAIN"]
    taken, refused = findings_in(a_file(tmp_path, "\r\n".join(lines).replace(",", mark), encoding))
    assert refused == []
    assert taken[0].row == Row("ECO-FUND")
    assert (taken[0].statement, taken[0].valence) == ("Geïnvesteerd", Valence.BARRIER)
    assert (taken[0].prominence, taken[0].researcher, taken[0].excerpts) == (Prominence.MAIN, None, ())


def test_a_bad_finding_is_refused_with_its_row_and_the_rest_is_taken(tmp_path):
    text = "\n".join(
        [
            "source,theme,statement,valence,excerpts",
            "Minutes,ECO-FUND,Funding ended,barrier,one | two",
            "Letters,ECO-FUND,Funding ended,barrier,",
            "Minutes,ECO-GOLD,Funding ended,barrier,",
            ",,,,",
            "Minutes,ECO-FUND,,barrier,",
            "Minutes,ECO-FUND,Funding ended,bad,",
        ]
    )
    taken, refused = findings_in(a_file(tmp_path, text))
    assert [row.excerpts for row in taken] == [("one", "two")]
    assert [row.row for row in refused] == [3, 4, 6, 7]
    assert "Interviews, Minutes" in refused[0].reason
    assert "not in the codebook" in refused[1].reason
    assert "facilitator, barrier, mixed, neutral" in refused[3].reason


def test_any_source_is_welcome_when_the_import_creates_sources(tmp_path):
    taken, refused = findings_in(a_file(tmp_path, "source,theme,statement\nLetters,ECO-FUND,Yes"), known=None)
    assert (taken[0].source, refused) == ("Letters", [])


def test_a_file_without_the_columns_is_refused_as_a_whole(tmp_path):
    with pytest.raises(UnreadableFile, match="no column theme, statement"):
        findings_in(a_file(tmp_path, "source,text\nMinutes,x"))
    with pytest.raises(UnreadableFile, match="is empty"):
        findings_in(a_file(tmp_path, ""))


def test_a_message_about_the_theme_becomes_the_reason(tmp_path):
    def resolve(theme):
        raise TriangulationError(f"theme '{theme}' could be two codes. Use the id.")

    path = a_file(tmp_path, "source,theme,statement\nMinutes,money,Yes")
    _, refused = read_findings(path, resolve_theme=resolve, known_sources=None)
    assert refused[0].reason == "theme 'money' could be two codes. Use the id."


def test_assigned_alone_is_enough_and_the_pair_is_sorted(tmp_path):
    taken, refused = judged(tmp_path, "ECO-FUND,,Minutes,Interviews,Ann,,,,,,,PA,,,")
    assert refused == []
    assert taken[0].judgement == Judgement(
        Row("ECO-FUND"), "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.PARTIAL
    )
    assert taken[0].existences == ()


def test_who_speaks_follows_its_source_when_the_pair_is_sorted(tmp_path):
    taken, _ = judged(tmp_path, "ECO-FUND,x,Minutes,Interviews,Ann,,,,,yes,no,,asked not raised,No,why")
    judgement = taken[0].judgement
    assert {seen.source: seen.speaks for seen in taken[0].existences} == {
        "Minutes": True,
        "Interviews": False,
    }
    assert (judgement.silence, judgement.expected, judgement.reason) == ("asked_not_raised", "no", "why")


def test_parts_are_read_and_different_meaning_is_contradictory(tmp_path):
    taken, _ = judged(
        tmp_path, "funding,,Interviews,Minutes,Ann,different,same,not_assessable,Different,,,,,,"
    )
    judgement = taken[0].judgement
    assert (judgement.meaning, judgement.prominence) == (Meaning.CONTRADICTORY, Part.SAME)
    assert (judgement.coverage, judgement.examples) == (Part.NOT_ASSESSABLE, Part.DIFFERENT)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ECO-FUND,,Minutes,Minutes,Ann,,,,,,,A,,,", "Minutes with itself"),
        ("ECO-FUND,,Interviews,Letters,Ann,,,,,,,A,,,", "source_b 'Letters' is not a source"),
        ("ECO-FUND,,Interviews,,Ann,,,,,,,A,,,", "source_b is empty"),
        ("ECO-GOLD,,Interviews,Minutes,Ann,,,,,,,A,,,", "theme 'ECO-GOLD' is not in the codebook"),
        (",,Interviews,Minutes,Ann,,,,,,,A,,,", "no theme is named"),
        ("ECO-FUND,,Interviews,Minutes,,,,,,,,A,,,", "no researcher is named"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,,,B,,,", "assigned is 'B'. Use one of agreement, partial"),
        ("ECO-FUND,,Interviews,Minutes,Ann,alike,,,,,,,,,", "meaning is 'alike'. Use one of same"),
        ("ECO-FUND,,Interviews,Minutes,Ann,same,,,,maybe,,,,,", "speaks_a is 'maybe'. Use one of yes, no"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,no,no,A,,,", "neither source speaks"),
        ("ECO-FUND,,Interviews,Minutes,Ann,same,,,,no,no,,,,", "neither source speaks"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,,,,,,because", "nothing is judged"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,yes,no,,forgot,,", "silence is 'forgot'"),
    ],
)
def test_a_bad_judgement_is_refused_with_the_remedy(tmp_path, line, reason):
    good = "PRO-SKILL,,Interviews,Minutes,Ann,,,,,,,A,,,"
    taken, refused = judged(tmp_path, line, good)
    assert len(taken) == 1
    assert refused[0].row == 2
    assert reason in refused[0].reason


def test_both_silent_is_a_statement_of_its_own(tmp_path):
    taken, refused = judged(tmp_path, "ECO-FUND,,Interviews,Minutes,Ann,,,,,no,no,,,,")
    assert refused == []
    assert [seen.speaks for seen in taken[0].existences] == [False, False]


def test_the_same_cell_judged_twice_by_one_researcher_is_refused(tmp_path):
    taken, refused = judged(
        tmp_path,
        "ECO-FUND,,Interviews,Minutes,Ann,,,,,,,A,,,",
        "ECO-FUND,,Interviews,Minutes,Ben,,,,,,,A,,,",
        "funding,,Minutes,Interviews,Ann,,,,,,,D,,,",
    )
    assert len(taken) == 2
    assert refused[0].row == 4
    assert "already in row 2" in refused[0].reason


def test_contradicting_words_about_who_speaks_are_refused(tmp_path):
    _, refused = judged(
        tmp_path,
        "ECO-FUND,,Interviews,Minutes,Ann,,,,,yes,yes,A,,,",
        "ECO-FUND,,Interviews,Survey,Ann,,,,,no,yes,S,,,",
        known=None,
    )
    assert refused[0].row == 3
    assert "row 2 says that Interviews speaks here" in refused[0].reason


def test_findings_come_back_as_they_were_written(tmp_path):
    quotes = tuple(
        Excerpt(UUID(int=1), "M", 0, 1, quote) for quote in ("a | b", "| c |", r"d \\| e", "-c", 'd, "e"\nf')
    )
    finding = Finding(
        UUID(int=2),
        "Minutes",
        Row("ECO-FUND", "=SUM(A1)"),
        "+funding; '@home",
        Valence.MIXED,
        "Ann",
        Prominence.PASSING,
        "two sites",
        "minor",
        quotes,
    )
    path = tmp_path / "out.csv"
    assert write_findings(path, [finding]) == 1
    taken, refused = findings_in(path)
    assert refused == []
    row = taken[0]
    assert (row.source, row.row, row.statement) == (finding.source, finding.row, finding.statement)
    assert (row.valence, row.researcher, row.prominence) == (Valence.MIXED, "Ann", Prominence.PASSING)
    assert (row.coverage, row.importance) == ("two sites", "minor")
    assert row.excerpts == tuple(quote.quote for quote in quotes)


def test_coverage_origin_scale_and_weight_come_back_as_they_were_written(tmp_path):
    finding = Finding(
        UUID(int=2),
        "Minutes",
        Row("ECO-FUND"),
        "It ends",
        question="What holds it up?",
        sites=("A | B", "Oudermeer"),
        groups=("GPs",),
        periods=("2021", "=2022"),
        origin="survey",
        scale="macro",
        weight="commentary",
    )
    path = tmp_path / "out.csv"
    write_findings(path, [finding])
    (row,), refused = findings_in(path)
    assert refused == []
    assert (row.question, row.sites, row.groups, row.periods, row.origin, row.scale, row.weight) == (
        finding.question,
        finding.sites,
        finding.groups,
        finding.periods,
        "survey",
        "macro",
        "commentary",
    )


def test_a_file_of_a_spreadsheet_with_semicolons_and_a_mark_at_its_begin_is_read_with_its_lists(tmp_path):
    lines = (
        "source;theme;statement;sites;origin;weight",
        "Minutes;funding;Il y a de l'argent;Oudermeer | Meerdonkel;Hand;",
        "Minutes;funding;Il n'y en a plus;;guess;",
        "Minutes;funding;Un avis;;;Commentary",
    )
    taken, refused = findings_in(a_file(tmp_path, "\r\n".join(lines), "utf-8-sig"))
    assert [(row.sites, row.origin, row.weight) for row in taken] == [
        (("Oudermeer", "Meerdonkel"), "hand", "data"),
        ((), None, "commentary"),
    ]
    assert [row.row for row in refused] == [3]
    assert "origin is 'guess'. Use one of codings, framework, survey, hand" in refused[0].reason


def test_judgements_come_back_as_they_were_written(tmp_path):
    row = Row("ECO-FUND", "- less money")
    judgement = Judgement(
        row, "Interviews", "Minutes", "Ann", Meaning.SAME, Part.SAME, Part.NOT_ASSESSABLE, None,
        ConvergenceCode.DISSONANCE, "not_asked", "unclear", "'=quoted",
    )  # fmt: skip
    existences = (Existence(row, "Interviews", "Ann", True), Existence(row, "Minutes", "Ann", False))
    path = tmp_path / "out.csv"
    write_judgements(path, [judgement], existences)
    taken, refused = judgements_in(path)
    assert refused == []
    assert taken[0].judgement == judgement
    assert taken[0].existences == existences


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM", "＝1", "'=1"])
def test_no_cell_that_leaves_is_read_as_a_formula(tmp_path, words):
    path = tmp_path / "out.csv"
    write_findings(path, [Finding(UUID(int=1), words, Row("ECO-FUND"), words)])
    line = path.read_text("utf-8-sig").splitlines()[1]
    assert line == f"'{words},ECO-FUND,,'{words},,,,,,,,,,,,,data"


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)


@settings(max_examples=60, deadline=None)
@given(statement=WORDS, source=WORDS, quotes=st.lists(WORDS, max_size=3))
def test_whatever_the_words_they_come_back(tmp_path_factory, statement, source, quotes):
    path = tmp_path_factory.mktemp("words") / "out.csv"
    excerpts = tuple(Excerpt(None, "", None, None, quote) for quote in quotes)
    write_findings(path, [Finding(UUID(int=1), source, Row("ECO-FUND"), statement, excerpts=excerpts)])
    taken, refused = findings_in(path, known=None)
    assert refused == []
    assert (taken[0].source, taken[0].statement, taken[0].excerpts) == (source, statement, tuple(quotes))


THREE = (*SOURCES, "Survey")
CODED = "ECO-FUND,,Interviews,Minutes,Ann,,,,,,,A,,,{}"
SILENT = "ECO-FUND,,Interviews,Survey,Ann,,,,,no,yes,,,,"
BOTH_SILENT = "ECO-FUND,,Minutes,Survey,Ann,,,,,no,,,,,"


@pytest.mark.parametrize("lines", [(CODED.format(""), SILENT), (SILENT, CODED.format(""))])
def test_code_that_contradicts_who_speaks_in_another_row_is_refused(tmp_path, lines):
    taken, refused = judged(tmp_path, *lines, known=THREE)
    assert (len(taken), refused[0].row) == (1, 3)
    assert refused[0].reason.startswith("together with row 2: Interviews does not speak on it")


def test_code_of_two_sources_that_are_silent_in_other_rows_is_refused(tmp_path):
    taken, refused = judged(tmp_path, SILENT, BOTH_SILENT, CODED.format("why"), known=THREE)
    assert len(taken) == 2
    assert refused[0].reason.startswith("together with row 2 and 3: neither source speaks")


def test_code_against_who_speaks_in_another_row_stands_with_a_reason(tmp_path):
    _, refused = judged(tmp_path, SILENT, CODED.format("Both do, if one reads on"), known=THREE)
    assert refused == []


def test_code_is_refused_where_its_own_row_says_that_one_source_is_silent(tmp_path):
    _, refused = judged(tmp_path, "ECO-FUND,,Interviews,Minutes,Ann,,,,,no,,A,,,")
    assert "Interviews does not speak on it, so the code is silence" in refused[0].reason
