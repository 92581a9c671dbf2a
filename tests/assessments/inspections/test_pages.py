"""The pages of inspections and findings: constant queries, numbers that open to their lists, T4 in, the field page's queue."""

import datetime as dt
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from PIL import Image

from assessments.inspections.findings import actions, following, imports
from assessments.inspections.models import Finding
from sanwei.core.attachments.models import Attachment
from sanwei.core.exchange import template_workbook
from tests import make
from tests.assessments.inspections import build
from tests.cast import beijing

FINDINGS, INSPECTIONS = "/assessments/findings/", "/assessments/inspections/"
NOON = beijing(2026, 3, 4, 12)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOON, tick=False):
        yield


def queries(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("who", ["inspector", "officer", "head", "lead"])
def test_the_list_of_findings_asks_as_much_for_one_row_as_for_three(cast, client, who):
    where = build.under_way(cast)
    build.notified(cast, inspection=where)
    client.force_login(getattr(cast, who))
    one = queries(client, FINDINGS)
    build.notified(cast, inspection=where)
    build.notified(cast, inspection=where)

    assert queries(client, FINDINGS) == one <= 12


def test_the_list_of_inspections_asks_as_much_for_one_row_as_for_three(cast, client):
    build.under_way(cast)
    client.force_login(cast.inspector)
    one = queries(client, INSPECTIONS)
    build.under_way(cast)
    build.under_way(cast)

    assert queries(client, INSPECTIONS) == one <= 12


@pytest.mark.parametrize("who", ["inspector", "office_head", "head"])
def test_a_finding_with_everything_asks_at_most_fifteen_times(cast, client, who):
    where = build.under_way(cast)
    finding = build.upheld(cast, inspection=where)
    following.open_task(
        finding=finding, by=cast.inspector, title="再改", requirement="再改", due_on=dt.date(2026, 4, 1)
    )
    client.force_login(getattr(cast, who))

    assert queries(client, finding.get_absolute_url()) <= 15


def test_an_inspection_with_everything_asks_at_most_fifteen_times(cast, client):
    where = build.under_way(cast)
    build.notified(cast, inspection=where)
    client.force_login(cast.inspector)

    assert queries(client, where.get_absolute_url()) <= 15


def test_every_number_of_the_matrix_opens_to_as_many_findings(cast, client):
    where = build.under_way(cast)
    for code in ("A04", "A05", "C01"):
        build.upheld(cast, inspection=where, item=build.item(code))
    build.notified(cast, inspection=where)
    client.force_login(cast.officer)
    page = text_of(client.get(f"{FINDINGS}by_class/"))
    links = {part.split('"')[0].replace("&amp;", "&"): int(part.split(">")[1].split("<")[0])
             for part in page.split('href="')[1:] if "counted=1" in part.split('"')[0]}  # fmt: skip

    assert sorted(links.values()) == [1, 1, 2, 2, 3, 3]
    for address, number in links.items():
        assert text_of(client.get(address)).count('data-label="问题编号"') == number


def filled(inspection, *rows) -> bytes:
    """T4 of the inspection with these rows: head → value."""
    book = load_workbook(io.BytesIO(template_workbook(imports.template_of(inspection))))
    page = book["明察暗访发现问题清单"]
    places = {cell.value: cell.column for cell in page[3]}
    for number, row in enumerate(rows, 4):
        for head, value in row.items():
            page.cell(number, places[head], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = {
    "检查日期": "2026-03-04", "检查时间": "9：40", "单位": "市发展改革委", "科室（窗口）": "审批科", "地点": "3号窗口",
    "问题类别": "工作纪律", "具体表现": "脱岗", "涉及人数": "1", "情节": "较重", "事实描述": "窗口无人值守12分钟",
    "检查人": "周明、秦岚", "整改要求": "窗口不得空岗", "整改期限": "2026-03-20",
}  # fmt: skip


def upload(client, inspection, content, **fields):
    file = SimpleUploadedFile("清单.xlsx", content)
    return client.post(f"{FINDINGS}import/{inspection.pk}/", {"file": file, **fields})


def sealed_in(answer) -> str:
    return text_of(answer).split('name="read" value="')[1].split('"')[0]


def test_t4_is_read_shown_and_then_entered(cast, client):
    where = build.under_way(cast)
    client.force_login(cast.inspector)
    shown = upload(client, where, filled(where, GOOD, {**GOOD, "具体表现": "迟到", "情节": "一般"}))

    assert ("读到 2 个问题" in text_of(shown), Finding.objects.count()) == (True, 0)
    client.post(f"{FINDINGS}import/{where.pk}/", {"read": sealed_in(shown)})
    first, second = Finding.objects.order_by("pk")
    assert (first.item.name, second.item.name, first.witness_count) == ("脱岗", "迟到", 2)
    assert (first.found_at, first.department) == (beijing(2026, 3, 4, 9, 40), cast.department)


@pytest.mark.parametrize(
    ("fault", "column", "message"),
    [
        ({"单位": "市教育局"}, "单位", "不在本次督查单位之中"),
        ({"科室（窗口）": "不存在科"}, "科室（窗口）", "没有“不存在科”"),
        ({"具体表现": "打瞌睡"}, "具体表现", "问题类别“工作纪律”下没有“打瞌睡”"),
        ({"检查时间": "上午"}, "检查时间", "看不出时间"),
        ({"检查时间": "9点半"}, "检查时间", "看不出时间"),
        ({"检查时间": "14:30-15:00"}, "检查时间", "看不出时间"),
        ({"检查时间": "23:50"}, "检查时间", "晚于现在"),
        ({"检查人": "周明"}, "检查人", "检查人不少于两人"),
        ({"检查人": f"周明、{'长' * 65}"}, "检查人", "姓名不超过64个字"),
        ({"涉及人数": "40000"}, "涉及人数", "0至999"),
        ({"情节": "很重"}, "情节", "很重"),
        ({"整改期限": "2026-03-01"}, "整改期限", "须晚于今天"),
        ({"整改期限": None}, "整改期限", "须填写整改期限"),
    ],
)
def test_one_bad_row_and_nothing_enters(cast, client, fault, column, message):
    where = build.under_way(cast)
    client.force_login(cast.inspector)
    answer = upload(client, where, filled(where, GOOD, {**GOOD, **fault}))

    assert answer.status_code == 422
    rows = [row for row in text_of(answer).split("<tr>") if "第5行" in row]
    assert [(column in row, message in row) for row in rows] == [(True, True)]
    assert Finding.objects.count() == 0


def field(client, inspection, **fields):
    typed = {
        "unit": inspection.inspected.get().unit_id,
        "item": build.item().pk,
        "severity": "minor",
        "found_on": "2026-03-04",
        "found_time": "11:30",
        "method": "undercover",
        "sent_key": "a" * 32,
    }
    path = f"{FINDINGS}field/{inspection.pk}/"
    return client.post(path, {**typed, **fields}, headers={"X-Field": "1"})


def picture(name="现场照片1.jpg", colour=(9, 9, 9)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_what_the_queue_sends_twice_is_one_finding_with_each_photo_once(cast, client):
    where = build.under_way(cast)
    client.force_login(cast.inspector)
    first, again = field(client, where).json(), field(client, where).json()
    path = f"{FINDINGS}field/photo/{first['pk']}/"
    answers = [client.post(path, {"photos": picture()}).json() for _ in range(2)]
    client.post(path, {"photos": picture("现场照片2.jpg", (200, 9, 9))})

    finding = Finding.objects.get()
    assert first == again == {"pk": finding.pk, "number": finding.number, "url": finding.get_absolute_url()}
    assert answers[0] == answers[1]
    names = sorted(paper.name for paper in Attachment.objects.of(finding.evidence))
    assert names == ["现场照片1.jpg", "现场照片2.jpg"]
    assert (finding.facts, finding.place) == ("现场发现：脱岗，详见证据。", "办公场所")


def test_what_the_queue_sends_wrongly_comes_back_by_field(cast, client):
    where = build.under_way(cast)
    client.force_login(cast.inspector)
    answer = field(client, where, found_time="25:99", item="")

    assert answer.status_code == 422
    assert answer.json()["errors"] == {
        "found_time": ["时间请写成14:30的形式。"],
        "item": ["请选择问题类别下的具体表现。"],
    }


def test_a_photo_that_is_none_is_refused_by_name(cast, client):
    finding = build.finding(cast)
    client.force_login(cast.inspector)
    answer = client.post(
        f"{FINDINGS}field/photo/{finding.pk}/", {"photos": SimpleUploadedFile("照片.jpg", b"not a picture")}
    )

    assert answer.status_code == 422
    assert "照片.jpg" in answer.json()["message"]


def test_the_queue_is_told_who_is_signed_in(cast, client):
    client.force_login(cast.inspector)
    known = client.get(f"{FINDINGS}field/ready/").json()

    assert (known["user"], len(known["token"])) == (cast.inspector.pk, 64)


def test_the_field_page_offers_the_inspections_one_is_on(cast, client):
    where = build.under_way(cast)
    other = make.holder("inspector", "外组")
    client.force_login(cast.inspector)
    assert client.get(f"{FINDINGS}field/").url == f"{FINDINGS}field/{where.pk}/"
    client.force_login(other)

    assert "您没有正在进行的督查" in text_of(client.get(f"{FINDINGS}field/"))


def test_a_form_with_a_fault_keeps_what_was_typed(cast, client):
    where = build.under_way(cast)
    client.force_login(cast.inspector)
    typed = {
        "unit": cast.unit.pk,
        "place": "3号窗口",
        "facts": "窗口无人",
        "found_on": "2026-03-05",
        "found_time": "09:00",
    }
    answer = client.post(f"{FINDINGS}file/{where.pk}/", typed)

    assert answer.status_code == 422
    assert all(
        words in text_of(answer)
        for words in ("发现时间不能晚于现在", "请选择问题类别", "窗口无人", "3号窗口")
    )


def test_the_sheet_comes_as_page_pdf_and_word(cast, client):
    finding = build.notified(cast)
    client.force_login(cast.head)
    path = f"{finding.get_absolute_url()}print/"

    assert "督查发现问题告知单" in text_of(client.get(path))
    for form, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert b"".join(client.get(f"{path}?form={form}").streaming_content).startswith(magic)


def test_a_second_look_is_compared_with_what_stood_before(cast, client):
    first = build.under_way(cast)
    seen = {
        "inspection": first,
        "requirement": "",
        "rectify_by": None,
        "found_at": NOON - dt.timedelta(days=5),
    }
    kept, failed = build.upheld(cast, **seen), build.upheld(cast, **seen, item=build.item("C01"))
    build.notified(cast, inspection=first)  # not upheld: no part of it
    again = build.under_way(cast, kind="look_back", theme="窗口作风回头看")
    for finding, outcome in ((kept, "kept"), (failed, "relapsed")):
        finding = following.settle(finding=finding, by=cast.inspector, conclusion="已纠正")
        words = {"outcome": outcome, "note": "复查", "looked_on": NOON.date(), "inspection": again}
        following.look_back(finding=finding, by=cast.inspector, **words)
    build.finding(cast, again, item=build.item("C02"), earlier=failed)
    client.force_login(cast.inspector)
    page = text_of(client.get(again.get_absolute_url()))

    rows = [re.findall(r">([^<>]+)</t[hd]>", row) for row in page.split('id="earlier"')[1].split("<tr>")[2:4]]
    assert rows == [["工作纪律", "1", "1", "0", "0"], ["服务态度", "1", "0", "1", "1"]]
    assert queries(client, again.get_absolute_url()) <= 15


def test_an_earlier_problem_is_of_the_same_unit(cast, client):
    first, other = build.under_way(cast), build.under_way(cast, unit=cast.other_unit)
    theirs = build.finding(cast, other, unit=cast.other_unit, department=None)
    theirs = actions.accept(finding=actions.notify(finding=theirs, by=cast.inspector), by=cast.other_head)
    client.force_login(cast.inspector)
    answer = client.post(f"{FINDINGS}file/{first.pk}/", {"unit": cast.unit.pk, "earlier": theirs.pk})

    assert answer.status_code == 422
    assert "请选择该单位此前认定的问题。" in text_of(answer)
