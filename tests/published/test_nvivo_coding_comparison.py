"""NVivo, help on coding comparison: 1,000 characters, 50 coded by both, 150 by one, 800 by neither."""

import pytest

from codebook.agreement.characters import character_jaccard, character_kappa, character_percent_agreement
from codebook.agreement.spans import lay_out

CONTINUUM = lay_out([("text", "A", "node", 0, 150), ("text", "B", "node", 100, 200)], {"text": 1000}, "AB")


def test_percent_agreement():
    assert character_percent_agreement(CONTINUUM, code="node").value == pytest.approx(0.85)


def test_kappa_by_its_formula():
    # The help gives Cohen's formula and no figure for these characters.
    expected = 0.15 * 0.10 + 0.85 * 0.90
    assert character_kappa(CONTINUUM, code="node").value == pytest.approx((0.85 - expected) / (1 - expected))


def test_of_the_coded_text_a_quarter_is_shared():
    assert character_jaccard(CONTINUUM, code="node").value == pytest.approx(50 / 200)
