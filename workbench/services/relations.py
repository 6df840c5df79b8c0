"""Relations between findings: drawn by people, with the quotes that they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.anchoring import find_quote
from corpus.errors import UserFacingError
from store import relations as kept
from store import tables
from store.codebooks import code_keys
from store.codings import read_codings
from store.documents import documents, texts
from store.engine import reading, writing
from store.excerpts import NewExcerpt
from store.facts import retire_fact
from store.findings import visible_findings
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings
from triangulation.models import Excerpt, Row
from triangulation.relation_files import RelationRow, read_relations, write_relations
from triangulation.relations import Bearing, Node, Outcome, Relation, Strategy, as_graphml, as_mermaid
from triangulation.tables import RefusedRow
from workbench.services.codebooks import codes_ever, codes_known
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.findings import RowsImported
from workbench.services.matrix_rows import by_row, one_line, row_ids, theme_named
from workbench.services.table_files import file_bytes

MapFormat = Literal["mermaid", "graphml", "csv"]


def relations_of(engine: Engine, actor: Member) -> list[Relation]:
    """The relations that a person may see, in the order in which they came."""
    with reading(engine) as connection:
        return kept.visible_relations(connection, actor)


def quotes_for(engine: Engine, actor: Member, rows: Sequence[Row]) -> list[Excerpt]:
    """What a relation between rows can rest on: quotes of their findings, and codings of their themes."""
    with reading(engine) as connection:
        return _quotes(connection, actor, rows)


def add_relation(
    engine: Engine,
    actor: Member,
    *,
    from_row: Row,
    kind: Bearing | str,
    to_row: Row | None = None,
    strategy: str = "",
    outcome: Outcome | str | None = None,
    note: str = "",
    excerpts: Sequence[Excerpt] = (),
) -> UUID:
    """Say how one finding bears on another, or which strategy answered it.

    Parameters
    ----------
    to_row, strategy
        One of the two; only what was answered can lead to a strategy in words.
    outcome : Outcome, optional
        What became of a barrier that was answered.
    excerpts : sequence of Excerpt
        Of those that `quotes_for` gives for the two rows.
    """
    with writing(engine) as connection:
        offered = set(_quotes(connection, actor, [row for row in (from_row, to_row) if row is not None]))
        offered |= kept.excerpts_ever(connection, actor)  # a relation that was taken back can come again
        if any(excerpt not in offered for excerpt in excerpts):
            raise NotThere("A quote that this relation rests on was taken back. Choose the quotes again.")
        return _add(
            connection,
            actor,
            from_row=from_row,
            kind=kind,
            to_row=to_row,
            strategy=strategy,
            outcome=outcome,
            note=note,
            excerpts=kept.placed(connection, actor.study_id, excerpts),
        )


def retire_relation(engine: Engine, actor: Member, relation_id: UUID) -> None:
    """Take a relation back; who wrote it or the lead may. It stays in the history."""
    with writing(engine) as connection:
        found = next((r for r in kept.visible_relations(connection, actor) if r.id == relation_id), None)
        if found is None:
            raise NotThere("This relation was taken back already.")
        if found.by != actor.name and not actor.is_lead:
            raise NotAllowed(f"Only {found.by} or the lead can take this relation back.")
        retire_fact(connection, tables.relation, relation_id, actor=actor, action="relation.retire")


def import_relations(engine: Engine, actor: Member, path: Path) -> RowsImported:
    """Read relations from a CSV file; what does not fit is refused row by row, the rest is taken.

    Quotes are looked up in the documents; words that stand nowhere, or in several places, are kept
    without a place.
    """
    with writing(engine) as connection:
        book = codes_ever(connection, actor)
        rows, refused = read_relations(path, resolve_theme=lambda name: theme_named(book, name))
        versions = {d.id: d.version_id for d in documents(connection, actor.study_id)}
        library = {versions[d]: text for d, _, text in texts(connection, actor.study_id) if d in versions}
        taken, late = 0, list(refused)
        for row in rows:
            try:
                with connection.begin_nested():
                    _add_row(connection, actor, row, library)
                taken += 1
            except UserFacingError as error:
                late.append(RefusedRow(row.number, str(error)))
    return RowsImported(taken, by_row(late))


def export_relations(engine: Engine, actor: Member, path: Path) -> int:
    """Write the relations that the person may see; returns how many."""
    return write_relations(path, relations_of(engine, actor))


def relations_file(engine: Engine, actor: Member, format: MapFormat) -> bytes:
    """The map as Mermaid, GraphML or CSV, to take away."""
    if format == "csv":
        return file_bytes(lambda path: export_relations(engine, actor, path))
    book = codes_known(engine, actor)
    labels = {code.key: code.name() for code in book.codes}

    def name(node: Node) -> str:
        if isinstance(node, Strategy):
            return node.words
        return node.statement or labels.get(node.theme, node.theme)

    relations = relations_of(engine, actor)
    if format == "graphml":
        return as_graphml(relations, name)
    return as_mermaid(relations, name).encode("utf-8")


def _add_row(connection: Connection, actor: Member, row: RelationRow, library: dict[UUID, str]) -> None:
    _add(
        connection,
        actor,
        from_row=row.from_row,
        kind=row.kind,
        to_row=row.to_row,
        strategy=row.strategy,
        outcome=row.outcome,
        note=row.note,
        excerpts=[_found(quote, library) for quote in row.quotes],
    )


def _found(quote: str, library: dict[UUID, str]) -> NewExcerpt:
    places = [(version, start) for version, text in library.items() for start in find_quote(text, quote)]
    if len(places) != 1:
        return NewExcerpt(quote)
    version, start = places[0]
    return NewExcerpt(quote, version, None, start, start + len(quote))


def _add(
    connection: Connection,
    actor: Member,
    *,
    from_row: Row,
    kind: Bearing | str,
    to_row: Row | None,
    strategy: str,
    outcome: Outcome | str | None,
    note: str,
    excerpts: Sequence[NewExcerpt],
) -> UUID:
    strategy = one_line(strategy)
    kind = _checked(kind, to_row, strategy, outcome)
    if from_row == to_row:
        raise UserFacingError("A finding cannot bear on itself. Choose another one.")
    place = (from_row, kind, to_row, strategy)
    if any(
        (one.from_row, one.kind, one.to_row, one.strategy) == place
        for one in kept.visible_relations(connection, actor)
    ):
        raise UserFacingError("This relation is there already. Take it back first to write it otherwise.")
    ids = row_ids(connection, actor)
    return kept.add_relation(
        connection,
        actor=actor,
        from_row_id=_id_of(ids, from_row),
        kind=kind,
        to_row_id=None if to_row is None else _id_of(ids, to_row),
        strategy=strategy,
        outcome=Outcome(outcome) if outcome else None,
        note=note.strip(),
        excerpts=excerpts,
    )


def _checked(
    kind: Bearing | str, to_row: Row | None, strategy: str, outcome: Outcome | str | None
) -> Bearing:
    if kind not in set(Bearing):
        raise UserFacingError(f"'{kind}' is no relation. There are: {', '.join(Bearing)}.")
    if outcome and outcome not in set(Outcome):
        raise UserFacingError(f"'{outcome}' is no outcome. There are: {', '.join(Outcome)}.")
    if (to_row is None) == (not strategy):
        raise UserFacingError("A relation leads to another finding, or to a strategy in words: give one.")
    if kind != Bearing.ANSWERED_BY and (strategy or outcome):
        raise UserFacingError(
            "A strategy and its outcome belong to 'answered by'. Choose that, or a finding."
        )
    return Bearing(kind)


def _quotes(connection: Connection, actor: Member, rows: Sequence[Row]) -> list[Excerpt]:
    of_findings = [
        excerpt
        for finding in visible_findings(connection, actor)
        if finding.row in rows
        for excerpt in finding.excerpts
    ]
    themes = {row.theme for row in rows}
    titles = {d.id: d.title for d in documents(connection, actor.study_id)}
    keys = code_keys(connection, actor.study_id)
    named = [code_id for code_id, key in keys.items() if key in themes]
    codings = read_codings(connection, visible_codings(actor).where(coding.c.code_id.in_(named)), keys)
    of_codings = [
        Excerpt(c.document_id, titles.get(c.document_id, ""), c.start_char, c.end_char, c.quote, c.id)
        for c in codings
    ]
    seen: dict[tuple[object, ...], Excerpt] = {}
    for excerpt in (*of_findings, *of_codings):
        seen.setdefault((excerpt.document_id, excerpt.start_char, excerpt.end_char, excerpt.quote), excerpt)
    return list(seen.values())


def _id_of(ids: dict[Row, UUID], row: Row) -> UUID:
    if row not in ids:
        raise NotThere(f"There is no row '{row.statement or row.theme}' under {row.theme} in the matrix.")
    return ids[row]
