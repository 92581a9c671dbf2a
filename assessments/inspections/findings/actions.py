"""The verbs of a finding up to the unit's answer, one function for each button; what follows is in deciding and following."""

from django.db import IntegrityError, transaction

from assessments.inspections.findings import deciding
from assessments.inspections.findings.notices import to_filers, to_unit
from assessments.inspections.models import Evidence, Finding, Inspection, Witness
from assessments.inspections.states import OPEN_FOR_FILING
from sanwei.core import clock, search
from sanwei.core.audit.actions import record
from sanwei.core.notifications.actions import notify as announce
from sanwei.core.numbers.actions import take
from sanwei.core.refusals import Refused
from sanwei.core.rows import append
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance

SERIES = "督查问题"
ANSWER_WORKDAYS = 3  # dossier Appendix B, find.confirm_wd


def file(*, inspection, by, witnesses, sent_key=None, **fields) -> Finding:
    """登记问题 with its witnesses (accounts or names), `by` among them. Raises Refused before the inspection has started.

    `sent_key` is made where it was typed: the same key again returns the finding that is there.
    Side effects: row, number, witnesses, folder of evidence, search entry, audit.
    """
    if earlier := sent_before(by, sent_key):
        return earlier
    try:
        with transaction.atomic():
            return enter(inspection, by, witnesses, sent_key, fields)
    except IntegrityError:  # the same was sent twice at once
        if (earlier := sent_before(by, sent_key)) is None:
            raise
        return earlier


def sent_before(by, sent_key) -> Finding | None:
    """What this person has sent under the key already."""
    return Finding.objects.filter(sent_key=sent_key, recorded_by=by).first() if sent_key else None


def enter(inspection, by, witnesses, sent_key, fields) -> Finding:
    inspection = Inspection.objects.select_related("campaign").get(pk=inspection.pk)
    if inspection.state not in OPEN_FOR_FILING:
        raise Refused(f"{inspection.number}{inspection.get_state_display()}，不能登记问题。请先开始督查。")
    year = clock.today().year
    finding = append(
        Finding(
            campaign=inspection.campaign,
            inspection=inspection,
            number=f"{SERIES}〔{year}〕{take(SERIES, year)}号",
            unit_order=fields["unit"].order,
            recorded_by=by,
            sent_key=sent_key,
            witness_count=len(seen_by(by, witnesses)),
            **fields,
        )
    )
    append(Evidence(finding=finding))
    write_witnesses(finding, by, witnesses)
    record(finding, "file", by, label="登记问题")
    index(finding)
    return finding


def seen_by(by, witnesses) -> dict[str, object]:
    """name → account or None: the one who files first, each name once."""
    people = {}
    for one in (by, *witnesses):
        name, user = (one, None) if isinstance(one, str) else (one.name, one)
        people[name] = people.get(name) or user
    return people


def write_witnesses(finding, by, witnesses) -> None:
    people = seen_by(by, witnesses)
    Witness.objects.bulk_create(
        [Witness(finding=finding, user=user, name=name) for name, user in people.items()]
    )


def index(finding) -> None:
    """What a search finds it by: not the names of persons."""
    text = "\n".join((finding.facts, finding.place, finding.requirement, finding.item.name))
    search.index(finding, f"{finding.number} {finding.item.name}", text)


@transaction.atomic
def amend(*, finding, by, witnesses, version=None, **fields) -> Finding:
    """修改 before the unit is told. Side effects: row, witnesses, search entry, audit."""
    people = seen_by(finding.recorded_by, witnesses)
    changes = {**fields, "unit_order": fields["unit"].order, "witness_count": len(people)}
    finding = advance(finding, "amend", by, version=version, changes=changes)
    finding.witnesses.all().delete()
    write_witnesses(finding, finding.recorded_by, witnesses)
    index(finding)
    return finding


@transaction.atomic
def withdraw(*, finding, by, reason) -> Finding:
    """作废 of what was filed by mistake; the row stays. Side effects: state, audit."""
    return advance(finding, "withdraw", by, reason=reason)


@transaction.atomic
def notify(*, finding, by, version=None) -> Finding:
    """告知单位: from now on the unit sees it and has three working days. Bound to the text that was read.

    Side effects: state, audit, clerks and heads are told.
    """
    due_on = calendar.add_workdays(clock.today(), ANSWER_WORKDAYS)
    finding = advance(
        finding,
        "notify",
        by,
        version=version,
        changes={"notified_at": clock.now(), "answer_due_on": due_on},
        due_on=due_on.isoformat(),
    )
    body = f"{finding.number}。{calendar.deadline_text(due_on)}，逾期未答复的视为认可。"
    announce(to_unit(finding, "notify", f"督查发现问题待确认：{finding.item.name}", body))
    return finding


@transaction.atomic
def accept(*, finding, by) -> Finding:
    """确认属实 by the unit's head. Side effects: as deciding.hold()."""
    return deciding.hold(finding, "accept", by)


@transaction.atomic
def accept_by_silence(*, finding) -> Finding:
    """逾期视为认可, by the clock: the unit said nothing in time. Side effects: as deciding.hold(), and the unit is told."""
    if finding.answer_due_on >= clock.today():
        raise Refused("答复期限未到。")
    finding = deciding.hold(finding, "accept_by_silence", None)
    announce(to_unit(finding, "accept_by_silence", f"{finding}逾期未答复，视为认可"))
    return finding


@transaction.atomic
def object(*, finding, by, objection) -> Finding:
    """提出申辩 by the unit's head, within three working days. Side effects: state, audit, those who decide are told."""
    finding = advance(
        finding, "object", by, changes={"objection": objection, "objected_at": clock.now()}, reason=objection
    )
    announce(to_filers(finding, "object", f"{finding.unit}对{finding}提出申辩", objection))
    return finding
