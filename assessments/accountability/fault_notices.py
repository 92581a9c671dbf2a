"""行政效能过失通知单 and 行政效能严重过失通知单: issued with a proposal, signed for by the unit's head (dossier 3.7 [S7])."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.accountability.models import FaultNotice
from assessments.accountability.notices import to_head
from assessments.accountability.recusal import handled
from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.notifications.actions import notify
from sanwei.core.numbers.actions import take
from sanwei.core.rows import append, rewrite

SERIES = {FaultNotice.Grade.FAULT: "效能过失", FaultNotice.Grade.SERIOUS: "效能严重过失"}


@transaction.atomic
def issue_notice(*, case, by, grade, requirement, due_on: dt.date):
    """出具过失通知单, numbered in its own series. Side effects: row, number, audit, an announcement to the head."""
    today = clock.today()
    if due_on <= today:
        raise ValidationError({"due_on": "反馈时限须晚于今天，请重新选择日期。"})
    case = handled(case, "issue_notice", by, grade=grade, due_on=due_on.isoformat())
    number = f"{SERIES[grade]}〔{today.year}〕{take(SERIES[grade], today.year)}号"
    words = {"grade": grade, "number": number, "requirement": requirement, "due_on": due_on}
    append(FaultNotice(case=case, issued_by=by, issued_on=today, **words))
    notify(*to_head(case, "issue_notice", f"{number}待签收"))
    return case


@transaction.atomic
def sign_notice(*, notice, by) -> FaultNotice:
    """签收, once. Side effects: row, audit."""
    notice = FaultNotice.objects.select_for_update(of=("self",)).select_related("case").get(pk=notice.pk)
    if notice.signed_at is None:
        notice.signed_by, notice.signed_at = by, clock.now()
        rewrite(notice, "signed_by", "signed_at")
        record(notice.case, "sign_notice", by, label="签收过失通知单", notice=notice.number)
    return notice
