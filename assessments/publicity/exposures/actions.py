"""The verbs of an exposure, one function for each button."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments.inspections.models import Finding
from assessments.publicity import publication
from assessments.publicity.exposures import access
from assessments.publicity.exposures.models import Explanation, Exposure, Verification
from assessments.publicity.exposures.notices import to_office, to_person, to_unit
from sanwei.core import clock, search
from sanwei.core.audit.actions import record
from sanwei.core.notifications.actions import notify
from sanwei.core.numbers.actions import take
from sanwei.core.refusals import Refused
from sanwei.core.rows import append
from sanwei.core.workflow import advance
from units.organisation.sight import visible_row
from units.rectification import actions as tasks
from units.rectification.states import Source

SERIES = "曝光"
TWICE = "同一媒体同一天的这篇报道已为该单位登记过，请在曝光件列表中查看，不要重复登记。"
UNVERIFIED = {"verification": Verification.PENDING, "basis": "", "verified_by": None, "verified_at": None}


def register(
    *, campaign, unit, media, media_kind, appeared_on, title, summary, by, link="", persons=""
) -> Exposure:
    """登记: one sheet for one unit. A second one for the same report is refused.

    Side effects: row, number, search entry, audit, the office and the unit are told.
    """
    require_past(appeared_on)
    year = clock.today().year
    try:
        with transaction.atomic():
            exposure = append(
                Exposure(
                    campaign=campaign,
                    number=f"{SERIES}〔{year}〕{take(SERIES, year)}号",
                    unit=unit,
                    media=media,
                    media_kind=media_kind,
                    appeared_on=appeared_on,
                    title=title,
                    summary=summary,
                    link=link,
                    persons=persons,
                    registered_by=by,
                )
            )
            record(exposure, "register", by, label="登记", unit=unit.name)
            enter_for_search(exposure)
            notify(
                to_office(exposure, "register", f"媒体曝光件待核实：{exposure.title}", unit.name),
                to_unit(exposure, "register", f"媒体报道涉及贵单位：{exposure.title}", HOW_TO_EXPLAIN),
            )
    except IntegrityError as error:
        raise Refused(TWICE) from error
    return exposure


HOW_TO_EXPLAIN = "领导组办公室正在核实。单位负责人可在曝光件页面陈述情况，并上传佐证材料。"


def require_past(day) -> None:
    if day > clock.today():
        raise ValidationError({"appeared_on": "刊播日期不能晚于今天，请核对报道日期。"})


def enter_for_search(exposure) -> None:
    """Never with a person's name: what is found says that it stands there. The reply is found once it is public."""
    reply = exposure.reply if exposure.published_at else ""
    words = f"{exposure.media}\n{exposure.unit.name}\n{exposure.summary}\n{reply}"
    search.index(exposure, str(exposure), exposure.masked(words))


def edit(*, exposure, by, version=None, **fields):
    """修改 before it is verified. Side effects: row, search entry, audit."""
    require_past(fields["appeared_on"])
    try:
        with transaction.atomic():
            exposure = advance(exposure, "edit", by, version=version, changes=fields)
            enter_for_search(exposure)
    except IntegrityError as error:
        raise Refused(TWICE) from error
    return exposure


@transaction.atomic
def explain(*, exposure, by, text) -> Explanation:
    """陈述情况: what the unit says about it. Side effects: row, audit, the office is told."""
    exposure = advance(exposure, "explain", by)
    row = append(Explanation(exposure=exposure, text=text, by=by))
    notify(to_office(exposure, "explain", f"{exposure.unit}对曝光件作出陈述：{exposure.title}"))
    return row


def verify(*, exposure, by, finding, basis, version=None):
    """核实属实: wholly or in part (`finding`: true or partly). From now on it counts.

    Side effects: state, audit, the unit and whoever entered it are told.
    """
    if finding not in (Verification.TRUE, Verification.PARTLY):
        raise ValidationError({"finding": "请选择“属实”或“部分属实”。"})
    return conclude(exposure, "verify", by, finding, basis, version)


def disprove(*, exposure, by, basis, version=None):
    """核实不属实: it counts for nothing. Side effects: state, audit, the unit and whoever entered it are told."""
    return conclude(exposure, "disprove", by, Verification.FALSE, basis, version)


@transaction.atomic
def conclude(exposure, verb, by, finding, basis, version):
    changes = {"verification": finding, "basis": basis, "verified_by": by, "verified_at": clock.now()}
    exposure = advance(exposure, verb, by, version=version, changes=changes, finding=str(finding))
    title = f"曝光件核实结论为“{Verification(finding).label}”：{exposure.title}"
    notify(
        to_unit(exposure, verb, title, basis), to_person(exposure, exposure.registered_by, verb, title, basis)
    )
    return exposure


