"""Which points a kind of event brings is decided by the head of the office, from a day on (docs/decisions/ledger.md)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.ledger.kinds import USUAL, Kind, Terms
from assessments.ledger.models import PointRule
from sanwei.core import clock
from sanwei.core.audit.actions import record

SHOWN = 50  # of the rules that were; the record has all


@transaction.atomic
def set_point_rule(*, kind, since: dt.date, indicator, points, reason, by, free=0, cap=None) -> PointRule:
    """设定计分规则 of one kind from `since` on, today at the earliest; entries already made stay. Side effects: row, audit."""
    if since < clock.today():
        raise ValidationError({"since": "生效日期不能早于今天，已入账的分值不作追溯。"})
    if not points:
        raise ValidationError({"points": "分值不能为0，扣分请填负数，例如-0.5。"})
    if PointRule.objects.filter(kind=kind, since=since).exists():
        raise ValidationError({"since": "该事项在该日已有一条计分规则，请选择其他日期。"})
    limits = {"indicator": indicator, "points": points, "free": free, "cap": cap}
    rule = PointRule.objects.create(kind=kind, since=since, reason=reason, set_by=by, **limits)
    told = {name: str(value) for name, value in limits.items()}
    record(rule, "set_point_rule", by, label="设定计分规则", since=since.isoformat(), reason=reason, **told)
    return rule


def terms_on(day: dt.date, kind: str) -> Terms:
    """What an event of this kind brought on `day`: the rule in force then, or what the dossier says."""
    rule = PointRule.objects.in_force(day).filter(kind=kind).first()
    return rule.terms if rule else USUAL[kind]


class Rulebook:
    """All rules, read once for many events."""

    def __init__(self):
        self.rules = list(PointRule.objects.order_by("-since"))

    def terms(self, day: dt.date, kind: str) -> Terms:
        """As terms_on()."""
        found = (rule.terms for rule in self.rules if rule.kind == kind and rule.since <= day)
        return next(found, USUAL[kind])


def in_force_now() -> list[tuple[str, Terms]]:
    """(kind, terms) for every kind, in their order."""
    book, today = Rulebook(), clock.today()
    return [(kind, book.terms(today, kind)) for kind in Kind]


def history() -> list[PointRule]:
    """The rules, newest first; everybody who is judged by them may know them."""
    return list(PointRule.objects.select_related("set_by")[:SHOWN])
