"""How far coders agree, from what they had coded when they finished - never from later changes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine

from codebook import disagreements
from codebook.agreement import Agreement, PresenceAgreement, presence_agreement
from codebook.agreement.breakdown import Part, against_the_rest, by_pair, by_part
from codebook.agreement.pooled import pooled_agreement
from codebook.agreement.tree import ConfusedPair, confused_siblings
from codebook.disagreements import Comparison, Kind
from codebook.hierarchy import ancestors, children, descendants
from codebook.models import Code, Codebook, Coding
from codebook.units import Unit, document_numbers, presence_array
from corpus.errors import UserFacingError
from store.codebooks import code_keys, codebooks_of_round, put_together
from store.codings import read_codings
from store.documents import StoredDocument, documents_with_versions, unit_spans, version_text
from store.engine import reading
from store.plans import Plan, current_plan
from store.rounds import Round, rounds
from store.studies import Member
from store.visibility import frozen_codings
from workbench.services.codebooks import with_codes_named
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.units import units_of

UNITS = ("section", "sentence", "document", "character")

#: A code that no coder used so often is rare; its coefficients rest on single passages.
FEWEST_CODINGS = 5

#: With fewer units an interval is wide whatever the coders did.
FEW_UNITS = 30

NOT_COMPUTED = Agreement(None, reason="not computed")
NOBODY_CODED = Agreement(None, reason="nobody coded anything")

REFLEXIVE = (
    "The plan of this study takes a reflexive approach: coders talk about their differences, and no "
    "coefficient is computed. The list of disagreements has every place. The lead can change the plan."
)


@dataclass(frozen=True)
class CodeAgreement:
    """Agreement on one code; ``counts`` are each coder's codings of it, ``kinds`` how they differ.

    ``covers`` are the keys of the codes that count here: its own, for a level also all below it.
    """

    code: Code
    measures: PresenceAgreement
    counts: dict[str, int]
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    covers: frozenset[str] = frozenset()

    @property
    def is_rare(self) -> bool:
        """Too few codings for a coefficient to mean much: look at the places instead."""
        return max(self.counts.values(), default=0) < FEWEST_CODINGS


@dataclass(frozen=True)
class Breakdown:
    """Pooled alpha of parts: two coders, a document, a kind of source."""

    pairs: tuple[tuple[str, str, Part], ...] = ()
    documents: tuple[Part, ...] = ()  # named by document id
    kinds: tuple[Part, ...] = ()  # named by the kind of the source
    without: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class CoderAgreement:
    """Coder agreement of a round; codes in the order of the codebook.

    Attributes
    ----------
    codes : tuple of CodeAgreement
        Codes that somebody used, each for itself.
    levels : tuple of CodeAgreement
        The topmost codes, each with all that stands below it.
    pooled : Agreement
        Alpha over the stacked ratings of all themes; ``pooled_levels`` over those of the levels.
    confused : tuple of ConfusedPair
        Codes with the same parent that coders took for each other, the most confused first.
    comparison : Comparison
        Every place where two coders differ, whatever the unit.
    promised : Plan or None
        What the team promised before coding.
    versions : mapping of UUID to UUID
        The version of each document's text that was coded: codings are places in it.
    """

    round: Round
    unit: str
    n_units: int
    n_documents: int
    coders: tuple[str, ...]
    codes: tuple[CodeAgreement, ...]
    codings: tuple[Coding, ...] = field(repr=False)
    unused: tuple[Code, ...] = ()
    levels: tuple[CodeAgreement, ...] = ()
    pooled: Agreement = NOT_COMPUTED
    pooled_levels: Agreement = NOT_COMPUTED
    breakdown: Breakdown = Breakdown()
    confused: tuple[ConfusedPair, ...] = ()
    comparison: Comparison = field(default=Comparison((), ()), repr=False)
    promised: Plan | None = None
    versions: Mapping[UUID, UUID] = field(default_factory=dict, repr=False)

    @property
    def gain(self) -> float | None:
        """What alpha gains when themes are read as their levels: much says that siblings are confused."""
        above, below = self.pooled_levels.value, self.pooled.value
        return None if above is None or below is None else above - below

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know of all of these figures."""
        return tuple(_warnings(self))


