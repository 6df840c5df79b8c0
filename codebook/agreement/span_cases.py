"""Agreement cases on passages: what each metric computes, and with which parameters."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any

from codebook.agreement.alpha_u import alpha_u_1995
from codebook.agreement.case_data import Unsupported
from codebook.agreement.characters import (
    character_alpha,
    character_jaccard,
    character_kappa,
    character_percent_agreement,
)
from codebook.agreement.gamma import gamma
from codebook.agreement.matching import span_f1
from codebook.agreement.results import Agreement
from codebook.agreement.spans import Continuum, Span, bar_u_alpha, cu_alpha, ku_alpha, lay_out, u_alpha
from codebook.errors import CodebookError

Params = Mapping[str, Any]
Answer = Agreement | Mapping[Hashable, Agreement]
Compute = Callable[..., Answer]

_GAMMA_SAYS = {"categories": "nominal 0/1", "sampler": "shuffle continuum"}


def continuum_of(data: Mapping[str, Any], where: str) -> Continuum:
    """Coders with their passages ``[begin, end, code]`` on one text of ``continuum_length``."""
    if not {"coders", "continuum_length"} <= set(data):
        raise Unsupported("passages are read from coders with a continuum_length")
    coders = data["coders"]
    if not isinstance(coders, dict) or not all(isinstance(rows, list) for rows in coders.values()):
        raise CodebookError(f"{where}: coders hold no lists of passages. Write each as [begin, end, code].")
    spans = [_span(coder, row, where) for coder, rows in coders.items() for row in rows]
    return lay_out(spans, {"text": data["continuum_length"]}, list(coders))


def _span(coder: Hashable, row: object, where: str) -> Span:
    if not isinstance(row, list) or len(row) != 3 or isinstance(row[2], (list, dict)):
        raise CodebookError(f"{where}: {row!r} is no passage. Write each as [begin, end, code].")
    begin, end, code = row
    return Span("text", coder, code, begin, end)


def _u_family(
    compute: Callable[[Continuum], Answer], data: Params, params: Params, where: str, part: str
) -> Answer:
    continuum = continuum_of(data, where)
    if "code" in params and compute is not ku_alpha:
        return compute(continuum.only(params["code"]))
    answer = compute(continuum)
    return answer[params["code"]] if "code" in params and not isinstance(answer, Agreement) else answer


def _alpha_u(data: Params, params: Params, where: str, part: str) -> Answer:
    continuum, code = continuum_of(data, where), params.get("code")
    if str(code).split(" ")[0] == "all" and code not in continuum.codes:
        code = None
    return alpha_u_1995(continuum, code=code)


def _gamma(data: Params, params: Params, where: str, part: str) -> Answer:
    for name, known in _GAMMA_SAYS.items():
        if params.get(name, known) != known:
            raise Unsupported(f"gamma with {name} {params[name]} is not computed")
    options = {name: value for name, value in params.items() if name not in _GAMMA_SAYS}
    return gamma(continuum_of(data, where), **options)


def _with_options(
    compute: Callable[..., Agreement], data: Params, params: Params, where: str, part: str
) -> Answer:
    return compute(continuum_of(data, where), **params)


#: Name of a metric → what computes it from (data, params, where, part), and its parameters.
SPAN_METRICS: Mapping[str, tuple[Compute, tuple[str, ...]]] = {
    "u_alpha": (partial(_u_family, u_alpha), ("code",)),
    "bar_u_alpha": (partial(_u_family, bar_u_alpha), ("code",)),
    "cu_alpha": (partial(_u_family, cu_alpha), ("code",)),
    "ku_alpha": (partial(_u_family, ku_alpha), ("code",)),
    "alpha_u_1995": (_alpha_u, ("code",)),
    "gamma": (_gamma, ("alpha", "beta", "delta_empty", "precision", "seed", *_GAMMA_SAYS)),
    "span_f1": (partial(_with_options, span_f1), ("match", "threshold")),
    "character_kappa": (partial(_with_options, character_kappa), ("code",)),
    "character_alpha": (partial(_with_options, character_alpha), ("code",)),
    "character_percent_agreement": (partial(_with_options, character_percent_agreement), ("code",)),
    "character_jaccard": (partial(_with_options, character_jaccard), ("code",)),
}
