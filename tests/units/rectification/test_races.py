"""Two at once on one task, with real transactions on a real server; each race has its control."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.db.models import QuerySet

from sanwei.core.audit.models import Entry
from tests import make
from tests.cast import beijing
from tests.security.crowd import at_once, browser, constraint_dropped, meeting_after, names, same_browser
from units.rectification import actions, extensions, urging
from units.rectification.models import Task, Urging
from units.rectification.states import Source

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,  # rows are locked by PostgreSQL only; SQLite admits one writer at a time
]
LOCK, LATER = 'FROM "units_task"', dt.date(2026, 3, 25)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


def verifying(cast):
    task = make.reported_task(cast.campaign, cast.unit, cast.officer, cast.clerk, cast.head)
    return lambda: actions.verify(task=task, by=cast.officer, conclusion="solved")


def entries(verb) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_two_verify_at_once_and_one_closes_it(cast):
    pressing = verifying(cast)

    assert names(meeting_after(LOCK, pressing, pressing)) == ["Task", "WrongState"]
    assert entries("verify") == 1


@pytest.mark.usefixtures("no_locks")
def test_control_without_the_lock_it_is_closed_twice(cast):
    pressing = verifying(cast)

    assert names(meeting_after(LOCK, pressing, pressing, guard="unguarded")) == ["Task", "Task"]
    assert entries("verify") == 2


def test_a_task_cancelled_while_it_is_reported_is_one_of_the_two(cast):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    answers = meeting_after(
        LOCK,
        lambda: actions.report_done(task=task, by=cast.clerk, result="已整改"),
        lambda: actions.cancel(task=task, by=cast.officer, reason="重复交办"),
    )

    fresh = Task.objects.get(pk=task.pk)
    assert fresh.state == "cancelled"  # whoever came first, cancelling is open from both states
    assert names(answers) in (["Task", "Task"], ["Task", "WrongState"])
    assert entries("report_done") + entries("cancel") == sum(name == "Task" for name in names(answers))


def test_granted_and_reported_at_once_the_limit_is_that_of_the_one_that_came_first(cast):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    extensions.request_extension(
        task=task, by=cast.clerk, wanted_due_on=LATER, reason="设备未到货", progress="已招标"
    )
    extensions.sign_extension(task=task, by=cast.head)
    answers = meeting_after(
        LOCK,
        lambda: extensions.grant_extension(task=task, by=cast.officer, due_on=LATER),
        lambda: extensions.refuse_extension(task=task, by=cast.office_head, reason="理由不充分"),
    )

    [asked], fresh = task.extensions.all(), Task.objects.get(pk=task.pk)
    assert names(answers) == ["Refused", "Task"]
    assert (asked.outcome, fresh.extended, fresh.due_on == LATER) in (
        ("granted", 1, True),
        ("refused", 0, False),
    )


def test_granted_at_the_second_of_expiry_counts_if_it_was_signed_in_time(cast):
    """Two clocks around 24:00 of the last day: the signature decides, not the grant."""
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    with time_machine.travel(beijing(2026, 3, 16, 23, 59, 59), tick=False):
        extensions.request_extension(
            task=task, by=cast.clerk, wanted_due_on=LATER, reason="设备未到货", progress="已招标"
        )
        extensions.sign_extension(task=task, by=cast.head)
    with time_machine.travel(beijing(2026, 3, 17, 0, 0, 0), tick=False):
        pressing = lambda: extensions.grant_extension(task=task, by=cast.officer, due_on=LATER)  # noqa: E731
        answers = meeting_after(LOCK, pressing, pressing)

    assert names(answers) == ["Refused", "Task"]
    assert (Task.objects.get(pk=task.pk).extended, entries("grant_extension")) == (1, 1)


def urging_twice(cast):
    task = make.task(cast.campaign, cast.unit, cast.officer)
    pressing = lambda: urging.urge(task=task, by=cast.officer, colour="blue", due_on=LATER)  # noqa: E731
    return names(meeting_after(LOCK, pressing, pressing))


def test_urged_twice_at_once_one_sheet_goes_out(cast):
    assert urging_twice(cast) == ["Refused", "Urging"]
    assert [*Urging.objects.values_list("number", flat=True)] == ["蓝督〔2026〕1号"]


def test_control_without_the_look_and_the_unique_day_two_sheets_go_out(cast, monkeypatch):
    monkeypatch.setattr(QuerySet, "exists", lambda rows: False)
    with constraint_dropped(Urging, "urging_once_a_day"):
        assert urging_twice(cast) == ["Urging", "Urging"]


def test_a_list_urged_twice_at_once_goes_out_once_and_no_number_is_lost(cast):
    for _ in range(3):
        make.task(cast.campaign, cast.unit, cast.officer)
    pressing = lambda: urging.urge_all(tasks=Task.objects.all(), by=cast.officer)  # noqa: E731
    answers = meeting_after(LOCK, pressing, pressing)

    assert sorted(answers) == [0, 3]
    assert sorted(Urging.objects.values_list("number", flat=True)) == [
        f"蓝督〔2026〕{number}号" for number in (1, 2, 3)
    ]


def test_a_double_click_urges_once_and_is_answered_the_same(cast):
    task = make.task(cast.campaign, cast.unit, cast.officer)
    client = browser(cast.officer)
    path, words = f"/units/rectification/{task.pk}/urge/", {"colour": "blue", "requirement": "请抓紧"}
    words |= {"due_on": "2026-03-10", "_once": "a1b2c3"}
    answers = at_once(*[lambda: same_browser(client).post(path, words)] * 6)

    assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {
        (302, f"/units/rectification/{task.pk}/")
    }
    assert Urging.objects.count() == 1


def opening_twice(cast, guard="guarded"):
    words = {"source": Source.FINDING, "source_key": "finding:7"}

    def giving():
        with transaction.atomic():
            return make.task(cast.campaign, cast.unit, cast.officer, **words)

    return names(meeting_after(LOCK, giving, giving, guard=guard))


def test_one_source_is_given_once_though_two_give_it_at_once(cast):
    assert opening_twice(cast, "unguarded") == ["IntegrityError", "Task"]
    assert Task.objects.count() == 1


def test_control_without_the_unique_source_it_is_given_twice(cast):
    with constraint_dropped(Task, "task_once_per_source"):
        assert opening_twice(cast, "unguarded") == ["Task", "Task"]
