"""Reminding of a hearing's limit, of a decision that is waited for, of an effect period that ends; only those who may see.

Each threshold once, by the key of the announcement. A case says itself on which day it is to be looked at next (`remind_on`).
"""

import datetime as dt

from django.db import transaction

from assessments.accountability.models import AccountabilityCase
from assessments.accountability.notices import to_handlers, to_head
from assessments.accountability.states import State
from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.notifications import quiet
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.models import Announcement
from sanwei.core.workdays import calendar, thresholds

PORTION = 500
DECISION_WORKDAYS = 10  # after which a decision is asked for
ENDS_SOON = dt.timedelta(days=30)
DAY = dt.timedelta(days=1)


def remind() -> int:
    """Send what is due now; returns how many cases were looked at. Nothing in the quiet hours."""
    if quiet.is_quiet(clock.now()):
        return 0
    today, looked, last = clock.today(), 0, 0
    while some := remind_some(today, last):
        looked, last = looked + len(some), some[-1].pk
    return looked


def remind_some(today: dt.date, after: int) -> list[AccountabilityCase]:
    """One portion, locked so that a verb in between is not overwritten. Side effects for each: announcements, the next day."""
    with transaction.atomic():
        waiting = AccountabilityCase.objects.select_for_update(skip_locked=True).to_remind(today)
        some = list(waiting.filter(pk__gt=after).order_by("pk")[:PORTION])
        for case in some:
            notify(*due(case, today))
            case.remind_on = next_look(case, today)
        AccountabilityCase.objects.bulk_update(some, ["remind_on"])
    return some


def limit_of(case) -> tuple[str, dt.date] | None:
    """What is waited for by working days, and until when."""
    if case.state == State.HEARING and not case.heard_at:
        return "hearing", case.hearing_due_on
    if case.state == State.PROPOSED:
        since = clock.day_of(case.state_changed_at)
        return "decision", calendar.add_workdays(since, DECISION_WORKDAYS)
    return None


def due(case, today: dt.date) -> list[Announcement]:
    """What is to be said about a case today."""
    if case.state == State.IN_EFFECT and case.effect_until and not case.is_endless:
        return effect_ends(case, today)
    if (limit := limit_of(case)) is None:
        return []
    what, due_on = limit
    offset = thresholds.reached(due_on, today)
    if offset is None:
        return []
    key, remaining = f"{what}:{due_on}:{thresholds.name(offset)}", calendar.remaining_text(due_on, today)
    if what == "decision":
        return to_handlers(case, key, f"等待有权机关决定，{remaining}", kind="reminder")
    words = f"陈述申辩期限{written(due_on)}，{remaining}"
    return to_head(case, key, words, kind="reminder") + to_handlers(case, key, words, kind="reminder")


def effect_ends(case, today: dt.date) -> list[Announcement]:
    """From thirty days before the last day of the period, and once it is over."""
    until = case.effect_until
    if today > until:
        return to_handlers(case, f"effect:{until}:over", "影响期已满，请办理解除", kind="reminder")
    if today >= until - ENDS_SOON:
        return to_handlers(case, f"effect:{until}:soon", f"影响期至{written(until)}", kind="reminder")
    return []


def next_look(case, today: dt.date) -> dt.date | None:
    """The first day after `today` on which there may be something else to say."""
    if case.state == State.IN_EFFECT and case.effect_until:
        days = (case.effect_until - ENDS_SOON, case.effect_until + DAY)
        return next((day for day in days if day > today), None)
    limit = limit_of(case)
    return thresholds.next_day(limit[1], today) if limit else None
