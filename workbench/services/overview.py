"""Where a study stands, for one person: what waits for them, sources, documents, last events.

Everything is counted from what that person may see, so that no number tells of blind work.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from store import codebooks, documents, findings, protocols, rounds, studies
from store.assignments import last_assignment
from store.documents import StoredDocument
from store.engine import reading
from store.rounds import Round
from store.studies import Member
from store.visibility import blind_documents, visible_codings, visible_reading_states
from triangulation.matrix import build_matrix
from workbench.services.assessment import rows_lacking_a_work_up
from workbench.services.errors import NotThere
from workbench.services.keeping import LogLine, log_of
from workbench.services.rounds import RoundView, may_reveal, rounds_of
from workbench.services.settling import questions_to

#: The most that a short list of next steps holds.
MOST_STEPS = 5


@dataclass(frozen=True)
class StudyLine:
    """A study in the list of studies; ``role`` is None where the person does not work in it."""

    name: str
    role: str | None
    lead: str
    people: int
    documents: int


@dataclass(frozen=True)
class Step:
    """One thing that waits for a person.

    ``what`` is one of import, load_codebook, decide, finish, wait, return, reveal, open_round, code, compare,
    find, judge, lock, work_up, report; ``page`` is where it is done, None where it is done by others. ``n``
    counts what is left, ``name`` is the round's, ``document`` the one to begin with.
    """

    what: str
    page: str | None
    n: int = 0
    name: str = ""
    document: UUID | None = None


@dataclass(frozen=True)
class SourceLine:
    """A data source with what it holds; ``first`` and ``last`` are None where nothing is dated.

    ``coders`` are those of whom the viewer may see a coding in it.
    """

    label: str
    kind: str
    documents: int
    words: int
    first: dt.date | None
    last: dt.date | None
    coders: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """How far a coder is with a document.

    ``finished`` in a round, ``read`` or ``begun`` as they marked it outside rounds, ``coded``, ``not
    yet`` or ``hidden``. ``codings`` is None where the viewer may not count them yet.
    """

    state: Literal["finished", "read", "begun", "coded", "not yet", "hidden"]
    codings: int | None


@dataclass(frozen=True)
class Happened:
    """One event, or several like it by the same person in a row (``n``), with the last one's time.

    ``name`` is what it was done to, empty where there were several or it has no name.
    """

    at: dt.datetime
    actor: str
    action: str
    n: int
    name: str
    reason: str


def list_studies(engine: Engine, person: str) -> list[StudyLine]:
    """All studies of the database, those that the person works in first."""
    with reading(engine) as connection:
        lines = [_study_line(connection, study, person) for study in studies.studies(connection)]
    return sorted(lines, key=lambda line: line.role is None)


def next_steps(engine: Engine, actor: Member) -> list[Step]:
    """What waits for a person in the study, most urgent first; empty where nothing does."""
    with reading(engine) as connection:
        listed = documents.documents(connection, actor.study_id)
        has_codebook = codebooks.current_codebook(connection, actor.study_id) is not None
    if not listed or not has_codebook:
        return [
            *([] if listed else [Step("import", "documents")]),
            *([] if has_codebook else [Step("load_codebook", "codebook")]),
        ]
    views = rounds_of(engine, actor)
    with reading(engine) as connection:
        is_copy = last_assignment(connection, actor) is not None
    readings = readings_of(engine, actor)
    steps = [
        *_asked(engine, actor),
        *_in_rounds(actor, views, listed, is_copy=is_copy),
        *_outside_rounds(actor, views, listed, readings),
    ]
    if any(view.state == "revealed" for view in views) or not views:
        coded = any(reading.codings for by in readings.values() for reading in by.values())
        steps += _triangulating(engine, actor, views, coded=coded)
    return steps[:MOST_STEPS]


def sources_of(engine: Engine, actor: Member) -> list[SourceLine]:
    """Every data source with its documents, period and words, and who has coded in it."""
    with reading(engine) as connection:
        known = documents.sources(connection, actor.study_id)
        listed = documents.documents(connection, actor.study_id)
        counts = _coding_counts(connection, actor)
    lines = []
    for source in known:
        own = [document for document in listed if document.source_id == source.id]
        dates = sorted(document.date for document in own if document.date is not None)
        versions = {document.version_id for document in own}
        coders = sorted({coder for version, coder in counts if version in versions})
        lines.append(
            SourceLine(
                source.label,
                source.kind,
                len(own),
                sum(document.words for document in own),
                dates[0] if dates else None,
                dates[-1] if dates else None,
                tuple(coders),
            )
        )
    return lines


def readings_of(engine: Engine, actor: Member) -> dict[UUID, dict[str, Reading]]:
    """For every document, how far each coder is with it, as far as the person may know.

    Coders are those of a round and those of whom a coding, or that they read something, is visible, in
    the order of the team.
    """
    with reading(engine) as connection:
        listed = documents.documents(connection, actor.study_id)
        counts = _coding_counts(connection, actor)
        team = studies.members(connection, actor.study_id)
        found = rounds.rounds(connection, actor.study_id)
        blind = blind_documents(connection, actor)
        said = {
            (row.document_version_id, row.member_id): row.state
            for row in connection.execute(visible_reading_states(actor))
        }
    named = {coder.name for r in found for coder in r.coders} | {coder for _, coder in counts}
    readers = {member_id for _, member_id in said}
    coders = [member for member in team if member.name in named or member.id in readers]
    return {
        document.id: {
            coder.name: _reading(document, coder, actor, counts, found, blind, said) for coder in coders
        }
        for document in listed
    }


def finished_by(engine: Engine, actor: Member, round_name: str, coder: str) -> list[StoredDocument]:
    """The documents of a round that a coder has finished and the lead could reopen.

    Where the viewer codes blind in the round themselves, all its documents: which are finished
    would tell how far the other is.
    """
    with reading(engine) as connection:
        found = next((r for r in rounds.rounds(connection, actor.study_id) if r.name == round_name), None)
        listed = documents.documents(connection, actor.study_id)
    if found is None:
        raise NotThere(f"There is no round '{round_name}' in this study.")
    known = _may_know_progress(found, actor) or coder == actor.name
    ids = {member.id for member in found.coders if member.name == coder}
    done = {version for member, version in found.finished if member in ids}
    wanted = done if known else set(found.documents)
    return [document for document in listed if document.version_id in wanted]


def last_events(engine: Engine, actor: Member, *, limit: int = 8) -> list[Happened]:
    """What happened last in the study, newest first, equal acts of one person in a row as one."""
    lines = log_of(engine, actor)
    with reading(engine) as connection:
        names = _names(connection, actor)
    told: list[Happened] = []
    for line in reversed(lines):
        if told and (told[-1].actor, told[-1].action) == (line.actor, line.action):
            told[-1] = replace(told[-1], n=told[-1].n + 1, name="", reason="")
        elif len(told) == limit:
            break
        else:
            told.append(_happened(line, names))
    return told


def _study_line(connection: Connection, study: studies.Study, person: str) -> StudyLine:
    team = studies.members(connection, study.id)
    role = next((member.role for member in team if member.name == person), None)
    return StudyLine(
        study.name, role, team[0].name, len(team), len(documents.documents(connection, study.id))
    )


def _asked(engine: Engine, actor: Member) -> Iterator[Step]:
    """The places that others put to a person who did not code."""
    rounds_asked = Counter(asked.round_name for asked in questions_to(engine, actor))
    for name, n in rounds_asked.items():
        yield Step("decide", "compare", n, name)


def _in_rounds(
    actor: Member, views: Sequence[RoundView], listed: Sequence[StoredDocument], *, is_copy: bool
) -> Iterator[Step]:
    """What the open rounds ask of a person: finish, wait or reveal; in a coder's copy, return the codings."""
    for view in views:
        found = view.round
        if found.revealed:
            continue
        left = _left(found, actor, listed) if view.mine else []
        if left:
            yield Step("finish", "code", len(left), found.name, left[0].id)
        elif may_reveal(view, actor):
            yield Step("reveal", "study", name=found.name)
        elif view.mine:
            yield Step("return", "study", name=found.name) if is_copy else Step("wait", None, name=found.name)


