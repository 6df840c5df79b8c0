"""The map of relations between findings: boxes in columns, edges told by word, dash and arrow."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from codebook.errors import UnknownCode
from codebook.hierarchy import children, level_of, resolve
from codebook.models import Codebook
from triangulation.relations import Bearing, Node, Outcome, Relation, RelationMap, Strategy
from workbench.messages import say
from workbench.views.drawing import escaped, row_name
from workbench.views.triangulate.look import Look, look_of

#: The drawing in its own units; the browser scales it.
_BOX, _GAP, _BETWEEN, _MARGIN, _LINE = 216, 124, 26, 16, 16
_LETTERS, _LINES = 26, 5  # of a box: so many letters a line, so many lines

_DASHES = {
    Bearing.CAUSES: "",
    Bearing.HAMPERS: "8 4",
    Bearing.EASES: "2 4",
    Bearing.ANSWERED_BY: "12 3 2 3",
}


@dataclass(frozen=True)
class _Box:
    x: float
    y: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def bearing_words() -> Mapping[Bearing, str]:
    """What one finding does to another, in words."""
    return {
        Bearing.CAUSES: say("causes"),
        Bearing.HAMPERS: say("hampers"),
        Bearing.EASES: say("eases"),
        Bearing.ANSWERED_BY: say("is answered by"),
    }


def outcome_words() -> Mapping[Outcome, str]:
    """What became of a barrier that was answered, in words."""
    return {
        Outcome.ACCEPTED: say("the barrier was accepted"),
        Outcome.WORKED_AROUND: say("the barrier was worked around"),
        Outcome.REMOVED: say("the barrier was removed"),
    }


def short_outcome_words() -> Mapping[Outcome, str]:
    """The same in a word, for the map."""
    return {
        Outcome.ACCEPTED: say("accepted"),
        Outcome.WORKED_AROUND: say("worked around"),
        Outcome.REMOVED: say("removed"),
    }


def node_name(book: Codebook, node: Node) -> str:
    """The statement of a row, or the words of a strategy."""
    return node.words if isinstance(node, Strategy) else row_name(book, node)


def map_size(drawn: RelationMap, book: Codebook) -> tuple[int, int]:
    """Width and height of the picture, without a footer."""
    boxes = _boxes(drawn, book)
    width = max((box.x + _BOX for box in boxes.values()), default=_BOX) + _MARGIN
    if _has_loop(drawn):
        width += 70
    height = max((box.y + box.height for box in boxes.values()), default=0.0) + _MARGIN
    return round(width), round(height)


def map_svg(
    drawn: RelationMap, book: Codebook, *, theme: str, chosen: UUID | None = None, footer: str = ""
) -> str:
    """The map as a picture whose every text is escaped; an edge carries the id of its relation.

    Parameters
    ----------
    theme : {"light", "dark"}
    footer : str
        A line beneath, on a picture that leaves the page; with it the ground is painted too.
    """
    look = look_of(theme)
    boxes = _boxes(drawn, book)
    width, inner = map_size(drawn, book)
    height = inner + (28 if footer else 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{escaped(say("Map of relations"))}" font-size="13" '
        'font-family="-apple-system, Segoe UI, Inter, Roboto, sans-serif">'
        f'<defs><marker id="tp-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" '
        f'markerHeight="8" orient="auto-start-reverse" markerUnits="userSpaceOnUse">'
        f'<path d="M0 0 L10 5 L0 10 z" fill="{look.text}"/></marker></defs>'
    ]
    if footer:
        parts.append(f'<rect width="{width}" height="{height}" fill="{look.ground}"/>')
    parts += _edges_svg(drawn, boxes, book, look, chosen)
    parts += [_box_svg(node, box, book, look) for node, box in boxes.items()]
    if footer:
        parts.append(
            f'<text x="{_MARGIN}" y="{height - 9}" font-size="11" fill="{look.text}">{escaped(footer)}</text>'
        )
    return "".join([*parts, "</svg>"])


# --- boxes --------------------------------------------------------------------------------------------


def _boxes(drawn: RelationMap, book: Codebook) -> dict[Node, _Box]:
    """Every node with its place: columns are filled from above and stand in the middle of the picture."""
    lines = {node: _wrapped(node_name(book, node)) for node in drawn.places}
    heights = {node: 24 + _LINE * len(said) for node, said in lines.items()}
    columns: dict[int, list[Node]] = {}
    for node, (column, _) in sorted(drawn.places.items(), key=lambda item: item[1]):
        columns.setdefault(column, []).append(node)
    full = {
        column: sum(heights[node] for node in nodes) + _BETWEEN * (len(nodes) - 1)
        for column, nodes in columns.items()
    }
    tallest = max(full.values(), default=0)
    boxes: dict[Node, _Box] = {}
    for column, nodes in columns.items():
        y = _MARGIN + (tallest - full[column]) / 2
        for node in nodes:
            boxes[node] = _Box(_MARGIN + column * (_BOX + _GAP), y, heights[node], lines[node])
            y += heights[node] + _BETWEEN
    return boxes


def _wrapped(text: str) -> tuple[str, ...]:
    found = textwrap.wrap(" ".join(text.split()), _LETTERS, break_long_words=True) or [""]
    if len(found) > _LINES:
        found = [*found[: _LINES - 1], f"{found[_LINES - 1][: _LETTERS - 1].rstrip()}…"]
    return tuple(found)


def _box_svg(node: Node, box: _Box, book: Codebook, look: Look) -> str:
    if isinstance(node, Strategy):
        head, colour, shape = say("strategy"), look.soft, 'rx="16"'
    else:
        level = _level(book, node.theme)
        colour = look.soft if level is None else look.levels[level % len(look.levels)]
        head, shape = node.theme, 'rx="2"'
    x, y = box.x, box.y
    bar = (
        ""
        if isinstance(node, Strategy)
        else f'<rect x="{x:.0f}" y="{y:.1f}" width="5" height="{box.height:.1f}" fill="{colour}"/>'
    )
    dash = ' stroke-dasharray="3 3"' if isinstance(node, Strategy) else ""
    lines = "".join(
        f'<text x="{x + 13:.0f}" y="{y + 34 + _LINE * n:.1f}" fill="{look.text}">{escaped(line)}</text>'
        for n, line in enumerate(box.lines)
    )
    return (
        f"<g><title>{escaped(node_name(book, node))}</title>"
        f'<rect x="{x:.0f}" y="{y:.1f}" width="{_BOX}" height="{box.height:.1f}" {shape} '
        f'fill="{look.second}" stroke="{colour}"{dash}/>{bar}'
        f'<text x="{x + 13:.0f}" y="{y + 16:.1f}" font-size="11" fill="{colour}" font-weight="600">'
        f"{escaped(head)}</text>{lines}</g>"
    )


def _level(book: Codebook, theme: str) -> int | None:
    try:
        level = level_of(book, resolve(book, theme).key)
    except UnknownCode:
        return None
    order = [one.key for one in children(book, None)]
    return None if level is None or level.key not in order else order.index(level.key)


# --- edges --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Curve:
    """A cubic curve; ``at`` gives a point of it."""

    points: tuple[tuple[float, float], ...]

    def at(self, t: float) -> tuple[float, float]:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.points
        s = 1 - t
        weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
        x = weights[0] * ax + weights[1] * bx + weights[2] * cx + weights[3] * dx
        y = weights[0] * ay + weights[1] * by + weights[2] * cy + weights[3] * dy
        return x, y

    @property
    def dots(self) -> list[tuple[float, float]]:
        """Points along the curve, near enough to each other to tell what it crosses."""
        return [self.at(n / 24) for n in range(25)]

    @property
    def path(self) -> str:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.points
        return f"M{ax:.1f} {ay:.1f} C{bx:.1f} {by:.1f} {cx:.1f} {cy:.1f} {dx:.1f} {dy:.1f}"


def _has_loop(drawn: RelationMap) -> bool:
    return any(drawn.places[one][0] == drawn.places[other][0] for one, other in drawn.graph.edges)


def _edges_svg(
    drawn: RelationMap, boxes: Mapping[Node, _Box], book: Codebook, look: Look, chosen: UUID | None
) -> list[str]:
    ordered: list[Relation] = [
        relation for *_, held in drawn.graph.edges(data="relations") for relation in held
    ]
    ordered.sort(key=lambda one: (boxes[one.from_row].x, boxes[one.from_row].y, boxes[one.to_node].y))
    leave = _ports(ordered, boxes, leaving=True)
    arrive = _ports(ordered, boxes, leaving=False)
    curves = {
        one.id: _curve(boxes[one.from_row], boxes[one.to_node], leave[one.id], arrive[one.id])
        for one in ordered
    }
    taken = [(box.x, box.y, box.x + _BOX, box.y + box.height) for box in boxes.values()]
    lines, labels = [], []
    for relation in ordered:
        curve = curves[relation.id]
        others = [point for other in curves.values() if other is not curve for point in other.dots]
        told = _told(relation, book)
        words = bearing_words()[relation.kind]
        below = "" if relation.outcome is None else short_outcome_words()[relation.outcome]
        width, height = max(len(words), len(below)) * 6.6, 32 if below else 17
        x, y = _free_place(curve, width, height, taken, others)
        is_chosen = relation.id == chosen
        stroke = f'stroke="{look.accent}" stroke-width="2.5"' if is_chosen else f'stroke="{look.text}"'
        weight = 600 if is_chosen else 400
        dash = _DASHES[relation.kind]
        lines.append(
            f'<g data-one="{relation.id}" data-other="" tabindex="0" role="button" '
            f'aria-label="{escaped(told)}" style="cursor:pointer"><title>{escaped(told)}</title>'
            f'<path d="{curve.path}" fill="none" {stroke} '
            f'stroke-dasharray="{dash}" marker-end="url(#tp-arrow)"/>'
            f'<path d="{curve.path}" fill="none" stroke="transparent" stroke-width="16"/></g>'
        )
        labels.append(
            f'<rect x="{x - width / 2:.1f}" y="{y - 8:.1f}" width="{width:.1f}" height="{height}" '
            f'fill="{look.ground}" fill-opacity="0.85" style="pointer-events:none"/>'
        )
        for n, line in enumerate(filter(None, (words, below))):
            labels.append(
                f'<text x="{x:.1f}" y="{y + 4 + 14 * n:.1f}" text-anchor="middle" font-size="12" '
                f'fill="{look.text}" stroke="{look.ground}" stroke-width="4" paint-order="stroke" '
                f'font-weight="{weight}" style="pointer-events:none">{escaped(line)}</text>'
            )
    return lines + labels  # words over all lines


def _ports(relations: Sequence[Relation], boxes: Mapping[Node, _Box], *, leaving: bool) -> dict[UUID, float]:
    """Where on the side of its box each edge begins or ends: spread, in the order of the other ends."""
    by_node: dict[Node, list[Relation]] = {}
    for relation in relations:
        by_node.setdefault(relation.from_row if leaving else relation.to_node, []).append(relation)
    places: dict[UUID, float] = {}
    for node, listed in by_node.items():
        box = boxes[node]
        listed.sort(key=lambda one: boxes[one.to_node if leaving else one.from_row].middle)
        for n, relation in enumerate(listed, start=1):
            places[relation.id] = box.y + box.height * n / (len(listed) + 1)
    return places


def _curve(start: _Box, end: _Box, leave: float, arrive: float) -> _Curve:
    x, right = start.x + _BOX, end.x + _BOX
    if start.x == end.x:  # of a cycle: round the right side
        out = 80 if end.y > start.y else 48  # there and back do not lie upon each other
        return _Curve(((x, leave), (x + out, leave), (right + out, arrive), (right, arrive)))
    if end.x < start.x:
        return _Curve(((start.x, leave), (start.x - 80, leave), (right + 80, arrive), (right, arrive)))
    bend = max(50.0, (end.x - x) * 0.5)
    return _Curve(((x, leave), (x + bend, leave), (end.x - bend, arrive), (end.x, arrive)))


def _free_place(
    curve: _Curve,
    width: float,
    height: float,
    taken: list[tuple[float, float, float, float]],
    others: Sequence[tuple[float, float]],
) -> tuple[float, float]:
    """The point of the curve at which words cover least of boxes, of other words and of other curves."""

    def room(t: float) -> tuple[float, float, float, float]:
        x, y = curve.at(t)
        return x - width / 2, y - 9, x + width / 2, y - 9 + height

    def covered(t: float) -> float:
        left, top, right, bottom = room(t)
        on_others = sum(
            max(0.0, min(right, other[2]) - max(left, other[0]))
            * max(0.0, min(bottom, other[3]) - max(top, other[1]))
            for other in taken
        )
        crossed = sum(left - 6 < x < right + 6 and top - 4 < y < bottom + 4 for x, y in others)
        return on_others + 60 * crossed

    best = min((0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.2, 0.8), key=covered)
    taken.append(room(best))
    return curve.at(best)


def _told(relation: Relation, book: Codebook) -> str:
    said = say(
        "{one} {does} {other}",
        one=node_name(book, relation.from_row),
        does=bearing_words()[relation.kind],
        other=node_name(book, relation.to_node),
    )
    return said if relation.outcome is None else f"{said}: {outcome_words()[relation.outcome]}"
