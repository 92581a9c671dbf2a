"""The life of an exposure: entered, explained, verified, put right, answered in public, withdrawn with a correction."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.publicity.exposures import actions, worklist
from assessments.publicity.exposures.models import Exposure
from sanwei.core.attachments.actions import attach
from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Announcement
from sanwei.core.refusals import Refused, Stale, WrongState
from tests import make
from tests.assessments.inspections import build as inspecting
from tests.cast import beijing
from tests.core.attachments.corpus import docx
from units.rectification import actions as tasks
from units.rectification.models import Task

MONDAY = beijing(2026, 3, 2, 9)
LATER = dt.date(2026, 3, 16)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def press(db):
    return make.holder("press", "孙悦")


def told() -> list[str]:
    return [*Announcement.objects.order_by("pk").values_list("title", flat=True)]


def desk(user) -> list[str]:
    return [item.what for item in worklist.items(user)]


def test_what_the_press_enters_gets_a_number_and_office_and_unit_are_told_without_a_name(cast, press):
    exposure = make.exposure(cast.campaign, cast.unit, press)

    assert (exposure.number, exposure.state, exposure.verification) == (
        "曝光〔2026〕1号",
        "registered",
        "pending",
    )
    assert told() == [
        "媒体曝光件待核实：办事大厅张某某态度生硬",
        "媒体报道涉及贵单位：办事大厅张某某态度生硬",
    ]
    assert str(exposure) == "曝光〔2026〕1号 办事大厅张某某态度生硬"


def test_one_report_about_one_unit_is_entered_once(cast, press):
    make.exposure(cast.campaign, cast.unit, press)

    with pytest.raises(Refused, match="已为该单位登记过"):
        make.exposure(cast.campaign, cast.unit, cast.officer)
    other = make.exposure(cast.campaign, cast.other_unit, press)
    assert (other.number, Exposure.objects.count()) == ("曝光〔2026〕2号", 2)


def test_what_was_entered_by_mistake_is_cancelled_and_may_be_entered_again(cast, press):
    first = actions.cancel(
        exposure=make.exposure(cast.campaign, cast.unit, press), by=press, reason="登错单位"
    )

    assert first.state == "cancelled"
    assert make.exposure(cast.campaign, cast.unit, press).state == "registered"


def test_a_report_of_tomorrow_is_no_report(cast):
    with pytest.raises(ValidationError, match="不能晚于今天"):
        make.exposure(cast.campaign, cast.unit, cast.officer, appeared_on=dt.date(2026, 3, 3))


def test_it_counts_once_it_is_verified_and_not_before(cast):
    pending = make.exposure(cast.campaign, cast.unit, cast.officer)
    assert [*Exposure.objects.upheld(cast.campaign)] == []
    actions.verify(exposure=pending, by=cast.officer, finding="true", basis="监控")
    partly = make.verified_exposure(cast, finding="partly", title="部分")
    wrong = make.exposure(cast.campaign, cast.unit, cast.officer, title="不实")
    actions.disprove(exposure=wrong, by=cast.officer, basis="无此人")

    assert {*Exposure.objects.upheld(cast.campaign)} == {pending, partly}
    assert [*Exposure.objects.upheld(make.campaign(2025, state="archive"))] == []


def test_a_conclusion_may_be_asked_again_until_the_public_is_told(cast):
    exposure = make.verified_exposure(cast)
    exposure = actions.reconsider(exposure=exposure, by=cast.officer, reason="张三另有证据")

    assert (exposure.state, exposure.verification, exposure.verified_by) == ("registered", "pending", None)
    assert [*Exposure.objects.upheld(cast.campaign)] == []
    assert Entry.objects.get(verb="reconsider").detail["reason"] == "张某某另有证据"
    with pytest.raises(WrongState):
        actions.reconsider(
            exposure=make.published_exposure(cast, title="另一件"), by=cast.officer, reason="x"
        )


def test_verify_takes_true_or_partly_only(cast):
    exposure = make.exposure(cast.campaign, cast.unit, cast.officer)

    with pytest.raises(ValidationError, match="属实"):
        actions.verify(exposure=exposure, by=cast.officer, finding="false", basis="x")


def test_without_link_or_scan_there_is_nothing_to_verify_by(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    exposure = make.exposure(cast.campaign, cast.unit, cast.officer, link="")
    with pytest.raises(Refused, match="没有原文链接也没有扫描件"):
        actions.verify(exposure=exposure, by=cast.officer, finding="true", basis="x")
    attach(exposure, SimpleUploadedFile("扫描件.docx", docx("版面")), cast.officer)

    assert actions.verify(exposure=exposure, by=cast.officer, finding="true", basis="x").is_upheld


def test_verified_is_what_was_read_and_nothing_newer(cast):
    exposure = make.exposure(cast.campaign, cast.unit, cast.officer)
    words = {
        field: getattr(exposure, field) for field in ("unit", "media", "media_kind", "appeared_on", "title")
    }
    actions.edit(exposure=exposure, by=cast.officer, version=1, **words, summary="别的事")

    with pytest.raises(Stale):
        actions.verify(exposure=exposure, by=cast.officer, finding="true", basis="x", version=1)


def test_the_head_explains_and_the_office_is_told(cast):
    exposure = make.exposure(cast.campaign, cast.unit, cast.officer)
    actions.explain(exposure=exposure, by=cast.head, text="张三已调离")
    actions.explain(exposure=exposure, by=cast.head, text="补充材料")

    assert [row.text for row in exposure.explanations.all()] == ["补充材料", "张三已调离"]
    assert told()[-1] == "市发展改革委对曝光件作出陈述：办事大厅张某某态度生硬"


def test_upheld_it_becomes_a_task_of_the_unit_once(cast):
    exposure = make.verified_exposure(cast)
    words = {"title": "整改窗口作风", "requirement": "开展培训", "due_on": LATER}
    exposure = actions.open_task(exposure=exposure, by=cast.officer, **words)

    task = Task.objects.get()
    assert (task.source, task.source_key, task.unit) == ("exposure", f"exposure:{exposure.pk}", cast.unit)
    assert task.source_label == "皖西日报 2026-03-02 曝光〔2026〕1号"
    assert actions.consequences(exposure, cast.clerk) == [("整改任务", task)]
    assert actions.consequences(exposure, make.holder("press")) == []
    with pytest.raises(Refused, match="已交办整改，督办编号整改〔2026〕1号"):
        actions.open_task(exposure=exposure, by=cast.officer, **words)


def test_after_its_task_was_cancelled_there_may_be_another(cast):
    words = {"title": "整改", "requirement": "培训", "due_on": LATER}
    exposure = actions.open_task(exposure=make.verified_exposure(cast), by=cast.officer, **words)
    tasks.cancel(task=exposure.task, by=cast.officer, reason="要求有误")
    again = actions.open_task(exposure=Exposure.objects.get(), by=cast.officer, **words)

    assert again.task.number == "整改〔2026〕2号"


def test_an_upheld_finding_of_the_same_unit_is_linked_and_shown_to_whoever_may_see_it(cast, press, client):
    exposure, finding = make.verified_exposure(cast), inspecting.upheld(cast)
    client.force_login(cast.officer)
    path = f"{exposure.get_absolute_url()}link_finding/"
    assert str(finding) in client.get(path).content.decode()
    client.post(path, {"finding": finding.pk})
    exposure.refresh_from_db()

    assert exposure.finding == finding
    assert actions.consequences(exposure, cast.head) == [("督查发现问题", finding)]
    assert actions.consequences(exposure, press) == []
    elsewhere = make.exposure(cast.campaign, cast.other_unit, cast.officer)
    elsewhere = actions.verify(exposure=elsewhere, by=cast.officer, finding="true", basis="属实")
    with pytest.raises(Refused, match="不属于该单位"):
        actions.link_finding(exposure=elsewhere, by=cast.officer, finding=finding)


def test_a_finding_that_the_unit_was_not_told_of_is_not_offered(cast, client):
    exposure, finding = make.verified_exposure(cast), inspecting.finding(cast)
    client.force_login(cast.office_head)
    path = f"{exposure.get_absolute_url()}link_finding/"

    assert finding.number not in client.get(path).content.decode()
    assert client.post(path, {"finding": finding.pk}).status_code == 422


def test_what_is_not_so_becomes_no_task(cast):
    exposure = make.exposure(cast.campaign, cast.unit, cast.officer)
    exposure = actions.disprove(exposure=exposure, by=cast.officer, basis="无此事")

    with pytest.raises(Refused, match="只有核实属实、部分属实"):
        actions.open_task(exposure=exposure, by=cast.officer, title="x", requirement="x", due_on=LATER)


def test_a_reply_is_drafted_before_it_is_proposed_and_comes_back_when_refused(cast, press):
    exposure = make.verified_exposure(cast)
    with pytest.raises(Refused, match="尚未拟写公开答复"):
        actions.propose(exposure=exposure, by=press)
    exposure = actions.reply(exposure=exposure, by=press, text="张三已批评教育。")
    exposure = actions.propose(exposure=exposure, by=press)
    exposure = actions.refuse(exposure=exposure, by=cast.officer, reason="写明时限")

    assert (exposure.state, exposure.proposed_by, exposure.proposed_at) == ("verified", None, None)
    assert exposure.reply == "张三已批评教育。"
    assert told()[-1] == "公开答复退回修改：办事大厅张某某态度生硬"


def test_withdrawn_it_may_count_no_longer(cast):
    kept = make.withdrawn_exposure(cast)
    assert [*Exposure.objects.upheld(cast.campaign)] == [kept]
    words = {"correction": "经复核不属实，特此更正。", "reason": "新证据", "finding": "false"}
    actions.withdraw(exposure=make.published_exposure(cast, title="另一件"), by=cast.officer, **words)

    assert [*Exposure.objects.upheld(cast.campaign)] == [kept]
    assert Entry.objects.filter(verb="withdraw").latest("pk").detail["finding"] == "false"


def test_it_goes_from_desk_to_desk(cast, press):
    exposure = make.exposure(cast.campaign, cast.unit, press)
    assert (desk(cast.officer), desk(cast.clerk), desk(cast.stranger)) == (
        ["核实"],
        ["核对情况，可作陈述"],
        [],
    )
    exposure = actions.verify(exposure=exposure, by=cast.officer, finding="true", basis="监控")
    assert (desk(cast.officer), desk(cast.clerk)) == (["交办整改"], [])
    actions.open_task(exposure=exposure, by=cast.officer, title="整改", requirement="改", due_on=LATER)
    actions.reply(exposure=exposure, by=cast.officer, text="已整改")
    actions.propose(exposure=exposure, by=cast.officer)

    assert desk(cast.officer) == ["等待他人批准公开"]
    assert desk(cast.office_head) == ["批准公开"]
