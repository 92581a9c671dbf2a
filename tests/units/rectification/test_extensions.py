"""More time: before the time is up, at most twice, signed by the head, decided with a new date (Appendix C 12)."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sanwei.core.refusals import Refused, WrongState
from tests import make
from tests.cast import beijing
from tests.units.rectification.test_life import told
from units.rectification import actions, extensions
from units.rectification.models import TaskExtension

DUE, LATER, LATEST = dt.date(2026, 3, 16), dt.date(2026, 3, 25), dt.date(2026, 4, 3)


@pytest.fixture
def task(cast):
    """Given on 2 March, due on the 16th."""
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        return make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)


def on(day, hour=9, minute=0, second=0):
    return time_machine.travel(beijing(2026, 3, day, hour, minute, second), tick=False)


def ask(task, cast, until=LATER):
    return extensions.request_extension(
        task=task, by=cast.clerk, wanted_due_on=until, reason="设备未到货", progress="已完成招标"
    )


def outcomes(task) -> list[str]:
    return [*task.extensions.order_by("pk").values_list("outcome", flat=True)]


def test_asked_signed_and_granted_the_new_date_counts(cast, task):
    with on(10):
        actions.record_progress(task=task, by=cast.clerk, percent=60, text="已完成招标")
        ask(task, cast)
        task = extensions.sign_extension(task=task, by=cast.head)
        task = extensions.grant_extension(task=task, by=cast.officer, due_on=LATER, opinion="同意")

    assert (task.due_on, task.first_due_on, task.extended, task.asked_extension) == (LATER, DUE, 1, None)
    assert task.course.light(dt.date(2026, 3, 17)) == "green"
    assert outcomes(task) == ["granted"]
    assert told("request_extension:unit") == ["张建国"]
    assert told("sign_extension:office") == ["刘志强", "陈静"]
    assert told("grant_extension:unit") == ["张建国", "李芳"]


def test_asked_a_day_after_the_limit_it_is_refused(cast, task):
    with on(16, 23, 59, 59):
        assert ask(task, cast).outcome == "pending"
    TaskExtension.objects.all().update(outcome="lapsed")
    task.asked_extension = None
    task.save(update_fields=["asked_extension"])
    with on(17, 0, 0, 0), pytest.raises(Refused, match="已过，不能申请延期"):
        ask(task, cast)


def test_signed_after_the_limit_it_does_not_count(cast, task):
    with on(16):
        ask(task, cast)
    with on(17), pytest.raises(Refused, match="未在期限内签发"):
        extensions.sign_extension(task=task, by=cast.head)


def test_what_was_signed_in_time_may_be_granted_after_the_limit(cast, task):
    with on(16, 23, 59, 59):
        ask(task, cast)
        extensions.sign_extension(task=task, by=cast.head)
    assert task.course.light(dt.date(2026, 3, 17)) == "red"
    with on(17):
        task = extensions.grant_extension(task=task, by=cast.officer, due_on=LATER)

    assert task.course.light(dt.date(2026, 3, 17)) == "yellow"


def test_refused_the_first_date_counts(cast, task):
    with on(10):
        ask(task, cast)
        extensions.sign_extension(task=task, by=cast.head)
        task = extensions.refuse_extension(task=task, by=cast.officer, reason="理由不充分")

    assert (task.due_on, task.extended, outcomes(task)) == (DUE, 0, ["refused"])
    assert told("refuse_extension:unit") == ["张建国", "李芳"]


def test_a_third_time_is_refused(cast, task):
    with on(10):
        for until in (LATER, LATEST):
            ask(task, cast, until)
            extensions.sign_extension(task=task, by=cast.head)
            task = extensions.grant_extension(task=task, by=cast.officer, due_on=until)
        with pytest.raises(Refused, match="已延期2次"):
            ask(task, cast, dt.date(2026, 4, 20))
    assert (task.extended, task.due_on) == (2, LATEST)


def test_one_at_a_time(cast, task):
    with on(10):
        ask(task, cast)
        with pytest.raises(Refused, match="尚未办结"):
            ask(task, cast)


def test_the_head_hands_it_back_and_it_may_be_asked_again(cast, task):
    with on(10):
        ask(task, cast)
        task = extensions.hand_back_extension(task=task, by=cast.head, reason="请写明到货日期")
        ask(task, cast)
    assert outcomes(task) == ["handed_back", "pending"]


def test_the_office_decides_only_what_the_head_has_signed(cast, task):
    with on(10):
        ask(task, cast)
        with pytest.raises(Refused, match="尚未由单位负责人签发"):
            extensions.grant_extension(task=task, by=cast.officer, due_on=LATER)


@pytest.mark.parametrize("until", [DUE, dt.date(2026, 3, 12)])
def test_no_date_before_the_one_that_stands(cast, task, until):
    with on(10):
        with pytest.raises(ValidationError, match="须晚于现期限"):
            ask(task, cast, until)
        ask(task, cast)
        extensions.sign_extension(task=task, by=cast.head)
        with pytest.raises(ValidationError, match="须晚于现期限"):
            extensions.grant_extension(task=task, by=cast.officer, due_on=until)
    assert outcomes(task) == ["pending"]


def test_what_is_reported_needs_no_more_time(cast, task):
    with on(10):
        ask(task, cast)
        task = actions.report_done(task=task, by=cast.clerk, result="已整改")
        with pytest.raises(WrongState):
            extensions.sign_extension(task=task, by=cast.head)
        task = actions.confirm(task=task, by=cast.head)
    assert (task.asked_extension, outcomes(task)) == (None, ["lapsed"])


def test_the_database_keeps_one_open_application_and_two_extensions(cast, task):
    ask_row = {
        "previous_due_on": DUE,
        "wanted_due_on": LATER,
        "reason": "",
        "progress": "",
        "asked_by": cast.clerk,
    }
    task.extensions.create(**ask_row)
    with pytest.raises(IntegrityError), transaction.atomic():
        task.extensions.create(**ask_row)
    task.extended = 3
    with pytest.raises(IntegrityError), transaction.atomic():
        task.save(update_fields=["extended"])
