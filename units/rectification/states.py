"""The life of a rectification task (product.md; dossier A2): its states, sources and verbs."""

from django.db import models

from sanwei.core.workflow import Move


class State(models.TextChoices):
    ASSIGNED = "assigned", "待签收"
    IN_PROGRESS = "in_progress", "办理中"
    UNIT_REVIEW = "unit_review", "待单位审核"
    VERIFYING = "verifying", "待验收"
    DECLINED = "declined", "申请退回"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已撤销"


class Source(models.TextChoices):
    """Where a task comes from (任务来源)."""

    WEAKNESS = "weakness", "方案薄弱环节"
    FINDING = "finding", "督查发现问题"
    COMPLAINT = "complaint", "投诉举报"
    SELF_CHECK = "self_check", "自查自纠"
    OPINION = "opinion", "评议意见"
    BULLETIN = "bulletin", "通报整改"
    EXPOSURE = "exposure", "媒体曝光"
    INSTRUCTION = "instruction", "领导批示"


BY_HAND = (Source.SELF_CHECK, Source.OPINION, Source.BULLETIN, Source.INSTRUCTION)  # typed by a person
CLOSED = (State.CLOSED, State.CANCELLED)
SUPERVISED = (State.ASSIGNED, State.IN_PROGRESS, State.UNIT_REVIEW)  # time runs against the unit
UNDER_WAY = (*SUPERVISED, State.VERIFYING)

TRANSITIONS = {
    "sign_for": Move("签收", (State.ASSIGNED,), State.IN_PROGRESS),
    "delegate": Move("分办", (State.ASSIGNED, State.IN_PROGRESS), form=True),
    "record_progress": Move("填报进展", (State.IN_PROGRESS,), form=True),
    "report_done": Move("上报办结", (State.IN_PROGRESS,), State.UNIT_REVIEW, form=True),
    "confirm": Move("审核上报", (State.UNIT_REVIEW,), State.VERIFYING),
    "hand_back": Move("退回修改", (State.UNIT_REVIEW,), State.IN_PROGRESS, reason=True),
    "verify": Move("验收办结", (State.VERIFYING,), State.CLOSED, form=True),
    "send_back": Move("退办", (State.VERIFYING,), State.IN_PROGRESS, form=True),
    "request_extension": Move("申请延期", (State.IN_PROGRESS,), form=True),
    "sign_extension": Move("签发延期申请", (State.IN_PROGRESS,)),
    "hand_back_extension": Move("退回延期申请", (State.IN_PROGRESS,), reason=True),
    "grant_extension": Move("批准延期", (State.IN_PROGRESS,), form=True),
    "refuse_extension": Move(
        "不予延期", (State.IN_PROGRESS,), reason=True, warning="不予延期的，按原期限考核。"
    ),
    "decline": Move("申请退回", (State.ASSIGNED,), State.DECLINED, form=True),
    "reassign": Move("重新交办", (State.DECLINED,), State.ASSIGNED, form=True),
    "urge": Move("催办", SUPERVISED, form=True),
    "resume": Move("恢复办理", UNDER_WAY),
    "suspend": Move(
        "中止", UNDER_WAY, danger=True, reason=True, warning="中止期间不计入办理期限，恢复办理后期限顺延。"
    ),
    "cancel": Move("撤销", (*UNDER_WAY, State.DECLINED), State.CANCELLED, danger=True, reason=True),
}
