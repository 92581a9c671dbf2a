"""Dates, numbers, states and deadlines in the words of the office."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.template import engines

from tests.cast import beijing


def drawn(source: str, **context) -> str:
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("source", "value", "words"),
    [
        ("{{ value|cn_date }}", dt.date(2027, 2, 6), "2027年2月6日"),
        ("{{ value|cn_date }}", beijing(2027, 2, 6, 0, 30), "2027年2月6日"),
        ("{{ value|cn_date }}", None, "—"),
        ("{{ value|cn_datetime }}", beijing(2027, 2, 26, 14, 32), "2027年2月26日 14:32"),
        ("{{ value|cn_datetime }}", None, "—"),
        ("{{ value|cn_weekday }}", dt.date(2027, 2, 28), "周日"),
        ("{{ value|percent }}", Decimal("0.951250"), "95.13%"),
        ("{{ value|percent }}", Decimal(1) / 3, "33.33%"),
        ("{{ value|percent }}", 0, "0.00%"),
        ("{{ value|percent }}", None, "—"),
        ("{{ value|dash }}", 0, "0"),
        ("{{ value|dash }}", None, "—"),
        ("{{ value|dash }}", "", "—"),
    ],
)
def test_values_are_written_as_the_office_writes_them(source, value, words):
    assert drawn(source, value=value) == words


def deadline_words(due, **context) -> str:
    html = drawn("{{ deadline(due, done=done) }}", due=due, done=context.get("done", False))
    return html.replace('<span class="deadline"><span class="nowrap">', "").replace("</span>", "")


@time_machine.travel(beijing(2026, 2, 24, 9, 0))
def test_a_deadline_at_midnight_belongs_to_the_day_it_ends(db):
    words = deadline_words(beijing(2026, 2, 28))
    assert words == '2026年2月27日（周五）24:00，<span class="remaining">还剩3个工作日'


@time_machine.travel(beijing(2026, 2, 27, 9, 0))
def test_a_deadline_of_today_is_not_late(db):
    assert deadline_words(beijing(2026, 2, 28)).endswith('<span class="remaining">今日截止')


@time_machine.travel(beijing(2026, 3, 3, 9, 0))
def test_a_missed_deadline_says_by_how_much_unless_it_is_done(db):
    due = beijing(2026, 2, 28)
    assert deadline_words(due).endswith('<span class="remaining text-late">已逾期3个工作日')
    assert deadline_words(due, done=True) == '<span class="nowrap">2026年2月27日（周五）24:00'


@time_machine.travel(beijing(2026, 3, 3, 9, 0))
def test_a_plain_date_and_an_hour_of_the_day_are_said_as_they_are(db):
    assert deadline_words(dt.date(2026, 3, 3)).startswith("2026年3月3日（周二），")
    assert deadline_words(beijing(2026, 3, 3, 17, 30)).startswith("2026年3月3日（周二）17:30，")
    assert drawn("{{ deadline(due) }}", due=None) == "—"


@time_machine.travel(beijing(2026, 12, 28, 9, 0))
@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-12-31", "还剩3个工作日"), ("2027-01-04", "还剩4个工作日（暂估）"), ("2028-02-29", "（暂估）")],
)
def test_days_counted_through_a_year_without_its_holidays_are_said_to_be_an_estimate(db, day, words):
    assert deadline_words(dt.date.fromisoformat(day)).endswith(words)


LIGHTS = {
    "green": ("green", "●", "绿灯"),
    "yellow": ("amber", "▲", "黄灯"),
    "red": ("red", "■", "红灯"),
    "deep_red": ("deep-red", "◆", "深红灯"),
    "paused": ("grey", "○", "中止"),
    "closed": ("grey", "○", "办结"),
}


@pytest.mark.parametrize("value", LIGHTS)
def test_a_light_is_a_word_an_icon_and_a_colour(value):
    colour, icon, word = LIGHTS[value]
    assert drawn("{{ light(value) }}", value=value) == (
        f'<span class="state state-{colour}"><span class="state-icon" aria-hidden="true">{icon}</span>{word}</span>'
    )


def test_no_light_is_a_dash_and_a_badge_is_text():
    assert drawn("{{ light(value) }}", value=None) == "—"
    assert "&lt;b&gt;" in drawn("{{ badge(word, 'red') }}", word="<b>")


def test_a_state_takes_the_colour_the_model_names(cast):
    html = drawn("{{ state(plan) }}", plan=cast.plan)
    assert html == (
        '<span class="state state-grey"><span class="state-icon" aria-hidden="true">○</span>起草中</span>'
    )
