"""Rectification tasks in bulk, for measuring: in every state, under every light, with all that a life leaves behind.

Shares are those of a city in the middle of its year: nearly half closed, a third under way, some of these late.
"""

import dataclasses
import datetime as dt
import functools
import random
from collections import defaultdict

from sanwei.core import clock
from sanwei.core.audit.models import Entry
from sanwei.core.numbers.models import NumberSeries
from sanwei.core.search import entries_of
from sanwei.core.search.models import SearchEntry
from sanwei.core.workdays import calendar, thresholds
from units.rectification import actions, deadlines, events, reminders, urging
from units.rectification.models import Assistance, Pause, Task, TaskExtension, TaskProgress, Urging
from units.rectification.states import SUPERVISED, Source, State

SHARES = {
    "closed": 44,
    "working": 28,
    "given": 8,
    "reported": 4,
    "verifying": 6,
    "asked": 3,
    "declined": 2,
    "suspended": 3,
    "cancelled": 2,
}
MATTERS = (
    ("窗口服务群众排队时间长", "增开窗口，实行预约办理，排队时间压减至15分钟以内。"),
    ("办事指南与实际要求不一致", "逐项核对并更新办事指南，统一公布。"),
    ("一次性告知制度落实不到位", "开展专项培训，推行书面一次性告知单。"),
    ("政务公开栏目更新不及时", "明确责任人，重点栏目每周更新。"),
    ("限时办结事项超期", "清理积压事项，建立超时预警。"),
)
STATES = {
    "closed": State.CLOSED,
    "given": State.ASSIGNED,
    "reported": State.UNIT_REVIEW,
    "verifying": State.VERIFYING,
    "declined": State.DECLINED,
    "cancelled": State.CANCELLED,
}  # the rest is in progress
SENT_BACK = (0,) * 90 + (1,) * 8 + (2,) * 2
BATCH = 500


@functools.cache
def ago(workdays: int, today: dt.date) -> dt.date:
    """The day so many working days before `today`."""
    day = today
    while calendar.workdays_between(day, today) < workdays:
        day -= calendar.ONE
    return day


later = functools.cache(calendar.add_workdays)
number_of = functools.cache(calendar.number_of)
next_day = functools.cache(thresholds.next_day)


@dataclasses.dataclass
class Giver:
    """Gives tasks portion by portion; the numbers of each series go on from portion to portion."""

    officer: object
    chance: random.Random
    numbers: dict = dataclasses.field(default_factory=lambda: defaultdict(int))

    def number(self, series: str, year: int) -> int:
        self.numbers[series, year] += 1
        return self.numbers[series, year]

    def give(self, campaign, units, clerks, departments, each: int, only="", days_ago=0) -> None:
        """`each` tasks to every unit; `departments`: unit key → its departments. Bulk inserts, whatever the number."""
        lives = [
            self.life(campaign, unit, clerks[unit.pk], departments[unit.pk], only, days_ago)
            for unit in units
            for _ in range(each)
        ]
        tasks = Task.objects.bulk_create([life.task for life in lives], batch_size=BATCH)
        for model in (TaskProgress, Assistance, Pause, Urging, TaskExtension, Entry):
            rows = [row for life in lives for row in self.left_behind(life, units, model)]
            model.objects.bulk_create(rows, batch_size=BATCH)
        words = (entries_of(task, str(task), task.requirement) for task in tasks)
        SearchEntry.objects.bulk_create((row for rows in words for row in rows), batch_size=BATCH)
        asked = TaskExtension.objects.filter(task__in=tasks, outcome=TaskExtension.Outcome.PENDING)
        known = {task.pk: task for task in tasks}
        for extension in asked:
            known[extension.task_id].asked_extension = extension
        Task.objects.bulk_update([task for task in tasks if task.asked_extension_id], ["asked_extension"])

    def life(self, campaign, unit, clerk, departments, only, days_ago) -> "Life":
        """One task, as far as it has come."""
        chance, today = self.chance, clock.today() - dt.timedelta(days=days_ago)
        became = only or chance.choices([*SHARES], [*SHARES.values()])[0]
        length = chance.choice((10, 10, 15, 20, 30))
        given = ago(chance.randrange(*SPANS.get(became, (1, 24))), today)
        title, requirement = chance.choice(MATTERS)
        task = Task(
            campaign=campaign,
            number=f"{actions.SERIES}〔{given.year}〕{self.number(actions.SERIES, given.year)}号",
            source=chance.choice([*Source]),
            unit=unit,
            unit_order=unit.order,
            title=title,
            requirement=requirement,
            state=STATES.get(became, State.IN_PROGRESS),
            state_changed_at=at(given, 10),
            opened_by=self.officer,
            assigned_on=given,
            sign_for_due_on=later(given, deadlines.SIGN_FOR_WORKDAYS),
            first_due_on=later(given, length),
            **period(given, later(given, length)),
        )
        life = Life(task, became, clerk, today)
        life.live(chance, departments)
        return life

    def left_behind(self, life, units, model):
        """The rows of one kind that a life leaves."""
        task, chance = life.task, self.chance
        if model is Entry:
            yield from life.entries(self.officer)
        elif model is TaskProgress and life.is_signed_for:
            yield TaskProgress(
                task=task, percent=task.percent, planned=50, text="已制定整改措施，正在逐项落实。", by=life.clerk,
                at=at(later(task.assigned_on, 2), 15),
            )  # fmt: skip
        elif model is Assistance and chance.random() < 0.1:
            due_on = deadlines.half_way(task.assigned_on, task.due_on)
            yield Assistance(task=task, unit=chance.choice(units), due_on=due_on)
        elif model is Pause and life.became == "closed" and chance.random() < 0.05:
            yield Pause(task=task, first=task.assigned_on, last=later(task.assigned_on, 2), workdays=2)
        elif model is TaskExtension:
            yield from life.extensions(self.officer)
        elif model is Urging and task.state in SUPERVISED and task.due_on < life.today:
            yield self.sheet(task, ago(1, life.today))

    def sheet(self, task, day) -> Urging:
        colour = self.chance.choice(urging.STEPS)
        series = urging.SERIES[colour]
        return Urging(
            task=task, colour=colour, number=f"{series}〔{day.year}〕{self.number(series, day.year)}号",
            requirement=urging.REQUIREMENT, due_on=later(day, urging.ANSWER_WORKDAYS), issued_by=self.officer,
            issued_on=day, issued_at=at(day, 9),
        )  # fmt: skip

    def close_series(self) -> None:
        """Whoever takes a number after this takes the next one."""
        NumberSeries.objects.bulk_create(
            NumberSeries(series=series, year=year, last=last) for (series, year), last in self.numbers.items()
        )


