"""Periods and phrases: when they end and why (dossier 8.3, 8.4)."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sanwei.core.workdays import calendar, lights
from sanwei.core.workdays.deadlines import due_after, due_after_days, explain
from sanwei.core.workdays.models import LightRule
from sanwei.core.workdays.phrases import NoDay, deadline_of, due_of, dues_of, last_days
from sanwei.core.workdays.table import table
from tests import make
from tests.cast import beijing

pytestmark = pytest.mark.django_db
D = dt.date.fromisoformat


def test_a_period_of_working_days_says_why_it_ends_where_it_ends():
    deadline = due_after(D("2026-02-13"), 5)

    assert explain(deadline).split("\n") == [
        "自2026年2月13日（星期五）起，次日开始计算，共5个工作日。",
        "期间休息日9天不计：2月15日至23日春节。",
        "2月14日调休上班，计入。",
        "截止：2026年2月27日（星期五）24:00。",
    ]
    assert deadline.instant == beijing(2026, 2, 28)
    assert deadline.remaining_text(D("2026-02-24")) == "还剩3个工作日"
    assert not deadline.provisional


def test_weekends_are_counted_together_and_pauses_are_named():
    deadline = due_after(D("2026-09-01"), 30, pauses=[(D("2026-09-07"), D("2026-09-11"))])

    assert deadline.steps == (
        "自2026年9月1日（星期二）起，次日开始计算，共30个工作日。",
        "期间休息日20天不计：9月25日至27日中秋节、10月1日至7日国庆节、周末10天。",
        "9月20日、10月10日调休上班，计入。",
        "9月7日至9月11日中止，不计入期限。",
    )
    assert deadline.day == D("2026-10-26")


def test_calendar_days_roll_over_the_holiday():
    deadline = due_after_days(D("2026-08-02"), 60, "following")

    assert deadline.steps == (
        "自2026年8月2日（星期日）起，次日开始计算，共60日，最后一日为2026年10月1日（星期四，国庆节）。",
        "最后一日为休息日，顺延至后一工作日2026年10月8日（星期四）。",
    )
    assert due_after_days(D("2026-08-02"), 60, "none").day == D("2026-10-01")
    assert due_after_days(D("2026-08-02"), 60, "preceding").day == D("2026-09-30")


def test_calendar_days_stand_still_during_a_pause():
    pause = (D("2026-08-10"), D("2026-08-12"))

    assert due_after_days(D("2026-08-02"), 15, "following", [pause]).day == D("2026-08-20")


def test_a_pause_that_still_runs_has_no_end():
    for due in (due_after, lambda *asked: due_after_days(*asked[:2], "following", asked[2])):
        with pytest.raises(ValueError, match="still runs"):
            due(D("2026-08-02"), 5, [(D("2026-08-03"), None)])


def test_a_period_that_runs_into_an_estimated_year_is_an_estimate():
    deadline = due_after(D("2026-12-25"), 10)

    assert deadline.provisional
    assert deadline.text == "截止：2027年1月11日（星期一）24:00（该年度放假安排未导入，期限为暂估）"


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("2027年2月26日前", ["2027-02-26"]),
        ("2027年底前", ["2027-12-31"]),
        ("2027年2月下旬", ["2027-02-28"]),
        ("2月末", ["2026-02-28"]),
        ("6月份内", ["2026-06-30"]),
        ("3月1日以前", ["2026-03-01"]),
        ("3 月 1 日 前 （含）", ["2026-03-01"]),
        ("第二季度末", ["2026-06-30"]),
        ("4季度", ["2026-12-31"]),
        ("半年", ["2026-06-30"]),
        ("下半年", ["2026-12-31"]),
        ("本年度内", ["2026-12-31"]),
        ("每季度末", ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        ("季度末前", ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        ("每半年", ["2026-06-30", "2026-12-31"]),
        ("每月5日前", [f"2026-{month:02}-05" for month in range(1, 13)]),
        ("月底前", [str(dt.date(2026 + month // 12, month % 12 + 1, 1) - calendar.ONE) for month in range(1, 13)]),
    ],
)  # fmt: skip
def test_a_phrase_may_name_one_day_or_come_round(phrase, days):
    assert [str(day) for day in last_days(phrase, 2026)] == days


def test_the_31st_of_every_month_is_the_last_day_of_a_short_one():
    assert [day.day for day in last_days("每月31日", 2026)] == [
        31,
        28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ]


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("尽快", "“尽快”没有写明期限，请填写具体日期，例如2月26日前。"),
        ("即日起", "“即日起”没有写明期限，请填写具体日期，例如2月26日前。"),
        ("2月30日前", "“2月30日前”没有这一天，请核对月份和日期。"),
        ("13月上旬", "“13月上旬”没有这一天，请核对月份和日期。"),
        ("下旬", "看不懂时限“下旬”，请写成“2月下旬”“2月底前”或“2月26日前”这样的形式。"),
        ("每月5日前", "“每月5日前”每年有12次，请写明是哪一次，例如2月底前。"),
    ],
)
def test_a_phrase_without_one_day_is_answered_with_what_to_write(phrase, reason):
    with pytest.raises(NoDay) as refusal:
        due_of(phrase, 2026, "following")

    assert str(refusal.value) == reason


@pytest.mark.parametrize(
    ("phrase", "year", "preceding", "following"),
    [
        ("2月下旬", 2026, "2026-02-28", "2026-02-28"),
        ("2月下旬", 2027, "2027-02-26", "2027-03-01"),
        ("2月下旬", 2028, "2028-02-29", "2028-02-29"),
        ("2月中旬", 2026, "2026-02-14", "2026-02-24"),
        ("10月1日前", 2026, "2026-09-30", "2026-10-08"),
        ("年底", 2028, "2028-12-29", "2029-01-01"),
    ],
)
def test_a_last_day_of_rest_moves_by_policy(phrase, year, preceding, following):
    assert due_of(phrase, year, "preceding") == D(preceding)
    assert due_of(phrase, year, "following") == D(following)


def test_what_comes_round_rolls_each_time():
    assert dues_of("每季度末", 2026, "preceding") == [
        D("2026-03-31"),
        D("2026-06-30"),
        D("2026-09-30"),
        D("2026-12-31"),
    ]
    assert dues_of("每半年", 2028, "following") == [D("2028-06-30"), D("2029-01-01")]


def test_the_february_of_the_founding_year_has_four_working_days_left_after_the_festival():
    assert calendar.workdays_between(D("2007-02-20"), D("2007-02-28")) == 4
    assert deadline_of("2月下旬", 2007, "following").text == "截止：2007年2月28日（星期三）24:00"


def test_a_year_without_a_calendar_goes_by_weekdays_and_says_so():
    deadline = due_after(D("2028-05-01"), 5)

    assert deadline.day == D("2028-05-08")
    assert deadline.text.endswith("（该年度放假安排未导入，期限为暂估）")


@pytest.mark.parametrize(
    ("received_at", "late"),
    [
        (beijing(2026, 2, 28, 23, 59, 59, 999_999), 0),
        (beijing(2026, 3, 1), 1),
        (beijing(2026, 3, 2, 23, 59), 1),
        (beijing(2026, 3, 3), 2),
        (beijing(2026, 3, 6, 12), 5),
    ],
)
def test_lateness_is_counted_in_working_days_and_is_at_least_one(received_at, late):
    assert calendar.late_workdays(beijing(2026, 3, 1), received_at) == late


@pytest.mark.parametrize(
    ("day", "today", "text"),
    [
        ("2026-02-27", "2026-02-24", "还剩3个工作日"),
        ("2026-02-22", "2026-02-17", "还剩5天（均为休息日）"),
        ("2026-02-17", "2026-02-20", "已逾期1个工作日"),
    ],
)
def test_what_remains_over_a_holiday(day, today, text):
    assert calendar.remaining_text(D(day), D(today)) == text


def test_days_are_written_with_what_is_particular_about_them():
    assert [
        calendar.day_text(D(day)) for day in ("2026-02-28", "2026-02-17", "2026-02-22", "2026-03-07")
    ] == [
        "2026年2月28日（星期六，调休上班）",
        "2026年2月17日（星期二，春节）",
        "2026年2月22日（星期日，春节）",
        "2026年3月7日（星期六）",
    ]


def test_lights_change_by_working_days_across_the_festival(db):
    """Due on 2/10 it is ten working days overdue on 2/28: 2/11–14, 2/24–28, and 2/9 was due a day before."""
    assert lights.yellow_until(D("2026-02-13")) == D("2026-02-25")
    assert lights.deep_red_before(D("2026-02-28")) == D("2026-02-10")
    assert calendar.workdays_between(D("2026-02-09"), D("2026-02-28")) == 10


@pytest.mark.django_db
def test_a_rule_of_the_lights_counts_from_its_day_on():
    """And the light of an earlier day is explained by the rule of that day."""
    officer = make.user()
    limits = {"near": 5, "near_percent": 0, "behind": 100, "sent_back": 9, "deep_red": 2}
    LightRule.objects.create(since=D("2026-03-01"), reason="市里要求", set_by=officer, **limits)

    bounds = [lights.Bounds.on(D(day)) for day in ("2026-02-28", "2026-03-02")]
    assert [bound.light(D("2026-02-26"), closed=False) for bound in bounds] == ["red", "deep_red"]
    assert [bound.light(D("2026-03-09"), closed=False) for bound in bounds] == ["green", "yellow"]


@time_machine.travel(beijing(2026, 11, 1), tick=False)
@pytest.mark.parametrize(
    ("today", "year"),
    [
        ("2026-10-31", None),
        ("2026-11-01", 2027),
        ("2027-03-01", 2027),
        ("2025-11-01", None),
        ("2028-01-01", 2028),
    ],
)
def test_from_november_the_next_year_is_missed(today, year):
    assert calendar.year_to_import(D(today)) == year


DAYS = st.dates(dt.date(2006, 12, 1), dt.date(2029, 1, 31))
NEAR = st.dates(dt.date(2025, 11, 1), dt.date(2027, 3, 31))
PAUSES = st.lists(
    st.tuples(NEAR, st.integers(0, 15)).map(lambda it: (it[0], it[0] + dt.timedelta(it[1]))), max_size=3
)


class Laws(TestCase):
    """What holds for any day, over shipped, estimated and unknown years."""

    @effort(max_examples=150, deadline=None)
    @given(first=DAYS, length=st.integers(0, 500))
    def test_counting_at_once_is_counting_one_by_one(self, first, length):
        span = [first + dt.timedelta(days=step) for step in range(1, length + 1)]

        assert table().count_until(first + dt.timedelta(length)) - table().count_until(first) == sum(
            map(calendar.is_workday, span)
        )

    @effort(max_examples=80, deadline=None)
    @given(start=NEAR, days=st.integers(0, 40), later=st.integers(0, 10))
    def test_a_later_start_never_ends_earlier(self, start, days, later):
        assert due_after(start + dt.timedelta(later), days).day >= due_after(start, days).day

    @effort(max_examples=80, deadline=None)
    @given(start=NEAR, days=st.integers(0, 40), more=st.integers(1, 10))
    def test_a_longer_period_ends_later(self, start, days, more):
        assert due_after(start, days + more).day > due_after(start, days).day

    @effort(max_examples=80, deadline=None)
    @given(start=NEAR, days=st.integers(1, 30), pauses=PAUSES, policy=st.sampled_from(["following", "none"]))
    def test_pauses_only_lengthen(self, start, days, pauses, policy):
        assert due_after(start, days, pauses).day >= due_after(start, days).day
        assert due_after_days(start, days, policy, pauses).day >= due_after_days(start, days, policy).day

    @effort(max_examples=80, deadline=None)
    @given(start=NEAR, days=st.integers(1, 30), pauses=PAUSES)
    def test_the_days_that_count_are_as_many_as_were_given(self, start, days, pauses):
        end = due_after(start, days, pauses).day
        span = [start + dt.timedelta(days=step) for step in range(1, (end - start).days + 1)]

        assert sum(calendar.is_workday(day) and not calendar.is_paused(day, pauses) for day in span) == days
