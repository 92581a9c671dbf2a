"""The verbs of a plan, one function for each button."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock, search
from sanwei.core.attachments.models import Attachment
from sanwei.core.audit.actions import record
from sanwei.core.days import written
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.models import Announcement
from sanwei.core.questions import Question
from sanwei.core.refusals import Refused
from sanwei.core.roles import Role
from sanwei.core.rows import append
from sanwei.core.workdays import calendar
from sanwei.core.workflow import advance
from units.plans import content, measures, reading
from units.plans.drafting import departments_of, draft_content, sections_of
from units.plans.models import Comment, Extension, Plan, PlanVersion
from units.plans.notices import CLERK_AND_HEAD, to_office, to_unit

PAPERS = Question(
    lambda kind, plan: (
        Attachment.objects.belonging_to(kind, plan).order_by("pk").values("name", "sha256", "size")
    ),
    kind=int,
    plan=int,
)


def what_is_missing(plan, sections) -> list[content.Problem]:
    """What must be put right in `sections` (of drafting.sections_of) before signature; nothing when they are complete."""
    texts = {kind: section.content for kind, section in sections.items()}
    return content.problems(texts, set(departments_of(plan)), plan.campaign.year)


def request_signature(*, plan, by):
    """送审. Refuses an incomplete plan with every problem at once. Side effects: state, audit, an announcement to the heads."""
    with transaction.atomic():
        plan = advance(plan, "request_signature", by)
        missing = what_is_missing(plan, sections_of(plan))  # of the locked plan: nobody writes in it any more
        if missing:
            raise ValidationError([problem.message for problem in missing])
        notify(to_unit(plan, (Role.UNIT_HEAD,), "request_signature", f"{plan}待您签发"))
    return plan


def hand_back(*, plan, by, reason):
    """退回修改 by the head. Side effects: state, audit, an announcement to the clerks."""
    with transaction.atomic():
        plan = advance(plan, "hand_back", by, reason=reason)
        notify(to_unit(plan, (Role.UNIT_CLERK,), "hand_back", f"{plan}被单位负责人退回修改", reason))
    return plan


def frozen(plan) -> dict:
    """The content that is signed, as JSON: sections, papers by name and hash, and whose plan it is."""
    papers = PAPERS(kind=ContentType.objects.get_for_model(Plan).pk, plan=plan.pk)
    return {
        "campaign": plan.campaign.year,
        "theme": plan.campaign.theme,
        "unit": plan.unit.name,
        "sections": draft_content(plan),
        "papers": papers,
    }


def sign(*, plan, by, received_at, expected_sha256=""):
    """签发上报: the plan leaves the unit in its name. Returns the PlanVersion, whose receipt it is.

    `received_at` is the instant the request reached the server: it alone decides on time or late; a late plan is
    accepted and marked. `expected_sha256` is what the signer was shown; if the text has changed since, refuses.
    Side effects: state, frozen version, audit entry, announcements to the clerks and to the office.
    """
    with transaction.atomic():
        plan = advance(
            plan,
            "sign",
            by,
            changes=lambda row: filed(freeze(row, by, received_at, expected_sha256)),
            received_at=received_at.isoformat(),
        )
        signed = plan.latest_version
        key = f"sign-{signed.number}"
        notify(
            to_unit(plan, (Role.UNIT_CLERK,), key, f"{plan}已上报，{signed.receipt_number}"),
            to_office(plan, key, f"{plan.unit}上报{plan.campaign.year}年度实施方案"),
        )
    return signed


def filed(signed) -> dict:
    """What a filing changes on the plan; the first one that stands says when it was handed in."""
    values = {
        "latest_version": signed,
        "returned_at": None,
        "revision_due_at": None,
        "review_started_at": None,
    }
    if signed.plan.submitted_at is None:
        values |= {"submitted_at": signed.received_at, "late_days": signed.late_days}
        values |= {"gather_on": clock.today()} if signed.late_days else {}
    return values


def freeze(plan, by, received_at, expected_sha256="") -> PlanVersion:
    """The immutable version of this signature. The receipt number needs no counter: unit and version make it unique."""
    text = frozen(plan)
    digest = content.fingerprint(text)
    if expected_sha256 and digest != expected_sha256:
        raise Refused("方案内容在您打开之后有改动，请重新核对后再签发。")
    number = plan.latest_version.number + 1 if plan.latest_version else 1
    due_at = plan.owed_by
    return append(
        PlanVersion(
            plan=plan,
            number=number,
            receipt_number=f"回执〔{plan.campaign.year}〕{plan.unit.code}-{number}号",
            content=text,
            sha256=digest,
            signed_by=by,
            received_at=received_at,
            due_at=due_at,
            late_days=calendar.late_workdays(due_at, received_at),
        )
    )


def withdraw(*, plan, by, reason):
    """撤回, before the review has started. The filing no longer counts.

    Side effects: state, version, audit, an announcement to the office.
    """
    with transaction.atomic():
        plan = advance(plan, "withdraw", by, reason=reason)
        decide(plan.latest_version, PlanVersion.Outcome.WITHDRAWN, by, reason)
        if not plan.versions.exclude(outcome=PlanVersion.Outcome.WITHDRAWN).exists():
            plan.submitted_at, plan.late_days, plan.gather_on = None, 0, clock.today()
            plan.save(update_fields=["submitted_at", "late_days", "gather_on"])
        notify(to_office(plan, f"withdraw-{plan.latest_version.number}", f"{plan.unit}撤回实施方案"))
    return plan


def decide(version, outcome, by, opinion=""):
    """Write the office's decision on a version; its content stays as it was signed."""
    version.outcome, version.opinion = outcome, opinion
    version.decided_by, version.decided_at = by, clock.now()
    version.save(update_fields=["outcome", "opinion", "decided_by", "decided_at"])


