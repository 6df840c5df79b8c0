"""The appendix on coder agreement that a publication needs: figures, formulas, settings, and the matrix.

One content, three forms. The reliability matrix - every unit with what each coder found - stands in the
workbook; the other two carry all tables and say so.
"""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from sqlalchemy import Engine

from codebook.agreement import Agreement
from codebook.agreement.intervals import DRAWS, LEVEL, SEED
from codebook.disagreements import in_words
from codebook.units import presence_array
from corpus.errors import UserFacingError
from corpus.workbooks import Row, write_workbook
from store.events import app_version
from store.studies import Member
from triangulation.report.wording import printable
from workbench.services.agreement import (
    CodeAgreement,
    CoderAgreement,
    Compared,
    check_unit,
    compared_in,
    measured,
)
from workbench.services.agreement_spans import PassageAgreement, passages_of

FORMATS: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

MATRIX_IS_ELSEWHERE = (
    "The reliability matrix - every unit with what each coder found - is in the workbook (.xlsx)."
)

#: What each measure is, in a line, with where it was published.
MEASURES: Sequence[tuple[str, str, str]] = (
    ("Percent agreement", "Units on which two coders agree, of all units that both rated", "–"),
    ("Positive agreement", "2a / (2a + b + c): of units where a coder found the code", "Dice 1945"),
    ("Cohen's kappa", "(Po - Pe) / (1 - Pe), Pe from each coder's own shares; mean of pairs", "Cohen 1960"),
    ("Krippendorff's alpha", "1 - Do / De, nominal, gaps allowed", "Krippendorff 2019, chapter 12"),
    ("Gwet's AC1", "(Pa - Pe) / (1 - Pe), Pe = sum of p(1 - p) / (q - 1), q = 2", "Gwet 2008"),
    (
        "Interval of alpha",
        "Percentiles of whole documents drawn anew; jackknife with few units",
        "Efron & Tibshirani 1993; Hughes 2022",
    ),
    (
        "u-alpha, cu-alpha",
        "Shared text of units and gaps; of units alone, with coverage",
        "Krippendorff, Mathet, Bouvry, Widlöcher 2016",
    ),
    (
        "alpha-U",
        "Squared distances of unit ends against those of all possible placements",
        "Krippendorff 1995, 2004",
    ),
    (
        "gamma",
        "Disorder of the best alignment against that of sampled continua",
        "Mathet, Widlöcher, Métivier 2015",
    ),
    ("F1", "2 TP / (nA + nB) of passages paired one to one, sharing half their text or more", "–"),
)


@dataclass(frozen=True)
class Section:
    """A part of the appendix: a heading, sentences, and at most one table."""

    title: str
    sentences: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def write_appendix(
    engine: Engine,
    actor: Member,
    round_name: str | None,
    path: Path,
    *,
    unit: str = "section",
    coders: Sequence[str] | None = None,
) -> Path:
    """Write the appendix of a revealed round; the ending of the file's name says in which form.

    Raises
    ------
    UserFacingError
        If the ending is none of .docx, .html and .xlsx.
    """
    format = path.suffix.lower().lstrip(".")
    if format not in FORMATS:
        raise UserFacingError(f"{path.name}: the appendix is written as .docx, .html or .xlsx.")
    check_unit(unit)
    compared = compared_in(engine, actor, round_name, coders=coders, sentences=unit == "sentence")
    found = measured(compared, unit)
    sections = list(_sections(found, compared, passages_of(compared)))
    if format == "docx":
        _write_docx(sections, found, path)
    elif format == "html":
        path.write_text(_as_html(sections, found), encoding="utf-8")
    else:
        _write_xlsx(sections, found, compared, path)
    return path


