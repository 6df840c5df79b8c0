"""The report: every number from the data, every word escaped, every claim a way to its quote."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from uuid import UUID

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from codebook.models import Valence
from triangulation.matrix import build_matrix
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
from triangulation.report import (
    CodeAgreement,
    CodebookSummary,
    CodedPassage,
    CoderAgreement,
    CodingCounts,
    LevelSummary,
    SourceSummary,
    build_report,
    drawn,
    render_docx,
    render_html,
)

FUND = Row("ECO-FUND", "Doubts about funding grow")
SKILL = Row("PRO-SKILL", "Training gives confidence")
HOSTILE = "<script>alert(1)</script> a & b =SUM(A1) \u202eevil \x07 bell"


def a_finding(number, source, row, valence, quotes=(), **fields):
    excerpts = tuple(
        Excerpt(UUID(int=50), f"Report {number}", 10 * number, 10 * number + 5, quote) for quote in quotes
    )
    return Finding(UUID(int=number), source, row, row.statement, valence, excerpts=excerpts, **fields)


FINDINGS = (
    a_finding(1, "Minutes", FUND, Valence.BARRIER, ["no money after June"], prominence=Prominence.MAIN),
    a_finding(2, "Interviews", FUND, Valence.BARRIER, ["who will pay"]),
    a_finding(3, "Minutes", SKILL, Valence.FACILITATOR),
    a_finding(4, "Interviews", SKILL, Valence.MIXED, ["it helped, once"]),
)
JUDGEMENTS = (
    Judgement(FUND, "Interviews", "Minutes", "Ann", Meaning.SAME, Part.SAME, Part.SAME, Part.SAME),
    Judgement(FUND, "Interviews", "Minutes", "Ben", Meaning.SAME, Part.SAME, Part.SAME, Part.DIFFERENT),
    Judgement(SKILL, "Interviews", "Minutes", "Ann", Meaning.CONTRADICTORY, Part.DIFFERENT, Part.DIFFERENT),
    Judgement(
        SKILL, "Interviews", "Minutes", "Ben", assigned=ConvergenceCode.PARTIAL, reason="only one says so"
    ),
)
SOURCES = (
    SourceSummary("Interviews", "interview", 7, "2006 to 2007", ("Cem", "Dora")),
    SourceSummary("Minutes", "meeting report", 31, "", ("Cem",)),
    SourceSummary("Register", "register", 0),
)
LEVELS = (
    LevelSummary("PRO", "Professional", {"PRO-SKILL": "Skills"}),
    LevelSummary("ECO", "Economic context", {"ECO-FUND": "Funding", "ECO-POL": "Policy"}),
    LevelSummary("INN", "Innovation", {"INN-COST": "Costs"}),
)
AGREEMENT = CoderAgreement(
    "paragraph",
    211,
    13,
    ("Cem", "Dora"),
    (
        CodeAgreement("ECO-FUND", 211, 0.08, 0.953, 0.71, 0.685, 0.51, 0.83, -0.047),
        CodeAgreement("INN-COST", 211, 0.0, 1.0, None, None, None, None, 1.0, {"alpha": "no variation"}),
    ),
)
PASSAGE = CodedPassage(
    "ECO-POL", "Minutes", Excerpt(UUID(int=60), "Report 9", 4, 20, "the ministry said"), Valence.BARRIER
)


def a_report(findings=FINDINGS, judgements=JUDGEMENTS, existences=(), rule="parts", **fields):
    matrix = build_matrix([], ["Interviews", "Minutes"], existences, judgements, findings, rule=rule)
    given = dict(
        study="Care in the region",
        date=dt.date(2026, 11, 21),
        sources=SOURCES,
        matrix=matrix,
        findings=findings,
        existences=existences,
        levels=LEVELS,
        codebook=CodebookSummary("Starter", 2, 7, 36),
        coding=CodingCounts(131, 38, ("Cem", "Dora"), 17),
        codings=(PASSAGE,),
        agreement=AGREEMENT,
        settling="Discussion until all are of one mind.",
    )
    return build_report(**(given | fields))


def an_empty_report():
    matrix = build_matrix([], [], [], [], [])
    return build_report(study="New", date=dt.date(2026, 1, 2), sources=(), matrix=matrix, findings=())


class Page(HTMLParser):
    """The ids, the links and the words of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.words, self.hidden = [], [], set(), [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        self.hidden += tag == "style"
        if "id" in given:
            self.ids.append(given["id"])
        self.links += [given[name] for name in ("href", "src") if name in given]

    def handle_endtag(self, tag):
        self.hidden -= tag == "style"

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def html_of(report, tmp_path):
    render_html(drawn(report), tmp_path / "report.html")
    return (tmp_path / "report.html").read_text("utf-8")


def docx_of(report, tmp_path):
    render_docx(drawn(report), tmp_path / "report.docx")
    return docx.Document(str(tmp_path / "report.docx"))


def words_of(document):
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def numbers_in(text):
    return sorted(int(number) for number in re.findall(r"\d+", text))


@pytest.mark.parametrize(
    "report",
    [
        a_report(),
        a_report(rule="meaning_first", agreement=None, sources=SOURCES[:2]),
        a_report(findings=FINDINGS[:1], judgements=(), coding=None),
        a_report(findings=(), judgements=JUDGEMENTS[:1]),
        an_empty_report(),
    ],
)
def test_every_number_of_the_methods_paragraph_is_a_count(report):
    assert numbers_in(report.methods.text) == sorted(report.methods.counts.values())


def test_the_counts_are_those_of_the_data():
    counts = a_report().methods.counts
    assert counts["sources"] == len(SOURCES)
    assert counts["documents"] == sum(source.documents for source in SOURCES)
    assert (counts["codings"], counts["coded documents"], counts["double coded"]) == (131, 38, 17)
    assert (counts["codebook version"], counts["levels"], counts["themes"]) == (2, 7, 36)
    assert (counts["agreement units"], counts["agreement documents"], counts["agreement coders"]) == (
        211,
        13,
        2,
    )
    assert counts["findings"] == len(FINDINGS)
    assert counts["findings without a quote"] == sum(not finding.excerpts for finding in FINDINGS)
    assert counts["quotes"] == 3
    assert (counts["rows"], counts["pairs"], counts["researchers"]) == (2, 1, 2)
    assert counts["judgements"] == len(JUDGEMENTS)
    assert (counts["direct"], counts["changed"], counts["undetermined"]) == (1, 0, 0)
    assert (counts["same code"], counts["same code of"], counts["same code percent"]) == (0, 2, 0)


def test_the_methods_name_the_rule_and_how_differences_are_settled(tmp_path):
    report = a_report(rule="meaning_first")
    assert "meaning_first" in report.methods.text
    assert report.rule_words in report.methods.text
    for text in (Page(html_of(report, tmp_path)).text, words_of(docx_of(report, tmp_path))):
        assert "Discussion until all are of one mind." in text
    assert "was not recorded" in Page(html_of(a_report(settling=""), tmp_path)).text


def test_facilitators_and_barriers_stand_on_their_level_and_mixed_in_both():
    levels = {level.key: level for level in a_report().levels}
    assert [d.valence for d in levels["PRO"].facilitators] == [Valence.FACILITATOR, Valence.MIXED]
    assert [d.valence for d in levels["PRO"].barriers] == [Valence.MIXED]
    assert [said.source for said in levels["ECO"].barriers[0].sources] == ["Interviews", "Minutes"]
    assert levels["INN"].is_empty


def test_a_theme_that_was_coded_but_has_no_finding_is_not_lost(tmp_path):
    report = a_report()
    coded = {level.key: level.coded_only for level in report.levels}
    assert [theme.theme for theme in coded["ECO"]] == ["ECO-POL"]
    assert "the ministry said" in Page(html_of(report, tmp_path)).text


def test_a_theme_outside_the_codebook_still_appears():
    stray = a_finding(9, "Minutes", Row("NEW", "Something new"), Valence.BARRIER)
    report = a_report(findings=(*FINDINGS, stray))
    assert report.levels[-1].label == "Other themes"
    assert report.rows[-1].row.theme == "NEW"


def test_rows_follow_the_codebook_and_quotes_are_numbered_once():
    report = a_report()
    assert [row.row for row in report.rows] == [SKILL, FUND]
    quotes = [q.number for row in report.rows for said in row.sources for q in said.quotes]
    assert sorted(quotes) == [1, 2, 3]


def test_every_link_leads_to_a_place_in_the_page(tmp_path):
    page = Page(html_of(a_report(), tmp_path))
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if not link.startswith("#")} == set()
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert {"row-1", "evidence-1", "said-1-1", "pair-1-1-2", "quote-1"} <= set(page.ids)


