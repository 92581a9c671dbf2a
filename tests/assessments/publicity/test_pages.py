"""The pages of exposures and cases: constant queries, forms that keep what was typed, papers, workbook, double clicks."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from assessments.publicity.cases import actions as cases
from assessments.publicity.cases.models import ModelCase
from assessments.publicity.exposures import actions as exposures
from assessments.publicity.exposures.models import Exposure
from assessments.publicity.people import people_in
from sanwei.core.attachments.models import Attachment
from tests import make
from tests.cast import beijing
from tests.core.attachments.corpus import docx

EXPOSURES, CASES = "/assessments/exposures/", "/assessments/cases/"


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


@pytest.fixture
def press(db):
    return make.holder("press", "孙悦")


def signed_in(client, user):
    client.force_login(user)
    return client


def queries(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def text_of(answer) -> str:
    return answer.content.decode()


def report(cast, **changes) -> dict:
    """A report as the press types it."""
    typed = {
        "unit": cast.unit.pk,
        "media": "六安新闻网",
        "media_kind": "website",
        "appeared_on": "2026年3月1日",
        "title": "办事群众跑了五趟",
        "link": "https://news.example.com/5",
        "summary": "材料一次性告知不到位。",
        "persons": "张三 审批科科长",
        "unclassified": "on",
    }
    return {**typed, **changes}


@pytest.mark.parametrize("who", ["officer", "clerk", "inspector"])
def test_the_list_of_exposures_asks_as_much_for_one_row_as_for_three(cast, client, who):
    make.proposed_exposure(cast)
    one = queries(signed_in(client, getattr(cast, who)), EXPOSURES)
    make.published_exposure(cast, title="二")
    make.verified_exposure(cast, title="三")

    assert queries(client, EXPOSURES) == one <= 12
    assert len(client.get(EXPOSURES).context["page"]) == 3


@pytest.mark.parametrize("who", ["officer", "head", "inspector"])
def test_an_exposure_asks_as_much_with_one_explanation_as_with_three(cast, client, who):
    exposure = make.exposure(cast.campaign, cast.unit, cast.officer)
    exposures.explain(exposure=exposure, by=cast.head, text="一")
    one = queries(signed_in(client, getattr(cast, who)), exposure.get_absolute_url())
    for words in ("二", "三"):
        exposures.explain(exposure=exposure, by=cast.head, text=words)

    assert queries(client, exposure.get_absolute_url()) == one <= 15


@pytest.mark.parametrize("who", ["officer", "clerk", "stranger"])
def test_the_list_of_cases_asks_as_much_for_one_row_as_for_three(cast, client, who):
    make.published_case(cast)
    one = queries(signed_in(client, getattr(cast, who)), CASES)
    for kind in ("learning", "innovation"):
        make.published_case(cast, kind=kind)

    assert queries(client, CASES) == one <= 12
    assert len(client.get(CASES).context["page"]) == 3


def test_a_case_asks_as_much_with_one_version_as_with_three(cast, client):
    case = cases.start_editing(case=make.submitted_case(cast), by=cast.officer)
    one = queries(signed_in(client, cast.officer), case.get_absolute_url())
    for effect in ("二", "三"):
        cases.revise(case=case, by=cast.officer, effect=effect)

    assert queries(client, case.get_absolute_url()) == one <= 15


@pytest.mark.parametrize(
    ("path", "build"), [("/exposures/", make.published_exposure), ("/cases/", make.published_case)]
)
def test_the_public_lists_ask_as_much_for_one_row_as_for_three(cast, client, path, build):
    build(cast)
    one = queries(client, path)
    build(cast, title="二")
    build(cast, title="三")

    assert queries(client, path) == one <= 12
    assert len(client.get(path).context["page"]) == 3


def test_the_press_enters_a_report_and_what_is_wrong_comes_back_with_what_was_typed(cast, client, press):
    signed_in(client, press)
    wrong = client.post(
        f"{EXPOSURES}register/",
        report(cast, link="javascript:alert(1)", appeared_on="2026-03-03", media="", unclassified=""),
    )
    page = text_of(wrong)
    assert wrong.status_code == 422
    for sentence in (
        "链接须以 http:// 或 https:// 开头",
        "日期不能晚于今天",
        "请填写媒体名称",
        "请确认不含涉密内容",
    ):
        assert sentence in page
    assert "材料一次性告知不到位。" in page
    assert Exposure.objects.count() == 0

    answer = client.post(f"{EXPOSURES}register/", report(cast), follow=True)

    exposure = Exposure.objects.get()
    assert answer.redirect_chain == [(exposure.get_absolute_url(), 302)]
    assert (exposure.unit, exposure.registered_by, exposure.persons) == (cast.unit, press, "张三 审批科科长")
    assert "已登记，编号曝光〔2026〕1号" in text_of(answer)
    twice = client.post(f"{EXPOSURES}register/", report(cast))
    assert (twice.status_code, Exposure.objects.count()) == (422, 1)
    assert "已为该单位登记过" in text_of(twice)


def test_a_double_click_enters_it_once_and_is_answered_the_same(cast, client, press):
    signed_in(client, press)
    answers = [client.post(f"{EXPOSURES}register/", report(cast, _once="a1b2")) for _ in range(2)]

    assert {answer["Location"] for answer in answers} == {Exposure.objects.get().get_absolute_url()}


@pytest.mark.parametrize(
    "link", ["ftp://a.example.com/x", "//a.example.com", "data:text/html,x", "www.example.com"]
)
def test_only_addresses_of_the_web_are_links(cast, client, press, link):
    answer = signed_in(client, press).post(f"{EXPOSURES}register/", report(cast, link=link))

    assert (answer.status_code, Exposure.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("张三 科长", [("张三", "科长")]),
        ("张　三　科长", [("张三", "科长")]),
        ("张三（窗口人员）\n\n李四，副主任", [("张三", "窗口人员"), ("李四", "副主任")]),
        ("张三、审批科 科长", [("张三", "审批科 科长")]),
        ("张三", [("张三", "")]),
        ("", []),
    ],
)
def test_persons_are_typed_as_people_write_them(typed, people):
    assert [(person.name, person.post) for person in people_in(typed)] == people


def test_too_many_persons_two_on_a_line_and_whole_sentences_are_refused_in_words(cast, client, press):
    signed_in(client, press)
    crowd = client.post(f"{EXPOSURES}register/", report(cast, persons="\n".join(["张三"] * 21)))
    sentence = client.post(
        f"{EXPOSURES}register/", report(cast, persons="据群众反映该窗口多名工作人员在上班时间看手机")
    )

    two = client.post(f"{EXPOSURES}register/", report(cast, persons="张三、李四"))

    assert "涉及人员最多20人" in text_of(crowd)
    assert "每行只写一人，请把“张三、李四”分行填写。" in text_of(two)
    assert "不像姓名" in text_of(sentence)


def test_somebody_who_saved_first_is_not_overwritten(cast, client, press):
    exposure = make.exposure(cast.campaign, cast.unit, press)
    typed = report(cast, version=exposure.version)
    signed_in(client, cast.officer).post(f"{EXPOSURES}{exposure.pk}/edit/", typed)
    answer = signed_in(client, press).post(f"{EXPOSURES}{exposure.pk}/edit/", {**typed, "title": "我的标题"})
    exposure.refresh_from_db()

    assert answer.status_code == 422
    assert "已被他人更新" in text_of(answer)
    assert "我的标题" in text_of(answer)
    assert exposure.title == "办事群众跑了五趟"


def test_the_scan_is_handed_in_by_the_press_and_taken_out_by_nobody_else(
    cast, client, press, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    exposure = make.exposure(cast.campaign, cast.unit, press)
    path = f"{EXPOSURES}{exposure.pk}/papers/"
    scan = SimpleUploadedFile("版面.docx", docx("报道"))
    signed_in(client, press).post(path, {"files": scan, "unclassified": "on"})
    paper = Attachment.objects.of(exposure).get()
    button = f'action="{path}{paper.pk}/remove/"'
    assert button in text_of(client.get(exposure.get_absolute_url()))

    signed_in(client, cast.head)
    assert button not in text_of(client.get(exposure.get_absolute_url()))
    assert client.post(f"{path}{paper.pk}/remove/").status_code == 403
    evidence = SimpleUploadedFile("说明.docx", docx("情况说明"))
    client.post(path, {"files": evidence, "unclassified": "on"})

    assert {one.name for one in Attachment.objects.of(exposure)} == {"版面.docx", "说明.docx"}


def test_the_unit_does_not_see_who_acted_nor_a_reply_before_it_is_public(cast, client):
    exposure = make.verified_exposure(cast)
    exposure = exposures.reply(exposure=exposure, by=cast.officer, text="已批评教育。")
    page = text_of(signed_in(client, cast.head).get(exposure.get_absolute_url()))
    sheet = text_of(client.get(f"{exposure.get_absolute_url()}print/"))
    assert "核实属实" in page
    assert [word in page + sheet for word in ("陈静", "已批评教育")] == [False, False]
    exposures.propose(exposure=exposure, by=cast.officer)
    exposures.publish(exposure=exposure, by=cast.office_head)

    page = text_of(client.get(exposure.get_absolute_url()))
    assert [word in page for word in ("刘志强", "已批评教育")] == [False, True]


def test_who_approves_reads_what_the_public_will_read_and_confirms_the_secrecy_check(cast, client):
    exposure = make.proposed_exposure(cast)
    path = f"{EXPOSURES}{exposure.pk}/publish/"
    signed_in(client, cast.office_head)
    page = text_of(client.get(path))
    assert "经核实，张某某服务态度生硬，已批评教育。" in page
    assert "经核实，张三" not in page
    unchecked = client.post(path, {"version": exposure.version})
    assert (unchecked.status_code, Exposure.objects.get().state) == (422, "proposed")
    assert "公开前须完成保密审查" in text_of(unchecked)

    client.post(path, {"version": exposure.version, "checked": "on"})

    assert Exposure.objects.get().published_by == cast.office_head


@pytest.mark.parametrize(
    ("who", "said"),
    [("officer", "张三 审批科科长；欧阳修 窗口人员"), ("inspector", "张某某 审批科科长；欧阳某某 窗口人员")],
)
def test_the_workbook_says_what_its_reader_may_know(cast, client, who, said):
    make.verified_exposure(cast)
    make.exposure(cast.campaign, cast.other_unit, cast.officer, title="另一件")
    answer = signed_in(client, getattr(cast, who)).get(f"{EXPOSURES}export/?verification=true")
    rows = [*load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values]
    row = next(row for row in rows if "曝光〔2026〕1号" in row)

    assert said in row
    assert ("属实" in row, any("张三" in str(cell) for cell in row)) == (True, who == "officer")
    assert not any("曝光〔2026〕2号" in row for row in rows)


def test_the_sheet_and_the_case_are_papers(cast, client):
    exposure, case = make.verified_exposure(cast), make.published_case(cast)
    signed_in(client, cast.stranger)
    answer = client.get(f"{CASES}{case.pk}/print/?form=docx")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.getvalue())).paragraphs)
    assert "一、主要做法" in text
    assert "窗口负责人李某某带头" in text
    assert "李四" not in text
    pdf = client.get(f"{CASES}{case.pk}/print/?form=pdf").getvalue()
    assert pdf.startswith(b"%PDF")
    signed_in(client, cast.officer)
    assert "媒体曝光件登记表" in text_of(client.get(f"{EXPOSURES}{exposure.pk}/print/"))
    assert client.get(f"{EXPOSURES}{exposure.pk}/print/?form=pdf").getvalue().startswith(b"%PDF")


def test_a_clerk_drafts_for_the_own_unit_and_the_press_for_any(cast, client, press):
    typed = {
        "kind": "service",
        "title": "一窗受理",
        "practice": "并窗",
        "effect": "提速",
        "replicability": "可复制",
    }
    typed |= {"unclassified": "on"}
    foreign = signed_in(client, cast.clerk).post(f"{CASES}create/", {**typed, "unit": cast.other_unit.pk})
    assert (foreign.status_code, ModelCase.objects.count()) == (422, 0)
    client.post(f"{CASES}create/", {**typed, "unit": cast.unit.pk})
    signed_in(client, press).post(f"{CASES}create/", {**typed, "unit": cast.other_unit.pk})

    made = [(case.unit, case.from_press, case.drafted_by) for case in ModelCase.objects.order_by("pk")]
    assert made == [(cast.unit, False, cast.clerk), (cast.other_unit, True, press)]


def test_the_unit_compares_what_it_sent_in_with_what_the_office_made_of_it(cast, client):
    case = cases.start_editing(case=make.submitted_case(cast), by=cast.officer)
    case = cases.revise(case=case, by=cast.officer, effect="平均办理时间由五天减为半天。")
    path = f"{CASES}{case.pk}/compare/"
    page = text_of(signed_in(client, cast.clerk).get(path))

    assert "<ins>半</ins>" in page
    assert "第1版 报送稿" in page
    assert "第2版 编审稿" in page
    assert "陈静" not in text_of(client.get(case.get_absolute_url()))
    cases.adopt(case=case, by=cast.officer)
    assert signed_in(client, cast.inspector).get(path).status_code == 403


def test_without_an_open_campaign_nothing_is_entered(cast, client):
    cast.campaign.state = "archive"
    cast.campaign.save(update_fields=["state"])

    assert "没有正在进行的创建活动" in text_of(signed_in(client, cast.officer).get(f"{EXPOSURES}register/"))
    assert "没有正在进行的创建活动" in text_of(signed_in(client, cast.clerk).get(f"{CASES}create/"))


def test_what_is_followed_stands_on_the_desk(cast, client):
    exposure, case = make.published_exposure(cast), make.published_case(cast)
    signed_in(client, cast.leader)
    client.post(f"/follow/exposure/{exposure.pk}/")
    client.post(f"/follow/case/{case.pk}/")
    desk = text_of(client.get("/desk/"))

    assert exposure.get_absolute_url() in desk
    assert case.get_absolute_url() in desk


def test_the_home_page_shows_what_stands_and_hides_what_is_empty(cast, client):
    empty = text_of(client.get("/"))
    assert [word in empty for word in ("更多案例", "更多回应")] == [False, False]
    make.withdrawn_exposure(cast)
    make.published_case(cast)
    page = text_of(client.get("/"))

    assert [word in page for word in ("一窗受理的李某某经验", "更多回应", "态度生硬")] == [True, False, False]
