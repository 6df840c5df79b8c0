import numpy as np
import pandas as pd
import pytest
from scipy import stats

from codebook.agreement import (
    bootstrap_interval,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    positive_agreement,
    presence_agreement,
)

COEFFICIENTS = [
    percent_agreement,
    positive_agreement,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    gwet_ac1,
]


def some_ratings(n_units=200, *, coders=2, seed=3, agreement=0.8):
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, size=(n_units, 1))
    dissent = random.random((n_units, coders)) > agreement
    return pd.DataFrame(np.where(dissent, 1 - truth, truth))


def in_documents_of(size, n_units):
    return [f"document {unit // size}" for unit in range(n_units)]


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
def test_the_value_is_the_one_without_an_interval_and_lies_inside(coefficient):
    ratings = some_ratings()
    answer = bootstrap_interval(coefficient, ratings, documents=in_documents_of(10, 200))
    assert answer.value == coefficient(ratings).value
    assert answer.low < answer.value < answer.high
    assert answer.interval == "bootstrap of 20 documents, 2000 of 2000 draws usable"


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
def test_resampled_sums_equal_resampled_tables(coefficient):
    ratings = some_ratings(120)
    documents = np.arange(120) // 6
    fast = bootstrap_interval(coefficient, ratings, documents=documents)
    random = np.random.default_rng(5)
    blocks = [ratings[documents == number] for number in range(20)]
    values = [
        coefficient(pd.concat([blocks[number] for number in random.integers(0, 20, size=20)])).value
        for _ in range(400)
    ]
    assert (fast.low, fast.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])), abs=0.04)


def test_the_same_seed_gives_the_same_interval_whatever_the_order():
    ratings, documents = some_ratings(), np.arange(200) // 10
    first = bootstrap_interval(krippendorff_alpha, ratings, documents=documents)
    again = bootstrap_interval(krippendorff_alpha, ratings.iloc[::-1, ::-1], documents=documents[::-1])
    other = bootstrap_interval(krippendorff_alpha, ratings, documents=documents, seed=1)
    assert first == again
    assert other.low != first.low