@transaction.atomic
def reconsider(*, exposure, by, reason):
    """重新核实: the conclusion falls, and it counts for nothing until there is a new one. A task that was given stays.

    Side effects: state, audit, the unit is told.
    """
    said = exposure.masked(reason)
    exposure = advance(exposure, "reconsider", by, changes=UNVERIFIED, reason=said)
    notify(to_unit(exposure, "reconsider", f"曝光件重新核实：{exposure.title}", reason))
    return exposure


@transaction.atomic
def open_task(*, exposure, by, title, requirement, due_on, standard=""):
    """交办整改 to the unit concerned, once. Side effects: task with all of its own, key of the task, audit."""

    def opened(row):
        task = tasks.open_task(
            campaign=row.campaign,
            unit=row.unit,
            title=title,
            requirement=requirement,
            standard=standard,
            due_on=due_on,
            by=by,
            source=Source.EXPOSURE,
            source_key=f"exposure:{row.pk}",
            source_label=f"{row.media} {row.appeared_on:%Y-%m-%d} {row.number}",
        )
        return {"task": task}

    return advance(exposure, "open_task", by, changes=opened)


@transaction.atomic
def link_finding(*, exposure, by, finding):
    """关联督查发现问题: an upheld finding of the same unit that this report is about, or none. Side effects: row, audit."""

    def linked(row):
        if finding and finding.unit_id != row.unit_id:
            raise Refused("所选问题不属于该单位，请重新选择。")
        return {"finding": finding}

    number = finding.number if finding else ""
    return advance(exposure, "link_finding", by, changes=linked, finding=number)


def consequences(exposure, user) -> list[tuple[str, object]]:
    """What has followed from an exposure and this person may see, in words and as a row with an address; its page shows
    them in this order. A case of accountability (责任追究) is drawn by its own room."""
    found = [("整改任务", exposure.task)] if access.can_see_task(user, exposure) else []
    if exposure.finding_id and (finding := visible_row(Finding, user, exposure.finding_id, "for_list")):
        found.append(("督查发现问题", finding))
    return found


@transaction.atomic
def reply(*, exposure, by, text, version=None):
    """拟写公开答复: what the public is to be answered. Side effects: row, audit."""
    changes = {"reply": text, "replied_by": by, "replied_at": clock.now()}
    return advance(exposure, "reply", by, version=version, changes=changes)


@transaction.atomic
def propose(*, exposure, by, version=None):
    """提请公开 of what was read. Side effects: state, audit, the office is told."""
    exposure = advance(exposure, "propose", by, version=version, changes=publication.proposed(by))
    notify(to_office(exposure, "propose", f"曝光件公开答复待批准：{exposure.title}"))
    return exposure


@transaction.atomic
def refuse(*, exposure, by, reason):
    """退回修改: not like this. Side effects: state, audit, whoever drafted the reply is told."""
    said = exposure.masked(reason)
    exposure = advance(exposure, "refuse", by, changes=publication.NOT_PROPOSED, reason=said)
    notify(to_person(exposure, exposure.replied_by, "refuse", f"公开答复退回修改：{exposure.title}", reason))
    return exposure


@transaction.atomic
def publish(*, exposure, by, version=None):
    """批准公开, by another person than who proposed it, bound to what was read, after the secrecy check that `by` answers for.

    Side effects: state, search entry, audit, the unit is told.
    """
    exposure = advance(exposure, "publish", by, version=version, changes=publication.approved(by))
    enter_for_search(exposure)
    notify(to_unit(exposure, "publish", f"曝光件及答复已公开：{exposure.title}"))
    return exposure


@transaction.atomic
def withdraw(*, exposure, by, correction, reason, finding="", version=None):
    """撤下并更正: the correction stands at the same address instead of the text. `finding` is the conclusion from now on,
    where that was wrong too.

    Side effects: state, audit, the unit is told.
    """
    changes = {"correction": correction, "withdrawn_by": by, "withdrawn_at": clock.now()}
    if finding:  # another conclusion is somebody else's: the first verifier did not find this
        changes |= {"verification": finding, "basis": reason, "verified_by": by, "verified_at": clock.now()}
    said = exposure.masked(reason)
    exposure = advance(
        exposure, "withdraw", by, version=version, changes=changes, reason=said, finding=finding
    )
    notify(to_unit(exposure, "withdraw", f"公开的曝光件已撤下并更正：{exposure.title}", correction))
    return exposure


@transaction.atomic
def cancel(*, exposure, by, reason):
    """撤销登记: entered by mistake. Side effects: state, audit, the unit is told."""
    exposure = advance(exposure, "cancel", by, reason=exposure.masked(reason))
    notify(to_unit(exposure, "cancel", f"曝光件已撤销登记：{exposure.title}", reason))
    return exposure
