"""Deciding what a finding is: upheld, with its mark in the ledger and its task, or dismissed without a trace in the scores."""

from django.db import transaction

from assessments.inspections.findings import access, following
from assessments.inspections.findings.notices import to_unit
from assessments.inspections.models import Finding
from assessments.ledger.actions import enter
from assessments.ledger.rules import terms_on
from sanwei.core import clock
from sanwei.core.notifications.actions import notify
from sanwei.core.refusals import Refused
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.rectification.deadlines import DEFAULT_WORKDAYS


def hold(finding, verb, by, *, decision="", **fields) -> Finding:
    """The finding stands: `verb` takes it to “已认定”. Must be called inside the transaction of the act.

    Side effects: state, audit, one entry in the ledger, and a rectification task where something is still to be put right.
    """
    changes = {"decided_at": clock.now(), "decision": decision}
    if still_to_do(finding) and not_later_than_today(finding.rectify_by):
        changes["rectify_by"] = calendar.add_workdays(clock.today(), DEFAULT_WORKDAYS)
    finding = advance(finding, verb, by, changes=changes, reason=decision, **fields)
    by = by if verb == "uphold" else None  # what the unit owns up to, the rule marks and orders
    enter_points(finding, by)
    if still_to_do(finding):
        following.order(finding, by)
    return finding


def enter_points(finding, by) -> None:
    """Its mark in the ledger, by the rule of the day on which it was found. Side effects: as of ledger.enter()."""
    day, kind = clock.day_of(finding.found_at), f"finding.{finding.severity}"
    terms = terms_on(day, kind)
    if points := terms.points_for(max(1, finding.people_count)):  # 每人次 (dossier 2.10, F2)
        enter(
            campaign=finding.campaign,
            unit=finding.unit,
            indicator=terms.indicator,
            points=points,
            event=f"finding:{finding.pk}",
            cause=f"finding:{finding.pk}",
            cause_label=str(finding),
            rule=terms.sentence(kind),
            occurred_on=day,
            by=by,
        )


def still_to_do(finding) -> bool:
    return bool(finding.requirement)


def not_later_than_today(day) -> bool:
    return day is None or day <= clock.today()


@transaction.atomic
def uphold(*, finding, by, decision) -> Finding:
    """维持认定 after an objection, by somebody who did not report it. Side effects: as hold(), and the unit is told."""
    refuse_witness(finding, by)
    finding = hold(finding, "uphold", by, decision=decision)
    notify(to_unit(finding, "uphold", f"申辩未采纳，{finding}维持认定", decision))
    return finding


@transaction.atomic
def dismiss(*, finding, by, decision) -> Finding:
    """不予认定: it counts nowhere. Side effects: state, audit, the unit is told."""
    refuse_witness(finding, by)
    changes = {"decided_at": clock.now(), "decision": decision}
    finding = advance(finding, "dismiss", by, changes=changes, reason=decision)
    notify(to_unit(finding, "dismiss", f"申辩已采纳，{finding}不予认定", decision))
    return finding


def refuse_witness(finding, by) -> None:
    """Nobody decides about an objection to what he himself reported (回避)."""
    if access.saw_it(by, finding):
        raise Refused("您是该问题的发现人，应当回避，请由其他督查人员或领导组办公室主任认定。")
