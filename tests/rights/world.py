"""A city in which there is one of everything, and everybody who may come to its door."""

import dataclasses
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings

from assessments.accountability import deciding, fault_notices, hearing
from assessments.bulletins import actions as bulletins
from assessments.publicity.cases import actions as model_cases
from sanwei.core import clock
from sanwei.core.attachments.actions import attach
from sanwei.core.attachments.models import Attachment
from sanwei.core.exports import actions as exports
from sanwei.core.exports.models import Export
from sanwei.core.exports.writing import write_next
from sanwei.core.notifications.audience import named
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage
from sanwei.core.roles import Role
from tests import make
from tests.assessments.accountability import build as accountability
from tests.assessments.inspections import build as inspecting
from tests.cast import Cast, beijing, gather
from tests.core.attachments.corpus import docx
from tests.security.workflows import a_bulletin
from tests.units.policies.build import policy
from units.plans import actions as plans
from units.rectification import actions as tasks
from units.rectification import urging
from units.rectification.weaknesses import in_force

CANARY = "金丝雀一二三"  # stands in everything of 市发展改革委 that is nobody else's business
WREN = "鹪鹩七八九"  # the name of somebody who answers for something, and all that is said of it
LARK = "百灵鸟四五六"  # stands in what those who supervise see besides
SWIFT = "雨燕鸟七八九"  # stands in exposures, which the press sees as well as inspectors
NEVER = 987_654_321
NEVER_UUID = "00000000-0000-4000-8000-000000000000"
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
ROLES = {
    "complaints": Role.COMPLAINT_OFFICER,
    "judge": Role.JUDGE,
    "discipline": Role.DISCIPLINE,
    "press": Role.PRESS,
    "sysadmin": Role.SYSTEM_ADMIN,
    "secadmin": Role.SECURITY_ADMIN,
    "auditor": Role.AUDIT_ADMIN,
}


@dataclasses.dataclass
class World:
    """`people`: name → user (None for a visitor); `keys`: beginning of an address → what fills its places."""

    cast: Cast
    people: dict
    keys: dict

    def client(self, name: str) -> Client:
        client = Client(raise_request_exception=False)
        if self.people[name] is not None:
            client.force_login(self.people[name])
        return client

    def address(self, pattern: str, never: bool = False) -> str:
        """The address of our object, or of one that never was."""
        path = "/" + pattern.removeprefix("^").removesuffix("$").replace("(?P<app_label>core|units)", "core")
        path = path.replace("(?P<url>.*)", "nothing-here")
        longest = max((start for start in self.keys if pattern.startswith(start)), key=len, default=None)
        found = dict(self.keys.get(longest, {}))
        if never:
            found |= {
                name: NEVER_UUID if "-" in str(value) else NEVER
                for name, value in found.items()
                if name in NUMBERED
            }
        return PLACE.sub(lambda place: str(found[place[1]]), path)


