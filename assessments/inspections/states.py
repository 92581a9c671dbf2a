"""The lives of an inspection and of a finding (product.md; dossier 3.5, A3): states, words and verbs."""

from django.db import models

from sanwei.core.workflow import Move


class InspectionState(models.TextChoices):
    PREPARED = "prepared", "筹备中"
    UNDER_WAY = "under_way", "进行中"
    DONE = "done", "已结束"
    CANCELLED = "cancelled", "已取消"


SECRET = (
    InspectionState.PREPARED,
    InspectionState.UNDER_WAY,
)  # of what has not ended nobody outside may know
OPEN_FOR_FILING = (InspectionState.UNDER_WAY, InspectionState.DONE)

INSPECTION_TRANSITIONS = {
    "start": Move("开始督查", (InspectionState.PREPARED,), InspectionState.UNDER_WAY),
    "record_visit": Move("登记走访", (InspectionState.UNDER_WAY,), form=True),
    "draw": Move("随机抽取", SECRET, form=True),
    "add_unit": Move("指定单位", SECRET, form=True),
    "drop_unit": Move("移出单位", SECRET, form=True),
    "amend": Move("修改方案", SECRET, form=True),
    "finish": Move(
        "结束督查",
        (InspectionState.UNDER_WAY,),
        InspectionState.DONE,
        warning="结束后不能再登记走访；发现的问题仍可继续办理。",
    ),
    "cancel": Move("取消督查", SECRET, InspectionState.CANCELLED, danger=True, reason=True),
}


class Kind(models.TextChoices):
    """督查种类: the five of 《政府督查工作条例》 art. 14, and the ways of going and seeing (dossier 3.5)."""

    COMPREHENSIVE = "comprehensive", "综合督查"
    SPECIAL = "special", "专项督查"
    EVENT = "event", "事件调查"
    ROUTINE = "routine", "日常督办"
    CLUE = "clue", "线索核查"
    ANNOUNCED = "announced", "明察"
    UNDERCOVER = "undercover", "暗访"
    LOOK_BACK = "look_back", "回头看"


class Method(models.TextChoices):
    """方式: how a problem was found."""

    ANNOUNCED = "announced", "明察"
    UNDERCOVER = "undercover", "暗访"
    BY_PHONE = "by_phone", "电话暗访"
    ONLINE = "online", "网络巡查"
    LOOK_BACK = "look_back", "回头看"


class Severity(models.TextChoices):
    """情节."""

    MINOR = "minor", "一般"
    MODERATE = "moderate", "较重"
    SERIOUS = "serious", "严重"


class Link(models.TextChoices):
    """问题环节 (R5.4)."""

    ENFORCEMENT = "enforcement", "执法"
    CHARGES = "charges", "收费"
    SERVICE = "service", "服务"


class FindingState(models.TextChoices):
    RECORDED = "recorded", "已登记"
    NOTIFIED = "notified", "待单位确认"
    OBJECTED = "objected", "申辩中"
    UPHELD = "upheld", "已认定"
    DISMISSED = "dismissed", "不予认定"
    SETTLED = "settled", "已销号"
    WITHDRAWN = "withdrawn", "已作废"


KNOWN_TO_UNIT = (
    FindingState.NOTIFIED,
    FindingState.OBJECTED,
    FindingState.UPHELD,
    FindingState.DISMISSED,
    FindingState.SETTLED,
)
UNDECIDED = (FindingState.NOTIFIED, FindingState.OBJECTED)
OPEN = "open"  # as an address asks for the undecided ones
COUNTED = (
    FindingState.UPHELD,
    FindingState.SETTLED,
)  # only these score, and stand in bulletins and the matrix

FINDING_TRANSITIONS = {
    "amend": Move("修改", (FindingState.RECORDED,), form=True),
    "notify": Move(
        "告知单位", (FindingState.RECORDED,), FindingState.NOTIFIED,
        warning="告知后内容不能再改，单位须在3个工作日内确认或申辩，逾期视为认可。",
    ),
    "accept": Move(
        "确认属实", (FindingState.NOTIFIED,), FindingState.UPHELD,
        warning="确认后问题成立，按规定记入台账，并限期整改。",
    ),
    "accept_by_silence": Move("逾期视为认可", (FindingState.NOTIFIED,), FindingState.UPHELD),
    "object": Move("提出申辩", (FindingState.NOTIFIED,), FindingState.OBJECTED, form=True),
    "uphold": Move("维持认定", (FindingState.OBJECTED,), FindingState.UPHELD, form=True),
    "dismiss": Move("不予认定", (FindingState.OBJECTED,), FindingState.DISMISSED, form=True),
    "open_task": Move("交办整改", (FindingState.UPHELD,), form=True),
    "settle": Move("销号", (FindingState.UPHELD,), FindingState.SETTLED, form=True),
    "look_back": Move("回头看", (FindingState.SETTLED,), form=True),
    "reopen": Move("回头看未通过", (FindingState.SETTLED,), FindingState.UPHELD),  # by look_back() alone
    "withdraw": Move("作废", (FindingState.RECORDED,), FindingState.WITHDRAWN, danger=True, reason=True),
}  # fmt: skip
