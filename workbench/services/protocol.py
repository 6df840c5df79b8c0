"""Step 0: the protocol page. The lead writes down what the team decided; everybody reads it.

Once the protocol is fixed, or anybody has judged, every change of it needs a reason, which is printed.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.cleaning import clean_text
from corpus.errors import UnreadableFile, UserFacingError
from corpus.models import Refused
from corpus.readers import read_file
from store import findings as found
from store import protocols as kept
from store import tables
from store.documents import documents, sources, texts
from store.engine import reading, writing
from store.facts import live_rows
from store.studies import Member, members
from store.visibility import visible_codings
from triangulation.dependence import SharedText, texts_in_two_sources
from triangulation.models import Rule
from triangulation.protocol import (
    ALL_PAIRS,
    ALONE,
    COMMENTARY,
    DATA,
    INDEX,
    NAMED_CODES,
    OTHER,
    SAME_PEOPLE,
    SAME_STUDY,
    SCALES,
    TOGETHER,
    CodeName,
    CodeSet,
    Protocol,
    ProtocolChange,
    ProtocolPage,
    ProtocolSource,
    SourceDetail,
)
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.matrix_rows import one_line, source_named
from workbench.services.uploads import Upload, safe_name

COMPARE = (ALL_PAIRS, INDEX)
SORTING = (TOGETHER, ALONE)
WEIGHTS = (DATA, COMMENTARY)
DEPENDENCES = (SAME_PEOPLE, SAME_STUDY, OTHER)


def protocol_of(engine: Engine, actor: Member) -> Protocol:
    """The whole protocol as it holds now, with who wrote and fixed it when."""
    with reading(engine) as connection:
        return read_protocol(connection, actor)


def read_protocol(connection: Connection, actor: Member) -> Protocol:
    """`protocol_of` within a transaction that is open already."""
    study_id = actor.study_id
    return Protocol(
        rule=found.rule_of(connection, study_id),
        page=kept.page_of(connection, study_id),
        sources=_sources(connection, actor),
        guides=tuple(kept.guides_of(connection, study_id)),
        opportunities=tuple(kept.opportunities_of(connection, actor)),
        dependences=tuple(kept.dependences_of(connection, study_id)),
        written=kept.last_written(connection, study_id),
        fixed=kept.fixed(connection, study_id),
        fixed_before_judging=kept.fixed_before_judging(connection, actor),
    )


def history_of(engine: Engine, actor: Member) -> list[ProtocolChange]:
    """Every change of the protocol with who made it, when and why, newest first."""
    with reading(engine) as connection:
        return kept.changes_of(connection, actor)


def write_protocol(engine: Engine, actor: Member, page: ProtocolPage, *, reason: str = "") -> Protocol:
    """Write the page in the place of the one that holds, which is kept.

    Raises
    ------
    NotAllowed
        If the actor does not lead the study.
    UserFacingError
        If a value is none of those that there are, a source or person is not in the study, or a reason
        is missing.
    """
    with writing(engine) as connection:
        refuse_change(connection, actor, reason)
        page = _cleaned(page)
        _check_page(page)
        _refuse_opening_of_sortings(connection, actor, page)
        index_id = None if page.index is None else source_named(connection, actor, page.index).id
        people = {member.name: member.id for member in members(connection, actor.study_id)}
        strangers = [name for name in page.judges if name not in people]
        if strangers:
            raise NotThere(
                f"{', '.join(strangers)}: not in this study, so no judge of it. Add them on the page Study "
                f"first. There are: {', '.join(people)}."
            )
        kept.write_page(
            connection,
            page,
            index_id=index_id,
            judge_ids=[people[name] for name in page.judges],
            actor=actor,
            reason=reason.strip(),
        )
        return read_protocol(connection, actor)


def choose_rule(engine: Engine, actor: Member, rule: Rule | str, *, reason: str = "") -> None:
    """Choose how part-judgements become a code; the lead writes down the team's choice."""
    with writing(engine) as connection:
        refuse_change(connection, actor, reason, changed=found.rule_of(connection, actor.study_id) != rule)
        found.set_rule(connection, Rule(rule), actor=actor, reason=reason.strip())


def fix_protocol(engine: Engine, actor: Member) -> Protocol:
    """Fix the protocol before the sources are compared; from then on each change needs a reason.

    It can be fixed late too: whether it was before the first judgement is told, not hidden.
    """
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study can fix the protocol.")
    with writing(engine) as connection:
        if kept.fixed(connection, actor.study_id) is not None:
            raise UserFacingError("The protocol is fixed already. A change of it needs a reason.")
        if kept.last_written(connection, actor.study_id) is None:
            raise UserFacingError("There is nothing to fix yet: write the questions and the plan first.")
        kept.fix(connection, actor=actor)
        return read_protocol(connection, actor)


