"""Every record that has a workflow: how to build one in any state, and what each verb is told.

A new model with TRANSITIONS must be entered in WORKFLOWS; test_transitions sees to it.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import time_machine

from assessments.bulletins import actions as bulletins
from assessments.bulletins.models import Bulletin
from sanwei.core.roles import Role
from tests import make
from tests.cast import beijing
from tests.units.policies.build import policy
from units.campaigns import actions as campaigns
from units.campaigns.models import Campaign
from units.plans import actions as plans
from units.plans.models import Plan, PlanVersion
from units.policies import actions as policies
from units.policies.models import Policy
from units.rectification import actions as tasks
from units.rectification import extensions, pauses, urging
from units.rectification.models import Task

NOW = beijing(2026, 3, 4, 9, 30)  # the deadline of 2026 has passed
LATER, LATEST = dt.date(2026, 3, 20), dt.date(2026, 4, 10)
WHY = {"reason": "另有安排"}


@dataclasses.dataclass(frozen=True)
class Workflow:
    """`build(cast, state)` saves a complete row; `typed` is what a browser posts, `told` what the action is given."""

    actions: object
    address: str
    argument: str
    build: Callable
    typed: dict[str, dict]
    told: dict[str, dict]
    ready: dict[str, Callable] = dataclasses.field(
        default_factory=dict
    )  # what a verb wants besides the state


def built(cast, move):
    """The row of a move (model, verb, state), complete and ready for the verb."""
    model, verb, state = move
    workflow = WORKFLOWS[model]
    row = workflow.build(cast, state)
    return workflow.ready[verb](cast, row) if verb in workflow.ready else row


def in_state(row, state, **fields):
    type(row).objects.filter(pk=row.pk).update(state=state, **fields)
    return type(row).objects.get(pk=row.pk)


def a_plan(cast, state) -> Plan:
    """Complete and once handed in; published where it can be taken down."""
    make.write_plan_directly(cast.plan)
    text = plans.frozen(cast.plan)
    version = PlanVersion.objects.create(
        plan=cast.plan, number=1, receipt_number="回执", content=text, sha256=plans.content.fingerprint(text),
        signed_by=cast.head, received_at=NOW, due_at=NOW, late_days=0,
    )  # fmt: skip
    fields = {"latest_version": version, "approved_version": version, "submitted_at": NOW}
    if state == Plan.State.RETURNED:
        fields |= {"returned_at": NOW, "revision_due_at": NOW}
    if state == Plan.State.DRAFT:
        fields |= {"published_at": NOW}
    return in_state(cast.plan, state, **fields)


def a_bulletin(cast, state) -> Bulletin:
    row = bulletins.draft(kind="submission", campaign=cast.campaign, by=cast.officer)
    numbered = {"year": 2026, "number": 9} if state in ("numbered", "published", "void") else {}
    return in_state(row, state, **numbered)


def a_campaign(cast, state) -> Campaign:
    in_state(cast.campaign, Campaign.State.ARCHIVE)
    return make.campaign(2027, state=state)


def a_policy(cast, state) -> Policy:
    return in_state(policy(by=cast.officer), state)


def a_task(cast, state) -> Task:
    """Given on the day before, with everything that its state calls for."""
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        row = make.task(cast.campaign, cast.unit, cast.officer)
    return in_state(row, state, **({"closed_at": NOW} if state == Task.State.CLOSED else {}))


def suspended(cast, row) -> Task:
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        return pauses.suspend(task=row, by=cast.officer, reason="待批复")


def asked(cast, row) -> Task:
    """More time is wanted, and the head has not signed for it yet."""
    words = {"wanted_due_on": LATER, "reason": "设备未到货", "progress": "已招标"}
    extensions.request_extension(task=row, by=cast.clerk, **words)
    return Task.objects.get(pk=row.pk)


def asked_and_signed(cast, row) -> Task:
    return extensions.sign_extension(task=asked(cast, row), by=cast.head)


def delegating(row) -> dict:
    return {"department": row.unit.departments.first().pk}


def signing(row) -> dict:
    return {"sha256": plans.content.fingerprint(plans.frozen(row)), "not_secret": "on"}


WORKFLOWS = {
    Plan: Workflow(
        plans, "/units/plans/", "plan", a_plan,
        typed={
            "sign": signing, "hand_back": WHY, "withdraw": WHY, "amend": WHY, "unpublish": WHY,
            "return_for_revision": {"opinion": "请补正", "due_on": str(LATER)},
            "grant_extension": {**WHY, "due_on": str(LATER)},
        },
        told={
            "sign": {"received_at": NOW}, "hand_back": WHY, "withdraw": WHY, "amend": WHY, "unpublish": WHY,
            "return_for_revision": {"opinion": "请补正", "due_on": LATER},
            "grant_extension": {**WHY, "due_on": LATER},
        },
    ),
    Bulletin: Workflow(
        bulletins, "/assessments/bulletins/", "bulletin", a_bulletin,
        typed={"hand_back": WHY, "void": WHY, "open": {"checked": "on"}},
        told={"hand_back": WHY, "void": WHY},
    ),
    Campaign: Workflow(campaigns, "/units/campaigns/", "campaign", a_campaign, typed={}, told={}),
    Task: Workflow(
        SimpleNamespace(**{**vars(extensions), **vars(pauses), **vars(tasks), "urge": urging.urge}),
        "/units/rectification/", "task", a_task,
        typed={
            "delegate": delegating, "record_progress": {"percent": "10", "text": "推进"},
            "report_done": {"result": "已整改"}, "hand_back": WHY, "hand_back_extension": WHY,
            "verify": lambda row: {"conclusion": "solved", "version": row.version},
            "send_back": lambda row: {**WHY, "due_on": str(LATER), "version": row.version},
            "request_extension": {**WHY, "wanted_due_on": str(LATEST), "progress": "推进"},
            "grant_extension": {"due_on": str(LATEST)}, "refuse_extension": WHY,
            "decline": {"basis": "三定规定"}, "suspend": WHY, "cancel": WHY,
            "reassign": lambda row: {**WHY, "unit": row.unit_id, "due_on": str(LATER)},
            "urge": {"colour": "blue", "requirement": "请抓紧", "due_on": str(LATER)},
        },
        told={
            "delegate": lambda row: {"department": row.unit.departments.first()},
            "record_progress": {"percent": 10, "text": "推进"},
            "report_done": {"result": "已整改"}, "hand_back": WHY, "hand_back_extension": WHY,
            "verify": {"conclusion": "solved"}, "send_back": {**WHY, "due_on": LATER},
            "request_extension": {**WHY, "wanted_due_on": LATEST, "progress": "推进"},
            "grant_extension": {"due_on": LATEST}, "refuse_extension": WHY,
            "decline": {"basis": "三定规定"}, "suspend": WHY, "cancel": WHY,
            "reassign": lambda row: {"unit": row.unit, "due_on": LATER},
            "urge": {"colour": "blue", "due_on": LATER},
        },
        ready={
            "resume": suspended, "sign_extension": asked, "hand_back_extension": asked,
            "grant_extension": asked_and_signed, "refuse_extension": asked_and_signed,
        },
    ),
    Policy: Workflow(
        policies, "/units/policies/", "policy", a_policy,
        typed={"repeal": WHY, "reinstate": WHY}, told={"repeal": WHY, "reinstate": WHY},
    ),
}  # fmt: skip

EVERY_MOVE = [
    (model, verb, state) for model in WORKFLOWS for verb in model.TRANSITIONS for state in model.State.values
]
ALLOWED = [move for move in EVERY_MOVE if move[2] in move[0].TRANSITIONS[move[1]].sources]
REFUSED = [move for move in EVERY_MOVE if move not in ALLOWED]


def named(move) -> str:
    return "-".join((move[0].__name__, *move[1:]))


def all_powers(cast):
    """One person with every right that these verbs ask for, and no part in what was done before."""
    person = make.holder(Role.OFFICE_HEAD, "万能")
    for role in (Role.OFFICE, Role.UNIT_CLERK, Role.UNIT_HEAD):
        make.post(person, role, cast.unit if role != Role.OFFICE else None)
    return person


def press(client, row, verb):
    """Post `verb` as the page's button does."""
    typed = WORKFLOWS[type(row)].typed.get(verb, {})
    typed = typed(row) if callable(typed) else typed
    return client.post(f"{WORKFLOWS[type(row)].address}{row.pk}/{verb}/", typed)


def act(row, verb, by):
    """Call the verb's action."""
    workflow = WORKFLOWS[type(row)]
    told = workflow.told.get(verb, {})
    words = {workflow.argument: row, "by": by, **(told(row) if callable(told) else told)}
    return getattr(workflow.actions, verb)(**words)
