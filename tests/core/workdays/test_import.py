"""A year from a file: the dry run, what it finds, and what entering it does (dossier 8.1; Appendix C 20, 22)."""

import datetime as dt

import pytest

from sanwei.core.audit.models import Entry
from sanwei.core.workdays import calendar
from sanwei.core.workdays.actions import import_year
from sanwei.core.workdays.imports import read_year
from sanwei.core.workdays.models import CalendarDay, CalendarYear
from sanwei.core.workdays.signals import calendar_changed
from tests.core.workdays.notices import form, notice

pytestmark = pytest.mark.django_db
D = dt.date.fromisoformat


def enter(rows, year, by=None, status="official", source="通知"):
    found = read_year(form(rows), year)
    assert found.errors == []
    return import_year(year=year, status=status, source=source, rows=found.rows, by=by)


def faults(rows, year=2018):
    return [str(error) for error in read_year(form(rows), year).errors]


def test_a_dry_run_says_what_would_change_and_writes_nothing():
    found = read_year(form(notice()), 2018)

    assert (found.errors, found.warnings, len(found.rows)) == ([], [], 29)
    assert [str(day)[5:] for day in found.changed] == [
        "01-01", "02-11", "02-15", "02-16", "02-19", "02-20", "02-21", "02-24", "04-05", "04-06", "04-08", "04-28",
        "04-30", "05-01", "06-18", "09-24", "09-29", "09-30", "10-01", "10-02", "10-03", "10-04", "10-05",
    ]  # fmt: skip
    assert not CalendarYear.objects.filter(year=2018).exists()


def test_an_entered_year_counts_from_then_on_and_is_recorded(cast):
    changed = enter(notice(), 2018, by=cast.officer)

    assert len(changed) == 23
    assert calendar.add_workdays(D("2018-02-09"), 5) == D("2018-02-22")
    assert not calendar.is_provisional(2018)
    entry = Entry.objects.get(verb="import")
    assert (entry.actor, entry.object_label, entry.detail["days"]) == (cast.officer, "2018年（已公布）", 29)
    assert entry.detail["changed"][:2] == ["2018-01-01", "2018-02-11"]


def test_entering_again_replaces_the_year_and_tells_only_what_differs(cast):
    enter(notice(), 2018, by=cast.officer)

    changed = enter([row for row in notice() if row[2] != "端午节"], 2018, by=cast.officer)

    assert changed == [D("2018-06-18")]
    assert CalendarDay.objects.filter(year=2018).count() == 28
    assert calendar.is_workday(D("2018-06-18"))


def test_a_notice_may_reach_back_into_december():
    rows = [
        (D("2018-12-29"), "上班", "元旦调休上班"),
        (D("2018-12-31"), "休息", "元旦"),
        (D("2019-01-01"), "休息", "元旦"),
    ]

    enter(notice(), 2018)
    changed = enter(rows, 2019)

    assert changed == [D("2018-12-29"), D("2018-12-31"), D("2019-01-01")]
    assert calendar.is_workday(D("2018-12-29"))


def test_a_day_goes_by_the_notice_entered_last():
    enter([(D("2018-12-31"), "休息", "元旦")], 2019)

    enter([*notice(), (D("2018-12-31"), "休息", "年末")], 2018)

    assert CalendarDay.objects.get(date=D("2018-12-31")).name == "年末"


def test_what_a_row_cannot_mean_is_told():
    rows = [
        (D("2018-01-01"), "休息", "元旦"),
        (D("2018-01-03"), "上班", "元旦调休上班"),
        (D("2019-01-01"), "休息", "元旦"),
        (D("2018-01-01"), "休息", "元旦"),
        (D("2018-02-15"), "放假", "春节"),
        (D("2018-02-16"), "休息", "春" * 21),
        ("二月十七", "休息", ""),
    ]

    assert faults(rows) == [
        "第4行“性质”列：“2018-01-03”不是周末，本来就上班，请核对日期或删去本行。",
        "第5行“日期”列：“2019-01-01”不在2018年，请核对年份。",
        "第6行“日期”列：“2018-01-01”与第3行重复，请核对后删去一行。",
        "第7行“性质”列：“放假”不在可选范围内，请填写：休息、上班。",
        "第8行“名称”列：超过20字，请缩短。",
        "第9行“日期”列：“二月十七”不是日期，请写成2027-03-05或2027年3月5日。",
        "第9行“名称”列：不能为空，请补填。",
    ]


def test_a_text_table_is_read_too():
    text = "日期,性质,名称\r\n2028年1月1日,休息,元旦\r\n２０２８/１/３,休息,元旦\r\n"

    assert [row["date"] for row in read_year(text.encode("gb18030"), 2028).rows] == [
        D("2028-01-01"),
        D("2028-01-03"),
    ]


@pytest.mark.parametrize(
    ("year", "work", "warnings"),
    [
        (2018, (), []),  # before 2025 there were eleven days
        (
            2026,
            (("国庆节", "10-10"),),
            [
                "按此表全年工作日为257天，通常应为248天，请核对有无漏填的放假日或调休上班日。",
                "表中没有元旦（1月1日）、劳动节（5月1日），请核对是否漏填。",
            ],
        ),
    ],
)
def test_a_year_that_does_not_add_up_is_questioned_but_not_refused(year, work, warnings):
    rest = (
        (("国庆节", "10-01", 7),)
        if work
        else (("元旦", "01-01", 1), ("劳动节", "05-01", 1), ("国庆节", "10-01", 3))
    )

    found = read_year(form(notice(year, rest, work)), year)

    assert (found.errors, found.warnings) == ([], warnings)


def test_the_rooms_above_are_told_when_the_new_calendar_already_answers(cast):
    heard = []

    def listen(sender, years, by, **kwargs):
        heard.append((years, by, calendar.is_workday(D("2018-02-11"))))

    calendar_changed.connect(listen)
    try:
        enter(notice(), 2018, by=cast.officer)
    finally:
        calendar_changed.disconnect(listen)

    assert heard == [({2018}, cast.officer, True)]


def test_open_deadlines_follow_an_imported_year_and_the_change_is_recorded(cast):
    """The plans of 2026 are due on the working Saturday of February; an arrangement without it moves them."""
    rest = (("元旦", "01-01", 3), ("春节", "02-15", 9), ("劳动节", "05-01", 5), ("国庆节", "10-01", 7))

    enter(notice(2026, rest, ()), 2026, by=cast.officer)

    cast.campaign.refresh_from_db()
    cast.plan.refresh_from_db()
    assert cast.campaign.plan_due_on == D("2026-03-02")
    assert cast.plan.due_at == cast.campaign.plan_due_at
