"""Codes that stand at the same place, or near each other: how often, in how many documents, as a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx
import numpy as np

from codebook.columns import NONE, Choice, Columns, Numbers
from codebook.retrieval import Measure, reaches

#: So many pairs are looked at in one go: enough to be fast, few enough to fit in any memory.
_PORTION = 4_000_000
#: Beyond so many bytes a table of what was seen is dearer than sorting.
_LARGEST_TABLE = 200_000_000


@dataclass(frozen=True, eq=False)
class Cooccurrence:
    """How often codings of two codes stand together.

    Attributes
    ----------
    pairs : int64 array, shape (n_codes, n_codes)
        Pairs of codings, symmetric; on the diagonal two codings of the same code.
    documents : int64 array, shape (n_codes, n_codes)
        Documents with at least one such pair.
    codings : int64 array, shape (n_codes,)
        All codings of each code, alone or not.
    """

    codes: tuple[str, ...]
    pairs: Numbers
    documents: Numbers
    codings: Numbers


def cooccurrence(
    columns: Columns,
    *,
    codes: Sequence[str],
    families: Mapping[str, Iterable[str]] | None = None,
    distance: int | None = None,
    measure: Measure = Measure.CHARACTERS,
    sentences: Sequence[Sequence[int]] | None = None,
    same_coder: bool = False,
) -> Cooccurrence:
    """Count the pairs of codings that overlap, or are near each other.

    A sweep: in the order of their starts, the partners of a coding are those that follow it and
    begin before it ends, so that each pair is met once, at the later start.

    Parameters
    ----------
    codes : sequence of str
        Codes of which none lies below another: a coding counts for one of them, or for none.
    families : mapping, optional
        Code to itself and all codes below it, which count for it.
    distance, measure, sentences
        How far two codings may be apart (`codebook.retrieval.reaches`); None: they must share a character.
    same_coder : bool
        Whether only pairs within one coder's codings count. Where two people coded the same text
        each place otherwise counts for both and across them.

    Raises
    ------
    ValueError
        If a code lies below another of ``codes``.

    Examples
    --------
    >>> from uuid import uuid4
    >>> from codebook.columns import as_columns
    >>> from codebook.models import Coding
    >>> from corpus.models import Document, Source
    >>> source = Source(uuid4(), "GPs", "interview")
    >>> document = Document(uuid4(), source.id, "GP 1", "No time, no money.", (), "")
    >>> places = [("TIME", 0, 7), ("MONEY", 3, 17), ("MONEY", 9, 17)]
    >>> codings = [Coding(uuid4(), document.id, "An", *place, "") for place in places]
    >>> columns = as_columns(codings, [document], [source])
    >>> cooccurrence(columns, codes=["TIME", "MONEY"]).pairs.tolist()
    [[0, 1], [1, 1]]
    """
    number = _number_of_code(columns, codes, families or {})[columns.code]
    chosen = np.flatnonzero(number != NONE)
    begins, reach = (ends[chosen] for ends in reaches(columns, distance, measure, sentences))
    number = number[chosen]
    later = np.searchsorted(begins, reach, side="left") - np.arange(len(chosen)) - 1
    later = np.maximum(later, 0)
    n = len(codes)
    met = _Met(n, len(columns.texts.documents))
    document, coder = columns.document[chosen], columns.coder[chosen]
    for first, second in _portions(later):
        if same_coder:
            same = coder[first] == coder[second]
            first, second = first[same], second[same]
        met.add(number[first], number[second], document[first])
    pairs, documents = met.tables()
    return Cooccurrence(tuple(codes), pairs, documents, np.bincount(number, minlength=n))


def network(found: Cooccurrence, *, fewest: int = 1, labels: Mapping[str, str] | None = None) -> nx.Graph:
    """The codes that stand together as a graph; a link for every two codes with enough pairs.

    Parameters
    ----------
    fewest : int
        Links with fewer pairs are left out, and with them codes that have no other.
    labels : mapping, optional
        Names of the codes; kept with each node.

    Returns
    -------
    networkx.Graph
        Nodes have ``codings`` and ``label``, edges ``pairs`` and ``documents``.
    """
    graph = nx.Graph()
    for a, b in np.argwhere(np.triu(found.pairs, k=1) >= max(fewest, 1)).tolist():
        for code in (a, b):
            key = found.codes[code]
            graph.add_node(key, codings=int(found.codings[code]), label=(labels or {}).get(key, key))
        graph.add_edge(
            found.codes[a],
            found.codes[b],
            pairs=int(found.pairs[a, b]),
            documents=int(found.documents[a, b]),
        )
    return graph


def positions(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """A place between 0 and 1 for each code: those that often stand together lie close; always the same.

    Codes are placed so that their distances on the page are near those along the links (Kamada and
    Kawai 1989); codes that no chain of links joins are kept a little further apart than any others.
    """
    links = sorted((*sorted((a, b)), data["pairs"]) for a, b, data in graph.edges(data=True))
    return dict(_places(tuple(sorted(graph)), tuple(links)))


@lru_cache(maxsize=64)  # a page draws the same network again at every click
def _places(
    codes: tuple[str, ...], links: tuple[tuple[str, str, int], ...]
) -> tuple[tuple[str, tuple[float, float]], ...]:
    if len(codes) < 2:
        return tuple((code, (0.5, 0.5)) for code in codes)
    graph = nx.Graph()
    graph.add_nodes_from(codes)
    strongest = np.log1p(max((pairs for *_, pairs in links), default=1))
    graph.add_weighted_edges_from((a, b, 2 - float(np.log1p(pairs) / strongest)) for a, b, pairs in links)
    far = dict(nx.all_pairs_dijkstra_path_length(graph))
    apart = 1 + max(max(lengths.values()) for lengths in far.values())
    # The root draws long chains in, so that what stands closest together has room.
    distances = {a: {b: far[a].get(b, apart) ** 0.6 for b in codes} for a in codes}
    laid = nx.kamada_kawai_layout(graph, dist=distances, pos=nx.circular_layout(graph))
    places = np.array([laid[code] for code in codes])
    lowest, extent = places.min(axis=0), np.ptp(places, axis=0)
    places = (places - lowest) / np.where(extent > 1e-9, extent, 1)
    return tuple((code, (float(x), float(y))) for code, (x, y) in zip(codes, places, strict=True))


class _Met:
    """Counts of pairs and of documents, filled portion by portion."""

    def __init__(self, n_codes: int, n_documents: int) -> None:
        self._n, self._n_documents = n_codes, max(n_documents, 1)
        self._pairs = np.zeros(n_codes * n_codes, dtype=np.int64)
        size = n_codes * n_codes * self._n_documents
        self._seen: Choice | None = np.zeros(size, dtype=np.bool_) if size <= _LARGEST_TABLE else None
        self._listed: list[Numbers] = []

    def add(self, a: Numbers, b: Numbers, document: Numbers) -> None:
        place = np.minimum(a, b) * self._n + np.maximum(a, b)
        self._pairs += np.bincount(place, minlength=self._n * self._n)
        where = place * self._n_documents + document
        if self._seen is None:
            self._listed.append(np.unique(where))
        else:
            self._seen[where] = True

    def tables(self) -> tuple[Numbers, Numbers]:
        if self._seen is None:
            places = np.unique(np.concatenate(self._listed or [np.zeros(0, np.int64)])) // self._n_documents
            documents = np.bincount(places, minlength=self._n * self._n)
        else:
            documents = self._seen.reshape(-1, self._n_documents).sum(axis=1, dtype=np.int64)
        return self._square(self._pairs), self._square(documents)

    def _square(self, counts: Numbers) -> Numbers:
        upper = counts.reshape(self._n, self._n)
        return upper + np.triu(upper, k=1).T


def _portions(later: Numbers) -> Iterable[tuple[Numbers, Numbers]]:
    """Pairs (i, j) of each i with the ``later[i]`` that follow it, some millions at a time."""
    until = np.cumsum(later)
    begin = 0
    while begin < len(later):
        done = until[begin - 1] if begin else 0
        end = max(int(np.searchsorted(until, done + _PORTION, side="right")), begin + 1)
        each = later[begin:end]
        first = np.repeat(np.arange(begin, end), each)
        within = np.arange(len(first)) - np.repeat(np.cumsum(each) - each, each)
        yield first, first + 1 + within
        begin = end


def _number_of_code(columns: Columns, codes: Sequence[str], families: Mapping[str, Iterable[str]]) -> Numbers:
    known = {code: number for number, code in enumerate(columns.codes)}
    numbers = np.full(len(known), NONE, dtype=np.int64)
    for number, name in enumerate(codes):
        for code in families.get(name, (name,)):
            if code in known:
                if numbers[known[code]] != NONE:
                    raise ValueError(f"{code} counts for {codes[numbers[known[code]]]} and for {name}")
                numbers[known[code]] = number
    return numbers
