"""Dates and numbers as the office writes them (look.md, Behaviour; dossier H9)."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.documents.linebreak import phrases
from sanwei.core.workdays import calendar

NONE = "—"


def civil(value) -> dt.date:
    """The date in the city of a date or an aware instant."""
    return clock.day_of(value) if isinstance(value, dt.datetime) else value


def cn_date(value) -> str:
    """2027年2月26日; — for none."""
    return written(civil(value)) if value else NONE


def cn_weekday(value) -> str:
    """周五; — for none."""
    return f"周{calendar.WEEKDAYS[civil(value).weekday()]}" if value else NONE


def typed_date(text) -> str:
    """A date typed in a draft: ISO is said in words, anything else stays as it was typed; — for none."""
    try:
        return cn_date(dt.date.fromisoformat(text))
    except (TypeError, ValueError):
        return text or NONE


def cn_datetime(value) -> str:
    """2027年2月26日 14:32; — for none."""
    return f"{cn_date(value)} {clock.local(value):%H:%M}" if value else NONE


def due_day(due) -> dt.date:
    """The civil day of a due date or instant: 24:00 belongs to the day it ends (dossier 8.3)."""
    return calendar.due_day(due) if isinstance(due, dt.datetime) else due


def due_text(due) -> str:
    """2027年2月26日（周五）24:00; a plain date stands without a time."""
    day = due_day(due)
    text = f"{cn_date(day)}（{cn_weekday(day)}）"
    if not isinstance(due, dt.datetime):
        return text
    hour = clock.local(due).strftime("%H:%M")
    return text + ("24:00" if hour == "00:00" else hour)


def percent(ratio) -> str:
    """A ratio as a percentage with two decimals, rounded half up: 0.95125 → 95.13%; — for none."""
    if ratio is None or ratio == "":
        return NONE
    value = (Decimal(str(ratio)) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{value}%"


def dash(value):
    """— for none and for an empty text; 0 stays 0."""
    return NONE if value is None or value == "" else value


def in_phrases(title) -> Markup:
    """A title whose lines end after a word wherever the screen is wide enough for its phrases."""
    pieces = Markup("<wbr>").join(phrases(str(title)))
    return Markup('<span class="in-phrases">{}</span>').format(pieces)
