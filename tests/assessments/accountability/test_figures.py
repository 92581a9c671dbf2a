"""Numbers for those who see no persons: exact for who handles cases, without small cells for leaders."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.accountability.figures import FEW, FEWEST, WITHHELD, numbers, withheld, word_for
from tests import make
from tests.assessments.accountability import build

COUNTS = st.lists(st.integers(0, 7), min_size=1, max_size=5)


def table(parts, title) -> dict:
    [part] = [part for part in parts if part.title == title]
    return {group.label: group.shown for group in part.groups if group.shown} | {"合计": part.total}


@pytest.fixture
def decided(cast):
    """Four persons of 市发展改革委 with 通报批评, one of them with 诫勉教育 besides; one unit of another category."""
    other = make.unit("市总工会", category="mass")
    build.decided(cast, "circular", persons=("甲", "乙", "丙"))
    build.decided(cast, "circular", "admonish", persons=("丁",))
    build.decided(cast, "circular", persons=(), unit=other)
    build.proposed(cast, "warn", persons=("戊",))


def test_who_handles_cases_sees_exact_numbers(cast, decided, discipline):
    parts = numbers(cast.campaign, discipline)

    assert table(parts, "按追究方式") == {"诫勉教育（诫勉谈话）": 1, "通报批评": 5, "合计": 6}
    assert table(parts, "按单位类别") == {"政府部门": 4, "群团组织": 1, "合计": 5}
    assert table(parts, "按决定月份") == {"3月": 5, "合计": 5}


def test_leaders_see_no_small_cell_and_none_that_follows_from_the_total(cast, decided):
    parts = numbers(cast.campaign, cast.leader)

    assert table(parts, "按追究方式") == {"诫勉教育（诫勉谈话）": FEW, "通报批评": WITHHELD, "合计": 6}
    assert table(parts, "按单位类别") == {"政府部门": WITHHELD, "群团组织": FEW, "合计": 5}
    assert table(parts, "按决定月份") == {"3月": 5, "合计": 5}


def test_who_must_keep_away_from_a_case_does_not_count_it(cast, decided):
    person = make.holder("discipline", "某")
    make.post(person, "department_lead", cast.unit)

    assert table(numbers(cast.campaign, person), "按单位类别") == {"群团组织": 1, "合计": 1}


def possible(words, total) -> list[tuple]:
    """Every way in which the cells could stand, for somebody who knows the rule, the words and the total."""
    ranges = [
        range(1, FEWEST) if word == FEW else range(FEWEST, 40) if word == WITHHELD else (word,) for word in words
    ]  # fmt: skip
    return [cells for cells in itertools.product(*ranges) if total == WITHHELD or sum(cells) == total]


@given(COUNTS)
def test_no_small_cell_can_be_worked_out(counts):
    hidden, total = withheld(counts)
    words = [word_for(count) if place in hidden else count for place, count in enumerate(counts)]
    small = [place for place, count in enumerate(counts) if 0 < count < FEWEST]
    ways = possible(words[:], total) if words.count(WITHHELD) < 3 else None

    assert all(words[place] == FEW for place in small)
    if ways is not None:
        assert all(len({way[place] for way in ways}) > 1 for place in small)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([0, 0], ([0, 0], 0)),
        ([5, 3, 0], ([5, 3, 0], 8)),
        ([1], ([FEW], WITHHELD)),
        ([1, 2], ([FEW, FEW], 3)),
        ([1, 1], ([FEW, FEW], WITHHELD)),
        ([1, 1, 9], ([FEW, FEW, WITHHELD], 11)),
        ([2, 3, 9], ([FEW, WITHHELD, 9], 14)),
        ([1, 3], ([FEW, WITHHELD], WITHHELD)),
    ],
)
def test_what_is_shown_of_small_tables(counts, shown):
    hidden, total = withheld(counts)

    assert ([word_for(one) if place in hidden else one for place, one in enumerate(counts)], total) == shown
