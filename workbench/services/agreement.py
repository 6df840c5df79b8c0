"""How far coders agree, from what they had coded when they finished - never from later changes."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.agreement import PresenceAgreement, presence_agreement
from codebook.models import Code, Codebook, Coding
from codebook.units import Unit, document_numbers, presence_array
from corpus.errors import UserFacingError
from store.codebooks import code_keys, codebooks_of_round, put_together
from store.codings import read_codings
from store.documents import documents, unit_spans
from store.engine import reading
from store.rounds import Round, rounds
from store.studies import Member
from store.visibility import frozen_codings
from workbench.services.codebooks import with_codes_named
from workbench.services.errors import NotAllowed, NotThere

UNITS = ("section", "document")

#: A code that no coder used so often is rare; its coefficients rest on single passages.
FEWEST_CODINGS = 5


@dataclass(frozen=True)
class CodeAgreement:
    """Agreement on one code; ``counts`` are each coder's codings of it."""

    code: Code
    measures: PresenceAgreement
    counts: dict[str, int]

    @property
    def is_rare(self) -> bool:
        """Too few codings for a coefficient to mean much: look at the places instead."""
        return max(self.counts.values(), default=0) < FEWEST_CODINGS


@dataclass(frozen=True)
class CoderAgreement:
    """Coder agreement of a round; codes in the order of the codebook."""

    round: Round
    unit: str
    n_units: int
    n_documents: int
    coders: tuple[str, ...]
    codes: tuple[CodeAgreement, ...]
    codings: tuple[Coding, ...] = field(repr=False)
    unused: tuple[Code, ...] = ()


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
    unit : {"section", "document"}
        Paragraphs and speaker turns (headings left out), or whole documents.
    coders : sequence of str, optional
        Some of the round's coders; all by default.

    Raises
    ------
    NotAllowed
        If the round is not revealed yet.
    """
    if unit not in UNITS:
        raise UserFacingError(f"The unit '{unit}' is not built yet. There are: {', '.join(UNITS)}.")
    with reading(engine) as connection:
        found = _revealed_round(connection, actor, round_name)
        names = _names(found, coders)
        listed = {d.version_id: d for d in documents(connection, actor.study_id)}
        stored = put_together(codebooks_of_round(connection, found.id))
        keys = code_keys(connection, actor.study_id) | {c.id: c.key for c in stored.codebook.codes}
        codings = read_codings(connection, frozen_codings(found.id, actor.study_id), keys)
        spans = unit_spans(connection, found.documents)
    units = [
        Unit(listed[version_id].id, start, end)
        for version_id in found.documents
        for start, end in (spans[version_id] if unit == "section" else [(0, listed[version_id].characters)])
        if end > start  # an empty document is no unit
    ]
    finished = _finished(found, {version: document.id for version, document in listed.items()})
    codings = [coding for coding in codings if coding.coder in names]
    used = {coding.code for coding in codings}
    codes = [code for code in stored.codebook.codes if code.key in used]
    presence = presence_array(codings, units, names, finished, codes=[code.key for code in codes])
    measured = presence_agreement(presence, document_numbers(units)) if codes else []
    return CoderAgreement(
        round=found,
        unit=unit,
        n_units=len(units),
        n_documents=len(found.documents),
        coders=tuple(names),
        codes=tuple(
            CodeAgreement(code, measures, _counts(code, codings, names))
            for code, measures in zip(codes, measured, strict=True)
        ),
        codings=tuple(codings),
        unused=tuple(c for c in stored.codebook.codes if c.key not in used and c.parent is not None),
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


def worst_first(agreement: CoderAgreement) -> list[CodeAgreement]:
    """The codes by alpha, the lowest first; those without a value last."""
    return sorted(
        agreement.codes,
        key=lambda c: math.inf if c.measures.alpha is None else c.measures.alpha,
    )


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


def _counts(code: Code, codings: Sequence[Coding], names: Sequence[str]) -> dict[str, int]:
    return {name: sum(c.coder == name and c.code == code.key for c in codings) for name in names}
