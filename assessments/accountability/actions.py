"""Registering a case and the verbs that begin and end it; hearing, decision, review and notices have files of their own.

No entry of the record holds a name or a text of a case: the record is never erased, and others read it.
"""

from django.db import transaction

from assessments.accountability import earlier, recusal
from assessments.accountability.models import AccountabilityCase, Respondent
from assessments.accountability.naming import key_of
from assessments.accountability.notices import to_handlers, to_head
from assessments.accountability.recusal import handled
from assessments.accountability.states import Concerned, State
from sanwei.core import clock, search
from sanwei.core.audit.actions import record
from sanwei.core.audit.models import LOOK
from sanwei.core.notifications.actions import notify
from sanwei.core.numbers.actions import take
from sanwei.core.refusals import Refused
from sanwei.core.rows import append

SERIES = "追责"


@transaction.atomic
def register(
    *, campaign, unit, facts, by, source, source_key="", source_label="", concerned=Concerned.UNIT, respondents=(),
) -> AccountabilityCase:  # fmt: skip
    """线索登记: a new case with its number. `respondents` are dicts of kind, name, title, department; none for a unit.

    `source_key` names the row of the source ("finding:12"): a second case for it is refused while the first stands. Refused
    as well for somebody who must keep away. Side effects: row, respondents, number, search entry, audit, an announcement to
    those who handle cases.
    """
    recusal.require_no_part(by, unit, [row["name"] for row in respondents])
    if source_key and (twin := twin_of(source, source_key)):
        seen = AccountabilityCase.objects.visible_to(by).filter(pk=twin.pk).exists()
        known = f"该线索已经登记，编号{twin.number}，不能重复登记。"
        raise Refused(known if seen else "该线索不能由您登记，请由其他办案人员办理。")
    today = clock.today()
    case = append(
        AccountabilityCase(
            campaign=campaign,
            number=f"{SERIES}〔{today.year}〕{take(SERIES, today.year)}号",
            source=source,
            source_key=source_key,
            source_label=source_label[:200],
            unit=unit,
            concerned=concerned,
            facts=facts,
            registered_by=by,
            registered_on=today,
            remind_on=today,
        )
    )
    enter_respondents(case, respondents)
    record(case, "register", by, label="线索登记", source=source, occasions=earlier.occasions_of(case, today))
    search.index(case, case.number, unit.name)
    notify(*to_handlers(case, "register", "线索待核实", but=by))
    return case


def twin_of(source, source_key) -> AccountabilityCase | None:
    """The case that was registered for this row of the source, and stands."""
    given_up = (State.NOT_PURSUED, State.TERMINATED, State.REVOKED)
    found = AccountabilityCase.objects.from_source(source, source_key).exclude(state__in=given_up)
    return found.order_by("-pk").first()


def enter_respondents(case, respondents) -> None:
    """The rows of those who answer: the unit itself, or these persons, each once."""
    if case.concerned == Concerned.UNIT:
        rows = [Respondent(case=case, kind=Respondent.Kind.UNIT)]
    else:
        rows = [Respondent(case=case, name_key=key_of(row["name"]), **row) for row in respondents]
    keys = [row.name_key for row in rows]
    if not rows or len(set(keys)) < len(keys):
        raise Refused("追究对象为个人的，请至少填写一人，同一人只填写一次。")
    Respondent.objects.bulk_create(rows)


@transaction.atomic
def verify(*, case, by):
    """启动核实. Side effects: state, audit."""
    return handled(case, "verify", by)


@transaction.atomic
def name_respondents(*, case, by, concerned, respondents):
    """确定追究对象, as verification shows it: those entered before are replaced. Side effects: rows, audit."""
    recusal.require_no_part(by, case.unit, [row["name"] for row in respondents])
    case = handled(case, "name_respondents", by, changes={"concerned": concerned}, number=len(respondents))
    case.respondents.all().delete()
    enter_respondents(case, respondents)
    return case


@transaction.atomic
def not_pursue(*, case, by, reason, exemption=""):
    """不予追究, with the reason and the circumstance that exempts. Side effects: state, audit; a head who was told is told."""
    circumstances = [*case.circumstances, *([exemption] if exemption else [])]
    changes = {"end_reason": reason, "circumstances": circumstances, "remind_on": None}
    case = handled(case, "not_pursue", by, changes=changes)
    tell_ended(case, "not_pursue", "不予追究")
    return case


@transaction.atomic
def terminate(*, case, by, reason):
    """终止: what was decided and not yet executed is given up as well. Side effects: state, sanctions, audit, the head is told."""
    case = handled(case, "terminate", by, changes={"end_reason": reason, "remind_on": None})
    stand_down(case)
    tell_ended(case, "terminate", "终止")
    return case


def stand_down(case) -> None:
    """No sanction of the case is in force any more."""
    for respondent in case.respondents.all():
        respondent.sanctions.in_force().update(in_force=False)


def tell_ended(case, verb, word) -> None:
    """The head, if the facts had been told."""
    if case.notified_at:
        notify(*to_head(case, verb, word))


@transaction.atomic
def release(*, case, by):
    """解除, once the effect period is over. Side effects: state, audit, an announcement to the head."""
    case = handled(case, "release", by, changes={"remind_on": None})
    notify(*to_head(case, "release", "影响期已满，已解除"))
    return case


@transaction.atomic(savepoint=False)
def look(*, case, by) -> None:
    """查阅: who opened the page. Side effects: one audit entry."""
    record(case, LOOK, by, label="查阅")