NUMBERED = {"pk", "inspection", "object_id", "paper", "key", "public_id", "department_pk", "post_pk"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for a module, since building takes longer than most walks. Each test works within a transaction of its
    own inside this one, so what it writes is undone, and in the end the world is undone as well."""
    walls = transaction.atomic()
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("world")):
        with django_db_blocker.unblock():
            walls.__enter__()
            built = build(gather())
        yield built
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            walls.__exit__(None, None, None)


def build(cast: Cast) -> World:
    """Unit A has a filed plan with a paper, a measure, a notice; the office a document, a bulletin, a parked mail, and an
    announcement that could not be told."""
    approved = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    plans.publish(plan=approved, by=cast.officer)
    measure = approved.measures.get()
    last_year = make.campaign(2025, state="archive")
    draft = make.write_plan(make.plan(last_year, cast.unit), cast.clerk, experience=CANARY)
    paper = paper_of(draft, cast.clerk)
    document = policy(by=cast.officer, title="关于深化行政审批制度改革的意见")
    task, sheet = a_task(cast)
    finding = inspecting.notified(cast, facts=LARK)
    exposure = make.exposure(cast.campaign, cast.unit, cast.officer, title=SWIFT, summary=SWIFT)
    case = make.model_case(cast, title=CANARY, practice=CANARY)
    exposed, told = make.published_exposure(cast), make.published_case(cast)
    drafted = bulletins.draft(kind="periodic", campaign=cast.campaign, period="2026Q1", by=cast.officer)
    published = a_published_bulletin(cast)
    notice = Notification.objects.create(user=cast.clerk, key="k", title=CANARY, url="/desk/")
    parked = OutboxMessage.objects.create(
        channel="mail",
        user=cast.clerk,
        dedup_key="x",
        title="方案待审",
        due_at=beijing(2026, 1, 1),
        parked_at=beijing(2026, 1, 2),
    )
    untold = Announcement.objects.create(
        key="x", audience=named(cast.clerk), title=CANARY, parked_at=beijing(2026, 1, 2)
    )
    post = cast.lead.posts.get()
    people = {"visitor": None} | {name: getattr(cast, name) for name in CAST}
    people |= {name: make.holder(role) for name, role in ROLES.items()}
    plan_keys = {"pk": draft.pk, "number": 1, "kind": "experience", "paper": paper.pk}
    return World(
        cast,
        people,
        {
            "accounts/": {},
            "attachments/": {"key": paper.pk},
            "notifications/": {"pk": notice.pk},
            "notifications/parked/": {"pk": parked.pk},
            "notifications/parked/announcements/": {"pk": untold.pk},
            "admin/core/user/": {"object_id": cast.clerk.pk},
            "admin/core/identity/": {"object_id": cast.clerk.pk},
            "admin/units/post/": {"object_id": post.pk},
            "admin/r/": {"content_type_id": 1, "object_id": 1},
            "exports/": {"pk": an_export(cast).pk},
            "calendar/": {"year": 2026},
            "units/campaigns/": {"pk": cast.campaign.pk},
            "units/organisation/": {
                "pk": cast.unit.pk,
                "department_pk": cast.department.pk,
                "post_pk": post.pk,
            },
            "units/plans/": plan_keys,
            "units/plans/<int:pk>/versions/": {"pk": approved.pk, "number": 1},
            "units/plans/measures/": {"pk": measure.pk},
            "units/rectification/": {
                "pk": task.pk,
                "key": sheet.pk,
                "paper": paper_of(task, cast.clerk, LARK).pk,
            },
            "units/rectification/board/": {"pk": cast.unit.pk},
            "units/<": {"code": cast.unit.code},
            "units/rectification/open_from_weakness/": {
                "pk": approved.pk,
                "uid": in_force(approved)[0]["uid"],
            },
            "units/rectification/<int:pk>/assistance/": {"pk": task.pk, "key": task.assistance.get().pk},
            "assessments/exposures/": {
                "pk": exposure.pk,
                "paper": paper_of(exposure, cast.officer, SWIFT).pk,
            },
            "assessments/cases/": {"pk": case.pk, "paper": paper_of(case, cast.clerk).pk},
            "assessments/cases/<int:pk>/compare/": {"pk": a_case_that_came_back(cast).pk},
            "exposures/": {"public_id": exposed.public_id, "pk": exposed.pk},
            "cases/": {"public_id": told.public_id, "pk": told.pk},
            "units/policies/": {"pk": document.pk, "paper": paper_of(document, cast.officer, "附件").pk},
            "assessments/ledger/": {"pk": an_entry(cast).pk},
            "assessments/accountability/": a_case(cast),
            "assessments/bulletins/": {"pk": drafted.pk},
            "assessments/inspections/": {"pk": finding.inspection_id},
            "assessments/findings/": {
                "pk": finding.pk,
                "inspection": finding.inspection_id,
                "paper": paper_of(finding, cast.clerk, LARK).pk,
            },
            "assessments/bulletins/<int:pk>/sign_for/": {"pk": published.pk},
            "bulletins/": {"public_id": published.public_id},
            "plans/": {"public_id": approved.public_id},
            "follow/": {"kind": "plan", "pk": draft.pk},
        },
    )


CAST = ("clerk", "head", "lead", "stranger", "other_head", "officer", "office_head", "leader", "inspector")


def paper_of(owner, by, words=CANARY) -> Attachment:
    return attach(owner, SimpleUploadedFile(f"{words}.docx", docx(words)), by)


def a_task(cast):
    """Unit A's task, delegated to 审批科, and the sheet by which it was urged."""
    helper = make.unit("市财政局")
    words = {"title": LARK, "requirement": LARK, "assisting": [helper]}
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, **words)
    task = tasks.delegate(task=task, by=cast.clerk, department=cast.department)
    return task, urging.urge(task=task, by=cast.officer, colour="blue", due_on=task.due_on)


def an_entry(cast):
    """Points that unit A lost for something an inspector found."""
    words = {"cause_label": CANARY, "rule": CANARY}
    return make.ledger_entry(cast.campaign, cast.unit, cast.inspector, **words)


def a_case(cast) -> dict:
    """Unit A's case about WREN: told, heard, proposed and noticed; and the same said wherever something can be said."""
    by, words = accountability.disciplinarian(), {"facts": WREN, "source_label": WREN}
    accountability.basis()
    case = accountability.verifying(cast, persons=(WREN,), **words)
    forms, limit = accountability.all_get(case, "circular"), hearing.usual_limit(clock.today())
    basis = {**accountability.BASIS, "clause_text": WREN, "facts": WREN, "due_on": limit, "chosen": forms}
    case = hearing.notify_facts(case=case, by=by, **basis)
    saying = {"respondent": case.respondents.get(), "waived": False, "text": WREN}
    case = hearing.make_statement(case=case, by=cast.head, **saying)
    case = deciding.propose(case=case, by=by, opinion=WREN, chosen=forms)
    notice = {"grade": "fault", "requirement": WREN, "due_on": limit}
    case = fault_notices.issue_notice(case=case, by=by, **notice)
    return {"pk": case.pk, "key": case.notices.get().pk}


def a_case_that_came_back(cast):
    """Sent in twice, so that there are two versions; the office has not taken it up."""
    case = model_cases.take_back(
        case=make.submitted_case(cast, practice=LARK), by=cast.head, reason="补充数据"
    )
    return model_cases.sign(case=model_cases.request_signature(case=case, by=cast.clerk), by=cast.head)


def an_export(cast) -> Export:
    """A large list that the clerk asked for, written and ready."""
    asked = exports.ask(
        listing="measures", title=CANARY, path="/units/plans/measures/export/", query="", places={}, total=501,
        reason=CANARY, by=cast.clerk,
    )  # fmt: skip
    write_next()
    return asked


def a_published_bulletin(cast):
    row = bulletins.request_review(bulletin=a_bulletin(cast, "draft"), by=cast.officer)
    row = bulletins.sign(bulletin=row, by=cast.office_head)
    row = bulletins.publish(bulletin=bulletins.number(bulletin=row, by=cast.officer), by=cast.officer)
    return bulletins.open(bulletin=row, by=cast.officer)
