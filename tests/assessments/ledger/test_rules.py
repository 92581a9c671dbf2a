"""What an event brings: by the dossier's values or the rule of its day, in whole, and beyond what was counted already."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from assessments.ledger.kinds import USUAL, Kind, Terms, plain, said, signed
from assessments.ledger.rules import Rulebook, set_point_rule, terms_on
from tests.cast import beijing

USUAL_POINTS = [  # dossier 2.10 and Appendix B: sup.red_deduct, find.points, plan.late_deduct
    ("task.red", 1, 0, "-0.5"),
    ("task.sent_back", 1, 0, "0"),
    ("task.sent_back", 2, 1, "-0.5"),
    ("task.sent_back", 3, 2, "0"),
    ("finding.minor", 1, 0, "-0.5"),
    ("finding.moderate", 1, 0, "-1"),
    ("finding.serious", 1, 0, "-2"),
    ("finding.minor", 3, 0, "-1.5"),
    ("plan.late", 1, 0, "-0.5"),
    ("plan.late", 3, 0, "-1.5"),
    ("plan.late", 4, 0, "-2"),
    ("plan.late", 30, 0, "-2"),
]


@pytest.mark.parametrize(("kind", "quantity", "before", "points"), USUAL_POINTS)
def test_the_values_of_the_dossier(kind, quantity, before, points):
    assert USUAL[kind].points_for(quantity, before) == Decimal(points)


@given(st.integers(0, 5), st.decimals("0.5", 5, places=2), st.integers(1, 30))
def test_one_by_one_or_all_at_once_it_comes_to_the_same(free, cap, quantity):
    terms = Terms("F1", Decimal("-0.50"), free, cap)
    one_by_one = sum(terms.points_for(number, number - 1) for number in range(1, quantity + 1))

    assert one_by_one == terms.points_for(quantity)
    assert -cap <= one_by_one <= 0


def test_points_may_be_won_too():
    terms = Terms("F1", Decimal("1.00"), cap=Decimal("2.50"))

    assert [terms.points_for(quantity) for quantity in (1, 3)] == [Decimal(1), Decimal("2.5")]
    assert terms.sentence(Kind.PLAN_LATE) == "实施方案迟报：每个工作日加1分，最多加2.5分（指标F1）。"


def test_every_kind_has_its_sentence():
    assert [terms.sentence(kind) for kind, terms in USUAL.items()] == [
        "整改任务红灯：每件扣0.5分（指标F1）。",
        "整改任务退办：每次扣0.5分，前1次不计，最多扣0.5分（指标F1）。",
        "督查发现问题（一般）：每人次扣0.5分（指标F2）。",
        "督查发现问题（较重）：每人次扣1分（指标F2）。",
        "督查发现问题（严重）：每人次扣2分（指标F2）。",
        "实施方案迟报：每个工作日扣0.5分，最多扣2分（指标A2）。",
    ]
    assert set(USUAL) == set(Kind)


@pytest.mark.parametrize(
    ("points", "text"),
    [("0.50", "0.5"), ("-2.00", "-2"), ("10", "10"), ("100.00", "100"), ("-0.05", "-0.05"), ("0", "0")],
)
def test_noughts_that_say_nothing_are_left_out(points, text):
    assert plain(Decimal(points)) == text


def test_lost_and_won():
    assert (said(Decimal("-0.50")), said(Decimal("1.25"))) == ("扣0.5分", "加1.25分")
    assert [signed(Decimal(points)) for points in ("-0.50", "1.25", "0.00")] == ["-0.5", "+1.25", "0"]


@pytest.mark.django_db
def test_a_rule_holds_from_its_day_on_for_its_kind_till_the_next(cast):
    words = {"indicator": "F1", "reason": "市里要求", "by": cast.office_head}
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        for day, points in ((4, "-1"), (10, "-2")):
            set_point_rule(kind="task.red", since=dt.date(2026, 3, day), points=Decimal(points), **words)

    days = [dt.date(2026, 3, day) for day in (3, 4, 9, 10, 31)]
    found = [terms_on(day, "task.red").points for day in days]
    assert found == [Decimal(points) for points in ("-0.5", "-1", "-1", "-2", "-2")]
    assert [Rulebook().terms(day, "task.red").points for day in days] == found
    assert terms_on(days[-1], "plan.late") == Rulebook().terms(days[-1], "plan.late") == USUAL["plan.late"]
