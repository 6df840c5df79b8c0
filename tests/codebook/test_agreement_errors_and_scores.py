"""Standard errors and intervals by formula, KALPHA's draws, intraclass correlations and rwg."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from codebook.agreement import (
    analytic_interval,
    bootstrap_interval,
    brennan_prediger,
    cohen_kappa,
    cohen_kappa_weighted,
    fleiss_kappa,
    fleiss_kappa_gwet,
    gwet_ac1,
    gwet_ac2,
    icc,
    jackknife_interval,
    kalpha_interval,
    krippendorff_alpha,
    percent_agreement,
    rwg,
    rwg_j,
)


def some_ratings(n_units=400, *, coders=2, seed=3, labels=2):
    random = np.random.default_rng(seed)
    truth = random.integers(0, labels, size=(n_units, 1))
    dissent = random.random((n_units, coders)) > 0.8
    return pd.DataFrame(np.where(dissent, random.integers(0, labels, size=(n_units, coders)), truth))


@pytest.mark.parametrize(
    ("coefficient", "weights"),
    [
        (percent_agreement, None),
        (brennan_prediger, None),
        (fleiss_kappa_gwet, None),
        (gwet_ac1, None),
        (gwet_ac2, "linear"),
        (cohen_kappa, None),
        (cohen_kappa_weighted, "quadratic"),
    ],
)
def test_formula_and_jackknife_agree_on_the_error(coefficient, weights):
    ratings = some_ratings(labels=3)
    by_formula = analytic_interval(coefficient, ratings, weights=weights)
    options = {} if weights is None else {"weights": weights}
    jackknife = jackknife_interval(coefficient, ratings, options=options)
    assert by_formula.value == pytest.approx(jackknife.value)
    assert by_formula.low == pytest.approx(jackknife.low, abs=0.004)
    assert by_formula.high == pytest.approx(jackknife.high, abs=0.004)
    assert by_formula.standard_error > 0


def test_gaps_enter_the_error_as_gwet_has_it():
    ratings = some_ratings(60).astype(object)
    ratings.iloc[::5, 0] = None
    answer = percent_agreement(ratings)
    agree = (ratings[0] == ratings[1]) & ratings[0].notna()
    scaled = agree * 60 / answer.n
    error = np.sqrt(((scaled - answer.value) ** 2).sum() / (60 * 59))
    assert analytic_interval(percent_agreement, ratings).standard_error == pytest.approx(error)


def test_no_interval_by_formula_has_its_reason():
    assert analytic_interval(cohen_kappa, some_ratings(coders=3)).interval_reason == (
        "there is a formula for two coders only"
    )
    same = pd.DataFrame([["a", "a"]] * 5)
    assert analytic_interval(cohen_kappa, same).interval_reason == "no variation"
    assert (
        analytic_interval(percent_agreement, same.head(1)).interval_reason == "a single unit has no interval"
    )
    with pytest.raises(ValueError, match="available: percent_agreement"):
        analytic_interval(fleiss_kappa, some_ratings())


@pytest.mark.parametrize("measurement", ["nominal", "ordinal", "interval", "ratio"])
def test_kalpha_draws_pairs_and_is_narrower_than_the_bootstrap_of_units(measurement):
    ratings = some_ratings(40, coders=5, labels=4) + 1
    kalpha = kalpha_interval(ratings, measurement=measurement)
    honest = bootstrap_interval(krippendorff_alpha, ratings, options={"level": measurement})
    assert kalpha.low < kalpha.value < kalpha.high
    assert kalpha.value == honest.value
    assert kalpha.high - kalpha.low < 0.8 * (honest.high - honest.low)
    assert "400 pairs of ratings" in kalpha.interval


def test_kalpha_of_nominal_labels_is_a_binomial():
    ratings = some_ratings(200)
    answer = kalpha_interval(ratings, draws=20_000)
    errors = stats.binom(200, answer.observed).ppf([0.975, 0.025])
    assert (answer.low, answer.high) == pytest.approx(tuple(1 - errors / 200 / answer.expected), abs=0.021)
    assert kalpha_interval(pd.DataFrame([["a", "a"]] * 3)).interval_reason == "no variation"


SCORES = pd.DataFrame(
    np.random.default_rng(8).normal(size=(30, 1)) * 2 + np.random.default_rng(9).normal(size=(30, 3))
)


def slow_icc(scores, form):
    """From a fitted two-way table, cell by cell."""
    y = scores.to_numpy()
    n, k = y.shape
    items, raters = y.mean(axis=1), y.mean(axis=0)
    msr = k * ((items - y.mean()) ** 2).sum() / (n - 1)
    msc = n * ((raters - y.mean()) ** 2).sum() / (k - 1)
    mse = ((y - items[:, None] - raters + y.mean()) ** 2).sum() / ((n - 1) * (k - 1))
    msw = ((y - items[:, None]) ** 2).sum() / (n * (k - 1))
    error, extra = {"1": (msw, 0), "2": (mse, (msc - mse) / n), "3": (mse, 0)}[form[0]]
    if form.endswith("k"):
        return (msr - error) / (msr + extra)
    return (msr - error) / (msr + (k - 1) * error + k * extra)


@pytest.mark.parametrize("form", ["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"])
def test_icc_equals_its_definition_and_lies_in_its_interval(form):
    answer = icc(SCORES, form=form)
    assert answer.value == pytest.approx(slow_icc(SCORES, form))
    assert answer.low < answer.value < answer.high
    shifted = icc(SCORES + 1e6, form=form)
    assert shifted.value == pytest.approx(answer.value, abs=1e-6)
    assert icc(SCORES.iloc[::-1, ::-1], form=form).value == pytest.approx(answer.value)


def test_consistency_does_not_mind_a_strict_rater_and_agreement_does():
    strict = SCORES.copy()
    strict[2] -= 3
    assert icc(strict, form="3,1").value == pytest.approx(icc(SCORES, form="3,1").value)
    assert icc(strict, form="2,1").value < icc(SCORES, form="2,1").value - 0.2
    assert "order the items alike" in icc(strict, form="3,1").remarks[0]
    assert "mean of the raters" in icc(strict, form="2,k").remarks[0]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[None, None]], "no data"),
        ([[1], [2]], "fewer than two coders"),
        ([[1, 2]], "fewer than two items"),
        ([[1, 2], [3, None]], "some scores are missing"),
        ([[5, 5], [5, 5], [5, 5]], "no variance between items"),
        ([[5, 6], [5, 6], [5, 6]], "no variance between items"),
        ([[0.1, 0.2], [0.1, 0.2], [0.1, 0.2]], "no variance between items"),
    ],
)
def test_icc_that_does_not_exist_has_its_reason(rows, reason):
    answer = icc(pd.DataFrame(rows, dtype=object))
    assert answer.value is None
    assert answer.reason.startswith(reason)


def test_perfect_scores_have_no_interval():
    answer = icc(pd.DataFrame([[1, 1], [2, 2], [4, 4]]))
    assert answer.value == 1
    assert answer.interval_reason.startswith("the scores leave nothing over")


def test_wrong_scores_are_refused():
    with pytest.raises(ValueError, match="must be numbers"):
        icc(pd.DataFrame([["a", "b"], ["c", "d"]]))
    with pytest.raises(ValueError, match="form='4,1' is unknown"):
        icc(SCORES, form="4,1")
    with pytest.raises(TypeError, match="DataFrame"):
        icc([[1, 2]])


def test_rwg_at_its_ends_and_beyond():
    assert rwg([7, 7, 7], options=12).value == 1
    beyond = rwg([0, 11, 0, 11], options=12)
    assert beyond.value < 0
    assert "many papers write 0" in beyond.remarks[0]
    assert rwg([7, None, 8], options=12).n == 2
    assert rwg([7], options=12).reason == "fewer than two coders"
    assert rwg(pd.DataFrame([[7, 8, 6, 7]]), options=12) == rwg([7, 8, 6, 7], options=12)


def test_rwg_of_several_items():
    items = pd.DataFrame([[7, 8, 6, 7], [3, 4, None, 5], [1, None, None, None]], dtype=object)
    answer = rwg_j(items, options=12)
    q = 1 - np.mean([np.var([7, 8, 6, 7], ddof=1), np.var([3, 4, 5], ddof=1)]) / (143 / 12)
    assert answer.value == pytest.approx(2 * q / (2 * q + 1 - q))
    assert answer.n == 2
    assert "as much as random answers" in rwg_j(pd.DataFrame([[0, 11, 0, 11]]), options=12).reason
    with pytest.raises(ValueError, match="take rwg_j"):
        rwg(items, options=12)
    with pytest.raises(ValueError, match="there is uniform"):
        rwg([1, 2], options=12, null="normal")
