"""Six targets, four judges: P. E. Shrout, J. L. Fleiss, Psychological Bulletin 86, 1979, tables 2 and 4.

The intervals are those that psych for R prints for the same table, after McGraw and Wong 1996.
"""

import pandas as pd
import pytest

from codebook.agreement import icc

SCORES = pd.DataFrame([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
PRINTED = {
    "1,1": (0.17, (-0.133, 0.72)),
    "2,1": (0.29, (0.019, 0.76)),
    "3,1": (0.71, (0.342, 0.95)),
    "1,k": (0.44, (-0.884, 0.91)),
    "2,k": (0.62, (0.071, 0.93)),
    "3,k": (0.91, (0.676, 0.99)),
}


@pytest.mark.parametrize(("form", "printed"), PRINTED.items())
def test_each_form_and_its_interval(form, printed):
    value, (low, high) = printed
    answer = icc(SCORES, form=form)
    assert answer.value == pytest.approx(value, abs=0.005)
    assert answer.low == pytest.approx(low, abs=0.0006)
    assert answer.high == pytest.approx(high, abs=0.006)
    assert answer.n == 6
