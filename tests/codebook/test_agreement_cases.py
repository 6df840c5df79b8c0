import copy
from pathlib import Path

import pytest
import yaml

from codebook.agreement.cases import check_cases
from codebook.errors import CodebookError

ROOT = Path(__file__).resolve().parents[2]
OWN_CASES = sorted((ROOT / "tests" / "data").glob("agreement_*.yaml"))
SHARED_CASES = ROOT.parent / "shared" / "agreement_cases.yaml"
A_CASE = {
    "name": "two coders",
    "metric": "percent_agreement",
    "data": {"units_by_coders": [[1, 1], [1, 0]]},
    "expected": 0.5,
}


def run(tmp_path, **changes):
    path = tmp_path / "cases.yaml"
    path.write_text(yaml.safe_dump({"cases": [copy.deepcopy(A_CASE) | changes]}), encoding="utf-8")
    (result,) = check_cases(path)
    return result


@pytest.mark.parametrize(
    "result", [result for file in OWN_CASES for result in check_cases(file)], ids=lambda result: result.name
)
def test_every_case_passes(result):
    assert result.passed, (result.expected, result.value, result.reason)


def test_our_expectations_are_the_printed_figures():
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in OWN_CASES]
    printed = [case for file in files for case in file["cases"] if "published" in case]
    assert len(printed) > 50
    for case in printed:
        assert case["expected"] == pytest.approx(case["published"], abs=case["published_tolerance"])


@pytest.mark.shared
def test_the_full_set_of_cases_fails_nowhere():
    if not SHARED_CASES.exists():
        pytest.skip("the full set of agreement cases is not beside the checkout")
    results = list(check_cases(SHARED_CASES))
    assert len(results) > 100
    assert [result for result in results if not result.passed] == []


def test_a_wrong_value_fails(tmp_path):
    assert run(tmp_path, expected=0.6).passed is False
    assert run(tmp_path, expected=None).passed is False


def test_every_number_of_a_list_or_a_mapping_must_fit(tmp_path):
    data = {"units_by_coders": [["a", "a"], ["a", "b"], ["b", "b"], ["c", "c"]]}
    right = {"a": 7 / 15, "b": 7 / 15, "c": 1.0}
    assert run(tmp_path, metric="fleiss_kappa_per_category", data=data, expected=right).passed
    for wrong in (right | {"c": 0.9}, {"a": 7 / 15}, [7 / 15, 7 / 15, 1.0], 1.0):
        result = run(tmp_path, metric="fleiss_kappa_per_category", data=data, expected=wrong)
        assert result.passed is False
    scores = {"units_by_coders": [[1, 2], [4, 4], [6, 7]]}
    bounds = run(tmp_path, metric="icc_3_1.ci95", data=scores, expected=[0, 1]).value
    assert run(tmp_path, metric="icc_3_1.ci95", data=scores, expected=bounds).passed
    assert not run(tmp_path, metric="icc_3_1.ci95", data=scores, expected=bounds[::-1]).passed


def test_no_value_where_one_is_expected_fails_with_the_reason(tmp_path):
    result = run(tmp_path, data={"units_by_coders": [[1], [0]]})
    assert (result.passed, result.reason) == (False, "fewer than two coders")


def test_a_case_may_give_only_the_printed_figure(tmp_path):
    path = tmp_path / "cases.yaml"
    case = {key: value for key, value in A_CASE.items() if key != "expected"}
    case |= {"published": 0.52, "published_tolerance": 0.03}
    path.write_text(yaml.safe_dump({"cases": [case]}), encoding="utf-8")
    assert next(check_cases(path)).passed


@pytest.mark.parametrize("counts", [[[2, 0], [1, 1]], [{"y": 2}, {"y": 1, "n": 1}]])
def test_counts_by_unit_are_read(tmp_path, counts):
    assert run(tmp_path, data={"counts_by_unit": counts}).passed
    assert run(tmp_path, data={"counts_by_unit": counts}, metric="cohen_kappa").passed is None


@pytest.mark.parametrize(
    ("categories", "table"),
    [
        (["yes", "no"], [[2, 3], [5, 190]]),
        (["no", "yes"], [[190, 5], [3, 2]]),
        ([0, 1], [[190, 5], [3, 2]]),
        (["found", "not found"], [[2, 3], [5, 190]]),
    ],
)
def test_the_positive_label_is_the_one_that_says_so_or_the_first(tmp_path, categories, table):
    result = run(
        tmp_path,
        metric="positive_agreement",
        data={"contingency": table, "categories": categories},
        expected=4 / 12,
    )
    assert result.passed


def test_possible_categories_can_be_counted_or_named(tmp_path):
    data = {"units_by_coders": [[0, 0]] * 4}
    for params in ({"q": 2}, {"categories": [0, 1]}):
        assert run(tmp_path, metric="gwet_ac1", data=data, params=params, expected=1.0).passed
    assert run(tmp_path, metric="gwet_ac1", data=data, expected=None).reason == "no variation"


@pytest.mark.parametrize(
    "changes",
    [
        {"metric": "no_such"},
        {"metric": "gwet_ac1.no_such_part"},
        {"metric": "krippendorff_alpha.standard_error"},
        {"metric": "cohen_kappa", "params": {"weights": "linear"}},
        {"data": {"units_by_coders": [[["a"], ["a", "b"]]]}},
        {"data": {"units_by_coders": [[1, 2]], "value_type": "number"}},
        {"data": {"coders": {}, "continuum_length": 10}},
    ],
)
def test_what_we_do_not_compute_is_unsupported_with_a_reason(tmp_path, changes):
    result = run(tmp_path, **changes)
    assert result.passed is None
    assert result.reason


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": None}, "case 1: has no name"),
        ({"metric": 3}, "case 1: has no metric"),
        ({"data": []}, "has no data"),
        ({"params": [1]}, "params"),
        ({"expected": "high"}, "must be numbers"),
        ({"data": {"units_by_coders": 3}}, "is no table"),
        ({"data": {"units_by_coders": [1, 2]}}, "a row is no list"),
        ({"data": {"units_by_coders": [[1, 2], [1]]}}, "rows differ in length"),
        ({"data": {"contingency": [[1, 2]]}}, "as many rows and columns"),
        ({"data": {"contingency": [[1, -2], [0, 1]]}}, "is no count"),
        ({"data": {"contingency": [[1, 2], [3, 10**9]]}}, "a case may have"),
        ({"data": {"counts_by_unit": [[1, 2]], "categories": ["a"]}}, "one count per category"),
        ({"params": {"categories": [0]}}, "not among the categories"),
    ],
)
def test_a_malformed_case_is_refused_by_name(tmp_path, changes, message):
    with pytest.raises(CodebookError) as refusal:
        run(tmp_path, **changes)
    assert str(refusal.value).startswith("cases.yaml, case")
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [("cases: [", "is not YAML"), ("a: 1", "no list 'cases'"), ("- 1", "no list 'cases'")],
)
def test_a_file_that_holds_no_cases_says_so(tmp_path, text, message):
    (tmp_path / "cases.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        list(check_cases(tmp_path / "cases.yaml"))


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(CodebookError, match="cannot be read"):
        list(check_cases(tmp_path / "gone.yaml"))
