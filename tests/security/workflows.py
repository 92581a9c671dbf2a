"""Every record that has a workflow: how to build one in any state, and what each verb is told.

A new model with TRANSITIONS must be entered in WORKFLOWS; test_transitions sees to it.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import time_machine

from assessments.accountability import actions as cases
from assessments.accountability import deciding as decisions
from assessments.accountability import fault_notices, hearing, reviewing
from assessments.accountability.models import AccountabilityCase, CaseReview
from assessments.accountability.states import HEARD, WITH_DECISION
from assessments.bulletins import actions as bulletins
from assessments.bulletins.models import Bulletin
from assessments.inspections.findings import actions as findings
from assessments.inspections.findings import deciding, following
from assessments.inspections.models import Finding, Inspection
from assessments.inspections.planning import actions as inspections
from assessments.publicity.cases import actions as model_cases
from assessments.publicity.cases.models import ModelCase
from assessments.publicity.exposures import actions as exposures
from assessments.publicity.exposures.models import Exposure
from sanwei.core.roles import Role
from tests import make
from tests.assessments.accountability import build as accountability
from tests.assessments.inspections import build as inspecting
from tests.cast import beijing
from tests.units.policies.build import policy
from units.campaigns import actions as campaigns
from units.campaigns.models import Campaign
from units.organisation.models import Unit
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
    who: Callable = None  # who takes which verb, where no one person may take all: who(cast, verb)
    no_button: frozenset = frozenset()  # verbs that follow from others or from the clock
    unseen: Callable = lambda verb: ()  # in which states the row is not there for who() of that verb


def built(cast, move):
    """The row of a move (model, verb, state), complete and ready for the verb."""
    model, verb, state = move
    workflow = WORKFLOWS[model]
    row = workflow.build(cast, state)
    return workflow.ready[verb](cast, row) if verb in workflow.ready else row


def taker(cast, move):
    """Who takes the verb of a move (model, verb, state)."""
    model, verb, _ = move
    who = WORKFLOWS[model].who
    return who(cast, verb) if who else all_powers(cast)


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


def an_inspection(cast, state) -> Inspection:
    row = inspecting.inspection(cast)
    inspections.add_unit(inspection=row, by=cast.inspector, unit=cast.unit, reason="群众反映")
    return in_state(row, state)


def amending_inspection(row) -> dict:
    leader = row.team.get(leads=True).user_id
    return {
        "kind": "special", "theme": "专项督查", "starts_on": str(LATER), "ends_on": str(LATER),
        "team": [leader], "leader": leader, "version": row.version,
    }  # fmt: skip


def amended_inspection(row) -> dict:
    leader = row.team.get(leads=True).user
    days = {"starts_on": LATER, "ends_on": LATER}
    return {"kind": "special", "theme": "专项督查", "team": [leader], "leader": leader, **days}


def of_its_unit(row) -> dict:
    return {"unit": row.inspected.get().unit, "reason": "另有安排"}


def another_unit(row) -> dict:
    return {"unit": Unit.objects.get(name="市教育局"), "reason": "群众反映"}


def a_finding(cast, state) -> Finding:
    """Objected to, and then whatever the state calls for; only what is still recorded was told to nobody."""
    if state in ("recorded", "withdrawn"):
        return in_state(inspecting.finding(cast), state)
    fields = {"decided_at": NOW} if state in ("upheld", "dismissed", "settled") else {}
    if state == "settled":
        fields["settled_at"] = NOW
    return in_state(inspecting.objected(cast), state, **fields)


SEEN = {
    "place": "3号窗口", "method": "announced", "severity": "minor", "facts": "窗口无人", "people": "",
    "people_count": 0, "handled_on_spot": "", "requirement": "", "link": "", "evidence_numbers": "",
}  # fmt: skip


def amending_finding(row) -> dict:
    item = inspecting.item("A05").pk
    return {
        **SEEN,
        "unit": row.unit_id,
        "item": item,
        "found_on": "2026-03-04",
        "found_time": "09:00",
        "others": "代表甲",
    }


def amended_finding(row) -> dict:
    more = {"unit": row.unit, "department": None, "item": inspecting.item("A05"), "found_at": NOW}
    return {**SEEN, **more, "rectify_by": None, "witnesses": ["代表甲"]}


OF_OFFICE = {  # nobody with a post in the unit takes these
    "verify", "send_back", "reassign", "suspend", "resume", "cancel", "grant_extension", "refuse_extension",
}  # fmt: skip


def of_finding(cast, verb):
    return cast.head if verb in ("accept", "object") else cast.office_head


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


CASE_OF = "甲"  # somebody of another unit than that of all_powers(), who would have to keep away


def a_case(cast, state) -> AccountabilityCase:
    """Registered on the day before, with what its state calls for; the facts told where a hearing may be held."""
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        if state in ("registered", "verifying", "not_pursued", "terminated"):
            row = accountability.verifying(cast, unit=cast.other_unit, persons=(CASE_OF,))
            accountability.basis()
        else:
            row = accountability.told(cast, unit=cast.other_unit, persons=(CASE_OF,))
    fields = {"heard_at": NOW} if state in HEARD else {}
    if state in WITH_DECISION:
        fields |= {"organ": "市监委", "document_number": "六监〔2026〕1号", "decided_on": NOW.date()}
    if state in ("not_pursued", "terminated"):
        fields |= {"end_reason": "查无此事"}
    return in_state(row, state, **fields)


def all_heard(cast, row) -> AccountabilityCase:
    return accountability.all_waive(row)


def under_review(cast, row) -> AccountabilityCase:
    """With a decision that stands and an appeal against it."""
    for sanction in decisions.decided_rows(
        row, 1, accountability.all_get(row, "circular"), {}, row.decided_on
    ):
        sanction.save(force_insert=True)
    CaseReview.objects.create(
        case=row, appealed_on=NOW.date(), appeal="事实不清", entered_by=cast.office_head
    )
    return row


def choosing(row, field="forms_") -> dict:
    """The same form for every respondent, as a browser posts it."""
    return {f"{field}{respondent.pk}": "circular" for respondent in row.respondents.all()}


def chosen(row) -> dict:
    return {"chosen": accountability.all_get(row, "circular")}


REVIEWED = {"organ": "市监委", "document_number": "六监〔2026〕2号", "opinion": "经复核"}
TELLING = {**accountability.BASIS, "due_on": LATER}


def an_exposure(cast, state) -> Exposure:
    """With a link to verify it by, and everything that its state calls for."""
    row = make.exposure(cast.campaign, cast.unit, cast.officer, appeared_on=NOW.date())
    fields = {}
    if state not in ("registered", "cancelled"):
        fields |= {"verification": "true", "basis": "属实", "verified_by": cast.officer, "verified_at": NOW}
        fields |= {"reply": "已整改", "replied_by": cast.officer, "replied_at": NOW}
    return in_state(row, state, **fields, **publicity_of(cast, state))


def a_model_case(cast, state) -> ModelCase:
    """Signed by the head where it has left the unit."""
    row = make.model_case(cast)
    sent = (
        {"signed_by": cast.head, "submitted_at": NOW} if state not in ("draft", "awaiting_signature") else {}
    )
    return in_state(row, state, **sent, **publicity_of(cast, state))


def publicity_of(cast, state) -> dict:
    """Proposed by one, approved by another, taken down with a correction."""
    fields = {}
    if state in ("proposed", "published", "withdrawn"):
        fields |= {"proposed_by": cast.officer, "proposed_at": NOW}
    if state in ("published", "withdrawn"):
        fields |= {"published_by": cast.office_head, "published_at": NOW}
    if state == "withdrawn":
        fields |= {"correction": "有误", "withdrawn_by": cast.officer, "withdrawn_at": NOW}
    return fields


def from_the_press(cast, row) -> ModelCase:
    return in_state(row, row.state, from_press=True)


def delegating(row) -> dict:
    return {"department": row.unit.departments.first().pk}


def signing(row) -> dict:
    return {"sha256": plans.content.fingerprint(plans.frozen(row)), "not_secret": "on"}


REPORT = {
    "media": "电视台", "media_kind": "television", "appeared_on": "2026-03-01", "title": "排队", "summary": "排队时间长",
    "link": "https://news.example.com/2", "persons": "",
}  # fmt: skip
CASE = {
    "kind": "service", "title": "一窗受理", "practice": "并窗", "effect": "提速", "replicability": "可复制",
    "source": "", "persons": "",
}  # fmt: skip
CORRECTION = {"correction": "更正如下", **WHY}


def read(**typed):
    """What is typed on a page, with the version that the page showed."""
    return lambda row: {**typed, "version": row.version}


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
        who=lambda cast, verb: cast.office_head if verb in OF_OFFICE else all_powers(cast),
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
    Inspection: Workflow(
        inspections, "/assessments/inspections/", "inspection", an_inspection,
        who=lambda cast, verb: cast.office_head,
        typed={
            "amend": amending_inspection, "draw": {"wanted": 1}, "cancel": WHY,
            "add_unit": lambda row: {"unit": another_unit(row)["unit"].pk, "reason": "群众反映"},
            "drop_unit": lambda row: {"unit": row.inspected.get().unit_id, **WHY},
            "record_visit": lambda row: {
                "unit": row.inspected.get().unit_id, "visited_on": "2026-03-04", "visit_note": "未发现问题",
            },
        },
        told={
            "amend": amended_inspection, "cancel": WHY, "add_unit": another_unit, "drop_unit": of_its_unit,
            "draw": lambda row: {"wanted": 1, "candidates": [another_unit(row)["unit"]]},
            "record_visit": lambda row: {
                "unit": row.inspected.get().unit, "visited_on": NOW.date(), "visit_note": "未发现问题",
            },
        },
    ),
    Finding: Workflow(
        SimpleNamespace(**{**vars(following), **vars(deciding), **vars(findings)}),
        "/assessments/findings/", "finding", a_finding,
        who=of_finding, no_button=frozenset({"accept_by_silence", "reopen"}),
        unseen=lambda verb: ("recorded", "withdrawn") if verb in ("accept", "object") else (),
        typed={
            "amend": amending_finding, "object": {"objection": "不属实"}, "uphold": {"decision": "属实"},
            "dismiss": {"decision": "不属实"}, "settle": {"conclusion": "已纠正"}, "withdraw": WHY,
            "open_task": {"title": "整改", "requirement": "整改", "due_on": str(LATER)},
            "look_back": {"outcome": "kept", "note": "已整改", "looked_on": "2026-03-04"},
        },
        told={
            "amend": amended_finding, "object": {"objection": "不属实"}, "uphold": {"decision": "属实"},
            "dismiss": {"decision": "不属实"}, "settle": {"conclusion": "已纠正"}, "withdraw": WHY,
            "open_task": {"title": "整改", "requirement": "整改", "due_on": LATER},
            "look_back": {"outcome": "kept", "note": "已整改", "looked_on": NOW.date()},
        },
    ),
    AccountabilityCase: Workflow(
        SimpleNamespace(**{
            **vars(decisions), **vars(fault_notices), **vars(hearing), **vars(reviewing), **vars(cases),
        }),
        "/assessments/accountability/", "case", a_case,
        typed={
            "name_respondents": {
                "concerned": "persons", "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-name": "乙",
                "rows-0-kind": "general",
            },
            "notify_facts": lambda row: {
                **TELLING, "due_on": str(LATER), "facts": "离岗", **choosing(row), "version": row.version,
            },
            "notify_again": lambda row: {
                **TELLING, "due_on": str(LATER), "new_facts": "再次离岗", **choosing(row), "version": row.version,
            },
            "make_statement": lambda row: {"respondent": row.respondents.get().pk, "text": "当时在开会"},
            "propose": lambda row: {"opinion": "建议", **choosing(row), "version": row.version},
            "decide": lambda row: {
                **REVIEWED, "decided_on": str(NOW.date()), **choosing(row), "version": row.version,
            },
            "execute": {"executed_on": str(NOW.date()), "execution": "已宣布"},
            "appeal": {"appealed_on": str(NOW.date()), "appeal": "事实不清"},
            "uphold": lambda row: {**REVIEWED, "decided_on": str(NOW.date()), "version": row.version},
            "amend": lambda row: {
                **REVIEWED, "decided_on": str(NOW.date()), **choosing(row), "version": row.version,
            },
            "revoke": lambda row: {**REVIEWED, "decided_on": str(NOW.date()), "version": row.version},
            "issue_notice": {"grade": "fault", "requirement": "书面检查", "due_on": str(LATER)},
            "not_pursue": WHY, "terminate": WHY,
        },
        told={
            "name_respondents": {"concerned": "persons", "respondents": [accountability.person("乙")]},
            "notify_facts": lambda row: {**TELLING, "facts": "离岗", **chosen(row)},
            "notify_again": lambda row: {**TELLING, "new_facts": "再次离岗", **chosen(row)},
            "make_statement": lambda row: {"respondent": row.respondents.get(), "waived": True},
            "propose": lambda row: {"opinion": "建议", **chosen(row)},
            "decide": lambda row: {
                "organ": "市监委", "document_number": "六监〔2026〕2号", "decided_on": NOW.date(), **chosen(row),
            },
            "execute": {"executed_on": NOW.date(), "execution": "已宣布"},
            "appeal": {"appealed_on": NOW.date(), "appeal": "事实不清"},
            "uphold": {**REVIEWED, "decided_on": NOW.date()},
            "amend": lambda row: {**REVIEWED, "decided_on": NOW.date(), **chosen(row)},
            "revoke": {**REVIEWED, "decided_on": NOW.date()},
            "issue_notice": {"grade": "fault", "requirement": "书面检查", "due_on": LATER},
            "not_pursue": WHY, "terminate": WHY,
        },
        ready={
            "propose": all_heard, "uphold": under_review, "amend": under_review, "revoke": under_review,
        },
    ),
    Exposure: Workflow(
        exposures, "/assessments/exposures/", "exposure", an_exposure,
        typed={
            "edit": lambda row: {**REPORT, "unit": row.unit_id, "version": row.version},
            "explain": {"text": "已核对"}, "verify": read(finding="true", basis="属实"),
            "disprove": read(basis="不属实"), "reconsider": WHY,
            "open_task": {"title": "整改", "requirement": "改", "due_on": str(LATER)}, "reply": read(text="已整改"),
            "link_finding": {"finding": ""}, "propose": read(), "refuse": WHY, "publish": read(checked="on"), "withdraw": read(**CORRECTION),
            "cancel": WHY,
        },
        told={
            "edit": lambda row: {**REPORT, "unit": row.unit, "appeared_on": NOW.date()},
            "explain": {"text": "已核对"}, "verify": {"finding": "true", "basis": "属实"},
            "disprove": {"basis": "不属实"}, "reconsider": WHY,
            "open_task": {"title": "整改", "requirement": "改", "due_on": LATER}, "reply": {"text": "已整改"},
            "link_finding": {"finding": None}, "refuse": WHY, "withdraw": CORRECTION, "cancel": WHY,
        },
    ),
    ModelCase: Workflow(
        model_cases, "/assessments/cases/", "case", a_model_case,
        typed={
            "edit": read(**CASE), "revise": read(**CASE), "hand_back": WHY, "take_back": WHY,
            "return_for_revision": WHY, "reject": WHY, "propose": read(), "refuse": WHY,
            "publish": read(checked="on"), "withdraw": read(**CORRECTION),
        },
        told={
            "edit": CASE, "revise": CASE, "hand_back": WHY, "take_back": WHY, "return_for_revision": WHY,
            "reject": WHY, "refuse": WHY, "withdraw": CORRECTION,
        },
        ready={"submit": from_the_press},
    ),
    Policy: Workflow(
        policies, "/units/policies/", "policy", a_policy,
        typed={"repeal": WHY, "reinstate": WHY}, told={"repeal": WHY, "reinstate": WHY},
    ),
}  # fmt: skip

EVERY_MOVE = [
    (model, verb, state)
    for model, workflow in WORKFLOWS.items()
    for verb in model.TRANSITIONS
    if verb not in workflow.no_button
    for state in model.State.values
]
ALLOWED = [move for move in EVERY_MOVE if move[2] in move[0].TRANSITIONS[move[1]].sources]
REFUSED = [move for move in EVERY_MOVE if move not in ALLOWED]


def named(move) -> str:
    return "-".join((move[0].__name__, *move[1:]))


def all_powers(cast):
    """One person with every right that these verbs ask for, and no part in what was done before."""
    person = make.holder(Role.OFFICE_HEAD, "万能")
    for role in (Role.OFFICE, Role.PRESS):
        make.post(person, role)
    for role in (Role.UNIT_CLERK, Role.UNIT_HEAD):
        make.post(person, role, cast.unit)
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
