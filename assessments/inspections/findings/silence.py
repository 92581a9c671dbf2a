"""No answer in time counts as accepted (逾期视为认可); before that the unit is reminded."""

from django.db import transaction

from assessments.inspections.findings import actions
from assessments.inspections.findings.notices import CLERK_AND_HEAD
from assessments.inspections.models import Finding
from sanwei.core import clock
from sanwei.core.notifications import quiet
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import holders_of
from sanwei.core.notifications.models import Announcement
from sanwei.core.refusals import Refused
from sanwei.core.workdays import calendar, thresholds

PORTION = 200


def let_speak() -> int:
    """Accept what nobody answered, remind of what is still to be answered; returns how many were accepted."""
    today = clock.today()
    accepted = sum(accept(finding) for some in portions(Finding.objects.silent(today)) for finding in some)
    if not quiet.is_quiet(clock.now()):
        for some in portions(Finding.objects.waiting_for_answer()):
            with transaction.atomic():
                notify(*[said for finding in some for said in reminding(finding, today)])
    return accepted


def portions(findings):
    """All of them, so many at a time, by key: none can stand in the way of those behind it."""
    last = 0
    while some := list(findings.for_detail().filter(pk__gt=last).order_by("pk")[:PORTION]):
        yield some
        last = some[-1].pk


def accept(finding) -> bool:
    """Whether it was accepted now: an answer that came first stands."""
    try:
        actions.accept_by_silence(finding=finding)
    except Refused:
        return False
    return True


def reminding(finding, today):
    """Once for each threshold, by the key of the announcement."""
    offset = thresholds.reached(finding.answer_due_on, today)
    if offset is None:
        return
    remaining = calendar.remaining_text(finding.answer_due_on, today)
    yield Announcement.to(
        holders_of(*CLERK_AND_HEAD, units=[finding.unit_id]),
        key=f"finding:{finding.pk}:answer:{finding.answer_due_on}:{thresholds.name(offset)}",
        title=f"督查发现问题答复{remaining}：{finding.item.name}"[:200],
        body=f"{finding.number}。{calendar.deadline_text(finding.answer_due_on)}，逾期未答复的视为认可。",
        url=finding.get_absolute_url(),
        about=finding,
        kind="reminder",
    )