@dataclass(frozen=True)
class Compared:
    """What a comparison rests on: a revealed round, its texts, and what was coded in it."""

    round: Round
    coders: tuple[str, ...]
    codebook: Codebook
    codings: tuple[Coding, ...]
    documents: tuple[StoredDocument, ...]
    sections: Mapping[UUID, Sequence[tuple[int, int]]]  # by version
    texts: Mapping[UUID, str]  # by document, where sentences are asked for
    finished: frozenset[tuple[str, UUID]]
    plan: Plan | None

    @property
    def parents(self) -> dict[str, str | None]:
        return {code.key: code.parent for code in self.codebook.codes}

    def refuse_if_reflexive(self) -> None:
        """Raise NotAllowed where the plan has no coefficients."""
        if self.plan is not None and self.plan.is_reflexive:
            raise NotAllowed(REFLEXIVE)

    def units(self, unit: str) -> list[Unit]:
        """The units of all documents, in the order of the study."""
        return [
            found
            for document in self.documents
            for found in units_of(
                document, self.sections[document.version_id], unit=unit, text=self.texts.get(document.id)
            )
        ]


def agreement_of_round(
    engine: Engine,
    actor: Member,
    round_name: str | None = None,
    *,
    unit: str = "section",
    coders: Sequence[str] | None = None,
) -> CoderAgreement:
    """Coder agreement per code, on the documents that the coders had finished.

    Parameters
    ----------
    round_name : str, optional
        May be left out where only one round is revealed.
    unit : {"section", "sentence", "document", "character"}
        Paragraphs and speaker turns (headings left out), their sentences, whole documents, or single
        characters as other programs count them.
    coders : sequence of str, optional
        Some of the round's coders; all by default.

    Raises
    ------
    NotAllowed
        If the round is not revealed yet, or the plan takes a reflexive approach.
    """
    check_unit(unit)
    compared = compared_in(engine, actor, round_name, coders=coders, sentences=unit == "sentence")
    return measured(compared, unit)


def check_unit(unit: str) -> None:
    """Raise UserFacingError for a unit that there is not."""
    if unit not in UNITS:
        raise UserFacingError(f"The unit '{unit}' is not built yet. There are: {', '.join(UNITS)}.")


def measured(compared: Compared, unit: str) -> CoderAgreement:
    """Coder agreement of what `compared_in` has read, as `agreement_of_round` gives it."""
    compared.refuse_if_reflexive()
    if unit == "character":
        from workbench.services.agreement_spans import agreement_on_characters

        return agreement_on_characters(compared, _frame(compared, unit))
    return _on_units(compared, _frame(compared, unit))


def compared_in(
    engine: Engine,
    actor: Member,
    round_name: str | None = None,
    *,
    coders: Sequence[str] | None = None,
    sentences: bool = False,
) -> Compared:
    """What a revealed round has to compare: texts, codebook as it was, and codings as they were finished."""
    with reading(engine) as connection:
        found = _revealed_round(connection, actor, round_name)
        names = _names(found, coders)
        listed = documents_with_versions(connection, actor.study_id, found.documents)
        by_version = {d.version_id: d for d in listed}
        present = {d.id for d in listed}
        stored = put_together(codebooks_of_round(connection, found.id))
        keys = code_keys(connection, actor.study_id) | {c.id: c.key for c in stored.codebook.codes}
        codings = read_codings(connection, frozen_codings(found.id, actor.study_id), keys)
        texts = {
            d.id: version_text(connection, d.version_id, document_id=d.id) or ""
            for d in (listed if sentences else ())
        }
        return Compared(
            round=found,
            coders=tuple(names),
            codebook=stored.codebook,
            codings=tuple(c for c in codings if c.coder in names and c.document_id in present),
            documents=tuple(listed),
            sections=unit_spans(connection, found.documents),
            texts=texts,
            finished=frozenset(_finished(found, {version: d.id for version, d in by_version.items()})),
            plan=current_plan(connection, actor.study_id),
        )


