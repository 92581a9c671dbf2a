"""Entering points and striking them: nothing else writes to the ledger."""

from decimal import Decimal

from django.db import IntegrityError, transaction

from assessments.ledger.models import LedgerEntry
from assessments.ledger.notices import entered, struck
from sanwei.core.audit.actions import record
from sanwei.core.notifications.actions import notify
from sanwei.core.refusals import Refused
from sanwei.core.rows import append

CENT = Decimal("0.01")


def enter(
    *, campaign, unit, indicator, points, event, cause, cause_label, rule, occurred_on, by
) -> LedgerEntry:
    """记分: `points` (a Decimal of two places, negative: 扣分) for `unit` under the indicator with this code.

    `event` is the key of what happened: called again with the same one, also by two at once, it returns the entry that
    stands, whatever else is said, and does nothing. That holds after the entry was reversed too: what was decided not to
    count must not come back because a clock or a second click tells of it again. Where it is to count after all, that is a
    new decision, and the caller gives it a key of its own. `cause` names the record it comes from as "kind:key" ("finding:12"),
    `cause_label` says it in words the unit may read, `rule` is the sentence that was applied, `by` is None for a clock.
    Raises ValueError for points that are nought or finer than a cent, and for a cause without kind or key.
    Side effects: one row, audit, an announcement to the clerk and the head of the unit.
    """
    kind, _, key = cause.partition(":")
    if not (kind and key):
        raise ValueError(f"a cause is named kind:key, not {cause!r}")
    if not points or points != points.quantize(CENT):
        raise ValueError(f"points are not nought and have two places, not {points}")
    row = LedgerEntry(
        campaign=campaign,
        unit=unit,
        unit_order=unit.order,
        indicator=indicator,
        points=points.quantize(CENT),
        cause_kind=kind,
        cause_key=key,
        cause_label=cause_label[:200],
        rule=rule,
        occurred_on=occurred_on,
        event=event,
        entered_by=by,
    )
    with transaction.atomic():
        return entered_for(event) or written(row, by)


def entered_for(event: str) -> LedgerEntry | None:
    return LedgerEntry.objects.filter(event=event).first()


def written(row, by) -> LedgerEntry:
    """The new row, or the one that somebody else wrote for the event in the meantime."""
    try:
        with transaction.atomic():
            append(row)
    except IntegrityError:
        if (first := entered_for(row.event)) is None:
            raise
        return first
    record(row, "enter", by, label="记分", points=str(row.points), indicator=row.indicator, event=row.event)
    notify(entered(row))
    return row


@transaction.atomic
def reverse(*, entry, by, reason) -> LedgerEntry:
    """冲销: a counter-entry with opposite points and the day of the event, so that the sum of both is nought in every period.

    Refuses a counter-entry and what has been reversed. `by` is None for a clock. Returns the counter-entry.
    Side effects: one row, audit, an announcement to the clerk and the head of the unit.
    """
    entry = LedgerEntry.objects.for_detail().get(pk=entry.pk)
    if why := entry.hindrance_to_reverse:
        raise Refused(why)
    counter = LedgerEntry(
        campaign=entry.campaign,
        unit=entry.unit,
        unit_order=entry.unit_order,
        indicator=entry.indicator,
        points=-entry.points,
        cause_kind=entry.cause_kind,
        cause_key=entry.cause_key,
        cause_label=entry.cause_label,
        rule=entry.rule,
        occurred_on=entry.occurred_on,
        event=f"reversal:{entry.pk}",
        entered_by=by,
        reverses=entry,
        reason=reason[:500],
    )
    try:
        with transaction.atomic():
            append(counter)
    except IntegrityError as error:  # somebody else was first
        raise Refused("该条目刚才已由他人冲销，不能重复冲销。请刷新页面查看。") from error
    record(entry, "reverse", by, label="冲销", reason=counter.reason, counter_entry=counter.pk)
    notify(struck(entry, counter))
    return counter
