"""整改看板: how many tasks stand under which light, by source, unit, department and month; each number opens to its list."""

import dataclasses
import datetime as dt
from collections import Counter
from urllib.parse import urlencode

from django.db.models import Count

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.ui.charts import Chart, Series
from sanwei.core.workdays.lights import LOOK, PACE_LOOK, Light, Pace
from units.rectification import months
from units.rectification.counts import LIGHTS
from units.rectification.models import Task, TaskPlaceTally
from units.rectification.states import Source

MONTHS_SHOWN = 12
SORTS = {
    "": ("最差在前", ("-deep_red", "-red", "-yellow", "unit_order", "pk")),
    "under_way": ("在办最多在前", ("-under_way", "unit_order", "pk")),
    "order": ("单位顺序", ("unit_order", "pk")),
}


@dataclasses.dataclass(frozen=True)
class Number:
    """A number and the list it opens to."""

    value: int
    url: str
    colour: str = ""
    label: str = ""


@dataclasses.dataclass(frozen=True)
class Line:
    """A row of a table: one Number for each class, and the whole."""

    label: str
    numbers: tuple[Number, ...]
    total: Number
    url: str = ""
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Month:
    """Given, closed, and late when the month ended (today, in a month that still runs)."""

    first: dt.date
    opened: Number
    closed: Number
    late: Number
    runs: bool

    @property
    def name(self) -> str:
        return f"{self.first.year}年{self.first.month}月"

    @property
    def label(self) -> str:
        return f"{self.name}（至今）" if self.runs else self.name


@dataclasses.dataclass(frozen=True)
class Classes:
    """What tasks are counted by: the lights, or the five classes of progress."""

    name: str
    label: str
    kinds: type
    look: dict

    @property
    def labels(self) -> list[str]:
        return [kind.label for kind in self.kinds]


BY_LIGHT, BY_PACE = Classes("light", "灯", Light, LOOK), Classes("pace", "进度", Pace, PACE_LOOK)


def classes_of(asked) -> Classes:
    """?view=pace, or the lights."""
    return BY_PACE if asked.get("view") == "pace" else BY_LIGHT


@dataclasses.dataclass(frozen=True)
class Opener:
    """Makes the address of the list that a number of this board opens to."""

    year: int
    place: dict = dataclasses.field(default_factory=dict)

    def __call__(self, **filters) -> str:
        said = {"year": self.year, **self.place, **filters}
        return f"{address('rectification:list')}?{urlencode({key: value for key, value in said.items() if value})}"

    def number(self, value, colour="", label="", **filters) -> Number:
        return Number(value, self(**filters), colour, label)


def column_of(asked) -> str:
    """?by=department, or by units."""
    return "department" if asked.get("by") == "department" else "unit"


def figures(lights: Counter, course: Counter, classes, opens: Opener) -> dict:
    """numbers, sources, months and charts of a board, from what counts.py counted."""
    late = late_now(lights)
    sources, shown = by_source(lights, classes, opens), trend(course, late, opens)
    return {
        "numbers": numbers(lights, classes, late, opens),
        "sources": sources,
        "months": shown,
        "charts": charts(sources, shown, classes),
    }


def late_now(lights: Counter) -> int:
    """反馈逾期 today."""
    return sum(number for (_, _, _, is_late), number in lights.items() if is_late)


def numbers(counts: Counter, classes, late: int, opens: Opener) -> list[Number]:
    """The big numbers: all tasks, each class, and what was not reported in time."""
    found = summed(counts, LIGHTS.index(classes.name))
    return [
        opens.number(sum(counts.values()), label="任务总数"),
        *(
            opens.number(found[kind], classes.look[kind], kind.label, **{classes.name: kind.value})
            for kind in classes.kinds
        ),
        opens.number(late, "red", "反馈逾期", overdue="report"),
    ]


def summed(counts: Counter, place: int) -> Counter:
    """The numbers by what stands at this place of the group."""
    found = Counter()
    for group, number in counts.items():
        found[group[place]] += number
    return found


def line(label, counts, classes, opens: Opener, url="", note="", **place) -> Line:
    """`counts`: class → number."""
    opens = dataclasses.replace(opens, place={**opens.place, **place})
    found = tuple(
        opens.number(counts[kind], classes.look[kind], kind.label, **{classes.name: kind.value})
        for kind in classes.kinds
    )
    return Line(label, found, opens.number(sum(counts.values())), url, note)


