"""What cases on passages ask, and how a malformed one is refused."""

import pytest
import yaml

from codebook.agreement.cases import check_cases
from codebook.errors import CodebookError

TEXT = {
    "continuum_length": 40,
    "coders": {"A": [[0, 10, "x"], [20, 30, "y"]], "B": [[0, 10, "x"], [20, 30, "x"]]},
}


def run(tmp_path, metric, *, data=None, expected=None, **params):
    case = {"name": "a case", "metric": metric, "data": data or TEXT, "expected": expected, "params": params}
    path = tmp_path / "cases.yaml"
    path.write_text(yaml.safe_dump({"cases": [case]}), encoding="utf-8")
    (result,) = check_cases(path)
    return result


def test_a_case_may_ask_for_one_code(tmp_path):
    assert run(tmp_path, "u_alpha", expected=1.0, code="y").passed is False
    assert run(tmp_path, "ku_alpha", expected=0.0, code="y").value == run(tmp_path, "ku_alpha").value["y"]
    assert run(tmp_path, "alpha_u_1995", code="all").value == run(tmp_path, "alpha_u_1995").value
    assert run(tmp_path, "character_jaccard", expected=0.5, code="x").passed


def test_parts_of_an_answer(tmp_path):
    assert run(tmp_path, "cu_alpha.coverage", expected=0.5).passed
    assert run(tmp_path, "gamma.observed_disorder", expected=0.5).passed
    assert run(tmp_path, "span_f1", expected=0.5, match="exact").passed


@pytest.mark.parametrize("params", [{"sampler": "another"}, {"categories": "graded"}, {"weights": "linear"}])
def test_what_gamma_does_not_do_is_unsupported_with_a_reason(tmp_path, params):
    result = run(tmp_path, "gamma", **params)
    assert result.passed is None
    assert "is not computed" in result.reason


def test_other_data_are_unsupported_with_a_reason(tmp_path):
    result = run(tmp_path, "u_alpha", data={"units_by_coders": [[1, 1]]})
    assert (result.passed, result.reason) == (None, "passages are read from coders with a continuum_length")


@pytest.mark.parametrize(
    ("coders", "message"),
    [
        ([], "coders hold no lists"),
        ({"A": 3}, "coders hold no lists"),
        ({"A": [3]}, "3 is no passage"),
        ({"A": [[0, 5]]}, "[0, 5] is no passage"),
        ({"A": [[0, 5, ["x"]]]}, "is no passage"),
        ({"A": [[0, 50, "x"]]}, "it ends beyond the text"),
        ({"A": [[5, 5, "x"]]}, "it is empty"),
        ({"A": [[0, 5, None]]}, "it has no code"),
    ],
)
def test_a_malformed_case_is_refused_by_name(tmp_path, coders, message):
    with pytest.raises(CodebookError) as refusal:
        run(tmp_path, "u_alpha", data={"continuum_length": 40, "coders": coders})
    assert str(refusal.value).startswith("cases.yaml, case 'a case'")
    assert message in str(refusal.value)
