"""Judgements of Dutch newspaper extracts by seven or eight people a batch: Brate et al., K-CAP 2021.

Krippendorff's alpha of every batch is published twice: of all four answers, and of the two that judge,
with "I don't know" and "illegible" taken as not rated. Three batches come with the tests.
"""

from pathlib import Path

import pandas as pd
import pytest

from codebook.agreement import krippendorff_alpha

ROOT = Path(__file__).resolve().parents[2]
EXCERPT = ROOT / "tests" / "data" / "conconcor-nl"
WHOLE = ROOT.parent / "shared" / "data" / "conconcor-nl"
NO_JUDGEMENT = ["Weet ik niet", "Onleesbare OCR"]


def judgements(folder):
    rows = pd.read_csv(folder / "annotations.csv", dtype=str, keep_default_na=False)
    for batch, of_batch in rows.groupby("batch"):
        yield (
            batch,
            of_batch.pivot(index="extract_id", columns="anonymised_participant_id", values="response"),
        )


def check(folder):
    published = pd.read_csv(folder / "published_alpha_per_batch.csv").set_index("batch")
    batches = dict(judgements(folder))
    assert set(published.index[published.num_annotators > 1]) <= set(batches)
    for batch, table in batches.items():
        judged = table.where(~table.isin(NO_JUDGEMENT))
        assert krippendorff_alpha(table).value == pytest.approx(published.k_alpha_4[batch], abs=0.0005001)
        assert krippendorff_alpha(judged).value == pytest.approx(published.k_alpha_2[batch], abs=0.0005001)
    return batches


def test_alpha_of_three_batches_in_both_variants():
    assert set(check(EXCERPT)) == {"batch_1", "batch_5", "batch_26"}


@pytest.mark.shared
@pytest.mark.skipif(not WHOLE.is_dir(), reason="needs ../shared/data/conconcor-nl beside the checkout")
def test_alpha_of_all_batches_and_of_every_pair():
    batches = check(WHOLE)
    pairs = pd.read_csv(
        WHOLE / "published_pairwise_alpha.csv", dtype={"annotator_1": str, "annotator_2": str}
    )
    assert len(pairs) > 800
    for pair in pairs.itertuples():
        both = batches[pair.batch][[pair.annotator_1, pair.annotator_2]]
        assert krippendorff_alpha(both).value == pytest.approx(pair.alpha, abs=0.0005001)
