"""The life of a plan, from the first word to the version in force."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Notification
from sanwei.core.refusals import Refused, WrongState
from tests import make
from tests.cast import beijing
from tests.post import tell_all
from units.plans import actions, drafting, measures
from units.plans.content import SectionKind
from units.plans.models import Measure, Plan, PlanVersion

IN_TIME = beijing(2026, 2, 25, 10, 0)


def verbs_on(plan) -> list[str]:
    return [entry.verb for entry in Entry.objects.about(plan).order_by("pk")]


def titles_for(user) -> list[str]:
    tell_all()
    return [*Notification.objects.filter(user=user).order_by("pk").values_list("title", flat=True)]


@time_machine.travel(IN_TIME, tick=False)
def test_a_plan_goes_from_draft_to_approved(cast):
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    signed = actions.sign(plan=plan, by=cast.head, received_at=IN_TIME)
    actions.approve(plan=signed.plan, by=cast.officer, opinion="同意备案。")

    plan = Plan.objects.get(pk=plan.pk)
    assert plan.state == Plan.State.APPROVED
    assert plan.submitted_at == IN_TIME
    assert plan.late_days == 0
    assert plan.approved_version == plan.latest_version == signed
    assert verbs_on(plan) == ["request_signature", "sign", "approve"]
    assert titles_for(cast.head)[0] == "市发展改革委2026年度实施方案待您签发"
    assert titles_for(cast.stranger) == []


def test_an_incomplete_plan_is_told_everything_at_once(cast):
    with pytest.raises(ValidationError) as refusal:
        actions.request_signature(plan=cast.plan, by=cast.clerk)

    assert refusal.value.messages == [
        "“经验做法”还没有填写，请总结本单位创建工作的经验和成功做法。",
        "“薄弱环节”至少填写一条。",
        "“推进措施”至少填写一条，并写明责任科室和完成时限。",
        "没有填写“一把手”（负总责）。",
        "没有填写分管负责人（分工负责）。",
        "没有填写党组织（组织实施）。",
    ]


def test_a_date_that_is_none_is_kept_as_typed_and_named_before_signature(cast):
    plan = make.write_plan(cast.plan, cast.clerk, rows=[make.measure_row(due_on="下周")])

    assert drafting.draft_content(plan)[SectionKind.MEASURES]["rows"][0]["due_on"] == "下周"
    assert [problem.message for problem in actions.what_is_missing(plan, drafting.sections_of(plan))] == [
        "第1条的完成时限“下周”不是日期，请写成2027年3月5日的形式。"
    ]


@time_machine.travel(IN_TIME, tick=False)
def test_the_receipt_names_number_second_and_hash(cast):
    plan = make.awaiting_plan(cast.plan, cast.clerk)

    signed = actions.sign(plan=plan, by=cast.head, received_at=IN_TIME)

    assert signed.receipt_number == f"回执〔2026〕{cast.unit.code}-1号"
    assert signed.received_at == IN_TIME
    assert len(signed.sha256) == 64
    assert signed.content["unit"] == "市发展改革委"


def test_signing_what_has_changed_since_it_was_shown_is_refused(cast):
    plan = make.awaiting_plan(cast.plan, cast.clerk)

    with pytest.raises(Refused, match="有改动"):
        actions.sign(plan=plan, by=cast.head, received_at=IN_TIME, expected_sha256="0" * 64)

    assert Plan.objects.get(pk=plan.pk).state == Plan.State.AWAITING_SIGNATURE
    assert PlanVersion.objects.count() == 0


@time_machine.travel(IN_TIME, tick=False)
def test_a_returned_plan_comes_back_as_a_second_version(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, IN_TIME)
    actions.comment(plan=plan, section=SectionKind.MEASURES, text="措施过于笼统。", by=cast.officer)
    plan = actions.return_for_revision(
        plan=plan, by=cast.officer, opinion="请细化措施。", due_on=dt.date(2026, 3, 4)
    )
    assert plan.state == Plan.State.RETURNED
    assert plan.owed_by == beijing(2026, 3, 5)

    rows = [make.measure_row("一窗受理")]
    plan = make.write_plan(plan, cast.clerk, rows=rows)
    plan = actions.request_signature(plan=plan, by=cast.clerk)
    second = actions.sign(plan=plan, by=cast.head, received_at=beijing(2026, 3, 3, 9, 0))

    plan.refresh_from_db()
    assert second.number == 2
    assert plan.submitted_at == IN_TIME  # lateness is measured by the first filing
    assert plan.returned_at is None
    assert [version.outcome for version in plan.versions.all()] == ["returned", "pending"]


@time_machine.travel(IN_TIME, tick=False)
def test_a_withdrawn_plan_no_longer_counts_as_handed_in(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, IN_TIME)

    actions.withdraw(plan=plan, by=cast.head, reason="数字有误")

    plan.refresh_from_db()
    assert (plan.state, plan.submitted_at, plan.late_days) == (Plan.State.DRAFT, None, 0)


@time_machine.travel(IN_TIME, tick=False)
def test_a_plan_under_review_cannot_be_withdrawn(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, IN_TIME)
    actions.start_review(plan=plan, by=cast.officer)

    with pytest.raises(Refused, match="已开始审核"):
        actions.withdraw(plan=plan, by=cast.head, reason="数字有误")


@time_machine.travel(IN_TIME, tick=False)
def test_an_approved_text_stays_in_force_while_it_is_amended(cast):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer, IN_TIME)
    plan = actions.amend(plan=plan, by=cast.clerk, reason="机构调整")

    assert plan.state == Plan.State.DRAFT
    assert plan.approved_version.number == 1
    assert [*Plan.objects.approved(cast.campaign)] == [plan]


@time_machine.travel(IN_TIME, tick=False)
def test_amended_measures_keep_their_progress_and_gone_ones_are_dropped(cast):
    plan = cast.plan
    make.write_plan(plan, cast.clerk, rows=[make.measure_row("一窗受理"), make.measure_row("延时服务")])
    plan = actions.request_signature(plan=plan, by=cast.clerk)
    actions.approve(plan=actions.sign(plan=plan, by=cast.head, received_at=IN_TIME).plan, by=cast.officer)
    first = Measure.objects.get(title="一窗受理")
    measures.record_progress(measure=first, percent=40, text="已设窗口", version=first.version, by=cast.lead)

    plan = actions.amend(plan=Plan.objects.get(pk=plan.pk), by=cast.clerk, reason="调整")
    section = drafting.sections_of(plan)[SectionKind.MEASURES]
    kept = [{**section.content["rows"][0], "title": "一窗通办"}]
    drafting.save_section(
        plan=plan, kind=SectionKind.MEASURES, typed={"rows": kept}, version=section.version, by=cast.clerk
    )
    plan = actions.request_signature(plan=plan, by=cast.clerk)
    actions.approve(plan=actions.sign(plan=plan, by=cast.head, received_at=IN_TIME).plan, by=cast.officer)

    found = Measure.objects.order_by("position", "pk").values_list("title", "percent", "dropped")
    assert [*found] == [("一窗通办", 40, False), ("延时服务", 0, True)]


def test_what_was_handed_in_cannot_be_rewritten_even_by_the_database_owner(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head, IN_TIME)

    for change in ({"sha256": "0" * 64}, {"late_days": 9}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanVersion.objects.filter(plan=plan).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.filter(plan=plan).delete()


EVERY_MOVE = [(verb, state) for verb in Plan.TRANSITIONS for state in Plan.State.values]


@pytest.mark.parametrize(("verb", "state"), EVERY_MOVE)
def test_a_verb_is_refused_from_every_other_state(cast, verb, state):
    if state in Plan.TRANSITIONS[verb].sources:
        assert Plan.TRANSITIONS[verb].target in ("", *Plan.State.values)
        return
    version = PlanVersion.objects.create(
        plan=cast.plan, number=1, receipt_number="回执", content={"sections": {}}, sha256="0" * 64,
        signed_by=cast.head, received_at=IN_TIME, due_at=IN_TIME, late_days=0,
    )  # fmt: skip
    Plan.objects.filter(pk=cast.plan.pk).update(state=state, latest_version=version, approved_version=version)
    make.write_plan_directly(cast.plan)

    with pytest.raises(WrongState):
        call(verb, Plan.objects.for_detail().get(pk=cast.plan.pk), cast)

    assert Plan.objects.get(pk=cast.plan.pk).state == state
    assert Entry.objects.about(cast.plan).count() == 0


def call(verb, plan, cast):
    """Take `verb` with plain arguments."""
    words = {
        "sign": {"received_at": IN_TIME},
        "hand_back": {"reason": "改"},
        "withdraw": {"reason": "改"},
        "amend": {"reason": "改"},
        "unpublish": {"reason": "改"},
        "return_for_revision": {"opinion": "改", "due_on": dt.date(2999, 1, 4)},
        "grant_extension": {"reason": "改", "due_on": dt.date(2999, 1, 4)},
    }
    return getattr(actions, verb)(plan=plan, by=cast.officer, **words.get(verb, {}))
