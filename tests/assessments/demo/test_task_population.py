"""Tasks made in bulk for measuring: every state and light, what each life leaves behind, and series that go on."""

import random
from collections import Counter

import pytest
import time_machine

from assessments.demo.task_population import SHARES, Giver
from sanwei.core import clock
from tests import make
from tests.cast import beijing
from units.rectification import actions, reminders
from units.rectification.models import Task, TaskExtension, TaskProgress, Urging
from units.rectification.states import Source, State

pytestmark = pytest.mark.django_db
EACH = 150


@pytest.fixture
def given(cast):
    with time_machine.travel(beijing(2026, 11, 27, 9), tick=False):
        giver = Giver(cast.officer, random.Random(1))
        clerks = {cast.unit.pk: cast.clerk, cast.other_unit.pk: cast.stranger}
        departments = {
            cast.unit.pk: [cast.department],
            cast.other_unit.pk: [make.department(cast.other_unit)],
        }
        giver.give(cast.campaign, [cast.unit, cast.other_unit], clerks, departments, EACH)
        giver.close_series()
        yield cast


def test_there_are_tasks_in_every_state_under_every_light_and_of_every_source(given):
    tasks = [*Task.objects.with_light().with_pace()]

    assert len(tasks) == 2 * EACH
    assert {task.state for task in tasks} == {*State.values}
    assert {task.light for task in tasks} == {"green", "yellow", "red", "deep_red", "paused", "closed"}
    assert {task.pace for task in tasks} == {"done", "ahead", "on_plan", "behind", "other"}
    assert {task.source for task in tasks} == {*Source.values}
    closed = Counter(task.state for task in tasks)["closed"] / len(tasks)
    assert abs(closed - SHARES["closed"] / 100) < 0.1


def test_every_life_is_one_that_verbs_could_have_led(given):
    for task in Task.objects.all():
        assert (task.stopped_on is not None) == (task.state in ("verifying", "declined", "closed")), (
            task.number
        )
        assert (task.remind_on is None) == (
            task.is_suspended or task.state in ("closed", "cancelled", "declined")
        ), task.number
        assert task.assigned_on < task.due_on
        assert (task.first_due_on < task.due_on) == bool(task.extended)
        if task.remind_on:
            assert task.remind_on == reminders.next_look(task, clock.today())
        if task.closed_at:
            assert task.signed_for_at < task.reported_at < task.closed_at <= clock.now()


def test_work_extensions_and_sheets_are_there(given):
    asked = Task.objects.exclude(asked_extension=None)

    assert TaskProgress.objects.count() > EACH
    assert Urging.objects.exists()
    assert {(task.asked_extension.outcome, task.asked_extension.task_id == task.pk) for task in asked} == {
        ("pending", True)
    }
    assert TaskExtension.objects.filter(outcome="granted").count() == Task.objects.filter(extended=1).count()
    assert asked.filter(extension_signed_at=None).exists()
    assert asked.exclude(extension_signed_at=None).exists()


def test_the_next_numbers_follow_those_that_were_made(given):
    this_year = Task.objects.filter(number__startswith="整改〔2026〕").count()

    task = make.task(given.campaign, given.unit, given.officer)

    assert task.number == f"整改〔2026〕{this_year + 1}号"
    assert actions.sign_for(task=task, by=given.clerk).state == "in_progress"
