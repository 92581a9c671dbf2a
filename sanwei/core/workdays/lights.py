"""Lights (红黄绿灯, dossier 3.3): computed from working days, in SQL for lists; shown as colour + icon + word.

What has a due day only (a measure) turns yellow when the day is near, red when it is past, deep red when it is long past.
What has a course (a rectification task: start, due day, progress, times sent back, pauses) turns yellow also when a fifth of its time
is left or its progress lags behind, and red also when it was sent back twice. Thresholds are data with a history.
"""

import dataclasses
import datetime as dt
import functools

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from sanwei.core import clock
from sanwei.core.workdays import calendar
from sanwei.core.workdays.table import Thresholds


class Light(models.TextChoices):
    GREEN = "green", "绿灯"
    YELLOW = "yellow", "黄灯"
    RED = "red", "红灯"
    DEEP_RED = "deep_red", "深红灯"
    PAUSED = "paused", "中止"
    CLOSED = "closed", "办结"


LOOK = {  # colours of ui/looks.py, as models name those of their states
    Light.GREEN: "green",
    Light.YELLOW: "amber",
    Light.RED: "red",
    Light.DEEP_RED: "deep-red",
    Light.PAUSED: "grey",
    Light.CLOSED: "grey",
}


class Pace(models.TextChoices):
    """The five classes of progress that some offices count instead of lights (dossier 3.3)."""

    DONE = "done", "已完成"
    AHEAD = "ahead", "超进度"
    ON_PLAN = "on_plan", "达进度"
    BEHIND = "behind", "欠进度"
    OTHER = "other", "其他"


PACE_LOOK = {
    Pace.DONE: "green",
    Pace.AHEAD: "blue",
    Pace.ON_PLAN: "green",
    Pace.BEHIND: "red",
    Pace.OTHER: "grey",
}


def yellow_until(today: dt.date) -> dt.date:
    """The last due day that is near: within Thresholds.near working days from today."""
    return calendar.add_workdays(today, calendar.table().thresholds(today).near)


def deep_red_before(today: dt.date) -> dt.date:
    """Due days before this one are overdue by Thresholds.deep_red working days or more."""
    far, day = calendar.table().thresholds(today).deep_red, today
    while calendar.workdays_between(day, today) < far:
        day -= calendar.ONE
    return day + calendar.ONE


@dataclasses.dataclass(frozen=True)
class Bounds:
    """The due days between which the lights of things with a due day change, as they stand on `today`."""

    deep_red_before: dt.date
    red_before: dt.date
    yellow_until: dt.date

    @classmethod
    def on(cls, today: dt.date):
        return bounds_on(today, calendar.table())

    def light(self, due_on: dt.date, closed: bool) -> Light:
        """The light of one thing due on a civil day; light_of() says the same in SQL."""
        if closed:
            return Light.CLOSED
        if due_on < self.deep_red_before:
            return Light.DEEP_RED
        if due_on < self.red_before:
            return Light.RED
        return Light.YELLOW if due_on <= self.yellow_until else Light.GREEN


@functools.lru_cache(maxsize=64)
def bounds_on(today: dt.date, _calendar) -> Bounds:
    """`_calendar`: another table of working days, other bounds."""
    return Bounds(deep_red_before(today), today, yellow_until(today))


def light_of(due_field: str, closed: Q, today: dt.date | None = None) -> Case:
    """A SQL expression of Light for rows with a civil due day `due_field`; `closed` says what is done."""
    bounds = Bounds.on(today or clock.today())
    return Case(
        When(closed, then=Value(Light.CLOSED)),
        When(**{f"{due_field}__lt": bounds.deep_red_before}, then=Value(Light.DEEP_RED)),
        When(**{f"{due_field}__lt": bounds.red_before}, then=Value(Light.RED)),
        When(**{f"{due_field}__lte": bounds.yellow_until}, then=Value(Light.YELLOW)),
        default=Value(Light.GREEN),
        output_field=models.CharField(),
    )


