"""Two at once on one finding, with real transactions on a real server; each race has its control."""

import pytest
import time_machine

from assessments.inspections.findings import actions, deciding
from assessments.inspections.models import Finding
from assessments.ledger.models import LedgerEntry
from tests.assessments.inspections import build
from tests.cast import beijing
from tests.security.crowd import meeting_after, names
from units.rectification.models import Task

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,  # rows are locked by PostgreSQL only; SQLite admits one writer at a time
]
LOCK = 'FROM "assessments_finding"'


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 4, 12), tick=False):
        yield


def test_accepted_and_objected_to_at_once_it_is_one_of_the_two(cast):
    finding = build.notified(cast)
    answers = meeting_after(
        LOCK,
        lambda: actions.accept(finding=finding, by=cast.head),
        lambda: actions.object(finding=finding, by=cast.head, objection="不属实"),
    )

    state = Finding.objects.get().state
    assert names(answers) == ["Finding", "WrongState"]
    assert (state, LedgerEntry.objects.count(), Task.objects.count()) in (
        ("upheld", 1, 1),
        ("objected", 0, 0),
    )


def accepting(cast):
    finding = build.notified(cast)
    return lambda: actions.accept(finding=finding, by=cast.head)


def test_two_accept_at_once_and_it_counts_once(cast):
    pressing = accepting(cast)

    assert names(meeting_after(LOCK, pressing, pressing)) == ["Finding", "WrongState"]
    assert (LedgerEntry.objects.count(), Task.objects.count()) == (1, 1)


@pytest.mark.usefixtures("no_locks")
def test_control_without_the_lock_both_go_on_to_the_unique_keys(cast):
    """What stands behind the lock: one mark and one task for a finding, by the keys of the database."""
    pressing = accepting(cast)
    found = names(meeting_after(LOCK, pressing, pressing, guard="unguarded"))

    assert "WrongState" not in found
    assert LedgerEntry.objects.count() == 1


def test_upheld_and_dismissed_at_once_it_is_one_of_the_two(cast):
    finding = build.objected(cast)
    answers = meeting_after(
        LOCK,
        lambda: deciding.uphold(finding=finding, by=cast.office_head, decision="属实"),
        lambda: deciding.dismiss(finding=finding, by=cast.office_head, decision="不属实"),
    )

    assert names(answers) == ["Finding", "WrongState"]
    assert LedgerEntry.objects.count() == (Finding.objects.get().state == "upheld")


def test_sent_twice_at_once_it_is_one_finding(cast):
    where = build.under_way(cast)
    filing = lambda: build.finding(cast, where, sent_key="k" * 32)  # noqa: E731
    answers = meeting_after("INSERT INTO", filing, filing)

    assert names(answers) == ["Finding", "Finding"]
    assert Finding.objects.count() == 1