def codebook_of_round(
    engine: Engine, viewer: Member, found: Round, *, named: Collection[str] = ()
) -> Codebook:
    """The codes that a round was coded with: of all codebooks, as they were when it was opened.

    Parameters
    ----------
    named : collection of str
        Keys that codings bear: the codes among them that were proposed in the round are added.
    """
    with reading(engine) as connection:
        codebook = put_together(codebooks_of_round(connection, found.id)).codebook
        return with_codes_named(connection, viewer, codebook, set(named))


def worst_first(codes: Sequence[CodeAgreement]) -> list[CodeAgreement]:
    """The codes by alpha, the lowest first; those without a value last."""
    return sorted(codes, key=lambda c: math.inf if c.measures.alpha is None else c.measures.alpha)


def over_rounds(engine: Engine, actor: Member) -> list[tuple[Round, Agreement]]:
    """Pooled alpha of every revealed round in order, to see whether coders drift apart or together."""
    with reading(engine) as connection:
        names = [found.name for found in rounds(connection, actor.study_id) if found.revealed]
    answers = (agreement_of_round(engine, actor, name) for name in names)
    return [(answer.round, answer.pooled) for answer in answers]


def _frame(compared: Compared, unit: str) -> CoderAgreement:
    """Everything of the answer that does not depend on the unit."""
    used = {coding.code for coding in compared.codings}
    comparison = disagreements.compare(compared.codings, compared.coders, compared.parents)
    return CoderAgreement(
        round=compared.round,
        unit=unit,
        n_units=0,
        n_documents=len(compared.round.documents),
        coders=compared.coders,
        codes=(),
        codings=compared.codings,
        unused=tuple(c for c in compared.codebook.codes if c.key not in used and c.parent is not None),
        comparison=comparison,
        promised=compared.plan,
        versions={document.id: document.version_id for document in compared.documents},
    )


def _on_units(compared: Compared, frame: CoderAgreement) -> CoderAgreement:
    units = compared.units(frame.unit)
    numbers = document_numbers(units)
    kinds = disagreements.kinds_by_code(frame.comparison.disagreements)
    times = Counter((coding.coder, coding.code) for coding in compared.codings)
    used = {code for _, code in times}
    codes = [code for code in compared.codebook.codes if code.key in used]
    levels = list(children(compared.codebook, None)) if codes else []
    presence = _presence(compared, units, codes)
    of_levels = _presence(compared, units, levels, roll_up=True)
    measured = presence_agreement(presence, numbers) if codes else []
    measured_levels = presence_agreement(of_levels, numbers) if levels else []
    below = {level.key: _with_all_below(compared.codebook, level) for level in levels}

    def of_codes(code: Code, keys: set[str], measures: PresenceAgreement) -> CodeAgreement:
        counts = _counts(keys, times, compared.coders)
        return CodeAgreement(code, measures, counts, _summed(kinds, keys), frozenset(keys))

    kinds_of_document = {document.id: document.kind for document in compared.documents}
    return replace(
        frame,
        n_units=len(units),
        codes=tuple(of_codes(code, {code.key}, m) for code, m in zip(codes, measured, strict=True)),
        levels=tuple(
            of_codes(level, keys, m)
            for level, m in zip(levels, measured_levels, strict=True)
            if (keys := below[level.key]) & used
        ),
        pooled=pooled_agreement(presence, numbers).alpha if codes else NOBODY_CODED,
        pooled_levels=pooled_agreement(of_levels, numbers).alpha if codes else NOBODY_CODED,
        confused=tuple(confused_siblings(presence, [_lineage(compared.codebook, c) for c in codes])),
        breakdown=Breakdown(
            pairs=tuple(by_pair(presence, compared.coders)),
            documents=tuple(by_part(presence, [unit.document_id for unit in units])),
            kinds=tuple(by_part(presence, [kinds_of_document[unit.document_id] for unit in units])),
            without=against_the_rest(presence, compared.coders),
        ),
    )


