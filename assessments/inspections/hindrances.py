"""What stands against a verb besides the state."""

from sanwei.core import clock
from units.rectification.models import Task

WITNESSES = 2  # 发现人不少于两人 (dossier 3.5)


def of_inspection(inspection, verb: str) -> str:
    if verb == "start" and not inspection.inspected.exists():
        return "还没有督查单位。请先随机抽取或指定单位，再开始督查。"
    if verb == "start" and not inspection.team.filter(leads=True).exists():
        return "还没有组长。请先在“修改方案”中确定组长。"
    if verb == "drop_unit" and not inspection.inspected.exists():
        return "还没有督查单位。"
    return ""


def of_finding(finding, verb: str) -> str:
    if verb == "notify" and finding.witness_count < WITNESSES:
        return "发现人不足两人，不能告知单位。请先在“修改”中补登发现人。"
    if verb == "object" and finding.answer_due_on and clock.today() > finding.answer_due_on:
        return "申辩期限已过，该问题视为认可。如有新的证据，请与领导组办公室联系。"
    if verb == "settle" and has_open_tasks(finding):
        return "还有整改任务没有办结，办结后自动销号。"
    return ""


def has_open_tasks(finding) -> bool:
    return Task.objects.open().filter(pk__in=finding.tasks.values("task")).exists()