# --- sources: what they are, what was asked in them, how they depend on each other


def describe_source(
    engine: Engine, actor: Member, source: str, detail: SourceDetail, *, reason: str = ""
) -> None:
    """Write what the protocol says of a source, in the place of what it said."""
    for what, value, known in (
        ("weight of a source", detail.weight, WEIGHTS),
        ("scale of a source", detail.scale or SCALES[0], SCALES),
    ):
        _refuse_unknown(what, value, known)
    said = replace(
        detail,
        participants=one_line(detail.participants),
        period=one_line(detail.period),
        note=detail.note.strip(),
        collected=_names(detail.collected),
        coded=_names(detail.coded),
        steered=_names(detail.steered),
    )
    with writing(engine) as connection:
        source_id = source_named(connection, actor, source).id
        refuse_change(connection, actor, reason)
        kept.write_detail(connection, source_id, said, actor=actor, reason=reason.strip())


def add_guide(engine: Engine, actor: Member, source: str, *, title: str, text: str, reason: str = "") -> UUID:
    """Keep an interview guide, questionnaire or agenda with its source; returns its id."""
    title, text = one_line(title), clean_text(text).strip()
    if not title or not text:
        raise UserFacingError("A guide needs a title and its text.")
    with writing(engine) as connection:
        source_id = source_named(connection, actor, source).id
        refuse_change(connection, actor, reason)
        return kept.add_guide(
            connection, source_id, title=title, text=text, actor=actor, reason=reason.strip()
        )


def upload_guide(
    engine: Engine, actor: Member, source: str, upload: Upload, *, title: str = "", reason: str = ""
) -> UUID:
    """Keep a guide from a file, read as documents are; its title is the file's name where none is given."""
    with tempfile.TemporaryDirectory(prefix="trigpoint-") as folder:
        path = Path(folder) / safe_name(upload.name)
        path.write_bytes(upload.data)
        texts_read = []
        for one in read_file(path):
            if isinstance(one, Refused):
                raise UnreadableFile(one.reason)
            texts_read.append(one.text)
    return add_guide(
        engine,
        actor,
        source,
        title=title.strip() or path.stem,
        text="\n".join(texts_read),
        reason=reason,
    )


def retire_guide(engine: Engine, actor: Member, guide_id: UUID, *, reason: str = "") -> None:
    """Take a guide back; it stays in the history."""
    with writing(engine) as connection:
        refuse_change(connection, actor, reason)
        if guide_id not in {guide.id for guide in kept.guides_of(connection, actor.study_id)}:
            raise NotThere("This guide is not there any more.")
        kept.retire_guide(connection, guide_id, actor=actor, reason=reason.strip())


def set_dependence(
    engine: Engine,
    actor: Member,
    source_a: str,
    source_b: str,
    *,
    kind: str,
    note: str = "",
    reason: str = "",
) -> None:
    """Say that two sources do not speak independently: ``same_people``, ``same_study`` or ``other``."""
    _refuse_unknown("kind of dependence", kind, DEPENDENCES)
    if kind == OTHER and not note.strip():
        raise UserFacingError("Say in the note how the two sources depend on each other.")
    with writing(engine) as connection:
        refuse_change(connection, actor, reason)
        pair = _pair(connection, actor, source_a, source_b)
        kept.set_dependence(
            connection, pair, kind=kind, note=note.strip(), actor=actor, reason=reason.strip()
        )


def retire_dependence(
    engine: Engine, actor: Member, source_a: str, source_b: str, *, reason: str = ""
) -> None:
    """Take back that two sources depend on each other."""
    with writing(engine) as connection:
        refuse_change(connection, actor, reason)
        pair = _pair(connection, actor, source_a, source_b)
        if not kept.retire_dependence(connection, pair, actor=actor, reason=reason.strip()):
            raise NotThere(f"Nothing is said of {source_a} and {source_b}.")


def shared_texts(engine: Engine, actor: Member) -> tuple[SharedText, ...]:
    """Documents of different sources that share whole passages; whether it is one study people decide."""
    with reading(engine) as connection:
        source_of = {d.id: d.source for d in documents(connection, actor.study_id)}
        return texts_in_two_sources(
            (source_of[document_id], document_id, title, text)
            for document_id, title, text in texts(connection, actor.study_id)
        )


# --- who may change what, and judge what


def refuse_change(connection: Connection, actor: Member, reason: str, *, changed: bool = True) -> None:
    """Refuse whoever does not lead, and a change without a reason once the protocol is fixed or used."""
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study can write the protocol.")
    if reason.strip() or not changed:
        return
    if kept.fixed(connection, actor.study_id) is not None:
        raise UserFacingError(
            "The protocol is fixed, so a change of it needs a reason; it is printed with the protocol."
        )
    if kept.is_judged(connection, actor.study_id):
        raise UserFacingError(
            "Judging has begun, so a change of the protocol needs a reason; it is printed with the protocol."
        )


