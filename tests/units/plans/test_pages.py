"""Pages of plans: constant queries, filters, exports, autosave answers, papers of Excel."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from tests import make
from tests.cast import beijing
from tests.post import tell_all
from units.plans import actions, drafting
from units.plans.content import SectionKind
from units.plans.models import Plan, PlanVersion

FEBRUARY = beijing(2026, 2, 25, 9, 30)


def queries(client, path) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def test_the_list_asks_as_much_for_one_row_as_for_three(cast, client):
    client.force_login(cast.officer)
    client.get("/units/plans/")
    two = queries(client, "/units/plans/")
    make.plan(cast.campaign, make.unit("市财政局"))

    assert queries(client, "/units/plans/") == two <= 12


def test_a_plan_asks_as_much_with_one_measure_as_with_three(cast, client):
    one = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    rows = [make.measure_row(title) for title in ("一", "二", "三")]
    make.write_plan(cast.other_plan, cast.stranger, rows=rows)
    three = actions.request_signature(
        plan=Plan.objects.for_detail().get(pk=cast.other_plan.pk), by=cast.stranger
    )
    signed = actions.sign(plan=three, by=cast.other_head, received_at=FEBRUARY)
    actions.approve(plan=signed.plan, by=cast.officer)
    client.force_login(cast.officer)
    client.get(f"/units/plans/{one.pk}/")

    few = queries(client, f"/units/plans/{one.pk}/")

    assert queries(client, f"/units/plans/{three.pk}/") == few <= 15


def test_the_ledger_asks_as_much_for_one_row_as_for_three(cast, client):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    client.force_login(cast.officer)
    client.get("/units/plans/measures/")
    one = queries(client, "/units/plans/measures/")
    make.write_plan(cast.other_plan, cast.stranger, rows=[make.measure_row("一"), make.measure_row("二")])
    plan = actions.request_signature(
        plan=Plan.objects.for_detail().get(pk=cast.other_plan.pk), by=cast.stranger
    )
    actions.approve(
        plan=actions.sign(plan=plan, by=cast.other_head, received_at=FEBRUARY).plan, by=cast.officer
    )

    assert queries(client, "/units/plans/measures/") == one <= 12


@pytest.mark.parametrize(
    ("filed", "found"),
    [
        ("handed_in", ["市发展改革委"]),
        ("late", ["市发展改革委"]),
        ("missing", ["市教育局"]),
        ("returned", []),
        ("?", ["市发展改革委", "市教育局"]),
    ],
)
def test_the_filter_narrows_the_list_and_its_export_alike(cast, client, filed, found):
    make.submitted_plan(cast.plan, cast.clerk, cast.head, beijing(2026, 3, 3, 9, 0))
    client.force_login(cast.officer)

    page = client.get(f"/units/plans/?filed={filed}").context["page"]
    answer = client.get(f"/units/plans/export/?filed={filed}")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

    assert [plan.unit.name for plan in page] == found
    assert [row[1] for row in sheet.iter_rows(min_row=3, values_only=True)] == found


def test_the_list_of_who_has_not_handed_in_is_printed_whole_and_says_what_it_is(cast, client):
    for number in range(26):
        make.plan(cast.campaign, make.unit(f"市直第{number}单位"))
    client.force_login(cast.officer)

    screen = client.get("/units/plans/?filed=missing")
    paper = client.get("/units/plans/?filed=missing&print=all")

    assert (len(screen.context["page"]), len(paper.context["page"])) == (25, 28)
    assert "报送情况：未报。以下 25 行只是其中一部分。" in screen.content.decode()
    assert '<a href="?filed=missing&amp;print=all">打印全部</a>' in screen.content.decode()
    assert "报送情况：未报。共 28 行，已全部列出。" in paper.content.decode()


@pytest.mark.parametrize("address", ["/units/plans/", "/units/plans/measures/"])
def test_a_whole_list_for_paper_asks_no_more_and_shows_no_more(cast, client, address):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    client.force_login(cast.clerk)
    client.get(address)
    shown, asked = len(client.get(address).context["page"]), queries(client, address)
    make.plan(cast.campaign, make.unit("市财政局"))

    assert queries(client, f"{address}?print=all") == asked
    assert len(client.get(f"{address}?print=all").context["page"]) == shown == 1


@time_machine.travel(FEBRUARY, tick=False)
def test_the_autosave_answers_version_and_second(cast, client):
    client.force_login(cast.clerk)
    path = f"/units/plans/{cast.plan.pk}/edit/experience/"

    first = client.post(path, {"text": "甲", "version": "0"}, headers={"X-Autosave": "1"})
    clash = client.post(path, {"text": "乙", "version": "0"}, headers={"X-Autosave": "1"})

    assert first.json() == {"version": 1, "saved_at": "09:30:00"}
    assert clash.status_code == 409
    assert "李芳" in clash.json()["message"]
    assert drafting.draft_content(cast.plan)["experience"] == {"text": "甲"}


def test_a_conflict_shows_both_texts(cast, client):
    drafting.save_section(
        plan=cast.plan, kind="experience", typed={"text": "先保存的"}, version=0, by=cast.clerk
    )
    client.force_login(cast.clerk)

    page = client.post(f"/units/plans/{cast.plan.pk}/edit/experience/", {"text": "后保存的", "version": "0"})

    assert page.status_code == 409
    assert "先保存的" in page.content.decode()
    assert "后保存的" in page.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5", "９"])
def test_a_version_that_is_no_number_is_no_crash(cast, client, version):
    client.force_login(cast.clerk)

    answer = client.post(f"/units/plans/{cast.plan.pk}/edit/experience/", {"text": "甲", "version": version})

    assert answer.status_code == 302


def test_a_nul_in_the_text_is_refused_in_words_and_the_text_is_kept(cast, client):
    client.force_login(cast.clerk)

    page = client.post(f"/units/plans/{cast.plan.pk}/edit/experience/", {"text": "甲\x00乙", "version": "0"})

    assert page.status_code == 422
    assert "甲" in page.content.decode()


@time_machine.travel(FEBRUARY, tick=False)
def test_the_same_post_sent_twice_signs_once_and_answers_the_same(cast, client):
    make.awaiting_plan(cast.plan, cast.clerk)
    client.force_login(cast.head)
    form = client.get(f"/units/plans/{cast.plan.pk}/sign/").context["form"]
    words = {"sha256": form.initial["sha256"], "not_secret": "on", "_once": "k1"}

    answers = [client.post(f"/units/plans/{cast.plan.pk}/sign/", words) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert PlanVersion.objects.count() == 1


@time_machine.travel(FEBRUARY, tick=False)
def test_the_second_head_to_press_is_told_what_happened(cast, client):
    signed = make.submitted_plan(cast.plan, cast.clerk, cast.head).latest_version
    client.force_login(cast.head)
    words = {"sha256": signed.sha256, "not_secret": "on", "_once": "k2"}

    page = client.post(f"/units/plans/{cast.plan.pk}/sign/", words)

    assert page.status_code == 409
    assert "不能签发上报：市发展改革委2026年度实施方案当前状态为“已上报”" in page.content.decode()
    assert PlanVersion.objects.count() == 1


@time_machine.travel(FEBRUARY, tick=False)
def test_signing_asks_for_the_secrecy_tick_and_says_so(cast, client):
    make.awaiting_plan(cast.plan, cast.clerk)
    client.force_login(cast.head)

    page = client.post(f"/units/plans/{cast.plan.pk}/sign/", {"sha256": "0" * 64})

    assert page.status_code == 422
    assert "请先确认方案不含涉密内容，再签发。" in page.content.decode()


def filled(rows) -> SimpleUploadedFile:
    """T3 as a clerk sends it."""
    book = Workbook()
    sheet = book.active
    sheet.append(["方案措施分解表"])
    sheet.append(["说明"])
    sheet.append(
        ["序号", "举 措", "类型", "目标", "责任科室", "责任人", "配合科室", "起止时间", "完成标准", "备注"]
    )
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("措施.xlsx", out.getvalue())


def test_measures_come_from_excel_after_a_dry_run(cast, client):
    client.force_login(cast.clerk)
    path = f"/units/plans/{cast.plan.pk}/import_measures/"
    rows = [["1", "一窗受理", "服务", "", "审批科", "", "", "2026年3月1日至2026年6月30日", "全部进驻", ""],
            ["2", "周五学堂", "学习", "", "审批科", "", "", "2026年12月１日", "", ""]]  # fmt: skip

    dry = client.post(path, {"file": filled(rows)})
    assert drafting.draft_content(cast.plan)[SectionKind.MEASURES] == {"rows": []}
    client.post(path, {"read": dry.context["sealed"]})

    read = drafting.draft_content(cast.plan)[SectionKind.MEASURES]["rows"]
    assert [(row["title"], row["kind"], row["starts_on"], row["due_on"]) for row in read] == [
        ("一窗受理", "服务", "2026-03-01", "2026-06-30"),
        ("周五学堂", "学习", "", "2026-12-01"),
    ]


def test_one_bad_row_and_nothing_is_imported(cast, client):
    client.force_login(cast.clerk)
    rows = [["1", "一窗受理", "服务", "", "审批科", "", "", "2026-06-30", "", ""],
            ["2", "周五学堂", "娱乐", "", "没有的科", "", "", "下周", "", ""]]  # fmt: skip

    page = client.post(f"/units/plans/{cast.plan.pk}/import_measures/", {"file": filled(rows)})

    assert page.status_code == 422
    assert [(error.row, error.column) for error in page.context["faults"]] == [
        (5, "类型"),
        (5, "责任科室"),
        (5, "起止时间"),
    ]
    assert drafting.draft_content(cast.plan)[SectionKind.MEASURES] == {"rows": []}


def test_urging_the_filtered_list_tells_each_unit_once_a_day(cast, client):
    client.force_login(cast.officer)

    client.post("/units/plans/urge/", {"all": "1"})
    client.post("/units/plans/urge/", {"all": "1"})

    tell_all()
    told = cast.clerk.notifications.filter(kind="urge")
    assert [notice.title for notice in told] == ["催办：请尽快报送2026年度实施方案"]
    assert cast.leader.notifications.count() == 0


@pytest.mark.parametrize(
    "verb", ["return_for_revision", "sign", "hand_back", "withdraw", "amend", "grant_extension"]
)
def test_the_page_of_a_verb_that_cannot_be_taken_now_says_so_before_anything_is_typed(cast, client, verb):
    Plan.objects.filter(pk=cast.plan.pk).update(
        state="returned", returned_at=FEBRUARY, revision_due_at=FEBRUARY
    )
    person = {"return_for_revision": cast.officer, "grant_extension": cast.officer, "amend": cast.clerk}
    client.force_login(person.get(verb, cast.head))

    page = client.get(f"/units/plans/{cast.plan.pk}/{verb}/")

    assert page.status_code == 409
    assert "当前状态为“退回修改”" in page.content.decode()


def test_the_office_returns_a_plan_with_its_text_before_its_eyes(cast, client):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head)
    client.force_login(cast.officer)

    page = client.get(f"/units/plans/{plan.pk}/return_for_revision/").content.decode()

    assert "坚持一线工作法。" in page
    assert page.index("压减审批材料") > page.index('name="opinion"')


def test_citations_take_only_documents_of_the_library(cast, client):
    client.force_login(cast.clerk)

    page = client.post(
        f"/units/plans/{cast.plan.pk}/edit/citations/", {"policies": ["9" * 40], "version": "0"}
    )

    assert page.status_code == 422
    assert "请重新勾选" in page.content.decode()


def test_the_wrong_cells_come_back_marked(cast, client):
    client.force_login(cast.clerk)
    rows = [["1", "周五学堂", "娱乐", "", "审批科", "", "", "2026-06-30", "", ""]]
    words = {"file": filled(rows), "marked": "1"}

    answer = client.post(f"/units/plans/{cast.plan.pk}/import_measures/", words)

    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet["C4"].comment.text.startswith("“娱乐”不在可选范围内，请填写：学习、服务、创新")


@time_machine.travel(FEBRUARY, tick=False)
def test_an_approval_is_bound_to_the_plan_that_was_read(cast, client):
    read = make.submitted_plan(cast.plan, cast.clerk, cast.head)
    actions.withdraw(plan=read, by=cast.head, reason="数字有误")
    make.submitted_plan(Plan.objects.for_detail().get(pk=read.pk), cast.clerk, cast.head)
    client.force_login(cast.officer)

    page = client.post(f"/units/plans/{read.pk}/approve/", {"version": str(read.version)})

    assert page.status_code == 409
    assert "已被他人更新" in page.content.decode()
    assert Plan.objects.get(pk=read.pk).state == Plan.State.SUBMITTED
