"""The shipped years, and the table in memory: right in every worker, without a query for each question."""

import datetime as dt

import chinese_calendar
import pytest
from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.context import Origin, origin
from sanwei.core.workdays import calendar, table
from sanwei.core.workdays.models import CalendarDay, CalendarYear
from sanwei.core.workdays.seed import seed

pytestmark = pytest.mark.django_db
NEW_YEAR_2028 = dt.date(2028, 1, 3)


@pytest.fixture
def request_arrives():
    """Call it and a new request begins, as the middleware of core/audit makes it."""
    outside = origin.get()
    yield lambda: origin.set(Origin("r", "127.0.0.1"))
    origin.set(outside)


def another_worker_imports_2028():
    """Rows as another process writes them: nothing tells the table of this one."""
    year = CalendarYear.objects.create(year=2028, status="official", source="通知", imported_at=clock.now())
    CalendarDay.objects.create(year=year, date=NEW_YEAR_2028, kind="rest", name="元旦")


def days_of(year):
    return [
        dt.date(year, 1, 1) + dt.timedelta(days=step) for step in range(366) if step < 365 or year % 4 == 0
    ]


@pytest.mark.parametrize("year", [2007, 2025, 2026])
def test_the_shipped_years_agree_with_a_second_witness(year):
    assert [
        day for day in days_of(year) if calendar.is_workday(day) != chinese_calendar.is_workday(day)
    ] == []


def test_the_first_year_reaches_back_into_the_december_before():
    assert [calendar.is_workday(dt.date(2006, 12, day)) for day in (29, 30, 31)] == [True, True, True]
    assert calendar.name_of(dt.date(2006, 12, 30)) == "元旦调休上班"


def test_the_estimated_year_has_the_statutory_days_and_days_in_lieu():
    assert sum(map(calendar.is_workday, days_of(2027))) == 248
    assert [str(day)[5:] for day in days_of(2027) if not calendar.is_workday(day) and day.weekday() < 5] == [
        "01-01", "02-05", "02-08", "02-09", "02-10", "04-05", "05-03", "05-04", "06-09", "09-15",
        "10-01", "10-04", "10-05",
    ]  # fmt: skip
    assert calendar.is_provisional(2027)


def test_seeding_again_changes_nothing_and_keeps_what_was_imported():
    CalendarYear.objects.filter(year=2026).update(source="改过的依据")
    before = [*CalendarDay.objects.order_by("date").values_list("date", "kind", "name", "year")]

    seed(CalendarYear, CalendarDay)

    assert [*CalendarDay.objects.order_by("date").values_list("date", "kind", "name", "year")] == before
    assert CalendarYear.objects.get(year=2026).source == "改过的依据"


def test_a_request_asks_once_however_much_it_counts(request_arrives, django_assert_num_queries):
    calendar.is_workday(NEW_YEAR_2028)
    request_arrives()

    with django_assert_num_queries(1):
        for step in range(500):
            calendar.remaining_text(dt.date(2026, 3, 1) + dt.timedelta(step), dt.date(2026, 3, 1))


def test_the_next_request_sees_what_another_worker_imported(request_arrives):
    request_arrives()
    assert calendar.is_workday(NEW_YEAR_2028)

    another_worker_imports_2028()
    in_the_same_request = calendar.is_workday(NEW_YEAR_2028)
    request_arrives()

    assert (in_the_same_request, calendar.is_workday(NEW_YEAR_2028)) == (True, False)
    assert not calendar.is_provisional(2028)


def test_a_clock_looks_again_after_a_second(monkeypatch):
    assert calendar.is_workday(NEW_YEAR_2028)
    another_worker_imports_2028()

    monkeypatch.setattr(table, "LOOK_AGAIN", 0)

    assert not calendar.is_workday(NEW_YEAR_2028)


def test_an_import_that_was_rolled_back_is_not_remembered(request_arrives):
    request_arrives()
    with transaction.atomic():
        another_worker_imports_2028()
        table.forget()
        assert not calendar.is_workday(NEW_YEAR_2028)
        transaction.set_rollback(True)
    request_arrives()

    assert calendar.is_workday(NEW_YEAR_2028)
