"""What becomes of codings when one code goes into another: the rule, as a plan before anything is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from codebook.models import Coding

#: The rule in a sentence, to be shown before anyone merges.
RULE = (
    "Codings of the code that goes become codings of the other; coder, memo and attributes stay. Where the "
    "same coder gave both codes to passages that overlap or touch, with the same valence and attributes, "
    "they become one passage; otherwise both stay. What was frozen for coder agreement stays as it was."
)

#: How a merge is undone, in a sentence.
UNDO_RULE = (
    "The code that went is back. Each coding that the merge changed, and that nobody has changed since, has "
    "its earlier code and its earlier ends again; passages that were joined are apart again. What was "
    "changed or taken away since stays as it is now. What was frozen for coder agreement stays as it was."
)


@dataclass(frozen=True)
class Joined:
    """Codings of one coder that become one: the first of ``codings`` lives on, from start to end."""

    codings: tuple[Coding, ...]
    start_char: int
    end_char: int


@dataclass(frozen=True)
class MergePlan:
    """``carried`` only take the other code; ``joined`` become one passage each."""

    carried: tuple[Coding, ...]
    joined: tuple[Joined, ...]

    @property
    def before(self) -> int:
        """Codings that the plan touches."""
        return len(self.carried) + sum(len(joined.codings) for joined in self.joined)

    @property
    def after(self) -> int:
        """Codings that stand in their place afterwards."""
        return len(self.carried) + len(self.joined)

    @property
    def coders(self) -> tuple[str, ...]:
        """Whose codings change."""
        touched = [*self.carried, *(coding for joined in self.joined for coding in joined.codings)]
        return tuple(sorted({coding.coder for coding in touched}))


def plan_merge(codings: Iterable[Coding], key: str, *, into: str) -> MergePlan:
    """What becomes of the codings of two codes when one goes into the other (`RULE`).

    Examples
    --------
    >>> from uuid import uuid4
    >>> def coded(code, start, end):
    ...     return Coding(uuid4(), UUID(int=1), "Ann", code, start, end, "")
    >>> plan = plan_merge([coded("A", 0, 9), coded("B", 9, 20), coded("A", 30, 35)], "A", into="B")
    >>> len(plan.carried), [(joined.start_char, joined.end_char) for joined in plan.joined]
    (1, [(0, 20)])
    """
    alike: dict[object, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.code in (key, into):
            alike[coding.document_id, coding.coder, coding.valence, coding.detail].append(coding)
    carried: list[Coding] = []
    joined: list[Joined] = []
    for group in alike.values():
        for run in _runs(sorted(group, key=lambda c: (c.start_char, c.end_char))):
            if len({coding.code for coding in run}) == 2:
                # The one that bears the remaining code already lives on; its history is the longer.
                ordered = sorted(run, key=lambda c: c.code != into)
                joined.append(Joined(tuple(ordered), run[0].start_char, max(c.end_char for c in run)))
            else:
                carried += [coding for coding in run if coding.code == key]
    return MergePlan(tuple(carried), tuple(joined))


def _runs(codings: Sequence[Coding]) -> list[list[Coding]]:
    """Codings in the order of the text, those that overlap or touch together."""
    runs: list[list[Coding]] = []
    reach = -1
    for coding in codings:
        if runs and coding.start_char <= reach:
            runs[-1].append(coding)
        else:
            runs.append([coding])
        reach = max(reach, coding.end_char)
    return runs


def touched_documents(plan: MergePlan) -> set[UUID]:
    """The documents in which a plan changes something."""
    return {coding.document_id for coding in plan.carried} | {
        joined.codings[0].document_id for joined in plan.joined
    }
