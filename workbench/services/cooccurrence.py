"""Codes that stand together, as a table and a network, and the pairs of passages of each link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from sqlalchemy import Engine

from codebook.columns import members
from codebook.cooccurrence import Cooccurrence, cooccurrence, network, positions
from codebook.retrieval import Measure, Scope, pairs
from store.studies import Member
from workbench.services.asking import Asked, asking
from workbench.services.retrieval import Passage, passages_at, sentences_of
from workbench.services.table_files import Format, Table, file_bytes, table_bytes


@dataclass(frozen=True, eq=False)
class Together:
    """Codes that stand together: counts, the network and a place for each of its codes."""

    table: Cooccurrence
    graph: nx.Graph
    places: Mapping[str, tuple[float, float]]
    names: Mapping[str, str]
    levels: Mapping[str, int]


@dataclass(frozen=True)
class TogetherWish:
    """Which codes, how near, within one coder's codings or across, and from how many pairs on."""

    rows: str = "themes"
    distance: int | None = None  # None: overlapping
    measure: Measure = Measure.CHARACTERS
    same_coder: bool = False
    fewest: int = 2


def together(engine: Engine, actor: Member, wish: TogetherWish, scope: Scope | None = None) -> Together:
    """Codes whose codings overlap or are near each other, as a table and as a network."""
    asked = asking(engine, actor, scope)
    rows = "themes" if wish.rows == "both" else wish.rows
    codes = asked.seen.rows_of(rows)
    families = asked.seen.families_of(rows)
    table = cooccurrence(
        asked.columns,
        codes=codes,
        families=families,
        distance=wish.distance,
        measure=wish.measure,
        sentences=_sentences(asked, wish),
        same_coder=wish.same_coder,
    )
    names = asked.seen.names_of(codes, rows)
    graph = network(table, fewest=wish.fewest, labels=names)
    return Together(table, graph, positions(graph), names, asked.seen.levels_of(codes))


def passages_together(
    engine: Engine,
    actor: Member,
    wish: TogetherWish,
    one: str,
    other: str,
    scope: Scope | None = None,
    *,
    begin: int = 0,
    number: int | None = None,
) -> tuple[int, tuple[tuple[Passage, Passage], ...]]:
    """How many pairs two codes have, and some of them."""
    asked = asking(engine, actor, scope)
    columns, families = asked.columns, asked.seen.families_of(wish.rows)
    first, second = (members(columns, families, [code]) for code in (one, other))
    found = pairs(
        columns,
        first,
        second,
        distance=wish.distance,
        measure=wish.measure,
        sentences=_sentences(asked, wish),
    )
    if wish.same_coder:
        found = found[columns.coder[found[:, 0]] == columns.coder[found[:, 1]]]
    some = found[begin : None if number is None else begin + number]
    rows = np.unique(some)
    by_id = {passage.id: passage for passage in passages_at(asked, rows)}
    listed = [
        (by_id[columns.id(a)], by_id[columns.id(b)])
        for a, b in some.tolist()
        if columns.id(a) in by_id and columns.id(b) in by_id
    ]
    return len(found), tuple(listed)


def _sentences(asked: Asked, wish: TogetherWish) -> list[list[int]] | None:
    is_needed = wish.distance is not None and wish.measure == Measure.SENTENCES
    return sentences_of(asked) if is_needed else None


def together_rows(found: Together) -> Table:
    """The pairs of codes that stand together, the most frequent first, with the names of the columns."""
    edges = sorted(found.graph.edges(data=True), key=lambda edge: (-edge[2]["pairs"], edge[0], edge[1]))
    codings = found.graph.nodes
    return (
        ("code", "label", "other", "other_label", "pairs", "documents", "codings", "other_codings"),
        [
            (
                a,
                found.names[a],
                b,
                found.names[b],
                data["pairs"],
                data["documents"],
                codings[a]["codings"],
                codings[b]["codings"],
            )
            for a, b, data in edges
        ],
    )


def together_file(found: Together, format: Format) -> bytes:
    """`together_rows` as a file."""
    return table_bytes(format, "Together", *together_rows(found))


def together_graphml(found: Together) -> bytes:
    """The network as GraphML, which Gephi, Cytoscape and others open."""
    return file_bytes(lambda path: nx.write_graphml(found.graph, path))
