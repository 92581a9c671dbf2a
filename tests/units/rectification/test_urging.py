"""Urging by three-colour sheets (dossier 3.3)."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sanwei.core.audit.models import Entry
from sanwei.core.refusals import Refused
from tests import make
from tests.cast import beijing
from tests.units.rectification.test_life import told
from units.rectification import pauses, urging
from units.rectification.models import Task, Urging

LIMIT = dt.date(2026, 3, 20)


def on(day):
    return time_machine.travel(beijing(2026, 3, day, 9), tick=False)


@pytest.fixture
def task(cast):
    with on(2):
        return make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)


def sheets() -> list[tuple]:
    return [*Urging.objects.order_by("pk").values_list("number", "colour")]


def test_each_colour_has_its_own_numbers_and_each_day_its_step(cast, task):
    for day in (10, 11, 12, 13):
        with on(day):
            colour = urging.next_colour(task)
            urging.urge(task=task, by=cast.inspector, colour=colour, due_on=LIMIT)

    assert sheets() == [
        ("蓝督〔2026〕1号", "blue"),
        ("橙督〔2026〕1号", "orange"),
        ("红督〔2026〕1号", "red"),
        ("红督〔2026〕2号", "red"),
    ]
    assert told("urge:unit") == ["张建国"] * 4 + ["李芳"] * 4


def test_a_step_is_left_out_only_with_a_reason(cast, task):
    with on(10):
        with pytest.raises(Refused, match="越级"):
            urging.urge(task=task, by=cast.officer, colour="red", due_on=LIMIT)
        sheet = urging.urge(
            task=task, by=cast.officer, colour="red", due_on=LIMIT, direct_reason="领导重要批示"
        )
    assert (sheet.number, sheet.direct_reason) == ("红督〔2026〕1号", "领导重要批示")


def test_twice_on_one_day_is_once_and_no_number_is_lost(cast, task):
    with on(10):
        urging.urge(task=task, by=cast.officer, colour="blue", due_on=LIMIT)
        with pytest.raises(Refused, match="今天已经催办"):
            urging.urge(task=task, by=cast.officer, colour="orange", due_on=LIMIT)
    with on(11):
        urging.urge(task=task, by=cast.officer, colour="orange", due_on=LIMIT)
    assert sheets() == [("蓝督〔2026〕1号", "blue"), ("橙督〔2026〕1号", "orange")]


def test_a_list_is_urged_with_one_click_each_task_by_its_own_step(cast, task):
    with on(10):
        urging.urge(task=task, by=cast.officer, colour="blue", due_on=LIMIT)
    with on(11):
        fresh = make.task(cast.campaign, cast.other_unit, cast.officer)
        closed = make.reported_task(cast.campaign, cast.unit, cast.officer, cast.clerk, cast.head)
        paused = pauses.suspend(
            task=make.task(cast.campaign, cast.unit, cast.officer), by=cast.officer, reason="待批复"
        )
        assert urging.urge_all(tasks=Task.objects.all(), by=cast.officer) == 2
        assert urging.urge_all(tasks=Task.objects.all(), by=cast.officer) == 0

    assert [*task.urgings.values_list("colour", flat=True)] == ["orange", "blue"]
    assert [*fresh.urgings.values_list("colour", flat=True)] == ["blue"]
    assert [closed.urgings.count(), paused.urgings.count()] == [0, 0]


def test_a_sheet_is_signed_for_once(cast, task):
    with on(10):
        sheet = urging.urge(task=task, by=cast.officer, colour="blue", due_on=LIMIT)
    with on(11):
        urging.sign_urging(sheet=sheet, by=cast.clerk)
    with on(12):
        again = urging.sign_urging(sheet=sheet, by=cast.head)

    assert (again.signed_by, again.signed_at) == (cast.clerk, beijing(2026, 3, 11, 9))


def urged_at_once(cast, count: int) -> int:
    """Statements for urging so many fresh tasks with one click."""
    for _ in range(count):
        make.task(cast.campaign, cast.other_unit, cast.officer)
    with CaptureQueriesContext(connection) as captured:
        assert urging.urge_all(tasks=Task.objects.all(), by=cast.officer) == count
    return len(captured)


def test_a_portion_asks_as_much_for_ten_as_for_thirty(cast):
    with on(10):
        few = urged_at_once(cast, 10)
        many = urged_at_once(cast, 30)

    assert few == many <= 24
    assert [*Urging.objects.order_by("pk").values_list("number", flat=True)] == [
        f"蓝督〔2026〕{number}号" for number in range(1, 41)
    ]


def test_a_list_is_urged_as_one_task_is(cast, monkeypatch):
    """In portions: the same sheet, record, version and message as by urge(), each of its colour without gaps."""
    monkeypatch.setattr(urging, "PORTION", 2)
    tasks = [make.task(cast.campaign, cast.unit, cast.officer) for _ in range(5)]
    with on(10):
        for task in tasks[1:4]:
            urging.urge(task=task, by=cast.officer, colour="blue", due_on=LIMIT)
    with on(11):
        urging.urge(task=tasks[3], by=cast.officer, colour="orange", due_on=LIMIT)
    with on(12):
        assert urging.urge_all(tasks=Task.objects.all(), by=cast.officer) == 5

    assert [[*task.urgings.order_by("pk").values_list("number", flat=True)] for task in tasks] == [
        ["蓝督〔2026〕4号"],
        ["蓝督〔2026〕1号", "橙督〔2026〕2号"],
        ["蓝督〔2026〕2号", "橙督〔2026〕3号"],
        ["蓝督〔2026〕3号", "橙督〔2026〕1号", "红督〔2026〕1号"],
        ["蓝督〔2026〕5号"],
    ]
    assert [*Task.objects.order_by("pk").values_list("version", flat=True)] == [2, 3, 3, 4, 2]
    entries = Entry.objects.filter(verb="urge", object_id=str(tasks[3].pk)).order_by("pk")
    assert [entry.detail["colour"] for entry in entries] == ["blue", "orange", "red"]
    assert {frozenset(entry.detail) for entry in entries} == {
        frozenset(("before", "after", "colour", "due_on"))
    }
    assert len(told("urge:unit")) == 9 * 2
