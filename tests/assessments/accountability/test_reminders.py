"""Reminders: a hearing's limit, a decision that is waited for, an effect period that ends; only to those who may see."""

import datetime as dt

from assessments.accountability.models import AccountabilityCase
from assessments.accountability.reminders import remind
from sanwei.core.notifications.models import Notification
from tests import make
from tests.assessments.accountability import build
from tests.post import tell_all


def reminded(*days) -> list[tuple[str, str]]:
    """What was said on these days, and to whom."""
    for day in days:
        with build.on(*day):
            remind()
            tell_all()
    rows = Notification.objects.filter(kind="reminder").order_by("title", "user__name")
    return [(row.title.partition("：")[2], row.user.name) for row in rows.select_related("user")]


def test_the_limit_of_a_hearing_is_told_to_the_head_and_to_those_who_handle_it(cast):
    build.told(cast)

    assert reminded((2026, 3, 6), (2026, 3, 6)) == [
        ("陈述申辩期限2026年3月9日，还剩1个工作日", "冯涛"),
        ("陈述申辩期限2026年3月9日，还剩1个工作日", "刘志强"),
        ("陈述申辩期限2026年3月9日，还剩1个工作日", "张建国"),
    ]


def test_who_must_keep_away_is_reminded_of_nothing(cast):
    make.post(cast.office_head, "department_lead", cast.unit)
    build.told(cast)

    assert {name for _, name in reminded((2026, 3, 6))} == {"冯涛", "张建国"}


def test_a_decision_is_waited_for_ten_working_days(cast):
    build.proposed(cast)

    said = reminded((2026, 3, 16), (2026, 3, 17))
    assert {name for _, name in said} == {"冯涛", "刘志强"}
    assert [title for title, name in said if name == "冯涛"] == [
        "等待有权机关决定，今日截止",
        "等待有权机关决定，已逾期1个工作日",
    ]


def test_the_end_of_an_effect_period_is_told_thirty_days_before_and_when_it_is_over(cast):
    case = build.in_effect(cast, "warning")  # until 2 September

    assert reminded((2026, 3, 3), (2026, 8, 2)) == []
    case.refresh_from_db()
    assert case.remind_on == dt.date(2026, 8, 3)
    assert reminded((2026, 8, 3), (2026, 8, 20)) == [
        ("影响期至2026年9月2日", "冯涛"),
        ("影响期至2026年9月2日", "刘志强"),
    ]
    said = reminded((2026, 9, 2), (2026, 9, 3), (2026, 9, 4))
    assert [title for title, name in said if name == "冯涛"] == [
        "影响期已满，请办理解除",
        "影响期至2026年9月2日",
    ]


def test_a_clock_that_stood_still_says_the_latest_once(cast):
    build.in_effect(cast, "warning")

    assert [title for title, _ in reminded((2027, 1, 4), (2027, 1, 5))] == ["影响期已满，请办理解除"] * 2


def test_nothing_is_said_at_night_or_of_what_has_ended(cast):
    build.told(cast)
    with build.on(2026, 3, 9, 23):
        assert remind() == 0
    AccountabilityCase.objects.update(remind_on=None)
    assert reminded((2026, 3, 9)) == []