def _outside_rounds(
    actor: Member,
    views: Sequence[RoundView],
    listed: Sequence[StoredDocument],
    readings: Mapping[UUID, Mapping[str, Reading]],
) -> Iterator[Step]:
    """Coding alone, and the round that a lead could open, while there is no round."""
    if views:
        return
    nothing = Reading("not yet", 0)
    left = [d for d in listed if readings[d.id].get(actor.name, nothing).state == "not yet"]
    if left:
        yield Step("code", "code", len(left), document=left[0].id)
    if actor.is_lead:
        yield Step("open_round", "study")


def _triangulating(
    engine: Engine, actor: Member, views: Sequence[RoundView], *, coded: bool
) -> Iterator[Step]:
    """From comparing the coders to the report."""
    with reading(engine) as connection:
        written = findings.visible_findings(connection, actor)
        existences, judgements = findings.visible_judgements(connection, actor)
        all_locked = findings.locked_researchers(connection, actor.study_id)
        named = {m.id: m.name for m in studies.members(connection, actor.study_id)}
        labels = [source.label for source in documents.sources(connection, actor.study_id)]
        page = protocols.page_of(connection, actor.study_id)
    if not written:
        revealed = [view.round.name for view in views if view.round.revealed]
        if revealed:
            yield Step("compare", "compare", name=revealed[-1])
        if coded:
            yield Step("find", "triangulate", len(labels))
        return
    own = [judgement for judgement in judgements if judgement.researcher == actor.name]
    seen = [existence for existence in existences if existence.researcher == actor.name]
    locked = actor.id in all_locked
    judges = not page.judges or actor.name in page.judges
    others_done = not judges and set(page.judges) <= {named.get(i) for i in all_locked}
    matrix = build_matrix([], labels, seen, own, written, researchers=[actor.name], index=page.index)
    to_judge = [c for c in matrix.cells if c.speaks_a and c.speaks_b and c.judgement is None]
    if locked or others_done:
        if to_work_up := rows_lacking_a_work_up(engine, actor):
            yield Step("work_up", "triangulate", len(to_work_up))
        yield Step("report", "report")
    elif to_judge and judges:
        yield Step("judge", "triangulate", len(to_judge))
    elif own or seen:
        yield Step("lock", "triangulate", len(own))


