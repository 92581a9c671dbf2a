"""Two people at once, with real transactions on a real server (RACE-01, RACE-04, RACE-10). Each race has its control."""

import threading

import pytest
from django.db import transaction

from sanwei.core.audit.models import Entry
from sanwei.core.clock import now
from sanwei.core.numbers.actions import take
from sanwei.core.numbers.models import NumberSeries
from sanwei.core.refusals import WrongState
from tests import make
from tests.security.crowd import at_once
from units.plans import actions, drafting
from units.plans.models import Plan, PlanVersion

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,  # rows are locked by PostgreSQL only; SQLite admits one writer at a time
]


def test_two_heads_press_sign_at_once_one_wins_and_one_is_told(cast):
    deputy = make.head(cast.unit, "钱勇")
    make.awaiting_plan(cast.plan, cast.clerk)

    def signing(by):
        return lambda: actions.sign(plan=Plan.objects.get(pk=cast.plan.pk), by=by, received_at=now())

    answers = at_once(signing(cast.head), signing(deputy))

    assert sorted(type(answer).__name__ for answer in answers) == ["PlanVersion", "WrongState"]
    refusal = next(answer for answer in answers if isinstance(answer, WrongState))
    assert "当前状态为“已上报”" in refusal.message
    assert PlanVersion.objects.count() == 1
    assert Entry.objects.filter(verb="sign").count() == 1


def test_two_clerks_save_one_section_at_once_and_neither_text_is_lost(cast):
    drafting.save_section(plan=cast.plan, kind="experience", typed={"text": "原文"}, version=0, by=cast.clerk)

    def saving(text):
        words = {
            "plan": cast.plan,
            "kind": "experience",
            "typed": {"text": text},
            "version": 1,
            "by": cast.clerk,
        }
        return lambda: drafting.save_section(**words)

    answers = at_once(saving("甲"), saving("乙"))

    conflict = next(answer for answer in answers if isinstance(answer, drafting.Conflict))
    saved = next(answer for answer in answers if not isinstance(answer, Exception))
    assert conflict.theirs.content == saved.content
    assert cast.plan.sections.get().content == saved.content


def test_approve_while_the_unit_withdraws_one_wins(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head)

    answers = at_once(
        lambda: actions.approve(plan=plan, by=cast.officer),
        lambda: actions.withdraw(plan=plan, by=cast.head, reason="数字有误"),
    )

    assert sum(isinstance(answer, WrongState) for answer in answers) == 1
    assert Plan.objects.get(pk=plan.pk).state in (Plan.State.APPROVED, Plan.State.DRAFT)


def numbers_taken_by(function) -> list[int]:
    """What twenty threads get from `function`, in order."""
    return sorted(at_once(*[function] * 20), key=str)


def test_twenty_take_numbers_at_once_and_there_is_no_gap(cast):
    def taking():
        with transaction.atomic():
            return take("直创办", 2026)

    assert sorted(numbers_taken_by(taking)) == [*range(1, 21)]


def test_control_without_the_lock_numbers_are_taken_twice(cast):
    NumberSeries.objects.create(series="直创办", year=2026)
    both_have_read = threading.Barrier(2)

    def careless():
        with transaction.atomic():
            counter = NumberSeries.objects.get(series="直创办", year=2026)  # no select_for_update
            both_have_read.wait(10)
            counter.last += 1
            counter.save(update_fields=["last"])
            return counter.last

    assert at_once(careless, careless) == [1, 1]