def test_the_page_is_alone_and_runs_nothing(tmp_path):
    text = html_of(a_report(), tmp_path)
    assert not {"script", "link", "img", "iframe"} & Page(text).tags
    assert "http" not in text.replace("http-equiv", "")
    assert "@import" not in text
    assert "url(" not in text


def test_every_place_for_words_is_escaped(tmp_path):
    findings = tuple(
        Finding(
            UUID(int=n), f"{source} {HOSTILE}", Row(f"T {HOSTILE}", HOSTILE), f"{HOSTILE} {n}", Valence.MIXED,
            HOSTILE, Prominence.MAIN, HOSTILE, HOSTILE, (Excerpt(UUID(int=7), HOSTILE, 1, 2, HOSTILE),),
        )
        for n, source in enumerate(("A", "B"), 1)
    )  # fmt: skip
    judged = [
        Judgement(
            findings[0].row, f"A {HOSTILE}", f"B {HOSTILE}", f"{who} {HOSTILE}",
            assigned=code, reason=HOSTILE,
        )
        for who, code in (("Ann", ConvergenceCode.DISSONANCE), ("Ben", ConvergenceCode.AGREEMENT))
    ]  # fmt: skip
    said = [
        Existence(findings[0].row, f"A {HOSTILE}", f"{who} {HOSTILE}", who == "Ann") for who in ("Ann", "Ben")
    ]
    report = build_report(
        study=HOSTILE,
        date=dt.date(2026, 1, 2),
        question=HOSTILE,
        notice=HOSTILE,
        settling=HOSTILE,
        sources=[SourceSummary(HOSTILE, HOSTILE, 1, HOSTILE, (HOSTILE, HOSTILE))],
        matrix=build_matrix([], [], said, judged, findings),
        findings=findings,
        existences=said,
        levels=[LevelSummary(f'x" onclick="{HOSTILE}', HOSTILE, {f"T {HOSTILE}": HOSTILE, "U": HOSTILE})],
        codebook=CodebookSummary(HOSTILE, 1, 1, 1),
        coding=CodingCounts(1, 1, (HOSTILE,), 0),
        codings=[CodedPassage("U", HOSTILE, Excerpt(UUID(int=8), HOSTILE, 1, 2, HOSTILE))],
        agreement=CoderAgreement(
            HOSTILE, 1, 1, (HOSTILE,),
            (CodeAgreement(HOSTILE, 1, None, None, None, None, None, None, None, {"alpha": HOSTILE}),),
        ),
    )  # fmt: skip
    text = html_of(report, tmp_path)
    page = Page(text)
    assert "script" not in page.tags
    assert "onclick=" not in re.sub(r'"[^"]*"', "", re.sub(r">[^<]*<", "><", text))
    assert "<script>alert(1)</script> a & b =SUM(A1) ⟨U+202E⟩evil \ufffd bell" in page.text
    for bad in ("\u202e", "\x07", "&amp;amp;", "&amp;lt;"):
        assert bad not in text
    words = words_of(docx_of(report, tmp_path))
    assert "<script>alert(1)</script> a & b =SUM(A1) ⟨U+202E⟩evil \ufffd bell" in words
    assert "\u202e" not in words


