"""The life of a finding: recorded, told, accepted or objected to, upheld or dismissed, put right, looked at again."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction

from assessments.inspections.findings import actions, deciding, following, silence
from assessments.inspections.models import Finding
from assessments.ledger.models import LedgerEntry
from sanwei.core.notifications.models import Announcement
from sanwei.core.refusals import Refused
from sanwei.core.roles import Role
from tests import make
from tests.assessments.inspections import build
from tests.cast import beijing
from units.rectification import actions as tasks
from units.rectification.models import Task

NOON = beijing(2026, 3, 4, 12)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOON, tick=False):
        yield


def points() -> list[Decimal]:
    return [*LedgerEntry.objects.order_by("pk").values_list("points", flat=True)]


def closed(task, cast) -> Task:
    task = tasks.sign_for(task=task, by=cast.clerk)
    task = tasks.report_done(task=task, by=cast.clerk, result="已整改")
    task = tasks.confirm(task=task, by=cast.head)
    return tasks.verify(task=task, by=cast.officer, conclusion="solved")


def test_a_finding_is_recorded_with_its_witnesses(cast):
    finding = build.finding(cast)

    assert (finding.number, finding.state, finding.witness_count) == ("督查问题〔2026〕1号", "recorded", 2)
    assert [one.name for one in finding.witnesses.all()] == ["周明", "秦岚"]


def test_what_one_person_saw_is_not_put_to_a_unit(cast):
    finding = build.finding(cast, witnesses=[])

    with pytest.raises(Refused, match="发现人不足两人"):
        actions.notify(finding=finding, by=cast.inspector)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(
            state="notified", notified_at=NOON, answer_due_on=NOON.date()
        )


def test_the_one_who_files_counts_once(cast):
    assert build.finding(cast, witnesses=["周明"]).witness_count == 1


def test_what_is_sent_twice_is_one_finding(cast):
    inspection = build.under_way(cast)
    first = build.finding(cast, inspection, sent_key="k" * 32)
    again = build.finding(cast, inspection, sent_key="k" * 32, facts="别的内容")

    assert (again.pk, again.facts, Finding.objects.count()) == (first.pk, first.facts, 1)


def test_nothing_is_filed_before_the_inspection_has_started(cast):
    with pytest.raises(Refused, match="请先开始督查"):
        build.finding(cast, build.inspection(cast))


def test_the_unit_has_three_working_days_to_answer(cast):
    finding = build.notified(cast)

    assert (finding.state, finding.answer_due_on) == ("notified", dt.date(2026, 3, 9))


def test_accepting_marks_the_ledger_and_opens_a_task(cast):
    finding = build.upheld(cast)
    task = Task.objects.get()

    assert (finding.state, points()) == ("upheld", [Decimal("-1.00")])
    assert (task.source, task.source_key, task.unit) == ("finding", f"finding:{finding.pk}:1", cast.unit)
    assert (task.requirement, task.lead_department, task.opened_by) == (
        finding.requirement,
        cast.department,
        None,
    )


@pytest.mark.parametrize(
    ("severity", "people", "expected"),
    [
        ("minor", 0, "-0.50"),
        ("minor", 3, "-1.50"),
        ("moderate", 1, "-1.00"),
        ("serious", 0, "-2.00"),
        ("serious", 2, "-4.00"),
    ],
)
def test_points_are_counted_for_each_person(cast, severity, people, expected):
    build.upheld(cast, severity=severity, people_count=people)

    assert points() == [Decimal(expected)]


def test_silence_for_three_working_days_is_consent(cast):
    finding = build.notified(cast)

    with time_machine.travel(beijing(2026, 3, 9, 23, 59), tick=False):
        assert silence.let_speak() == 0
    with time_machine.travel(beijing(2026, 3, 10, 0, 5), tick=False):
        assert (silence.let_speak(), silence.let_speak()) == (1, 0)

    assert Finding.objects.get().state == "upheld"
    assert points() == [Decimal("-1.00")]
    assert [*LedgerEntry.objects.values_list("event", flat=True)] == [f"finding:{finding.pk}"]


def test_an_objection_after_three_working_days_comes_too_late(cast):
    finding = build.notified(cast)

    with (
        time_machine.travel(beijing(2026, 3, 10, 0, 1), tick=False),
        pytest.raises(Refused, match="已过"),
    ):
        actions.object(finding=finding, by=cast.head, objection="不属实")


def test_while_the_unit_objects_nothing_counts(cast):
    build.objected(cast)

    assert (points(), Task.objects.count(), Finding.objects.counted().count()) == ([], 0, 0)


def test_what_is_dismissed_leaves_no_trace_in_points_or_lists_that_count(cast):
    finding = deciding.dismiss(finding=build.objected(cast), by=cast.office_head, decision="监控证实在岗")

    assert finding.state == "dismissed"
    assert (points(), Task.objects.count(), Finding.objects.counted().count()) == ([], 0, 0)


def test_an_objection_that_does_not_hold_is_upheld_by_somebody_else(cast):
    finding = build.objected(cast)

    with pytest.raises(Refused, match="应当回避"):
        deciding.uphold(finding=finding, by=cast.inspector, decision="事实清楚")
    with pytest.raises(Refused, match="应当回避"):
        deciding.uphold(finding=finding, by=build.second_inspector(), decision="事实清楚")
    finding = deciding.uphold(finding=finding, by=cast.office_head, decision="事实清楚")

    assert (finding.state, points()) == ("upheld", [Decimal("-1.00")])
    assert Task.objects.get().opened_by == cast.office_head


def test_a_finding_is_settled_with_its_last_task(cast):
    finding = build.upheld(cast)
    second = following.open_task(
        finding=finding,
        by=cast.inspector,
        title="完善监督",
        requirement="加装监控",
        due_on=dt.date(2026, 4, 1),
    )
    closed(Task.objects.exclude(pk=second.pk).get(), cast)

    assert Finding.objects.get().state == "upheld"
    closed(second, cast)

    settled = Finding.objects.get()
    assert (settled.state, settled.settled_at) == ("settled", NOON)


def test_a_finding_with_an_open_task_is_not_settled_by_hand(cast):
    with pytest.raises(Refused, match="还有整改任务没有办结"):
        following.settle(finding=build.upheld(cast), by=cast.inspector, conclusion="已纠正")


def test_what_was_put_right_on_the_spot_is_settled_by_hand(cast):
    finding = build.upheld(cast, requirement="", rectify_by=None, handled_on_spot="当场责令返岗")

    assert not Task.objects.exists()
    assert following.settle(finding=finding, by=cast.inspector, conclusion="已当场纠正").state == "settled"


def test_a_failed_second_look_opens_the_finding_again(cast):
    build.upheld(cast)
    closed(Task.objects.get(), cast)
    finding = Finding.objects.get()
    following.look_back(
        finding=finding, by=cast.inspector, outcome="relapsed", note="窗口再次空岗", looked_on=NOON.date()
    )

    finding = Finding.objects.get()
    assert (finding.state, finding.settled_at, finding.round) == ("upheld", None, 2)
    again = Task.objects.open().get()
    assert (again.source_key, again.title) == (f"finding:{finding.pk}:2", "回头看整改：脱岗")
    assert points() == [Decimal("-1.00")]


def test_a_second_look_that_finds_it_kept_leaves_it_settled(cast):
    build.upheld(cast)
    closed(Task.objects.get(), cast)
    following.look_back(
        finding=Finding.objects.get(), by=cast.inspector, outcome="kept", note="在岗", looked_on=NOON.date()
    )

    assert Finding.objects.get().state == "settled"
    assert [row.outcome for row in Finding.objects.get().look_backs.all()] == ["kept"]


def test_a_unit_sees_what_it_was_told_and_no_more(cast):
    recorded, told = build.finding(cast), build.notified(cast)
    everybody = (cast.clerk, cast.head, cast.lead, cast.stranger, cast.officer, cast.leader, cast.inspector)
    seen = [
        [*Finding.objects.visible_to(one).order_by("pk").values_list("pk", flat=True)] for one in everybody
    ]

    mine, both = [told.pk], [recorded.pk, told.pk]
    assert seen == [mine, mine, mine, [], mine, mine, both]


def test_a_witness_by_name_or_under_another_account_decides_nothing(cast):
    named = objected_with_witness(cast, cast.office_head.name)

    with pytest.raises(Refused, match="应当回避"):
        deciding.dismiss(finding=named, by=cast.office_head, decision="不属实")


def objected_with_witness(cast, name) -> Finding:
    return build.objected(cast, witnesses=[build.second_inspector(), name])


def test_an_account_typed_as_a_name_too_stays_an_account(cast):
    second = build.second_inspector()
    finding = build.finding(cast, witnesses=[second, second.name])

    assert [one.user for one in finding.witnesses.all()] == [cast.inspector, second]


def test_who_works_in_the_unit_does_not_close_its_task(cast, client):
    build.upheld(cast)
    task = Task.objects.get()
    task = tasks.sign_for(task=task, by=cast.clerk)
    task = tasks.report_done(task=task, by=cast.clerk, result="已整改")
    tasks.confirm(task=task, by=cast.head)
    both = make.post(make.officer("双岗"), Role.UNIT_CLERK, cast.unit).user
    client.force_login(both)

    answer = client.post(f"{task.get_absolute_url()}verify/", {"conclusion": "solved"})
    assert (answer.status_code, Finding.objects.get().state) == (403, "upheld")


@pytest.mark.django_db(transaction=True)
def test_the_unit_is_reminded_before_its_silence_speaks(cast):
    """With real transactions: telling must stand within one."""
    build.notified(cast)
    with time_machine.travel(beijing(2026, 3, 9, 9), tick=False):
        silence.let_speak()

    assert Announcement.objects.filter(kind="reminder", key__contains=":answer:").count() == 1