def appendix(engine: Engine, actor: Member, found: CoderAgreement, format: str) -> bytes:
    """The appendix of figures that are shown, as the bytes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"appendix.{format}"
        write_appendix(engine, actor, found.round.name, path, unit=found.unit, coders=found.coders)
        return path.read_bytes()


def _sections(found: CoderAgreement, compared: Compared, passages: PassageAgreement) -> Iterable[Section]:
    yield _settings(found, compared)
    yield Section(
        "What was promised, and what came of it",
        (_promise(found), *found.warnings),
        ("Over all", "Alpha", "From", "To", "Units", "Interval"),
        (_pooled("themes", found.pooled), _pooled("levels", found.pooled_levels)),
    )
    columns = ("Code", "Label", *found.coders, *_FIGURES)
    yield Section("Levels, with all below them", (), columns, tuple(map(_figures, found.levels)))
    common = [entry for entry in found.codes if not entry.is_rare]
    yield Section("Themes", (), columns, tuple(map(_figures, common)))
    yield Section(
        "Rare codes",
        ("Used fewer than five times by each coder: counts, no coefficient.",),
        ("Code", "Label", *found.coders, "What it is about"),
        tuple(
            (e.code.key, e.code.name(), *e.counts.values(), in_words(e.kinds))
            for e in found.codes
            if e.is_rare
        ),
    )
    names = tuple(passages.whole.measures)
    yield Section(
        "Passages",
        ("Any code in the first row; cu-alpha only there: one code cannot be confused with itself.",),
        ("Code", *found.coders, *(_NAMES[name] for name in names)),
        tuple(
            (
                entry.code.key if entry.code is not None else "any code",
                *entry.n_spans.values(),
                *(_value(entry.measures.get(name)) for name in names),
            )
            for entry in (passages.whole, *passages.codes)
        ),
    )
    yield Section(
        "Two by two",
        (),
        ("Coders", "Found by the first", "Found by the second", "Alpha", "No value, because"),
        tuple(
            (f"{a} and {b}", *part.positive, part.alpha, part.reason or "")
            for a, b, part in found.breakdown.pairs
        ),
    )
    yield Section(
        "Kinds of source",
        (),
        ("Kind", *found.coders, "Alpha", "No value, because"),
        tuple((str(p.name), *p.positive, p.alpha, p.reason or "") for p in found.breakdown.kinds),
    )
    yield Section("How the figures are computed", (), ("Measure", "Formula", "Source"), tuple(MEASURES))


_FIGURES = (
    "Units",
    "Prevalence",
    "Percent",
    "Positive",
    "Kappa",
    "Alpha",
    "From",
    "To",
    "AC1",
    "No value, because",
)

_NAMES = {
    "u_alpha": "u-alpha",
    "cu_alpha": "cu-alpha",
    "alpha_u": "alpha-U",
    "gamma": "gamma",
    "f1": "F1",
    "f1_exact": "F1, exact",
}


def _settings(found: CoderAgreement, compared: Compared) -> Section:
    blind = "blind" if found.round.blind else "not blind"
    plan = found.promised
    written = (
        "no plan was written"
        if plan is None
        else f"written {plan.at[:16].replace('T', ' ')} by {plan.author}"
    )
    rows = (
        ("Round", f"{found.round.name} ({blind})"),
        ("Coders", ", ".join(found.coders)),
        ("Documents", str(found.n_documents)),
        ("Unit", {"section": "paragraph or turn"}.get(found.unit, found.unit)),
        ("Units", str(found.n_units)),
        ("Codings compared", "as each coder had them on finishing a document; later changes do not count"),
        (
            "Codebook",
            f"{compared.codebook.name}, version {compared.codebook.version}, as the round was opened",
        ),
        ("Presence", "a code is present in a unit that a coding of it touches with one character or more"),
        ("Interval", f"{LEVEL:.0%}, {DRAWS:,} draws, seed {SEED}"),
        ("Plan", written),
        (
            "Versions",
            ", ".join([f"Trigpoint {app_version()}", *(f"{n} {version(n)}" for n in ("numpy", "scipy"))]),
        ),
    )
    return Section("What was compared", (), ("Setting", "Value"), rows)


def _promise(found: CoderAgreement) -> str:
    plan = found.promised
    if plan is None:
        return "No plan was written before coding: where reliability was promised is not on record."
    where = {"level": "levels", "theme": "themes"}[plan.level]
    wanted = "no figure" if plan.wanted is None else f"a lower bound of {plan.wanted:.3f}"
    return f"The plan promised reliability for {where}, with {wanted}."


def _pooled(what: str, answer: Agreement) -> Row:
    reason = answer.reason or answer.interval_reason or answer.interval or ""
    return (what, answer.value, answer.low, answer.high, answer.n, reason)


def _figures(entry: CodeAgreement) -> Row:
    m = entry.measures
    reasons = "; ".join(f"{name.replace('_', ' ')}: {reason}" for name, reason in m.reasons.items())
    return (
        entry.code.key,
        entry.code.name(),
        *entry.counts.values(),
        m.n,
        m.prevalence,
        m.percent,
        m.positive_agreement,
        m.kappa,
        m.alpha,
        m.alpha_low,
        m.alpha_high,
        m.ac1,
        reasons,
    )


def _value(answer: Agreement | None) -> float | None:
    return None if answer is None else answer.value


# --- forms ---------------------------------------------------------------------------------------


def _title(found: CoderAgreement) -> str:
    return f"Coder agreement, {found.round.name}"


def _write_xlsx(sections: Sequence[Section], found: CoderAgreement, compared: Compared, path: Path) -> None:
    sheets: dict[str, tuple[Sequence[str], Iterable[Row]]] = {
        section.title[:31]: (
            section.columns,
            [*section.rows, *((sentence,) for sentence in section.sentences)],
        )
        for section in sections
    }
    if found.unit != "character":
        sheets["Reliability matrix"] = _matrix(found, compared)
    write_workbook(path, sheets)


def _matrix(found: CoderAgreement, compared: Compared) -> tuple[Sequence[str], Iterable[Row]]:
    """Units down, codes by coders across: 1 found, 0 not found, empty: not rated."""
    units = compared.units(found.unit)
    keys = [entry.code.key for entry in found.codes]
    presence = presence_array(compared.codings, units, compared.coders, compared.finished, codes=keys)
    titles = {document.id: document.title for document in compared.documents}
    columns = ("Document", "Start", "End", *(f"{key} {name}" for key in keys for name in compared.coders))
    flat = presence.transpose(1, 0, 2).reshape(len(units), -1)
    rows = (
        (titles[unit.document_id], unit.start_char, unit.end_char, *(None if v < 0 else int(v) for v in line))
        for unit, line in zip(units, flat, strict=True)
    )
    return columns, rows


def _write_docx(sections: Sequence[Section], found: CoderAgreement, path: Path) -> None:
    document: Any = docx.Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    document.core_properties.author = ""
    document.core_properties.title = printable(_title(found))
    document.add_heading(printable(_title(found)), level=1)
    for section in sections:
        document.add_heading(printable(section.title), level=2)
        for sentence in section.sentences:
            document.add_paragraph(printable(sentence))
        if not section.rows:
            document.add_paragraph("None.")
            continue
        grid = document.add_table(rows=1 + len(section.rows), cols=len(section.columns), style="Table Grid")
        for line, values in zip(grid.rows, (section.columns, *section.rows), strict=True):
            for cell, value in zip(line.cells, values, strict=True):
                run = cell.paragraphs[0].add_run(printable(_shown(value)))
                run.font.size, run.bold = Pt(8), values is section.columns
    document.add_paragraph(MATRIX_IS_ELSEWHERE)
    document.save(str(path))


def _as_html(sections: Sequence[Section], found: CoderAgreement) -> str:
    parts = []
    for section in sections:
        parts.append(f"<h2>{html.escape(section.title)}</h2>")
        parts += [f"<p>{html.escape(sentence)}</p>" for sentence in section.sentences]
        if section.rows:
            head = "".join(f"<th>{html.escape(name)}</th>" for name in section.columns)
            body = "".join(
                "<tr>" + "".join(f"<td>{html.escape(_shown(value))}</td>" for value in row) + "</tr>"
                for row in section.rows
            )
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        else:
            parts.append("<p>None.</p>")
    title = html.escape(_title(found))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>{''.join(parts)}"
        f"<p>{MATRIX_IS_ELSEWHERE}</p></body></html>"
    )


_STYLE = (
    "body{font:15px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif;color:#1E2226;background:#FBFAF7;"
    "max-width:1100px;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;font-size:13px;"
    "font-variant-numeric:tabular-nums}th,td{border:1px solid #D9D5CA;padding:3px 8px;text-align:left;"
    "vertical-align:top}th{background:#F1EFE8}h2{margin-top:2rem;font-size:1.1rem}"
    "@media print{body{background:none}tr{break-inside:avoid}}"
)


def _shown(value: str | int | float | None) -> str:
    if value is None:
        return "–"
    return f"{value + 0.0:.3f}" if isinstance(value, float) else str(value)