# What became of a task → between how many working days ago it was given.
SPANS = {"closed": (25, 110), "verifying": (6, 25), "given": (0, 4), "asked": (2, 9), "cancelled": (5, 60)}


def at(day: dt.date, hour: int) -> dt.datetime:
    return clock.at(day, dt.time(hour))


def period(start, due_on) -> dict:
    """deadlines.due_of(), with each day's number looked up once."""
    return {
        "started_on": start,
        "due_on": due_on,
        "start_workday": number_of(start),
        "due_workday": number_of(due_on),
    }


@dataclasses.dataclass
class Life:
    """A task and what has become of it until `today`."""

    task: Task
    became: str
    clerk: object
    today: dt.date

    @property
    def is_signed_for(self) -> bool:
        return self.became not in ("given", "declined")

    def live(self, chance, departments) -> None:
        """Set what its state calls for."""
        task = self.task
        if self.is_signed_for:
            task.signed_for_at = at(later(task.assigned_on, 1), 11)
            task.percent, task.sent_back = chance.randrange(0, 100, 5), chance.choice(SENT_BACK)
            task.lead_department = chance.choice(departments) if chance.random() < 0.7 else None
        if self.became in ("closed", "working") and chance.random() < 0.15:
            task.extended, due_on = 1, later(task.due_on, 5)
            task.due_on, task.due_workday = due_on, number_of(due_on)
        if self.became in ("closed", "verifying", "declined"):
            self.stop(chance)
        if self.became in ("closed", "verifying", "reported"):
            task.percent, task.result = 100, "已按要求整改到位，相关制度已公布执行。"
        if self.became == "closed":
            closed = min(later(task.stopped_on, chance.randrange(1, 5)), self.today)
            task.closed_at = task.state_changed_at = at(closed, 8)
            task.conclusion = chance.choice([*Task.Conclusion])
        if self.became == "asked" and chance.random() < 0.5:
            task.extension_signed_at = at(self.today, 8)
        if self.became == "suspended":
            task.suspended_on = max(task.assigned_on, ago(chance.randrange(0, 10), self.today))
        if task.state not in (State.CLOSED, State.CANCELLED, State.DECLINED) and not task.suspended_on:
            owed = reminders.owed(task)
            task.remind_on = min(next_day(one.due_on, self.today) for one in owed)
        task.gather_on = events.next_look(task, self.today)

    def stop(self, chance) -> None:
        """It left the unit: mostly in time."""
        task = self.task
        whole = task.due_workday - task.start_workday
        stopped = min(later(task.assigned_on, max(1, whole - 4 + chance.randrange(8))), self.today)
        if self.became == "declined":
            stopped, task.decline_basis = task.assigned_on, "“三定”规定"
        else:
            task.reported_at = at(stopped, 15)
        task.stopped_on, task.stopped_workday = stopped, number_of(stopped)
        task.state_changed_at = at(stopped, 15)

    def extensions(self, officer):
        """One that was granted, or one that is asked for."""
        task = self.task
        words = {"reason": "设备未到货。", "progress": "已完成招标。", "asked_by": self.clerk}
        if task.extended:
            yield TaskExtension(
                task=task, previous_due_on=task.first_due_on, wanted_due_on=task.due_on, due_on=task.due_on,
                outcome=TaskExtension.Outcome.GRANTED, asked_at=at(task.assigned_on, 16), signed_by=self.clerk,
                signed_at=at(task.assigned_on, 17), decided_by=officer, decided_at=at(later(task.assigned_on, 1), 9),
                **words,
            )  # fmt: skip
        elif self.became == "asked":
            signed = {"signed_by": self.clerk, "signed_at": task.extension_signed_at}
            signed = signed if task.extension_signed_at else {}
            wanted = later(task.due_on, 5)
            yield TaskExtension(
                task=task, previous_due_on=task.due_on, wanted_due_on=wanted, **signed, **words
            )

    def entries(self, officer):
        """What the record says of it."""
        task = self.task
        yield entry(task, "open_task", "交办", officer, at(task.assigned_on, 9))
        if task.signed_for_at:
            yield entry(task, "sign_for", "签收", self.clerk, task.signed_for_at)
        if task.reported_at:
            yield entry(task, "confirm", "审核上报", self.clerk, task.reported_at)
        if task.closed_at:
            yield entry(task, "verify", "验收办结", officer, task.closed_at)


def entry(task, verb, label, user, moment) -> Entry:
    return Entry(
        at=moment,
        actor=user,
        actor_name=user.name,
        verb=verb,
        label=label,
        object_type=task._meta.label_lower,
        object_id=str(task.pk),
        object_label=str(task),
    )