def _left(found: Round, actor: Member, listed: Sequence[StoredDocument]) -> list[StoredDocument]:
    wanted = {v for v in found.documents if (actor.id, v) not in found.finished}
    return [document for document in listed if document.version_id in wanted]


def _reading(
    document: StoredDocument,
    coder: Member,
    viewer: Member,
    counts: Mapping[tuple[UUID, str], int],
    found: Sequence[Round],
    blind: Collection[UUID],
    said: Mapping[tuple[UUID, UUID], str],
) -> Reading:
    version = document.version_id
    finished = any((coder.id, version) in r.finished for r in found)
    if version in blind and coder.id != viewer.id:
        here = [r for r in found if version in r.documents and not r.revealed]
        known = finished and all(_may_know_progress(r, viewer) for r in here)
        return Reading("finished" if known else "hidden", None)
    n = counts.get((version, coder.name), 0)
    if finished:
        return Reading("finished", n)
    codes_here = any(version in r.documents and coder in r.coders and not r.revealed for r in found)
    marked = None if codes_here else said.get((version, coder.id))  # in a round only finishing counts
    if marked == "read":
        return Reading("read", n)
    if n:
        return Reading("coded", n)
    return Reading("not yet" if marked is None else "begun", 0)


def _may_know_progress(found: Round, viewer: Member) -> bool:
    """As in the list of rounds: before the reveal, only a lead who does not code in it."""
    coding = viewer.id in {coder.id for coder in found.coders}
    return found.revealed or not found.blind or (viewer.is_lead and not coding)


def _coding_counts(connection: Connection, viewer: Member) -> Counter[tuple[UUID, str]]:
    """Visible codings by version of a document and coder."""
    seen = visible_codings(viewer).order_by(None).subquery()
    rows = connection.execute(
        sa.select(seen.c.document_version_id, seen.c.coder, sa.func.count()).group_by(
            seen.c.document_version_id, seen.c.coder
        )
    )
    return Counter({(version, coder): n for version, coder, n in rows})


def _names(connection: Connection, actor: Member) -> dict[UUID, str]:
    """What events name: documents, sources, rounds and people, by id."""
    study_id = actor.study_id
    names: dict[UUID, str] = defaultdict(str)
    names |= {document.id: document.title for document in documents.documents(connection, study_id)}
    names |= {source.id: source.label for source in documents.sources(connection, study_id)}
    names |= {found.id: found.name for found in rounds.rounds(connection, study_id)}
    names |= dict(studies.member_names(connection, study_id))
    return names


def _happened(line: LogLine, names: Mapping[UUID, str]) -> Happened:
    at = dt.datetime.fromisoformat(line.at)
    return Happened(at, line.actor, line.action, 1, names.get(line.id, ""), line.reason)
