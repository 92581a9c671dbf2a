"""Which scheme of escalation is in force is set by the head of the office, from a day on; what was before stays on record."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.accountability.escalation import CITY_STEPS, COUNTY_STEPS, Scheme
from assessments.accountability.models import EscalationRule
from sanwei.core import clock
from sanwei.core.audit.actions import record


@transaction.atomic
def set_scheme(*, since: dt.date, scheme, reason, by) -> EscalationRule:
    """设定累计追究办法 from `since` on, today at the earliest. Side effects: row, audit."""
    if since < clock.today():
        raise ValidationError({"since": "生效日期不能早于今天，已作出的处理不作追溯。"})
    if EscalationRule.objects.filter(since=since).exists():
        raise ValidationError({"since": "该日已设定过办法，请选择其他日期。"})
    rule = EscalationRule.objects.create(since=since, scheme=scheme, reason=reason, set_by=by)
    record(rule, "set_scheme", by, label="设定累计追究办法", since=since.isoformat(), scheme=scheme)
    return rule


def scheme_now() -> Scheme:
    """The scheme in force today."""
    return Scheme(EscalationRule.objects.scheme_on(clock.today()))


def table() -> list[tuple[str, list[tuple[str, str]]]]:
    """Both schemes as they are published: name → (which time, what it leads to)."""
    city = [
        (f"{label}第{place}次{'以上' if place == len(steps) else ''}", step)
        for label, steps in (("诫勉教育", CITY_STEPS["admonish"]), ("效能告诫", CITY_STEPS["warn"]))
        for place, step in enumerate(steps, 1)
    ]
    last = len(COUNTY_STEPS)
    county = [
        (f"第{place}次{'以上' if place == last else ''}", step) for place, step in enumerate(COUNTY_STEPS, 1)
    ]
    return [(Scheme.CITY.label, city), (Scheme.COUNTY.label, county)]
