"""Alpha over stacked codes, and of parts: equal to alpha of the stacked ratings table, whatever the parts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.agreement import krippendorff_alpha
from codebook.agreement.breakdown import (
    FEWEST_POSITIVE,
    against_the_rest,
    by_pair,
    by_part,
)
from codebook.agreement.pooled import pooled_agreement

SHAPES = st.tuples(st.integers(1, 4), st.integers(1, 12), st.integers(2, 4))


@st.composite
def ratings(draw: st.DrawFn) -> np.ndarray:
    """Codes, units, coders; a coder has rated a unit for all codes or for none."""
    codes, units, coders = draw(SHAPES)
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    found = random.integers(0, 2, (codes, units, coders)).astype(np.int8)
    found[:, random.random((units, coders)) < 0.2] = -1
    return found


def stacked(presence: np.ndarray) -> pd.DataFrame:
    flat = presence.reshape(-1, presence.shape[2]).astype(float)
    return pd.DataFrame(np.where(flat < 0, np.nan, flat))


def same(value: float | None, other: float | None) -> bool:
    return value == other if value is None or other is None else value == pytest.approx(other)


@given(ratings())
@settings(max_examples=60, deadline=None)
def test_pooled_alpha_is_that_of_the_stacked_table(presence: np.ndarray) -> None:
    documents = np.arange(presence.shape[1])
    pooled = pooled_agreement(presence, documents, draws=20).alpha
    assert same(pooled.value, krippendorff_alpha(stacked(presence)).value)
    assert (pooled.value is None) == (pooled.reason is not None)


@given(ratings(), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_each_part_is_alpha_of_its_own_units(presence: np.ndarray, n_parts: int) -> None:
    parts = [unit % n_parts for unit in range(presence.shape[1])]
    for part in by_part(presence, parts):
        own = presence[:, [p == part.name for p in parts]]
        assert part.positive == tuple((own == 1).sum(axis=(0, 1)))
        if part.alpha is not None:
            assert same(part.alpha, krippendorff_alpha(stacked(own)).value)
            assert max(part.positive) >= FEWEST_POSITIVE
        else:
            assert part.reason


@given(ratings())
@settings(max_examples=40, deadline=None)
def test_order_of_coders_does_not_matter(presence: np.ndarray) -> None:
    names = [f"C{number}" for number in range(presence.shape[2])]
    forward = {frozenset((a, b)): part.alpha for a, b, part in by_pair(presence, names)}
    back = {frozenset((a, b)): part.alpha for a, b, part in by_pair(presence[:, :, ::-1], names[::-1])}
    assert forward.keys() == back.keys()
    assert all(same(forward[pair], back[pair]) for pair in forward)


def test_leaving_out_who_answers_at_random_raises_alpha() -> None:
    random = np.random.default_rng(7)
    truth = random.integers(0, 2, (3, 80))
    noise = random.integers(0, 2, (3, 80))
    presence = np.stack([truth, truth, noise], axis=-1).astype(np.int8)
    gains = against_the_rest(presence, ["An", "Bo", "Di"])
    assert gains["Di"] > 0.4 > 0 > gains["An"]
    assert against_the_rest(presence[:, :, :2], ["An", "Bo"]) == {"An": None, "Bo": None}


def test_nothing_to_compare_is_no_number() -> None:
    empty = np.zeros((0, 4, 2), dtype=np.int8)
    assert pooled_agreement(empty, np.arange(4)).alpha.reason
    alone = np.array([[[1, -1], [0, -1]]], dtype=np.int8)
    assert pooled_agreement(alone, np.arange(2)).alpha.reason == "fewer than two coders"
    apart = np.array([[[1, -1], [-1, 1]]], dtype=np.int8)
    assert pooled_agreement(apart, np.arange(2)).alpha.reason == "no unit was coded by two coders"
    alike = np.zeros((1, 5, 2), dtype=np.int8)
    assert pooled_agreement(alike, np.arange(5)).alpha.reason == "no variation"