def by_source(counts: Counter, classes, opens) -> list[Line]:
    """One line for each source of tasks that there are."""
    place = LIGHTS.index(classes.name)
    found = {source: Counter() for source in Source}
    for group, number in counts.items():
        found[group[0]][group[place]] += number
    return [
        line(source.label, kinds, classes, opens, source=source.value)
        for source, kinds in found.items()
        if any(kinds.values())
    ]


def trend(found: Counter, late_today: int, opens: Opener) -> list[Month]:
    """The months from the first task to this one, the last twelve of them."""
    this = months.first_of(clock.today())
    firsts = [opened for (opened, *_), number in found.items() if number]
    shown = months.until(min([*firsts, this]), this)[-MONTHS_SHOWN:]
    return [month(first, found, late_today if first == this else None, opens) for first in shown]


def month(first: dt.date, found: Counter, late_today, opens) -> Month:
    late, said = late_today, {"overdue": "report"}
    if late_today is None:
        late = sum(number for (_, _, *course), number in found.items() if was_late(first, *course))
        said = {"late": months.written(first)}
    return Month(
        first,
        opens.number(summed(found, 0)[first], opened=months.written(first)),
        opens.number(summed(found, 1)[first], closed=months.written(first)),
        opens.number(late, **said),
        late_today is not None,
    )


def was_late(month: dt.date, late_from, late_until) -> bool:
    return late_from is not None and late_from <= month and (late_until is None or month < late_until)


def places(campaign, column: str):
    """The units of a campaign that have tasks, or their departments: rows that know how they stood when they were counted."""
    rows = TaskPlaceTally.objects.filter(campaign=campaign, department__isnull=column == "unit")
    return rows.select_related(*{"unit", column})


def sort_of(asked) -> tuple[str, tuple[str, ...]]:
    """?sort=: its name and the order."""
    name = asked.get("sort", "")
    return (name, SORTS[name][1]) if name in SORTS else ("", SORTS[""][1])


def by_place(campaign, rows, column: str, classes, opens: Opener) -> list[Line]:
    """A line for each of the kept `rows` (units or departments), counted now. One query."""
    keys = [getattr(row, f"{column}_id") for row in rows]
    field = {"unit": "unit", "department": "lead_department"}[column]
    tasks = Task.objects.filter(**{"campaign": campaign, f"{field}__in": keys}).with_light().with_pace()
    found = {key: Counter() for key in keys}
    grouped = tasks.order_by().values(field, classes.name).annotate(tasks=Count("pk"))
    for key, kind, number in grouped.values_list(field, classes.name, "tasks"):
        found[key][kind] += number
    return [place_line(row, column, found[key], classes, opens) for key, row in zip(keys, rows, strict=True)]


def place_line(row, column, counts, classes, opens) -> Line:
    url = f"{address('rectification:unit_board', row.unit_id)}?{urlencode({'year': opens.year})}"
    if column == "unit":
        return line(row.unit.name, counts, classes, opens, url, unit=row.unit_id)
    return line(row.department.name, counts, classes, opens, url, row.unit.name, department=row.department_id)


def by_department(departments: dict, classes, opens) -> list[Line]:
    """The departments of a unit, by name; what was not yet given to one comes last."""
    ordered = sorted(departments.items(), key=lambda item: (item[0][1] is None, item[0][1] or ""))
    return [
        line(
            name or "未分办",
            Counter({kind: counts[kind] for kind in classes.kinds}),
            classes,
            opens,
            department=key or "none",
        )
        for (key, name), counts in ordered
    ]


def drawn(kind, classes) -> str:
    """The colour of a class in a picture, where two greys beside each other could not be told apart."""
    return "violet" if kind in (Light.PAUSED, Pace.ON_PLAN) else classes.look[kind]


def charts(sources: list[Line], trend: list[Month], classes) -> tuple[Chart, ...]:
    """The same numbers as pictures."""
    return (
        Chart(
            key="sources",
            title="按来源",
            kind="stacked",
            head="来源",
            labels=tuple(row.label for row in sources),
            series=tuple(
                Series(kind.label, tuple(row.numbers[place].value for row in sources), drawn(kind, classes))
                for place, kind in enumerate(classes.kinds)
            ),
        ),
        Chart(
            key="months",
            title="按月趋势",
            kind="line",
            head="月份",
            labels=tuple(month.name for month in trend),
            series=(
                Series("交办", tuple(month.opened.value for month in trend), "blue"),
                Series("办结", tuple(month.closed.value for month in trend), "green"),
                Series("月末逾期", tuple(month.late.value for month in trend), "red"),
            ),
        ),
    )
