"""An act that breaks at any statement has not happened at all (LOSS-12)."""

import contextlib
import datetime as dt
import itertools

import pytest
import time_machine
from django.apps import apps
from django.db import OperationalError, connection, transaction

from assessments.ledger.gathering import portion
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import holders_of
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage
from sanwei.core.notifications.patience import BACK_OFF
from sanwei.core.roles import Role
from tests import make
from tests.post import tell_all
from tests.security.acts import ACTS, fresh
from tests.security.workflows import ALLOWED, NOW, built, named, taker
from tests.security.workflows import act as take_verb
from units.plans import actions as plans
from units.plans import drafting
from units.plans import events as plan_events
from units.plans.models import Reminder
from units.plans.reminders import remind

BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK")  # not statements of an act: how it is undone


class Broken(OperationalError):
    """The connection is gone."""


@contextlib.contextmanager
def breaking_at(number: int):
    """The statements before `number` go through, then the database is gone; yields what has been asked."""
    passed = []

    def statement(execute, sql, params, many, context):
        if not sql.startswith(BOOKKEEPING):
            passed.append(sql)
            if len(passed) == number:
                raise Broken(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(statement):
        yield passed


HOUSE = [m._meta.db_table for m in apps.get_models() if m._meta.app_label in ("core", "units", "assessments")]


def everything() -> list[tuple]:
    """Every row of every table of the house, as the database holds it: asked a thousand times, so without models."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(" UNION ALL ".join(f"SELECT '{table}', t::text FROM {table} t" for table in HOUSE))
            return sorted(cursor.fetchall())
        rows = {table: cursor.execute(f"SELECT * FROM {table}").fetchall() for table in HOUSE}
        return [(table, sorted(map(str, found))) for table, found in rows.items()]


def broken(take, number: int) -> bool:
    """Whether `take` was broken at statement `number`. What stands outside the act's own transaction stays, as it
    would where nothing but the act opens one."""
    try:
        with breaking_at(number):
            take()
    except Broken:
        connection.set_rollback(False)
        return True
    return False


def torn_at(take) -> list[int]:
    """At which statements a break leaves something behind. The act is done whole last of all, to see that it can be."""
    before, torn = everything(), []
    for number in itertools.count(1):
        place = transaction.savepoint()
        if not broken(take, number):
            break
        if everything() != before:
            torn.append(number)
        transaction.savepoint_rollback(place)
    assert everything() != before, "nothing was done even without a break"
    return torn


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_loss_12_an_act_broken_anywhere_leaves_nothing(cast, act):
    assert torn_at(act(cast)) == []


@pytest.mark.once  # one advance() in one transaction each; what both databases make of a break, the acts above ask
@pytest.mark.parametrize(
    "move", {m[:2]: m for m in ALLOWED if m[1:] != ("unpublish", "approved")}.values(), ids=named
)
def test_loss_12_a_verb_broken_anywhere_leaves_nothing(cast, move):
    _, verb, _ = move
    row, by = built(cast, move), taker(cast, move)

    assert torn_at(lambda: take_verb(fresh(row), verb, by)) == []


def autosave(cast):
    words = {"plan": cast.plan, "kind": "experience", "typed": {"text": "甲"}, "version": 0, "by": cast.clerk}
    return lambda: drafting.save_section(**words)


def autosave_again(cast):
    autosave(cast)()
    words = {"plan": cast.plan, "kind": "experience", "typed": {"text": "乙"}, "version": 1, "by": cast.clerk}
    return lambda: drafting.save_section(**words)


def announce(cast):
    cast.clerk.email, cast.clerk.phone = "li@example.test", "13900000000"
    cast.clerk.save(update_fields=["email", "phone"])

    def announcing():
        with transaction.atomic():
            words = {"title": "请报送", "kind": "urge", "about": cast.plan}
            notify(
                Announcement.to(
                    holders_of(Role.UNIT_CLERK, Role.UNIT_HEAD, units=[cast.unit.pk]), key="k", **words
                ),
                Announcement.to(holders_of(Role.UNIT_CLERK, units=[cast.unit.pk]), key="l", **words),
            )

    return announcing


def gather_what_is_late(cast):
    """A late plan to be entered, and one whose limit was put off meanwhile to be struck."""
    for plan, clerk, head in (
        (cast.plan, cast.clerk, cast.head),
        (cast.other_plan, cast.stranger, cast.other_head),
    ):
        make.submitted_plan(plan, clerk, head, NOW)
    portion(plan_events, cast.campaign)
    plans.grant_extension(
        plan=fresh(cast.plan), by=cast.officer, due_on=NOW.date() - dt.timedelta(days=1), reason="停电"
    )
    return lambda: portion(plan_events, cast.campaign)


@pytest.mark.parametrize(
    "act", [autosave, autosave_again, announce, gather_what_is_late], ids=lambda act: act.__name__
)
def test_loss_12_saving_announcing_and_gathering_broken_anywhere_leave_nothing(cast, act):
    assert torn_at(act(cast)) == []


def test_loss_12_reminders_broken_anywhere_are_completed_by_the_next_run(cast):
    remind()
    whole = announced()
    for number in itertools.count(1):
        Announcement.objects.all().delete()
        Reminder.objects.all().delete()
        if not broken(remind, number):
            break
        remind()
        assert announced() == whole
    assert number == len(STATEMENTS_OF_A_REMINDER) + 1
    assert len(whole) == 3  # two units and the office


STATEMENTS_OF_A_REMINDER = (
    "who owes",
    "plans",
    "marks",
    "announcements",
    "more plans",
    "campaign",
    "missing",
    "office",
)


def announced() -> list[tuple]:
    return sorted(Announcement.objects.values_list("key", "title"))


def test_loss_12_a_telling_broken_anywhere_is_completed_by_a_later_run(cast):
    announce(cast)()
    tell_all()
    whole = told()
    for number in itertools.count(1):
        Notification.objects.all().delete()
        OutboxMessage.objects.all().delete()
        Announcement.objects.update(told_at=None, attempts=0, due_at=NOW)
        with breaking_at(number) as passed, contextlib.suppress(Broken):
            tell_all()
        if len(passed) < number:
            break
        with time_machine.travel(NOW + BACK_OFF[0], tick=False):
            tell_all()
        assert told() == whole
        assert not Announcement.objects.filter(told_at=None).exists()
    assert number > 7
    assert len(whole) == 7  # three notices, two mails, two text messages


def told() -> list[tuple]:
    notices = Notification.objects.values_list("user__name", "key")
    return sorted([*notices, *OutboxMessage.objects.values_list("user__name", "dedup_key")])


def test_loss_12_control_an_act_without_a_transaction_is_found_out(cast):
    def careless():
        cast.plan.extensions.create(
            previous_due_at=NOW, due_at=NOW + dt.timedelta(days=1), reason="停电", granted_by=cast.officer
        )
        make.user("多余")

    assert torn_at(careless) == [2]
