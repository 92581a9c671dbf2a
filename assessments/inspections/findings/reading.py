"""What a finding's page shows beside the finding."""

from assessments.inspections.models import FindingTask, LookBack, Witness
from assessments.inspections.states import FindingState

ENDED = (FindingState.DISMISSED, FindingState.SETTLED, FindingState.WITHDRAWN)


def witnesses_of(finding) -> list[Witness]:
    return list(finding.witnesses.all())


def tasks_of(finding) -> list[FindingTask]:
    return list(finding.tasks.select_related("task__unit", "task__lead_department"))


def look_backs_of(finding) -> list[LookBack]:
    return list(finding.look_backs.select_related("inspection"))


def takes_papers(finding) -> bool:
    return finding.state not in ENDED
