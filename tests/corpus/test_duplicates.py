"""Texts that share passages."""

from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from corpus.duplicates import NearDuplicates

CHRONIC_CARE = Path(__file__).parents[1] / "data" / "chronic-care"
ARTICLE = (CHRONIC_CARE / "000-aalst-article.txt").read_text(encoding="utf-8")
ABSTRACT = (CHRONIC_CARE / "001-aalst-abstract.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("first", "second"), [(ARTICLE, ABSTRACT), (ABSTRACT, ARTICLE)])
def test_an_abstract_and_its_article_are_found_in_either_order(first: str, second: str) -> None:
    index = NearDuplicates()
    index.add(UUID(int=1), "first", first)
    ((document_id, title, containment),) = index.find(second)
    assert (document_id, title) == (UUID(int=1), "first")
    assert containment == pytest.approx(0.32, abs=0.005)


def test_short_texts_take_no_part() -> None:
    index = NearDuplicates()
    index.add(UUID(int=1), "short", "word " * 99)
    assert index.find("word " * 99) == []


def test_a_quarter_is_enough_and_less_is_not() -> None:
    def numbers(start: int, stop: int) -> str:
        return " ".join(f"w{number}" for number in range(start, stop))

    index = NearDuplicates()
    index.add(UUID(int=1), "base", numbers(0, 104))  # 100 sequences
    assert [found[2] for found in index.find(numbers(75, 179))] == [0.25]
    assert index.find(numbers(76, 180)) == []


def test_the_closest_comes_first_among_many() -> None:
    index = NearDuplicates()
    for number in range(40):
        words = [f"w{number}-{place}" for place in range(60)] + [f"shared{place}" for place in range(60)]
        index.add(UUID(int=number), f"report {number}", " ".join(words))
    words = [f"w7-{place}" for place in range(60)] + [f"shared{place}" for place in range(60)]
    found = index.find(" ".join(words).upper())
    assert len(found) == 40
    assert found[0][1:] == ("report 7", 1.0)
    assert all(one[2] >= other[2] for one, other in pairwise(found))


def test_an_empty_index_finds_nothing() -> None:
    assert NearDuplicates().find(ARTICLE) == []