@dataclasses.dataclass(frozen=True)
class Course:
    """What the light of something with a course depends on.

    `start` and `due` are numbers of working days (calendar.number_of), moved on by those it stood still; `due_on` is the
    civil day; `percent` how far it has come; `sent_back` how often it was. From the day `stopped_on` it waits for those who check
    it, and time does not run against those who did it: it is green if it was in time, and as red as it was late.
    """

    start: int
    due: int
    due_on: dt.date
    percent: int = 0
    sent_back: int = 0
    stopped_on: dt.date | None = None
    paused: bool = False
    closed: bool = False

    def light(self, today: dt.date) -> Light:
        """The light on a civil day; course_light() says the same in SQL."""
        if self.closed:
            return Light.CLOSED
        if self.paused:
            return Light.PAUSED
        day, limits = self.stopped_on or today, calendar.table().thresholds(today)
        at = calendar.number_of(day)
        if self.due <= at - limits.deep_red:
            return Light.DEEP_RED
        if self.due_on < day or self.sent_back >= limits.sent_back:
            return Light.RED
        if self.stopped_on:
            return Light.GREEN
        near = self.due - at <= self.near(limits)
        return Light.YELLOW if near or self.is_behind(at, limits) else Light.GREEN

    def near(self, limits: Thresholds) -> int:
        """Yellow from so many working days before the end: max(3, 20 % of the whole)."""
        return max(limits.near, rounded_up((self.due - self.start) * limits.near_percent))

    def planned(self, today: dt.date) -> int:
        """How many hundredths should be done by now, if the work goes on evenly; 100 from the due day on."""
        whole, passed = self.due - self.start, calendar.number_of(today) - self.start
        return 100 if passed >= whole else max(0, 100 * passed // whole)

    def pace(self, today: dt.date) -> Pace:
        """The class of progress on a civil day; course_pace() says the same in SQL."""
        if self.closed:
            return Pace.DONE
        if self.paused:
            return Pace.OTHER
        day, limits = self.stopped_on or today, calendar.table().thresholds(today)
        at = calendar.number_of(day)
        if self.due_on < day or self.is_behind(at, limits):
            return Pace.BEHIND
        whole = self.due - self.start
        ahead = (self.percent - limits.behind) * whole > 100 * (at - self.start)
        return Pace.AHEAD if ahead else Pace.ON_PLAN

    def is_behind(self, at: int, limits: Thresholds) -> bool:
        return 100 * (at - self.start) > (self.percent + limits.behind) * (self.due - self.start)

    def why(self, today: dt.date) -> str:
        """Why the light is what it is, in a sentence."""
        day, limits = self.stopped_on or today, calendar.table().thresholds(today)
        left = calendar.remaining_text(self.due_on, day)
        return {
            Light.CLOSED: "已办结。",
            Light.PAUSED: "已中止，中止期间不计入期限。",
            Light.DEEP_RED: f"{left}，达到{limits.deep_red}个工作日。",
            Light.RED: f"{left}。" if self.due_on < day else f"已退办{self.sent_back}次。",
            Light.YELLOW: self.why_yellow(today, calendar.number_of(today), limits),
            Light.GREEN: "按期上报，等待验收。" if self.stopped_on else f"{left}，进度正常。",
        }[self.light(today)]

    def why_yellow(self, today: dt.date, at: int, limits: Thresholds) -> str:
        reasons = [calendar.remaining_text(self.due_on, today)]
        if self.is_behind(at, limits):
            reasons.append(
                f"进度{self.percent}%，按时间应达{self.planned(today)}%，滞后超过{limits.behind}个百分点"
            )
        return f"{'，'.join(reasons)}。"


def rounded_up(hundredths: int) -> int:
    return (hundredths + 99) // 100


def course_light(closed: Q, paused: Q, today: dt.date | None = None) -> Case:
    """A SQL expression of Light for rows with the columns start_workday, due_workday, due_on, stopped_on, stopped_workday,
    percent and sent_back."""
    today = today or clock.today()
    at, limits = calendar.number_of(today), calendar.table().thresholds(today)
    day, number = Coalesce("stopped_on", Value(today)), Coalesce("stopped_workday", Value(at))
    whole = F("due_workday") - F("start_workday")
    near = Greatest(Value(limits.near), (whole * limits.near_percent + 99) / 100)
    late = (Value(at) - F("start_workday")) * 100 - (F("percent") + limits.behind) * whole
    return Case(
        When(closed, then=Value(Light.CLOSED)),
        When(paused, then=Value(Light.PAUSED)),
        When(due_workday__lte=number - limits.deep_red, then=Value(Light.DEEP_RED)),
        When(Q(due_on__lt=day) | Q(sent_back__gte=limits.sent_back), then=Value(Light.RED)),
        When(stopped_on__isnull=False, then=Value(Light.GREEN)),
        When(LessThanOrEqual(F("due_workday") - at, near), then=Value(Light.YELLOW)),
        When(GreaterThan(late, Value(0)), then=Value(Light.YELLOW)),
        default=Value(Light.GREEN),
        output_field=models.CharField(),
    )


def course_pace(done: Q, other: Q, today: dt.date | None = None) -> Case:
    """A SQL expression of Pace for the same rows."""
    today = today or clock.today()
    at, limits = calendar.number_of(today), calendar.table().thresholds(today)
    day, number = Coalesce("stopped_on", Value(today)), Coalesce("stopped_workday", Value(at))
    whole, passed = F("due_workday") - F("start_workday"), (number - F("start_workday")) * 100
    return Case(
        When(done, then=Value(Pace.DONE)),
        When(other, then=Value(Pace.OTHER)),
        When(due_on__lt=day, then=Value(Pace.BEHIND)),
        When(GreaterThan(passed, (F("percent") + limits.behind) * whole), then=Value(Pace.BEHIND)),
        When(GreaterThan((F("percent") - limits.behind) * whole, passed), then=Value(Pace.AHEAD)),
        default=Value(Pace.ON_PLAN),
        output_field=models.CharField(),
    )
