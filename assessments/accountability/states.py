"""The life of an accountability case (dossier 3.7): its states, sources and verbs. The portal records, it never decides."""

from django.db import models

from sanwei.core.roles import Role
from sanwei.core.workflow import Move

HANDLERS = frozenset(
    {Role.DISCIPLINE, Role.OFFICE_HEAD}
)  # who handles cases: discipline officer, head of the office


class State(models.TextChoices):
    REGISTERED = "registered", "线索登记"
    VERIFYING = "verifying", "核实"
    HEARING = "hearing", "事实告知与陈述申辩"
    PROPOSED = "proposed", "处理建议"
    DECIDED = "decided", "有权机关决定"
    IN_EFFECT = "in_effect", "影响期"
    APPEALED = "appealed", "申诉复核"
    RELEASED = "released", "已解除"
    REVOKED = "revoked", "已撤销"
    NOT_PURSUED = "not_pursued", "不予追究"
    TERMINATED = "terminated", "终止"


class Source(models.TextChoices):
    """线索来源."""

    FINDING = "finding", "督查发现问题"
    COMPLAINT = "complaint", "投诉举报"
    EXPOSURE = "exposure", "媒体曝光"
    OTHER = "other", "其他"


class Concerned(models.TextChoices):
    """追究对象: the unit itself, or persons of it."""

    UNIT = "unit", "单位"
    PERSONS = "persons", "个人"


ENDED = (State.RELEASED, State.REVOKED, State.NOT_PURSUED, State.TERMINATED)
BEFORE_DECISION = (State.REGISTERED, State.VERIFYING, State.HEARING, State.PROPOSED)
# A decision stands, and was once made: the hearing was held.
HEARD = (State.PROPOSED, State.DECIDED, State.IN_EFFECT, State.APPEALED, State.RELEASED, State.REVOKED)
WITH_DECISION = HEARD[1:]

TRANSITIONS = {
    "verify": Move("启动核实", (State.REGISTERED,), State.VERIFYING),
    "name_respondents": Move("确定追究对象", (State.REGISTERED, State.VERIFYING), form=True),
    "notify_facts": Move("事实告知", (State.VERIFYING,), State.HEARING, form=True),
    "make_statement": Move("陈述申辩", (State.HEARING,), form=True),
    "propose": Move("提出处理建议", (State.HEARING,), State.PROPOSED, form=True),
    "decide": Move("登记处理决定", (State.PROPOSED,), State.DECIDED, form=True),
    "execute": Move("登记执行", (State.DECIDED,), State.IN_EFFECT, form=True),
    "uphold": Move("维持原决定", (State.APPEALED,), State.IN_EFFECT, form=True),
    "amend": Move("变更决定", (State.APPEALED,), State.IN_EFFECT, form=True),
    "revoke": Move("撤销决定", (State.APPEALED,), State.REVOKED, form=True),
    "release": Move(
        "解除", (State.IN_EFFECT,), State.RELEASED, warning="影响期已满，解除后本案办结，记录保留。"
    ),
    # New facts or a heavier form want a new hearing.
    "notify_again": Move("补充告知", (State.HEARING, State.PROPOSED), State.HEARING, form=True),
    # While it is heard again what was decided goes on: an appeal does not suspend a decision.
    "appeal": Move("登记申诉", (State.IN_EFFECT,), State.APPEALED, form=True),
    "issue_notice": Move("出具过失通知单", (State.PROPOSED, State.DECIDED, State.IN_EFFECT), form=True),
    "not_pursue": Move("不予追究", BEFORE_DECISION, State.NOT_PURSUED, danger=True, form=True),
    "terminate": Move(
        "终止", (*BEFORE_DECISION, State.DECIDED), State.TERMINATED, danger=True, form=True,
        warning="终止后不能恢复；确需继续追究的，应重新登记。",
    ),
}  # fmt: skip