def _presence(
    compared: Compared, units: Sequence[Unit], codes: Sequence[Code], *, roll_up: bool = False
) -> NDArray[np.int8]:
    return presence_array(
        compared.codings,
        units,
        compared.coders,
        compared.finished,
        codes=[code.key for code in codes],
        roll_up=compared.codebook if roll_up else None,
    )


def _lineage(codebook: Codebook, code: Code) -> tuple[str, ...]:
    """From the level down to the code itself."""
    return (*(above.key for above in reversed(ancestors(codebook, code.key))), code.key)


def _with_all_below(codebook: Codebook, level: Code) -> set[str]:
    return {level.key, *(code.key for code in descendants(codebook, level.key))}


def _summed(kinds: Mapping[str, Counter[Kind]], keys: set[str]) -> Counter[Kind]:
    return sum((kinds[key] for key in keys if key in kinds), Counter[Kind]())


def _counts(keys: set[str], times: Counter[tuple[str, str]], coders: Sequence[str]) -> dict[str, int]:
    """Each coder's codings of some codes; ``times`` counts all by (coder, code)."""
    return {name: sum(times[name, key] for key in keys) for name in coders}


def _warnings(found: CoderAgreement) -> Iterator[str]:
    if found.unit != "character" and 0 < found.n_units < FEW_UNITS:
        yield f"Only {found.n_units} units were compared: every interval is wide."
    prevalence = found.pooled.prevalence
    if prevalence is not None and prevalence < 0.05:
        yield (
            f"Most units bear no given code ({100 * (1 - prevalence):.0f} % of the ratings say absent), so "
            "percent agreement is high whatever coders do. Read positive agreement and alpha."
        )
    rare = sum(entry.is_rare for entry in found.codes)
    if rare:
        yield f"{rare} of {len(found.codes)} codes were used fewer than five times by each coder."
    silent = [name for name in found.coders if not any(c.coder == name for c in found.codings)]
    if silent and len(silent) < len(found.coders):
        yield f"{', '.join(silent)} coded nothing in this round."


def _revealed_round(connection: Connection, actor: Member, name: str | None) -> Round:
    found = rounds(connection, actor.study_id)
    if name is None:
        revealed = [r for r in found if r.revealed]
        candidates = revealed or found
        if not candidates:
            raise NotThere("There is no round of double coding yet. The lead opens one first.")
        if len(candidates) > 1:
            names = ", ".join(f"'{r.name}'" for r in candidates)
            raise NotThere(f"Say which round: {names}.")
        chosen = candidates[0]
    else:
        matching = [r for r in found if name in (r.name, str(r.id))]
        if not matching:
            raise NotThere(f"There is no round '{name}'.")
        chosen = matching[0]
    if not chosen.revealed:
        raise NotAllowed(
            f"The round '{chosen.name}' is not revealed yet. Coder agreement is shown when every coder "
            "has finished and the lead has revealed."
        )
    return chosen


def _names(found: Round, wanted: Sequence[str] | None) -> list[str]:
    names = [coder.name for coder in found.coders]
    if wanted is None:
        return names
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise NotThere(f"{', '.join(unknown)} did not code in this round. Its coders: {', '.join(names)}.")
    return list(dict.fromkeys(wanted))


def _finished(found: Round, document_ids: dict[UUID, UUID]) -> set[tuple[str, UUID]]:
    names = {coder.id: coder.name for coder in found.coders}
    return {(names[member], document_ids[version]) for member, version in found.finished}
