"""Who may, who sees but may not, and the stranger, for every verb of a task."""

import datetime as dt

import pytest

from sanwei.core.accounts.models import User
from tests import make
from tests.cast import Cast
from units.rectification import access, actions
from units.rectification.models import Task

OFFICE, SUPERVISORS = ["officer", "office_head"], ["officer", "office_head", "inspector"]
WORKERS = ["clerk", "lead", "person"]
# verb → who may press it on a task that was delegated to 审批科 and to a colleague (person)
MAY = {
    "sign_for": ["clerk", "head"],
    "delegate": ["clerk", "head", "lead"],
    "record_progress": WORKERS,
    "attach": WORKERS,
    "report_done": WORKERS,
    "confirm": ["head"],
    "hand_back": ["head"],
    "request_extension": WORKERS,
    "sign_extension": ["head"],
    "hand_back_extension": ["head"],
    "decline": ["head"],
    "sign_urging": ["clerk", "head"],
    "verify": SUPERVISORS,
    "send_back": SUPERVISORS,
    "urge": SUPERVISORS,
    "grant_extension": OFFICE,
    "refuse_extension": OFFICE,
    "reassign": OFFICE,
    "suspend": OFFICE,
    "resume": OFFICE,
    "cancel": OFFICE,
}
PEOPLE = [
    "clerk", "head", "lead", "person", "stranger", "other_head", "officer", "office_head", "leader", "inspector",
]  # fmt: skip


@pytest.fixture
def delegated(cast) -> Task:
    cast.person = make.post(
        make.user("周涛"), "department_lead", cast.unit, department=make.department(cast.unit)
    ).user
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    return actions.delegate(task=task, by=cast.head, department=cast.department, person=cast.person)


@pytest.mark.parametrize("verb", MAY)
def test_who_may_take_a_verb(cast: Cast, delegated, verb):
    may = getattr(access, f"can_{verb}")

    assert sorted(who for who in PEOPLE if may(getattr(cast, who), delegated)) == sorted(MAY[verb])


def test_every_verb_of_the_table_has_its_rights():
    assert set(Task.TRANSITIONS) - set(MAY) == set()


def test_who_sees_a_task(cast, delegated):
    seen = [who for who in PEOPLE if delegated in Task.objects.visible_to(getattr(cast, who))]

    assert seen == ["clerk", "head", "lead", "person", "officer", "office_head", "leader", "inspector"]


def test_a_name_is_no_right_once_the_post_has_ended(cast, delegated):
    """周涛 went to another unit; the task that bears the name is the old unit's business."""
    cast.person.posts.update(ends_on=dt.date(2026, 1, 1))
    make.post(cast.person, "department_lead", cast.other_unit, department=make.department(cast.other_unit))
    person = User.objects.get(pk=cast.person.pk)

    assert (delegated.person, access.can_report_done(person, delegated)) == (person, False)
    assert [*Task.objects.visible_to(person)] == []