def refuse_unless_judge(connection: Connection, researcher: Member) -> None:
    """Refuse a researcher whom the protocol does not name, where it names any."""
    judges = kept.page_of(connection, researcher.study_id).judges
    if judges and researcher.name not in judges:
        raise NotAllowed(
            f"The protocol names {', '.join(judges)} as judges, and not {researcher.name}. "
            "The lead can add a judge on the part Protocol."
        )


def refuse_pair_outside(connection: Connection, source_a: str, source_b: str, *, actor: Member) -> None:
    """Refuse a pair that the protocol does not compare: with an index source, one without it."""
    page = kept.page_of(connection, actor.study_id)
    if page.compare == INDEX and page.index not in (source_a, source_b):
        raise UserFacingError(
            f"The protocol compares {page.index} with each of the others; {source_a} and {source_b} are not "
            "compared. The lead can choose all pairs on the part Protocol."
        )


# --- checks and readings


def _refuse_opening_of_sortings(connection: Connection, actor: Member, page: ProtocolPage) -> None:
    """Who sorts alone must not see the others' findings because the plan changes under their hands."""
    if page.sorting == ALONE or kept.page_of(connection, actor.study_id).sorting == TOGETHER:
        return
    sorted_by = {row.researcher_id for row in live_rows(connection, tables.finding, actor.study_id)} - {None}
    locked = {row.researcher_id for row in live_rows(connection, tables.sorting_locked, actor.study_id)}
    if sorted_by - locked:
        raise UserFacingError(
            "Somebody who sorts alone has not locked their sorting yet; sorting together would show it to "
            "the others. Change this when all have locked."
        )


def _check_page(page: ProtocolPage) -> None:
    _refuse_unknown("way to compare", page.compare, COMPARE)
    _refuse_unknown("way to sort", page.sorting, SORTING)
    if page.compare == INDEX and page.index is None:
        raise UserFacingError("Name the index source that all others are compared with.")
    if page.codes is not None:
        unnamed = [code.value for code in NAMED_CODES if not page.codes.codes.get(code, CodeName("")).name]
        if unnamed:
            raise UserFacingError(f"A code set names all four codes; missing: {', '.join(unnamed)}.")
        names = Counter(said.name.casefold() for said in page.codes.codes.values())
        twice = [name for name, n in names.items() if n > 1]
        if twice:
            raise UserFacingError(f"Two codes bear one name: {', '.join(twice)}. Give each its own.")


def _refuse_unknown(what: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise UserFacingError(f"'{value}' is no {what}. There are: {', '.join(known)}.")


def _cleaned(page: ProtocolPage) -> ProtocolPage:
    named = page.codes.codes if page.codes else {}
    codes = {
        code: CodeName(one_line(named[code].name), one_line(named[code].explanation))
        for code in NAMED_CODES
        if code in named
    }
    return replace(
        page,
        questions=tuple(one_line(question) for question in page.questions if question.strip()),
        index=page.index if page.compare == INDEX else None,
        settling=page.settling.strip(),
        judges=_names(page.judges),
        codes=CodeSet(codes) if codes else None,
    )


def _names(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one_line(name) for name in people if name.strip()}))


def _pair(connection: Connection, actor: Member, source_a: str, source_b: str) -> tuple[UUID, UUID]:
    if source_a == source_b:
        raise UserFacingError(f"'{source_a}' cannot depend on itself. Choose two sources.")
    first, second = (source_named(connection, actor, label).id for label in sorted((source_a, source_b)))
    return first, second


def _sources(connection: Connection, actor: Member) -> tuple[ProtocolSource, ...]:
    details = kept.details_of(connection, actor.study_id)
    listed = documents(connection, actor.study_id)
    coders = _coders(connection, actor)
    lines = []
    for source in sources(connection, actor.study_id):
        own = [document for document in listed if document.source_id == source.id]
        dates = sorted(document.date.isoformat() for document in own if document.date is not None)
        lines.append(
            ProtocolSource(
                source.label,
                source.kind,
                len(own),
                (dates[0], dates[-1]) if dates else (),
                tuple(sorted({name for d in own for name in coders.get(d.version_id, ())})),
                details.get(source.id, SourceDetail()),
            )
        )
    return tuple(lines)


def _coders(connection: Connection, actor: Member) -> dict[UUID, set[str]]:
    """Who has coded in each version of a document, as far as the person may see."""
    seen = visible_codings(actor).order_by(None).subquery()
    people: dict[UUID, set[str]] = {}
    for row in connection.execute(sa.select(seen.c.document_version_id, seen.c.coder).distinct()):
        people.setdefault(row.document_version_id, set()).add(row.coder)
    return people
