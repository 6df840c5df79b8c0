"""How far coders marked the same passages: where they begin and end, and which code they bear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import pandas as pd
from sqlalchemy import Engine

from codebook import disagreements
from codebook.agreement import Agreement, PresenceAgreement
from codebook.agreement.alpha_u import alpha_u_1995, alpha_u_by_code
from codebook.agreement.characters import (
    character_alpha,
    character_jaccard,
    character_kappa,
    character_percent_agreement,
)
from codebook.agreement.gamma import gamma, pairwise_gamma
from codebook.agreement.matching import match_spans, median_boundary_offset, span_f1
from codebook.agreement.spans import (
    Continuum,
    bar_u_alpha,
    cu_alpha,
    joined_units,
    ku_alpha,
    lay_out,
    u_alpha,
)
from codebook.agreement.valence import ValenceAgreement, valence_agreement
from codebook.hierarchy import children
from codebook.models import Code
from store.studies import Member
from workbench.services.agreement import CodeAgreement, CoderAgreement, Compared, compared_in

#: Single characters are not independent of each other.
NO_INTERVAL_OF_CHARACTERS = "characters are not observations: an interval over them would mean nothing"
NOT_OF_CHARACTERS = "not computed for characters"


@dataclass(frozen=True)
class SpanAgreement:
    """Measures of the passages of one code; ``code`` None: of any code.

    ``offset`` is the median distance in characters between the ends of paired passages.
    """

    code: Code | None
    n_spans: Mapping[str, int]
    measures: Mapping[str, Agreement]
    offset: float | None

    @property
    def reasons(self) -> dict[str, str]:
        return {name: found.reason for name, found in self.measures.items() if found.reason is not None}


@dataclass(frozen=True)
class GroupAgreement:
    """Which of the codes of one level was given, where two coders marked: cu-alpha with its coverage."""

    level: Code
    cu_alpha: Agreement
    by_code: Mapping[str, Agreement] = field(default_factory=dict)


@dataclass(frozen=True)
class PassageAgreement:
    """Agreement on passages of a round."""

    coders: tuple[str, ...]
    whole: SpanAgreement
    codes: tuple[SpanAgreement, ...]
    groups: tuple[GroupAgreement, ...]
    valence: ValenceAgreement  # of passages that two coders gave the same code


def passages_of_round(
    engine: Engine, actor: Member, round_name: str | None = None, *, coders: Sequence[str] | None = None
) -> PassageAgreement:
    """Agreement on passages per code, per level and over all, on the documents that coders had finished.

    Raises
    ------
    NotAllowed
        If the round is not revealed yet, or the plan takes a reflexive approach.
    """
    return passages_of(compared_in(engine, actor, round_name, coders=coders))


def passages_of(compared: Compared) -> PassageAgreement:
    """Agreement on the passages of what `compared_in` has read."""
    compared.refuse_if_reflexive()
    continuum = continuum_of(compared)
    used = set(continuum.codes)
    codes = [code for code in compared.codebook.codes if code.key in used]
    by_code = alpha_u_by_code(continuum)
    return PassageAgreement(
        coders=compared.coders,
        whole=_of_any_code(continuum),
        codes=tuple(_of_code(continuum, code, by_code[code.key]) for code in codes),
        groups=tuple(_groups(continuum, compared)),
        valence=_valence(continuum, compared),
    )


def agreement_on_characters(compared: Compared, frame: CoderAgreement) -> CoderAgreement:
    """Agreement per code as programs count it that take each character for a unit."""
    continuum = continuum_of(compared)
    kinds = disagreements.kinds_by_code(frame.comparison.disagreements)
    codes = [code for code in compared.codebook.codes if code.key in set(continuum.codes)]
    characters = int(continuum.lengths.sum())
    return replace(
        frame,
        n_units=characters,
        pooled=Agreement(None, reason=NOT_OF_CHARACTERS),
        pooled_levels=Agreement(None, reason=NOT_OF_CHARACTERS),
        codes=tuple(
            CodeAgreement(
                code,
                _characters(continuum, code),
                _counts(continuum, code.key),
                kinds.get(code.key, {}),
                frozenset({code.key}),
            )
            for code in codes
        ),
    )


def continuum_of(compared: Compared) -> Continuum:
    """The passages of a round, laid out on its texts."""
    return lay_out(
        [(c.document_id, c.coder, c.code, c.start_char, c.end_char) for c in compared.codings],
        {document.id: document.characters for document in compared.documents},
        compared.coders,
        finished=compared.finished,
    )


def _of_code(continuum: Continuum, code: Code, alpha_u: Agreement) -> SpanAgreement:
    alone = continuum.only(code.key)
    measures = {
        "u_alpha": u_alpha(alone),
        "cu_alpha": cu_alpha(alone),
        "alpha_u": alpha_u,
        "gamma": _gamma(alone),
        "f1": span_f1(alone),
        "f1_exact": span_f1(alone, match="exact"),
    }
    return SpanAgreement(code, _counts(continuum, code.key), measures, median_boundary_offset(alone))


def _of_any_code(continuum: Continuum) -> SpanAgreement:
    measures = {
        "u_alpha": bar_u_alpha(continuum.any_code()),
        "cu_alpha": cu_alpha(continuum),
        "alpha_u": alpha_u_1995(continuum),
        "gamma": _gamma(continuum),
        "f1": span_f1(continuum),
        "f1_exact": span_f1(continuum, match="exact"),
    }
    counts = {
        str(name): int((continuum.coder == number).sum()) for number, name in enumerate(continuum.coders)
    }
    return SpanAgreement(None, counts, measures, median_boundary_offset(continuum))


def _gamma(continuum: Continuum) -> Agreement:
    """Gamma; with three coders and more the mean of pairs, since aligning all at once takes minutes."""
    return gamma(continuum) if len(continuum.coders) == 2 else pairwise_gamma(continuum)


def _groups(continuum: Continuum, compared: Compared) -> Iterator[GroupAgreement]:
    """For each level: which of its themes, where two coders marked any of them."""
    used = set(continuum.codes)
    for level in children(compared.codebook, None):
        themes = [code.key for code in children(compared.codebook, level.key) if code.key in used]
        if len(themes) > 1:
            part = continuum.only(*themes)
            yield GroupAgreement(level, cu_alpha(part), {str(k): a for k, a in ku_alpha(part).items()})


def _valence(continuum: Continuum, compared: Compared) -> ValenceAgreement:
    """Of every two coders: the valences of passages that overlap and bear the same code."""
    rows = [
        {first: compared.codings[mine].valence, second: compared.codings[other].valence}
        for first, second in combinations(compared.coders, 2)
        for mine, other in match_spans(continuum, first, second, match="overlap").pairs
    ]
    given = pd.DataFrame(rows, columns=list(compared.coders), dtype=object)
    return valence_agreement(given.where(given.notna(), None))


def _counts(continuum: Continuum, key: str) -> dict[str, int]:
    here = continuum.only(key)
    return {str(name): int((here.coder == number).sum()) for number, name in enumerate(here.coders)}


def _characters(continuum: Continuum, code: Code) -> PresenceAgreement:
    found = {
        "percent": character_percent_agreement(continuum, code=code.key),
        "kappa": character_kappa(continuum, code=code.key),
        "alpha": character_alpha(continuum, code=code.key),
        "jaccard": character_jaccard(continuum, code=code.key),
    }
    reasons = {name: answer.reason for name, answer in found.items() if answer.reason is not None}
    shared = found["jaccard"].value
    if "jaccard" in reasons:
        reasons["positive_agreement"] = reasons.pop("jaccard")
    here = continuum.only(code.key)
    marked = int(joined_units(here).length.sum())
    return PresenceAgreement(
        n=found["percent"].n,
        prevalence=marked / continuum.text_read if continuum.text_read else None,
        percent=found["percent"].value,
        # Dice from Jaccard: twice the shared text over the text of both.
        positive_agreement=None if shared is None else 2 * shared / (1 + shared),
        kappa=found["kappa"].value,
        alpha=found["alpha"].value,
        alpha_low=None,
        alpha_high=None,
        ac1=None,
        reasons=reasons | {"ac1": NOT_OF_CHARACTERS, "alpha_interval": NO_INTERVAL_OF_CHARACTERS},
        remarks=("as NVivo counts: every character is a unit",),
    )
