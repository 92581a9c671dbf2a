"""The single road to points: entered once for an event, never changed, struck by a counter-entry."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assessments.ledger import actions
from assessments.ledger.models import AppendOnly, LedgerEntry
from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Announcement, Notification
from sanwei.core.refusals import Refused
from tests import make
from tests.cast import beijing
from tests.post import tell_all

pytestmark = pytest.mark.django_db
WHY = {"reason": "因停电延误，经核实不应扣分"}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 16, 9), tick=False):
        yield


def entry(cast, **fields) -> LedgerEntry:
    return make.ledger_entry(cast.campaign, cast.unit, cast.officer, **fields)


def test_an_entry_says_how_much_for_what_and_by_which_rule(cast):
    row = entry(cast, event="finding:12", cause="finding:12", points=Decimal("-1"))

    assert (row.unit, row.indicator, row.points, row.said) == (cast.unit, "F2", Decimal("-1.00"), "扣1分")
    assert (row.cause_kind, row.cause_key, row.entered_by) == ("finding", "12", cast.officer)
    told = Entry.objects.about(row).get()
    assert (told.verb, told.detail) == (
        "enter",
        {"points": "-1.00", "indicator": "F2", "event": "finding:12"},
    )


def test_one_event_is_entered_once_whatever_is_said_the_second_time(cast):
    first = entry(cast, event="finding:12")
    again = entry(cast, event="finding:12", points=Decimal("-2"))

    assert again == first
    assert (again.points, LedgerEntry.objects.count()) == (Decimal("-0.50"), 1)
    assert Entry.objects.filter(verb="enter").count() == Announcement.objects.count() == 1


@pytest.mark.parametrize("points", ["0", "0.001", "-0.005"])
def test_points_are_not_nought_and_not_finer_than_a_cent(cast, points):
    with pytest.raises(ValueError, match="two places"):
        entry(cast, points=Decimal(points))
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize("cause", ["finding", "finding:", ":12", ""])
def test_a_cause_is_a_kind_and_a_key(cast, cause):
    with pytest.raises(ValueError, match="kind:key"):
        entry(cast, cause=cause)


def test_the_clerk_and_the_head_are_told_and_nobody_is_named(cast):
    row = make.ledger_entry(cast.campaign, cast.unit, cast.inspector, cause_label="窗口无人值守")
    actions.reverse(entry=row, by=cast.office_head, **WHY)
    tell_all()

    told = Notification.objects.order_by("pk")
    assert sorted({notice.user.name for notice in told}) == ["张建国", "李芳"]
    assert [notice.title for notice in told.filter(user=cast.clerk)] == [
        "考评台账扣0.5分：窗口无人值守",
        "考评台账冲销（原扣0.5分）：窗口无人值守",
    ]
    words = "".join(notice.title + notice.body for notice in told)
    assert not [name for name in ("周明", "刘志强") if name in words]


def test_a_counter_entry_takes_everything_back_for_the_day_of_the_event(cast):
    row = entry(cast, occurred_on=dt.date(2026, 3, 2))
    counter = actions.reverse(entry=row, by=cast.office_head, **WHY)

    same = ("campaign", "unit", "indicator", "cause_kind", "cause_key", "cause_label", "rule", "occurred_on")
    assert [getattr(counter, name) for name in same] == [getattr(row, name) for name in same]
    assert (counter.reverses, counter.points, counter.reason) == (row, Decimal("0.50"), WHY["reason"])
    assert LedgerEntry.objects.of(cast.campaign, cast.unit, "F2").total() == {"points": 0, "entries": 2}
    assert LedgerEntry.objects.get(pk=row.pk).is_struck
    told = Entry.objects.about(row).first()
    assert (told.verb, told.detail) == ("reverse", {"reason": WHY["reason"], "counter_entry": counter.pk})


def test_what_was_struck_is_not_struck_again_and_a_counter_entry_never(cast):
    row = entry(cast)
    counter = actions.reverse(entry=row, by=cast.office_head, **WHY)

    with pytest.raises(Refused, match="已经冲销"):
        actions.reverse(entry=row, by=cast.office_head, **WHY)
    with pytest.raises(Refused, match="不能再冲销"):
        actions.reverse(entry=counter, by=cast.office_head, **WHY)
    assert LedgerEntry.objects.count() == 2


def test_after_a_reversal_the_same_event_does_not_come_back_but_a_new_decision_counts(cast):
    row = entry(cast, event="finding:12")
    actions.reverse(entry=row, by=cast.office_head, **WHY)

    assert entry(cast, event="finding:12") == row
    assert entry(cast, event="finding:12:again") != row
    assert LedgerEntry.objects.of(cast.campaign).total() == {"points": Decimal("-0.50"), "entries": 3}


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(points=1),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update([*rows], ["rule"]),
        lambda rows: LedgerEntry.objects.update_or_create(event="e", defaults={"rule": "改"}),
    ],
    ids=["update", "delete", "bulk update", "update or create"],
)
def test_python_refuses_to_change_what_stands(cast, change):
    entry(cast, event="e")
    with pytest.raises((AppendOnly, DatabaseError)), transaction.atomic():
        change(LedgerEntry.objects.all())
    assert LedgerEntry.objects.get().points == Decimal("-0.50")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE {} SET rule = '改'", "the ledger is append-only"),
        ("UPDATE {} SET points = points + 1", "the ledger is append-only"),
        ("DELETE FROM {}", "the ledger is append-only"),
        ("TRUNCATE {} CASCADE", "the ledger is append-only"),
    ],
)
def test_the_database_refuses_its_owner_too(cast, sql, said):
    if sql.startswith("TRUNCATE") and connection.vendor != "postgresql":
        pytest.skip("SQLite knows no TRUNCATE")
    entry(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")
        with pytest.raises(DatabaseError, match=said), transaction.atomic():
            cursor.execute(sql.format("assessments_ledgerentry"))
    assert LedgerEntry.objects.get().points == Decimal("-0.50")


def mirror(row, **fields) -> LedgerEntry:
    """A counter-entry of `row`, written past the actions."""
    same = {name: getattr(row, name) for name in ("campaign", "unit", "unit_order", "indicator", "rule")}
    cause = {"cause_kind": "finding", "cause_key": "12", "cause_label": "x", "occurred_on": row.occurred_on}
    told = {"points": -row.points, "event": "reversal", "reverses": row, "reason": "x"}
    return LedgerEntry(**{**same, **cause, **told, **fields})


def test_a_counter_entry_that_does_not_mirror_its_entry_is_refused_by_the_database(cast):
    row = entry(cast)
    crooked = (
        {"points": Decimal("0.40")},
        {"points": row.points},
        {"unit": cast.other_unit},
        {"indicator": "F1"},
        {"campaign": make.campaign(2025, state="archive")},
        {"reverses": actions.reverse(entry=entry(cast, event="other"), by=cast.office_head, **WHY)},
    )
    for fields in crooked:
        with pytest.raises(DatabaseError, match="must mirror"), transaction.atomic():
            mirror(row, **fields).save()
    mirror(row).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        mirror(row, event="reversal 2").save()


@pytest.mark.parametrize(
    "fields", [{"points": 0}, {"reason": ""}, {"event": ""}, {"rule": ""}, {"reverses": None}]
)
def test_a_row_without_meaning_is_refused_by_the_database(cast, fields):
    row = entry(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        mirror(row, **fields).save()


def test_the_sum_says_when_there_are_too_many_lines_to_add_up(cast, monkeypatch):
    for number in range(3):
        entry(cast, event=f"finding:{number}")
    assert LedgerEntry.objects.total() == {"points": Decimal("-1.50"), "entries": 3}
    monkeypatch.setattr("assessments.ledger.models.MOST_SUMMED", 2)
    assert LedgerEntry.objects.total() is None


amounts = st.decimals(min_value=Decimal("-99.99"), max_value=Decimal("99.99"), places=2).filter(bool)


class TestSums(TestCase):
    @given(entered=st.lists(st.tuples(amounts, st.booleans()), max_size=6))
    def test_the_sum_is_what_was_entered_and_not_struck(self, entered):
        campaign, unit, officer = make.campaign(2026), make.unit("市财政局"), make.officer()
        for number, (points, is_struck) in enumerate(entered):
            row = make.ledger_entry(campaign, unit, officer, event=f"e{number}", points=points)
            if is_struck:
                actions.reverse(entry=row, by=officer, reason="不成立")

        standing = [points for points, is_struck in entered if not is_struck]
        rows = LedgerEntry.objects.of(campaign, unit)
        assert rows.total()["points"] == sum(standing)
        assert sum((group["points"] for group in rows.by_indicator()), Decimal()) == sum(standing)
        struck = rows.filter(reverses=None).exclude(counter_entry=None)
        counters = rows.exclude(reverses=None)
        assert sum(row.points for row in [*struck, *counters]) == 0
