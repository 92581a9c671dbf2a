"""归集: what the rooms below tell is entered by rule, once; what has fallen is struck; nothing else is looked at."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assessments.ledger import actions as ledger
from assessments.ledger import gathering
from assessments.ledger.gathering import Gathered, gather, gather_all, gather_now
from assessments.ledger.models import LedgerEntry
from assessments.ledger.rules import set_point_rule
from assessments.ledger.tasks import gather as knock
from sanwei.core import clock
from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Announcement
from sanwei.core.workdays import calendar
from tests import make
from tests.cast import beijing
from tests.cast import gather as everybody
from units.campaigns.models import Campaign
from units.rectification import actions as tasks
from units.rectification import extensions, pauses
from units.rectification.models import Task

pytestmark = pytest.mark.django_db
DUE, LATER = dt.date(2026, 3, 16), dt.date(2026, 3, 20)  # a Monday and the Friday after
HALF = Decimal("-0.50")


def on(month, day, hour=9):
    return time_machine.travel(beijing(2026, month, day, hour), tick=False)


@pytest.fixture
def task(cast):
    """Given on 2 March to 市发展改革委, signed for, due on the 16th."""
    with on(3, 2):
        return make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=DUE)


def gathered(month, day, hour=9) -> Gathered:
    with on(month, day, hour):
        return gather_all()


def lines() -> list[tuple]:
    """(unit, indicator, points, day) of every line, in the order in which they were entered."""
    rows = LedgerEntry.objects.select_related("unit").order_by("pk")
    return [(row.unit.name, row.indicator, row.points, f"{row.occurred_on:%m-%d}") for row in rows]


A, B = "市发展改革委", "市教育局"
RED = (A, "F1", HALF, "03-17")
STRUCK = (A, "F1", -HALF, "03-17")


def reported(task, cast, month, day):
    with on(month, day):
        tasks.report_done(task=task, by=cast.clerk, result="已增开窗口。")
        return tasks.confirm(task=Task.objects.get(pk=task.pk), by=cast.head)


def sent_back(task, cast, month, day, due_on):
    with on(month, day):
        return tasks.send_back(task=task, by=cast.officer, reason="未达标准", due_on=due_on)


def test_a_task_turns_red_on_the_day_after_its_limit(task):
    assert gathered(3, 16) == Gathered(looked=1)
    assert gathered(3, 17) == Gathered(looked=1, entered=1)

    row = LedgerEntry.objects.get()
    assert lines() == [RED]
    assert (row.entered_by, row.rule) == (None, "整改任务红灯：每件扣0.5分（指标F1）。")
    assert (row.cause_kind, row.cause_key, row.cause_label) == ("task", str(task.pk), f"{task}：逾期亮红灯")


def test_gathering_again_looks_at_nothing_that_has_not_changed(task):
    gathered(3, 17)

    assert [gathered(3, day) for day in (17, 18, 31)] == [Gathered()] * 3
    assert lines() == [RED]


def test_a_red_light_of_a_weekend_belongs_to_the_saturday(cast):
    with on(3, 2):
        make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=dt.date(2026, 3, 13))

    assert gathered(3, 16).entered == 1
    assert lines() == [(A, "F1", HALF, "03-14")]


def test_reported_in_time_is_never_red_however_long_the_office_takes(task, cast):
    reported(task, cast, 3, 16)

    assert gathered(4, 20).entered == 0


def test_reported_late_is_red_also_when_the_clock_stood_still_till_it_was_closed(task, cast):
    task = reported(task, cast, 3, 18)
    with on(3, 19):
        tasks.verify(task=task, by=cast.officer, conclusion="solved")

    gathered(3, 30)
    assert lines() == [RED]


def asking(task, cast):
    with on(3, 13):
        extensions.request_extension(
            task=task, by=cast.clerk, wanted_due_on=LATER, reason="设备未到货", progress="已招标"
        )
        return extensions.sign_extension(task=Task.objects.get(pk=task.pk), by=cast.head)


def test_while_the_office_decides_on_more_time_nothing_counts_and_granted_it_is_not_red(task, cast):
    task = asking(task, cast)
    assert [gathered(3, day).entered for day in (17, 18, 19)] == [0, 0, 0]
    with on(3, 19):
        extensions.grant_extension(task=task, by=cast.officer, due_on=LATER)
    reported(task, cast, 3, 20)

    assert gathered(3, 30).entered == 0


def test_refused_it_is_judged_by_the_day_that_stood(task, cast):
    task = asking(task, cast)
    gathered(3, 17)
    with on(3, 19):
        extensions.refuse_extension(task=task, by=cast.officer, reason="理由不足")

    gathered(3, 19, 10)
    assert lines() == [RED]


def test_granted_and_late_all_the_same(task, cast):
    task = asking(task, cast)
    with on(3, 19):
        extensions.grant_extension(task=task, by=cast.officer, due_on=LATER)

    gathered(3, 21)
    assert lines() == [(A, "F1", HALF, "03-21")]


def test_an_application_that_its_head_did_not_sign_in_time_holds_nothing_up(task, cast):
    with on(3, 13):
        words = {"wanted_due_on": LATER, "reason": "设备未到货", "progress": "已招标"}
        extensions.request_extension(task=task, by=cast.clerk, **words)

    gathered(3, 17)
    assert lines() == [RED]


def test_while_it_stands_still_it_does_not_turn_red(task, cast):
    with on(3, 13):
        task = pauses.suspend(task=task, by=cast.officer, reason="待批复")
    assert gathered(3, 31).entered == 0
    with on(4, 1):
        task = pauses.resume(task=task, by=cast.officer)
    assert task.due_on > dt.date(2026, 4, 1)

    assert gathered(4, 1).entered == 0
    gathered(4, 30)
    assert [(unit, points) for unit, _, points, _ in lines()] == [(A, HALF)]


def test_what_was_red_before_it_stood_still_stays_red_and_is_not_red_twice(task, cast):
    gathered(3, 17)
    with on(3, 18):
        task = pauses.suspend(task=task, by=cast.officer, reason="待批复")
    gathered(3, 20)
    with on(4, 1):
        pauses.resume(task=task, by=cast.officer)
    for day in (1, 2, 30):
        gathered(4, day)

    assert lines() == [RED]


def test_the_first_time_of_being_sent_back_is_free_and_a_matter_costs_once(task, cast):
    for day, expected in ((4, 0), (5, 1), (6, 1)):
        task = sent_back(reported(task, cast, 3, day), cast, 3, day, LATER)
        gathered(3, day, 18)
        assert len(lines()) == expected

    assert lines() == [(A, "F1", HALF, "03-05")]
    assert LedgerEntry.objects.get().rule == "整改任务退办：每次扣0.5分，前1次不计，最多扣0.5分（指标F1）。"


def test_sent_back_twice_between_two_gatherings_costs_what_it_costs_one_by_one(task, cast):
    for day in (4, 5):
        task = sent_back(reported(task, cast, 3, day), cast, 3, day, LATER)

    gathered(3, 6)
    assert lines() == [(A, "F1", HALF, "03-05")]


def test_each_course_may_turn_red_once_and_an_earlier_one_stays_so(task, cast):
    gathered(3, 17)
    sent_back(reported(task, cast, 3, 18), cast, 3, 19, dt.date(2026, 3, 25))
    gathered(3, 25)
    gathered(3, 26)

    assert lines() == [RED, (A, "F1", HALF, "03-26")]


def test_a_cancelled_task_answers_for_nothing(task, cast):
    gathered(3, 17)
    task = sent_back(reported(task, cast, 3, 18), cast, 3, 18, LATER)
    task = sent_back(reported(task, cast, 3, 19), cast, 3, 19, LATER)
    gathered(3, 20)
    with on(3, 20):
        tasks.cancel(task=Task.objects.get(pk=task.pk), by=cast.officer, reason="重复交办")

    assert gathered(3, 20, 10) == Gathered(looked=1, struck=2)
    assert LedgerEntry.objects.of(cast.campaign).total() == {"points": 0, "entries": 4}
    struck = LedgerEntry.objects.exclude(reverses=None)
    assert {(row.entered_by, row.reason) for row in struck} == {(None, gathering.NOTHING_TRUE)}
    assert gathered(3, 31) == Gathered()


def declined(cast, unit):
    """Red before it was signed for, then declined by 市发展改革委 and given anew to `unit`."""
    with on(3, 2):
        task = make.task(cast.campaign, cast.unit, cast.officer, due_on=DUE)
    gathered(3, 17)
    with on(3, 18):
        task = tasks.decline(task=task, by=cast.head, basis="三定规定")
    gathered(3, 18, 10)
    with on(3, 19):
        return tasks.reassign(task=task, by=cast.officer, unit=unit, due_on=dt.date(2026, 4, 1))


def test_a_red_light_of_what_was_anothers_duty_is_struck(cast):
    declined(cast, cast.other_unit)
    gathered(3, 20)
    gathered(4, 2)

    assert lines() == [RED, STRUCK, (B, "F1", HALF, "04-02")]


def test_given_to_the_same_unit_again_it_stands_and_the_new_limit_counts_for_itself(cast):
    declined(cast, cast.unit)
    gathered(3, 20)
    gathered(4, 2)

    assert lines() == [RED, (A, "F1", HALF, "04-02")]


def test_what_the_head_of_the_office_has_struck_does_not_come_back(task, cast):
    gathered(3, 17)
    with on(3, 17):
        ledger.reverse(entry=LedgerEntry.objects.get(), by=cast.office_head, reason="停电")
    sent_back(reported(task, cast, 3, 18), cast, 3, 18, LATER)
    gathered(3, 18)

    assert lines() == [RED, STRUCK]


def test_a_rule_counts_from_its_day_on_and_changes_no_entry(task, cast):
    gathered(3, 17)
    with on(3, 18):
        set_point_rule(
            kind="task.red", since=dt.date(2026, 3, 19), indicator="F9", points=Decimal("-1"), reason="市里要求",
            by=cast.office_head,
        )  # fmt: skip
        for due_on in (dt.date(2026, 3, 19), LATER):
            make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=due_on)
    with on(3, 17):
        make.task_in_progress(
            cast.campaign,
            cast.unit,
            cast.officer,
            cast.clerk,
            due_on=dt.date(2026, 3, 18),
            title="旧规则之末",
        )
    gathered(3, 23)

    assert sorted(lines(), key=lambda line: line[3]) == [
        RED,
        (A, "F9", Decimal("-1.00"), "03-19"),
        (A, "F9", Decimal("-1.00"), "03-20"),
        (A, "F9", Decimal("-1.00"), "03-21"),
    ]


@pytest.mark.parametrize("state", ["prepare", "publicise", "archive"])
def test_what_is_published_is_not_changed_by_a_clock(task, cast, state):
    Campaign.objects.filter(pk=cast.campaign.pk).update(state=state)

    assert gathered(3, 17) == Gathered()
    Campaign.objects.filter(pk=cast.campaign.pk).update(state="assess")
    assert gathered(3, 17).entered == 1


def test_portion_by_portion_to_the_end_by_the_clock_and_so_far_by_the_button(cast, monkeypatch):
    monkeypatch.setattr("units.rectification.events.PORTION", 2)
    monkeypatch.setattr(gathering, "AT_ONCE", 1)
    with on(3, 2):
        for number in range(5):
            words = {"due_on": DUE, "title": f"事项{number}"}
            make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, **words)
    with on(3, 17):
        found = gather_now(campaign=cast.campaign, by=cast.officer)

    assert found == Gathered(looked=2, entered=2)
    told = Entry.objects.get(verb="gather")
    assert (told.actor, told.detail) == (cast.officer, {"looked": 2, "entered": 2, "struck": 0})
    with on(3, 17):
        knock()
    assert LedgerEntry.objects.count() == Announcement.objects.filter(key__startswith="ledger:").count() == 5
    assert set(LedgerEntry.objects.values_list("entered_by", flat=True)) == {None}


def test_a_portion_that_breaks_is_gathered_whole_the_next_time(task, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(gathering, "enter", broken)
        gathered(3, 17)
    assert lines() == []

    assert gathered(3, 17).entered == 1


STEPS = ("wait", "report", "send_back", "suspend", "resume", "cancel", "gather")


def step(task, what, cast) -> None:
    """Take one step if the task is where it can be taken."""
    state, now = Task.State, Task.objects.get(pk=task.pk)
    if what == "report" and now.state == state.IN_PROGRESS and not now.is_suspended:
        tasks.report_done(task=now, by=cast.clerk, result="已办。")
        tasks.confirm(task=Task.objects.get(pk=now.pk), by=cast.head)
    elif what == "send_back" and now.state == state.VERIFYING and not now.is_suspended:
        tasks.send_back(
            task=now, by=cast.officer, reason="重办", due_on=calendar.add_workdays(clock.today(), 2)
        )
    elif what == "suspend" and now.is_open and not now.is_suspended:
        pauses.suspend(task=now, by=cast.officer, reason="待批")
    elif what == "resume" and now.is_open and now.is_suspended:
        pauses.resume(task=now, by=cast.officer)
    elif what == "cancel" and now.is_open:
        tasks.cancel(task=now, by=cast.officer, reason="重复")
    elif what == "gather":
        gather(cast.campaign)


class TestAnyLife(TestCase):
    @effort(max_examples=60)
    @given(steps=st.lists(st.sampled_from(STEPS), min_size=4, max_size=24))
    def test_gathered_again_it_is_the_same_and_a_cancelled_task_costs_nothing(self, steps):
        cast = everybody()
        with time_machine.travel(beijing(2026, 3, 2, 9), tick=False) as now:
            task = make.task_in_progress(
                cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=dt.date(2026, 3, 4)
            )
            for what in steps:
                if what == "wait":
                    now.shift(dt.timedelta(days=1))
                step(task, what, cast)
            gather(cast.campaign)
            first = [*LedgerEntry.objects.order_by("pk").values_list()]
            again = gather(cast.campaign)

        assert again == Gathered()
        assert [*LedgerEntry.objects.order_by("pk").values_list()] == first
        row = Task.objects.get(pk=task.pk)
        points = LedgerEntry.objects.of(cast.campaign).total()["points"]
        if row.state == Task.State.CANCELLED:
            assert points == 0
        else:  # half a point for each course that was late at most, and for being sent back twice
            assert HALF * (row.sent_back + 1) + (HALF if row.sent_back > 1 else 0) <= points <= 0
