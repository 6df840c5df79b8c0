"""Part-of-speech tags of one sentence by three people: the agreement test of INCEpTION (Apache-2.0).

Its Cohen's kappa of the first two, who differ on one of nine words, is 0.86153846.
"""

import pandas as pd
import pytest

from codebook.agreement import cohen_kappa, krippendorff_alpha

TAGS = pd.DataFrame(
    {
        "first": ["DT", "JJ", "JJ", "NN", "VBZ", "IN", "DT", "JJ", "NN"],
        "other adjective": ["DT", "JJ", "ADJD", "NN", "VBZ", "IN", "DT", "JJ", "NN"],
        "other verb": ["DT", "JJ", "JJ", "NN", "VMFIN", "IN", "DT", "JJ", "NN"],
    }
)


def test_kappa_of_two_who_differ_on_one_word():
    assert cohen_kappa(TAGS.iloc[:, :2]).value == pytest.approx(0.86153846, abs=5e-9)


def test_who_differs_on_other_words_lowers_alpha_of_all():
    assert krippendorff_alpha(TAGS).value < krippendorff_alpha(TAGS.iloc[:, :2]).value < 1
