"""The verbs of a case, one function for each button."""

from django.db import transaction

from assessments.publicity import publication
from assessments.publicity.cases.models import CaseVersion, ModelCase
from assessments.publicity.cases.notices import CLERK, HEAD, to_office, to_person, to_sender
from sanwei.core import clock, search
from sanwei.core.audit.actions import record
from sanwei.core.notifications.actions import notify
from sanwei.core.rows import append
from sanwei.core.workflow import advance

Origin = CaseVersion.Origin


@transaction.atomic
def create(*, campaign, unit, by, from_press=False, **fields) -> ModelCase:
    """起草 in the unit, or by the press (`from_press`). Side effects: row, audit."""
    case = append(ModelCase(campaign=campaign, unit=unit, drafted_by=by, from_press=from_press, **fields))
    record(case, "create", by, label="起草", unit=unit.name)
    return case


@transaction.atomic
def edit(*, case, by, version=None, **fields):
    """修改 of a draft. Raises Stale when somebody saved first. Side effects: row, audit."""
    return advance(case, "edit", by, version=version, changes=fields)


@transaction.atomic
def request_signature(*, case, by, version=None):
    """送审. Side effects: state, audit, the heads are told."""
    case = advance(case, "request_signature", by, version=version)
    notify(to_sender(case, "request_signature", f"典型案例待您签发：{case.title}", roles=HEAD))
    return case


@transaction.atomic
def hand_back(*, case, by, reason):
    """退回修改 by the head. Side effects: state, audit, the clerks are told."""
    case = advance(case, "hand_back", by, reason=case.masked(reason))
    notify(to_sender(case, "hand_back", f"典型案例被单位负责人退回：{case.title}", reason, roles=CLERK))
    return case


@transaction.atomic
def sign(*, case, by, version=None):
    """签发报送: what was read leaves the unit in its name. Side effects: state, version, search entry, audit, the office is told."""
    changes = {"signed_by": by, "submitted_at": clock.now()}
    return sent_in(advance(case, "sign", by, version=version, changes=changes), "sign", by)


@transaction.atomic
def submit(*, case, by, version=None):
    """报送 by the press. Side effects: state, version, search entry, audit, the office is told."""
    changes = {"submitted_at": clock.now()}
    return sent_in(advance(case, "submit", by, version=version, changes=changes), "submit", by)


def sent_in(case, verb, by):
    freeze(case, Origin.SENT_IN, by)
    notify(to_office(case, verb, f"{case.unit}典型案例待编审：{case.title}"))
    return case


def freeze(case, origin, by) -> CaseVersion:
    """Keep the text as it stands, under the lock of the case, and enter it for searches without names of persons."""
    last = CaseVersion.objects.filter(case=case).order_by("-number").values_list("number", flat=True).first()
    words = "\n".join((case.unit.name, case.practice, case.effect, case.replicability))
    search.index(case, str(case), case.masked(words))
    return append(CaseVersion(case=case, number=(last or 0) + 1, origin=origin, content=case.texts(), by=by))


@transaction.atomic
def take_back(*, case, by, reason):
    """撤回报送 by whoever sent it in, until it is adopted. Side effects: state, audit, the office is told."""
    case = advance(case, "take_back", by, reason=case.masked(reason))
    notify(to_office(case, "take_back", f"{case.unit}撤回典型案例：{case.title}", reason))
    return case


@transaction.atomic
def start_editing(*, case, by):
    """开始编审. Side effects: state, audit."""
    return advance(case, "start_editing", by)


@transaction.atomic
def revise(*, case, by, version=None, **fields):
    """编审修改: another version; what was sent in stays. Raises Stale when somebody saved first.

    Side effects: row, version, search entry, audit.
    """
    case = advance(case, "revise", by, version=version, changes=fields)
    freeze(case, Origin.REVISED, by)
    return case


@transaction.atomic
def adopt(*, case, by, version=None):
    """采用 of what was read. Side effects: state, audit, whoever sent it in is told."""
    case = advance(case, "adopt", by, version=version)
    notify(to_sender(case, "adopt", f"典型案例已采用：{case.title}", "编审修改可在案例页“版本对照”中查看。"))
    return case


@transaction.atomic
def return_for_revision(*, case, by, reason):
    """退回单位修改. Side effects: state, audit, whoever sent it in is told."""
    case = advance(case, "return_for_revision", by, reason=case.masked(reason))
    notify(to_sender(case, "return_for_revision", f"典型案例退回修改：{case.title}", reason))
    return case


@transaction.atomic
def reject(*, case, by, reason):
    """不予采用. Side effects: state, audit, whoever sent it in is told."""
    case = advance(case, "reject", by, reason=case.masked(reason))
    notify(to_sender(case, "reject", f"典型案例不予采用：{case.title}", reason))
    return case


@transaction.atomic
def propose(*, case, by, version=None):
    """提请发布 of what was read. Side effects: state, audit, the office is told."""
    case = advance(case, "propose", by, version=version, changes=publication.proposed(by))
    notify(to_office(case, "propose", f"典型案例待批准发布：{case.title}"))
    return case


@transaction.atomic
def refuse(*, case, by, reason):
    """退回编审. Side effects: state, audit, whoever proposed it is told."""
    proposers = []

    def undone(row):  # asked of the locked row
        proposers.append(row.proposed_by)
        return publication.NOT_PROPOSED

    case = advance(case, "refuse", by, changes=undone, reason=case.masked(reason))
    notify(to_person(case, proposers[0], "refuse", f"典型案例退回编审：{case.title}", reason))
    return case


@transaction.atomic
def publish(*, case, by, version=None):
    """批准发布, by another person than who proposed it, bound to what was read, after the secrecy check that `by` answers for.

    Side effects: state, audit, whoever sent it in is told.
    """
    case = advance(case, "publish", by, version=version, changes=publication.approved(by))
    notify(to_sender(case, "publish", f"典型案例已公开发布：{case.title}"))
    return case


@transaction.atomic
def withdraw(*, case, by, correction, reason, version=None):
    """撤下并更正: the correction stands at the same address instead of the text.

    Side effects: state, audit, whoever sent it in is told.
    """
    changes = {"correction": correction, "withdrawn_by": by, "withdrawn_at": clock.now()}
    case = advance(case, "withdraw", by, version=version, changes=changes, reason=case.masked(reason))
    notify(to_sender(case, "withdraw", f"典型案例已撤下并更正：{case.title}", correction))
    return case
