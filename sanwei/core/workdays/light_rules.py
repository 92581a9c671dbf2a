"""When lights change is decided by the head of the office, from a day on; what was decided before stays on record."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.workdays import table
from sanwei.core.workdays.models import LightRule
from sanwei.core.workdays.table import Thresholds


@transaction.atomic
def set_light_rule(*, since: dt.date, reason: str, by, **limits) -> LightRule:
    """设定亮灯规则 from `since` on, today at the earliest; `limits` are those of Thresholds. Side effects: row, audit."""
    if since < clock.today():
        raise ValidationError({"since": "生效日期不能早于今天，已亮的灯不作追溯。"})
    if LightRule.objects.filter(since=since).exists():
        raise ValidationError({"since": "该日已有一条亮灯规则，请选择其他日期。"})
    rule = LightRule.objects.create(since=since, reason=reason, set_by=by, **limits)
    record(rule, "set_light_rule", by, label="设定亮灯规则", since=since.isoformat(), reason=reason, **limits)
    table.forget()
    return rule


def limits_now() -> Thresholds:
    """What the lights go by today."""
    return table.table().thresholds(clock.today())


def history() -> list[LightRule]:
    """The rules, newest first; everybody who works here may know them."""
    return list(LightRule.objects.select_related("set_by")[:50])
