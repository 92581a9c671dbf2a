"""Working days: the examples of dossier 8.3, the phrases of 8.4, a year without a calendar (C 15, 22)."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sanwei.core.workdays import calendar, phrases
from sanwei.core.workdays.imports import checksum_warning

pytestmark = pytest.mark.django_db
D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 10, "2026-10-20"),
        ("2025-01-27", 5, "2025-02-10"),
        ("2025-09-26", 15, "2025-10-23"),
        ("2026-09-18", 5, "2026-09-24"),  # C 15: 公示 of five working days
        ("2026-03-05", 0, "2026-03-05"),
    ],
)
def test_the_examples_of_the_dossier(start, days, end):
    assert calendar.add_workdays(D(start), days) == D(end)
    assert calendar.workdays_between(D(start), D(end)) == days


@pytest.mark.parametrize(
    ("phrase", "year", "last"),
    [
        ("2月下旬", 2027, "2027-02-28"), ("2月下旬", 2028, "2028-02-29"), ("3月上旬", 2026, "2026-03-10"),
        ("3月中旬", 2026, "2026-03-20"), ("2月底前", 2026, "2026-02-28"), ("4月底", 2026, "2026-04-30"),
        ("3月1日前", 2026, "2026-03-01"), ("３月１日前", 2026, "2026-03-01"), ("3月1日（含）前", 2026, "2026-03-01"),
        ("第一季度末", 2026, "2026-03-31"), ("3季度末前", 2026, "2026-09-30"), ("上半年", 2026, "2026-06-30"),
        ("年底", 2026, "2026-12-31"),
    ],
)  # fmt: skip
def test_phrases_as_offices_read_them(phrase, year, last):
    assert phrases.last_day(phrase, year) == D(last)


@pytest.mark.parametrize("phrase", ["尽快", "近期", "即日起", "", "13月1日前", "2月30日前", "下旬"])
def test_a_phrase_that_names_no_day_is_refused(phrase):
    with pytest.raises(ValueError, match=r".*"):
        phrases.last_day(phrase, 2026)


def test_a_deadline_explains_itself():
    assert phrases.explain_due("2月下旬", 2026, "following") == [
        "时限“2月下旬”：最后一日为2026年2月28日（星期六，调休上班）。",
        "截止：2026年2月28日（星期六，调休上班）24:00，以服务器收到的时刻为准。",
    ]
    assert phrases.explain_due("2月下旬", 2027, "preceding")[1] == (
        "最后一日为休息日，提前至前一工作日2027年2月26日（星期五）。"
    )


def test_a_year_without_a_calendar_is_an_estimate():
    assert calendar.is_provisional(D("2028-03-01"))
    assert calendar.is_provisional(D("2027-03-01"))
    assert not calendar.is_provisional(D("2026-03-01"))
    assert calendar.deadline_text(D("2028-02-29")) == (
        "截止：2028年2月29日（星期二）24:00（该年度放假安排未导入，期限为暂估）"
    )


@pytest.mark.parametrize(
    ("day", "today", "words"),
    [
        ("2026-02-28", "2026-02-25", "还剩3个工作日"),
        ("2026-02-28", "2026-02-28", "今日截止"),
        ("2026-02-28", "2026-03-01", "已逾期1个工作日"),
        ("2026-02-28", "2026-03-03", "已逾期2个工作日"),
        ("2026-02-22", "2026-02-16", "还剩6天（均为休息日）"),
    ],
)
def test_what_remains_is_said_in_working_days(day, today, words):
    assert calendar.remaining_text(D(day), D(today)) == words


def test_days_inside_a_pause_do_not_count():
    paused = [(D("2026-03-04"), D("2026-03-06"))]

    assert calendar.end_of_period(D("2026-03-02"), 5) == D("2026-03-09")
    assert calendar.end_of_period(D("2026-03-02"), 5, paused) == D("2026-03-12")


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_shipped_years_have_248_working_days(year):
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365)]

    assert sum(map(calendar.is_workday, days)) == 248


def test_a_year_that_forgets_make_up_days_is_questioned():
    rows = [
        {"date": D("2026-10-01") + dt.timedelta(days=n), "kind": "休息", "name": "国庆节"} for n in range(7)
    ]

    assert "请核对" in checksum_warning(rows, 2026)


DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))


class Properties(TestCase):
    """Over three years, with holidays, make-up days and an estimated year."""

    @settings(max_examples=100, deadline=None)
    @given(day=DAYS, n=st.integers(1, 60))
    def test_adding_and_counting_agree(self, day, n):
        end = calendar.add_workdays(day, n)
        assert calendar.is_workday(end)
        assert calendar.workdays_between(day, end) == n
        assert calendar.workdays_between(end, day) == -n

    @settings(max_examples=60, deadline=None)
    @given(day=DAYS, n=st.integers(1, 30), first=DAYS, length=st.integers(0, 20))
    def test_a_pause_never_shortens(self, day, n, first, length):
        pause = [(first, first + dt.timedelta(days=length))]
        assert calendar.end_of_period(day, n, pause) >= calendar.end_of_period(day, n)

    @settings(max_examples=60, deadline=None)
    @given(day=DAYS)
    def test_rolling_lands_on_a_working_day(self, day):
        assert calendar.roll(day, "preceding") <= day <= calendar.roll(day, "following")
        assert calendar.is_workday(calendar.roll(day, "preceding"))
        assert calendar.is_workday(calendar.roll(day, "following"))
        assert calendar.roll(day, "none") == day