def test_quotes_keep_their_scripts_and_line_breaks(tmp_path):
    quote = "عندما يتوقف التمويل\nthen 🙂 e\u0301"
    report = a_report(findings=(a_finding(1, "Minutes", FUND, None, [quote]), *FINDINGS[1:]))
    assert quote in html_of(report, tmp_path)
    assert "عندما يتوقف التمويل" in words_of(docx_of(report, tmp_path))


def test_the_word_agreement_never_stands_alone(tmp_path):
    before = r"(?:coder|convergence|partial|researcher|percent|positive)\s+$"
    for text in (Page(html_of(a_report(), tmp_path)).text, words_of(docx_of(a_report(), tmp_path))):
        for found in re.finditer("agreement", text, re.IGNORECASE):
            assert re.search(before, text[: found.start()], re.IGNORECASE), text[
                found.start() - 40 : found.end()
            ]


def test_symbols_come_with_their_words(tmp_path):
    for text in (Page(html_of(a_report(), tmp_path)).text, words_of(docx_of(a_report(), tmp_path))):
        for symbol, word in (
            ("●", "convergence agreement"),
            ("◐", "partial"),
            ("✕", "dissonance"),
            ("−", "barrier"),
        ):
            assert re.search(rf"{symbol}\s+{word}", text)


