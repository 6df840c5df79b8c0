"""How findings bear on each other: causes, hampers, eases, or was answered by a strategy.

People draw the relations and give their quotes; here they become a graph, its chains and its cycles.
Counts say how many relations were drawn, not how strong anything is.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise
from uuid import UUID

import networkx as nx

from triangulation.models import Excerpt, Row


class Bearing(StrEnum):
    """What one finding does to another; a barrier is answered by a strategy."""

    CAUSES = "causes"
    HAMPERS = "hampers"
    EASES = "eases"
    ANSWERED_BY = "answered_by"


class Outcome(StrEnum):
    """What became of a barrier that a strategy answered."""

    ACCEPTED = "accepted"
    WORKED_AROUND = "worked_around"
    REMOVED = "removed"


@dataclass(frozen=True, order=True)
class Strategy:
    """What people did about a barrier, in their own words."""

    words: str


Node = Row | Strategy


@dataclass(frozen=True)
class Relation:
    """One finding bears on another, or was answered by a strategy in words.

    ``to_row`` is None where ``strategy`` stands in its place. ``outcome`` belongs to what answered a
    barrier; None: not said.
    """

    id: UUID
    from_row: Row
    kind: Bearing
    to_row: Row | None = None
    strategy: str = ""
    outcome: Outcome | None = None
    note: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    by: str = ""
    at: str = ""

    @property
    def to_node(self) -> Node:
        return Strategy(self.strategy) if self.to_row is None else self.to_row


@dataclass(frozen=True)
class Bearings:
    """How many relations lead into a row and out of it."""

    row: Row
    into: int
    out_of: int


@dataclass(frozen=True)
class RelationMap:
    """The graph with a place for every node: (column, line), whole numbers from 0."""

    graph: nx.DiGraph
    places: Mapping[Node, tuple[int, int]]


def relation_graph(relations: Iterable[Relation]) -> nx.DiGraph:
    """Rows and strategies as nodes; an edge holds all relations between its two ends (``relations``)."""
    graph: nx.DiGraph = nx.DiGraph()
    for relation in relations:
        ends = relation.from_row, relation.to_node
        held = graph.edges[ends]["relations"] if graph.has_edge(*ends) else ()
        graph.add_edge(*ends, relations=(*held, relation))
    return graph


def relation_map(relations: Iterable[Relation]) -> RelationMap:
    """The graph in columns: what bears on others stands left of what it bears on.

    Nodes of a cycle share a column. Within a column each node stands near the middle of those that
    it comes from; the same relations always give the same places.

    Examples
    --------
    >>> from uuid import uuid4
    >>> a, b = Row("ECO-FUND"), Row("PRO-ATT")
    >>> relation_map([Relation(uuid4(), a, Bearing.CAUSES, b)]).places[b]
    (1, 0)
    """
    graph = relation_graph(relations)
    together: nx.DiGraph = nx.condensation(graph)
    places: dict[Node, tuple[int, int]] = {}
    for column, components in enumerate(nx.topological_generations(together)):
        nodes = [node for one in components for node in together.nodes[one]["members"]]
        ordered = sorted(nodes, key=lambda node: (_middle(graph, node, places), node_key(node)))
        places |= {node: (column, line) for line, node in enumerate(ordered)}
    return RelationMap(graph, places)


def _middle(graph: nx.DiGraph, node: Node, places: Mapping[Node, tuple[int, int]]) -> float:
    lines = [places[before][1] for before in graph.predecessors(node) if before in places]
    return sum(lines) / len(lines) if lines else 0.0


def node_key(node: Node) -> tuple[bool, str, str]:
    """By which nodes are put in order: rows by theme and statement, strategies after them."""
    if isinstance(node, Strategy):
        return True, node.words, ""
    return False, node.theme, node.statement


def chains(relations: Iterable[Relation], *, most: int = 200) -> tuple[tuple[Relation, ...], ...]:
    """Ways of two relations or more, as "a causes b, which hampers c", none of which can be made longer.

    A way passes no node twice. Ways begin where nothing bears on the first; what turns in a circle
    stands in `cycles`.

    Parameters
    ----------
    most : int
        Where there are more, the rest is left out.
    """
    graph = relation_graph(relations)
    starts = sorted((node for node in graph if not graph.in_degree(node)), key=node_key)
    ways = (way for start in starts for way in _ways(graph, [start]))
    found = islice((way for way in ways if len(way) > 2), most)
    return tuple(tuple(graph.edges[edge]["relations"][0] for edge in pairwise(way)) for way in found)


def _ways(graph: nx.DiGraph, way: list[Node]) -> Iterator[list[Node]]:
    following = sorted((node for node in graph.successors(way[-1]) if node not in way), key=node_key)
    if not following:
        yield way
    for node in following:
        yield from _ways(graph, [*way, node])


def cycles(relations: Iterable[Relation], *, longest: int = 8, most: int = 50) -> tuple[tuple[Row, ...], ...]:
    """Findings that bear on themselves by way of others, each circle from its first row in order.

    Parameters
    ----------
    longest, most : int
        Longer circles, and more of them, are left out.
    """
    graph = relation_graph(relations)
    circles = islice(nx.simple_cycles(graph, length_bound=longest), most)
    return tuple(sorted(_from_first(circle) for circle in circles))


def _from_first(circle: Sequence[Row]) -> tuple[Row, ...]:
    begin = circle.index(min(circle))
    return (*circle[begin:], *circle[:begin])


def bearings(relations: Iterable[Relation]) -> tuple[Bearings, ...]:
    """How many relations lead into each row and out of it; most of all first."""
    into: dict[Row, int] = {}
    out_of: dict[Row, int] = {}
    for relation in relations:
        out_of[relation.from_row] = out_of.get(relation.from_row, 0) + 1
        if relation.to_row is not None:
            into[relation.to_row] = into.get(relation.to_row, 0) + 1
    counted = [Bearings(row, into.get(row, 0), out_of.get(row, 0)) for row in {**into, **out_of}]
    return tuple(sorted(counted, key=lambda one: (-one.into - one.out_of, one.row)))


# --- forms that other programs read -------------------------------------------------------------------


def as_mermaid(relations: Iterable[Relation], name: Callable[[Node], str]) -> str:
    """The map in the words of Mermaid, which wikis and notebooks draw."""
    graph = relation_graph(relations)
    numbers = {node: f"n{n}" for n, node in enumerate(sorted(graph, key=node_key))}
    lines = ["flowchart LR"]
    for node, number in numbers.items():
        opening, closing = ("([", "])") if isinstance(node, Strategy) else ("[", "]")
        lines.append(f'  {number}{opening}"{_mermaid_text(name(node))}"{closing}')
    for one, other, held in graph.edges(data="relations"):
        lines += [
            f'  {numbers[one]} -->|"{_mermaid_text(edge_words(relation))}"| {numbers[other]}'
            for relation in held
        ]
    return "\n".join(lines) + "\n"


def as_graphml(relations: Iterable[Relation], name: Callable[[Node], str]) -> bytes:
    """The map as GraphML, for programs that draw networks."""
    graph = relation_graph(relations)
    numbers = {node: f"n{n}" for n, node in enumerate(sorted(graph, key=node_key))}
    told: nx.MultiDiGraph = nx.MultiDiGraph()
    for node, number in numbers.items():
        kind = "strategy" if isinstance(node, Strategy) else "finding"
        theme = "" if isinstance(node, Strategy) else node.theme
        told.add_node(number, label=_xml_text(name(node)), kind=kind, theme=theme)
    for one, other, held in graph.edges(data="relations"):
        for relation in held:
            told.add_edge(
                numbers[one],
                numbers[other],
                kind=relation.kind.value,
                outcome=relation.outcome.value if relation.outcome else "",
                note=_xml_text(relation.note),
            )
    file = io.BytesIO()
    nx.write_graphml(told, file)
    return file.getvalue()


def edge_words(relation: Relation) -> str:
    """What an edge says: the kind, and the outcome of a strategy.

    >>> from uuid import uuid4
    >>> edge_words(Relation(uuid4(), Row("A"), Bearing.ANSWERED_BY, strategy="x", outcome=Outcome.REMOVED))
    'answered by: removed'
    """
    kind = relation.kind.value.replace("_", " ")
    return kind if relation.outcome is None else f"{kind}: {relation.outcome.value.replace('_', ' ')}"


def _mermaid_text(text: str) -> str:
    # Mermaid knows HTML's numbered characters without their ampersand.
    return "".join(f"#{ord(sign)};" if sign in '"<>#&|[](){}`\\' else sign for sign in " ".join(text.split()))


def _xml_text(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