@transaction.atomic
def start_review(*, plan, by):
    """开始审核: from here on the unit cannot withdraw. Side effects: mark, audit."""
    return advance(plan, "start_review", by, changes={"review_started_at": clock.now()})


def comment(*, plan, section, text, by):
    """Remark on one section of the version under review. Starts the review. Side effects: row, mark, audit."""
    with transaction.atomic():
        if plan.review_started_at is None:
            plan = start_review(plan=plan, by=by)
        if plan.state != Plan.State.SUBMITTED:
            raise Refused("该方案不在审核中，不能批注。")
        remark = Comment.objects.create(version=plan.latest_version, section=section, text=text, by=by)
        record(plan, "comment", by, label="批注", section=content.SectionKind(section).label)
    return remark


def return_for_revision(*, plan, by, opinion, due_on, sha256=""):
    """退回补正: every problem at once (一次性告知), with a new date.

    Side effects: state, version, audit, an announcement to the unit.
    """
    due_at = clock.end_of_day(due_on)
    if due_at <= clock.now():
        raise ValidationError({"due_on": "补正期限须晚于今天，请重新选择日期。"})
    with transaction.atomic():
        plan = advance(
            plan,
            "return_for_revision",
            by,
            changes={"returned_at": clock.now(), "revision_due_at": due_at},
            reason=opinion,
            due_on=due_on.isoformat(),
        )
        require_same_text(plan, sha256)
        decide(plan.latest_version, PlanVersion.Outcome.RETURNED, by, opinion)
        key = f"return_for_revision-{plan.latest_version.number}"
        title = f"{plan}退回补正，请于{written(due_on)}前重新上报"
        notify(to_unit(plan, CLERK_AND_HEAD, key, title, opinion))
    return plan


def revision_defaults(plan) -> dict:
    """What the return form starts with: the hash under review and five working days (A1)."""
    return {"sha256": plan.latest_version.sha256, "due_on": calendar.add_workdays(clock.today(), 5)}


def require_same_text(plan, sha256) -> None:
    """A decision is bound to the text that was read (RACE-07)."""
    if sha256 and plan.latest_version.sha256 != sha256:
        raise Refused("单位已重新上报，您看到的不是最新版本。请刷新页面核对后再办理。")


def approve(*, plan, by, opinion="", version=None):
    """备案通过. The version comes into force and its measures enter the ledger.

    `version` is the plan's as the office read it: a decision is bound to what was read (RACE-07).
    Side effects: state, version, measures, search entry, audit, an announcement to the unit.
    """
    with transaction.atomic():
        plan = advance(
            plan,
            "approve",
            by,
            version=version,
            changes=lambda row: {"approved_version": row.latest_version},
            reason=opinion,
        )
        decide(plan.latest_version, PlanVersion.Outcome.APPROVED, by, opinion)
        measures.enter(plan)
        search.index(plan, str(plan), reading.plain_text(plan.latest_version.content))
        key = f"approve-{plan.latest_version.number}"
        notify(to_unit(plan, CLERK_AND_HEAD, key, f"{plan}已备案通过", opinion))
    return plan


@transaction.atomic
def amend(*, plan, by, reason):
    """申请调整: back to draft; the approved text stays in force until the new one is approved. Side effects: state, audit."""
    return advance(plan, "amend", by, reason=reason)


@transaction.atomic
def publish(*, plan, by):
    """公开 on the public site what is in force. Side effects: mark, audit."""
    return advance(plan, "publish", by, changes={"published_at": clock.now()})


@transaction.atomic
def unpublish(*, plan, by, reason):
    """撤下公开. Side effects: mark, audit."""
    return advance(plan, "unpublish", by, changes={"published_at": None}, reason=reason)


def grant_extension(*, plan, by, due_on: dt.date, reason):
    """批准延期, before or after the deadline; a plan already handed in is measured anew against the new date.

    Side effects: row, due date (and lateness), audit, an announcement to the unit.
    """
    due_at = clock.end_of_day(due_on)
    with transaction.atomic():
        plan = advance(plan, "grant_extension", by, reason=reason, due_on=due_on.isoformat())
        if due_at <= plan.due_at:
            raise ValidationError({"due_on": "新的截止日期须晚于原截止日期，请重新选择。"})
        extension = Extension.objects.create(
            plan=plan, previous_due_at=plan.due_at, due_at=due_at, reason=reason, granted_by=by
        )
        plan.due_at = due_at
        if plan.submitted_at:
            plan.late_days = calendar.late_workdays(due_at, plan.submitted_at)
            plan.gather_on = clock.today()
        plan.save(update_fields=["due_at", "late_days", "gather_on"])
        title = f"{plan}报送期限延至{written(due_on)}"
        notify(to_unit(plan, CLERK_AND_HEAD, f"extension-{extension.pk}", title, reason))
    return extension


def urge(*, plans, by) -> int:
    """催办 every plan of `plans` that has not been handed in. Returns how many units were urged.

    Side effects for each: audit entry, an announcement to the unit (once a day at most).
    """
    with transaction.atomic():
        owing = list(plans.not_handed_in().for_list())
        for plan in owing:
            record(plan, "urge", by, label="催办")
        notify(*[urging(plan) for plan in owing])
    return len(owing)


def urging(plan) -> Announcement:
    year = plan.campaign.year
    return to_unit(
        plan,
        CLERK_AND_HEAD,
        f"urge-{clock.today().isoformat()}",
        f"催办：请尽快报送{year}年度实施方案",
        f"【三型机关创建办】贵单位{year}年度实施方案尚未报送，请抓紧报送。",
        kind="urge",
    )