def test_units_of_one_document_are_not_taken_as_independent():
    ratings = some_ratings(20)
    copies = ratings.loc[np.repeat(np.arange(20), 20)]
    by_document = bootstrap_interval(krippendorff_alpha, copies, documents=np.arange(400) // 20)
    by_unit = bootstrap_interval(krippendorff_alpha, copies)
    assert by_document.high - by_document.low > 2 * (by_unit.high - by_unit.low)


def test_with_fewer_than_ten_documents_units_are_resampled_and_it_is_said():
    answer = bootstrap_interval(krippendorff_alpha, some_ratings(90), documents=in_documents_of(10, 90))
    assert answer.interval.startswith("bootstrap of 90 units; assumes independent segments")


def test_documents_that_nobody_else_read_are_no_clusters():
    ratings = some_ratings(100).astype(object)
    ratings.iloc[50:, 1] = None
    answer = bootstrap_interval(krippendorff_alpha, ratings, documents=in_documents_of(10, 100))
    assert answer.interval.startswith("bootstrap of 50 units; assumes independent segments")


def test_with_few_units_the_jackknife_is_taken():
    ratings = some_ratings(20)
    answer = bootstrap_interval(krippendorff_alpha, ratings)
    without_one = np.array([krippendorff_alpha(ratings.drop(unit)).value for unit in range(20)])
    error = np.sqrt(19 / 20 * ((without_one - without_one.mean()) ** 2).sum())
    assert answer.low == pytest.approx(answer.value - stats.t.ppf(0.975, 19) * error)
    assert answer.interval == "jackknife of 20 units; assumes independent segments"
    assert answer.high <= 1


def test_no_interval_where_too_many_draws_are_undefined():
    ratings = pd.DataFrame([[0, 0]] * 99 + [[1, 1]])
    answer = bootstrap_interval(krippendorff_alpha, ratings)
    assert answer.value == 1
    assert (answer.low, answer.high) == (None, None)
    assert "of the draws" in answer.interval_reason


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
def test_no_value_no_interval(coefficient):
    answer = bootstrap_interval(coefficient, pd.DataFrame([[None, None]] * 3), documents=[1, 2, 3])
    assert (answer.value, answer.low, answer.high) == (None, None, None)
    assert answer.reason == answer.interval_reason == "no data"


def test_shares_stay_between_nought_and_one():
    answer = bootstrap_interval(percent_agreement, pd.DataFrame([[0, 1]] * 9 + [[0, 0]]))
    assert answer.low == 0


def some_presence(n_codes=4, n_units=300, *, coders=3, seed=2):
    random = np.random.default_rng(seed)
    found = random.random((n_codes, n_units, 1)) < 0.3
    presence = np.where(random.random((n_codes, n_units, coders)) < 0.1, ~found, found).astype(np.int8)
    documents = np.arange(n_units) // 15
    presence[:, documents == 3, 1] = -1
    presence[:, documents == 7, 1:] = -1
    return presence, documents


def ratings_of(presence):
    return pd.DataFrame(presence.astype(object)).replace(-1, None)


@pytest.mark.parametrize("n_units", [300, 120, 25])
def test_all_codes_at_once_give_the_intervals_of_each(n_units):
    presence, documents = some_presence(n_units=n_units)
    for code, answer in enumerate(presence_agreement(presence, documents)):
        alone = bootstrap_interval(krippendorff_alpha, ratings_of(presence[code]), documents=documents)
        assert answer.alpha == pytest.approx(alone.value, abs=1e-12)
        assert (answer.alpha_low, answer.alpha_high) == pytest.approx((alone.low, alone.high), abs=0.03)
        assert answer.interval == alone.interval


def test_codes_compared_in_different_documents_keep_their_own():
    presence, documents = some_presence()
    presence[1, documents < 5] = -1
    presence[2] = -1
    answers = presence_agreement(presence, documents)
    assert answers[0].interval.startswith("bootstrap of 19 documents")
    assert answers[1].interval.startswith("bootstrap of 14 documents")
    assert answers[2].interval is None
    assert answers[2].reasons == {
        name: "no data"
        for name in ("percent", "positive_agreement", "kappa", "alpha", "ac1", "alpha_interval")
    }
    assert (answers[2].n, answers[2].prevalence) == (0, None)


def test_a_code_that_nobody_found_says_what_is_undefined():
    (answer,) = presence_agreement(np.zeros((1, 40, 2), dtype=np.int8), np.arange(40))
    assert (answer.percent, answer.ac1, answer.prevalence) == (1, 1, 0)
    assert answer.reasons["alpha"] == answer.reasons["kappa"] == "no variation"
    assert answer.reasons["positive_agreement"] == "no positive rating"
    assert answer.remarks[0].startswith("no variation")


def test_the_order_of_coders_does_not_matter():
    presence, documents = some_presence()
    turned = presence_agreement(presence[:, :, ::-1], documents)
    for before, after in zip(presence_agreement(presence, documents), turned, strict=True):
        assert (after.alpha_low, after.alpha_high) == (before.alpha_low, before.alpha_high)
        assert after.kappa == pytest.approx(before.kappa)


def test_no_codes_and_no_units_are_no_error():
    assert presence_agreement(np.zeros((0, 3, 2), dtype=np.int8), np.arange(3)) == []
    (answer,) = presence_agreement(np.zeros((1, 0, 2), dtype=np.int8), np.arange(0))
    assert answer.reasons["alpha"] == "no data"


@pytest.mark.parametrize(
    ("presence", "n_documents", "message"),
    [
        (np.zeros((3, 2), dtype=np.int8), 3, "axes"),
        (np.zeros((1, 3, 2), dtype=np.int8), 2, "2 documents for 3 units"),
        (np.full((1, 3, 2), 2, dtype=np.int8), 3, "other numbers"),
        (np.zeros((1, 3, 2)), 3, "other numbers"),
    ],
)
def test_wrong_shapes_and_numbers_raise(presence, n_documents, message):
    with pytest.raises(ValueError, match=message):
        presence_agreement(presence, np.arange(n_documents))


def test_only_the_interval_knows_of_documents():
    presence, documents = some_presence()
    whole = presence_agreement(presence, documents)
    halved = presence_agreement(presence, np.arange(300) // 7)
    for before, after in zip(whole, halved, strict=True):
        assert (after.percent, after.kappa, after.alpha, after.ac1) == (
            before.percent,
            before.kappa,
            before.alpha,
            before.ac1,
        )