def test_a_figure_that_does_not_exist_has_its_reason(tmp_path):
    text = Page(html_of(a_report(), tmp_path)).text
    assert "alpha: no variation" in text
    alone = a_report(judgements=JUDGEMENTS[:1])
    assert "fewer than two researchers" in Page(html_of(alone, tmp_path)).text
    assert "fewer than two researchers" in words_of(docx_of(alone, tmp_path))


def test_dissonance_without_a_word_about_it_is_named(tmp_path):
    report = a_report()
    assert [(q.kind, q.researchers, q.written) for q in report.questions] == [("dissonance", ("Ann",), ())]
    assert "Nothing was written about it yet." in Page(html_of(report, tmp_path)).text


def test_unexpected_silence_is_a_question_too():
    silent = Judgement(FUND, "Interviews", "Minutes", "Ann", expected="no", reason="they never came")
    report = a_report(findings=FINDINGS[:1], judgements=[silent])
    assert [(q.kind, q.written) for q in report.questions] == [
        ("unexpected silence", (("Ann", "they never came"),))
    ]


def test_an_empty_study_says_what_belongs_there(tmp_path):
    report = an_empty_report()
    for text in (Page(html_of(report, tmp_path)).text, words_of(docx_of(report, tmp_path))):
        assert "Import documents to begin." in text
        assert "Write findings on two sources" in text
        assert "no coder agreement to report" in text


def test_the_word_file_has_captions_headers_that_repeat_and_a_wide_matrix(tmp_path):
    document = docx_of(a_report(), tmp_path)
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(document.tables)
    assert all("SEQ Table" in p._p.xml for p in captions)
    for table in document.tables:
        assert table.style.name == "Report Table"
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [s.orientation for s in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert {"Title", "Heading 1", "Heading 2", "Quote"} <= {p.style.name for p in document.paragraphs}
    assert document.core_properties.title == "Care in the region"


def test_many_sources_are_spread_over_several_tables(tmp_path):
    findings = [a_finding(n, f"Source {n}", FUND, Valence.BARRIER) for n in range(1, 7)]
    report = build_report(
        study="Six",
        date=dt.date(2026, 1, 2),
        sources=(),
        matrix=build_matrix([], [], [], [], findings, researchers=["Ann"]),
        findings=findings,
    )
    headers = [[cell.text for cell in table.rows[0].cells] for table in docx_of(report, tmp_path).tables]
    matrix = [header[1:] for header in headers if header[0] == "Statement" and len(header) > 2][:3]
    assert [len(columns) for columns in matrix] == [6, 10, 5]
    assert matrix[-1][-1] == "5 × 6"


def test_every_link_of_the_word_file_leads_to_a_bookmark(tmp_path):
    body = docx_of(a_report(), tmp_path).element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(marks) == len(set(marks))
    assert links
    assert links <= set(marks)


def test_the_same_input_gives_the_same_page(tmp_path):
    assert html_of(a_report(), tmp_path) == html_of(a_report(), tmp_path)


def test_words_given_with_a_finding_but_found_in_no_document_say_so(tmp_path):
    loose = Finding(
        UUID(int=9), "Minutes", FUND, "x", Valence.BARRIER,
        excerpts=(Excerpt(None, "", None, None, "said in the corridor"),),
    )  # fmt: skip
    text = Page(html_of(a_report(findings=(loose, *FINDINGS[1:])), tmp_path)).text
    assert "said in the corridor" in text
    assert "they stand in no document of the study" in text


def test_silence_that_follows_from_the_findings_is_told_as_nobodys_view(tmp_path):
    alone = a_finding(7, "Minutes", Row("ORG-TIME", "Time is short"), Valence.BARRIER)
    report = a_report(findings=(*FINDINGS, alone))
    row = next(row for row in report.rows if row.row.theme == "ORG-TIME")
    (by_findings,) = [view for view in row.pairs[0].views if view.code is not None]
    assert (by_findings.code, by_findings.own, by_findings.researchers) == (
        ConvergenceCode.SILENCE,
        False,
        (),
    )
    assert "by the findings alone" in html_of(report, tmp_path)
