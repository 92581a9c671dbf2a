"""The calendar in the browser: who sees it, what it says, and the import in two steps."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from sanwei.core.exchange import read
from sanwei.core.roles import Role
from sanwei.core.workdays import calendar
from sanwei.core.workdays.imports import TEMPLATE
from sanwei.core.workdays.models import CalendarYear
from tests import make
from tests.cast import beijing
from tests.core.exchange.books import opened
from tests.core.workdays.notices import form, notice

pytestmark = pytest.mark.django_db
IMPORT = "/calendar/import/"


def upload(client, rows, year=2018, **words):
    content = rows if isinstance(rows, bytes) else form(rows)
    file = SimpleUploadedFile("日历.xlsx", content)
    return client.post(
        IMPORT, {"year": year, "status": "official", "source": "国办通知", "file": file, **words}
    )


def text_of(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def test_the_year_hangs_on_the_wall_with_its_arrangement(cast, client):
    client.force_login(cast.clerk)

    page = client.get("/calendar/2026/")

    assert page.context["arrangement"] == [
        ("元旦", "1月1日至3日放假，共3天；1月4日（星期日）上班"),
        ("春节", "2月15日至23日放假，共9天；2月14日（星期六）、2月28日（星期六）上班"),
        ("清明节", "4月4日至6日放假，共3天"),
        ("劳动节", "5月1日至5日放假，共5天；5月9日（星期六）上班"),
        ("端午节", "6月19日至21日放假，共3天"),
        ("中秋节", "9月25日至27日放假，共3天"),
        ("国庆节", "10月1日至7日放假，共7天；9月20日（星期日）、10月10日（星期六）上班"),
    ]
    february = dict(page.context["months"])[2]
    assert [(cell.number, cell.look, cell.mark) for cell in february[2]] == [
        (9, "", ""), (10, "", ""), (11, "", ""), (12, "", ""), (13, "", ""), (14, "makeup", "班"), (15, "rest", "休"),
    ]  # fmt: skip
    assert "暂估" not in text_of(page)
    assert "导入放假安排" not in text_of(page)


@pytest.mark.parametrize(("year", "words"), [(2027, "春节补假"), (2028, "没有录入本年的放假安排")])
def test_an_estimated_year_says_so(cast, client, year, words):
    client.force_login(cast.clerk)

    page = client.get(f"/calendar/{year}/")

    assert "暂估 该年度放假安排未导入，期限为暂估。" in text_of(page)
    assert words in page.content.decode()


@time_machine.travel(beijing(2026, 11, 3, 9), tick=False)
def test_keepers_are_told_in_november_which_year_is_missing(cast, client):
    seen = []
    for person in (cast.clerk, cast.officer):
        client.force_login(person)
        seen.append("2027年的放假安排尚未导入" in text_of(client.get("/calendar/")))

    assert seen == [False, True]


def test_the_page_asks_little_and_no_more_for_a_full_year(cast, client, django_assert_max_num_queries):
    client.force_login(cast.clerk)
    client.get("/calendar/")
    for year in (2026, 2028):
        with django_assert_max_num_queries(8):
            client.get(f"/calendar/{year}/")


@pytest.mark.parametrize("path", [IMPORT, "/calendar/form.xlsx"])
def test_only_the_office_and_the_system_administrator_import(cast, client, path):
    def status(person):
        client.force_login(person)
        return client.get(path).status_code

    refused = [
        cast.clerk,
        cast.head,
        cast.leader,
        make.holder(Role.SECURITY_ADMIN),
        make.holder(Role.AUDIT_ADMIN),
    ]
    assert [status(person) for person in refused] == [403] * 5
    assert [status(person) for person in (cast.officer, cast.office_head)] == [200] * 2
    client.logout()
    assert client.get(path).status_code == 302
    assert client.get("/calendar/").status_code == 302


def test_a_clerk_cannot_confirm_what_the_office_read(cast, client):
    client.force_login(cast.officer)
    sealed = upload(client, notice()).context["sealed"]
    client.force_login(cast.clerk)

    assert client.post(IMPORT, {"read": sealed}).status_code == 403
    assert not CalendarYear.objects.filter(year=2018).exists()


def test_a_year_is_read_shown_and_confirmed(cast, client):
    client.force_login(cast.officer)
    shown = upload(client, notice())
    assert "读到2018年的 29 天，尚未导入" in text_of(shown)
    assert not CalendarYear.objects.filter(year=2018).exists()

    done = client.post(IMPORT, {"read": shown.context["sealed"]}, follow=True)

    assert "2018年工作日历已导入，23天的上班、休息有变化；未办结的期限已重新计算。" in text_of(done)
    assert "国办通知" in text_of(done)
    year = CalendarYear.objects.get(year=2018)
    assert (year.status, year.imported_by, year.days.count()) == ("official", cast.officer, 29)
    assert calendar.is_workday(dt.date(2018, 2, 11))


def test_faults_are_listed_and_what_was_typed_stays(cast, client):
    client.force_login(cast.officer)

    page = upload(client, [(dt.date(2018, 1, 3), "上班", "元旦")])

    assert page.status_code == 422
    assert "第3行“性质”列：“2018-01-03”不是周末，本来就上班，请核对日期或删去本行。" in text_of(page)
    assert 'value="国办通知"' in page.content.decode()
    assert not CalendarYear.objects.filter(year=2018).exists()


def test_faults_can_be_had_as_the_sheet_with_remarks(cast, client):
    client.force_login(cast.officer)

    answer = upload(client, [(dt.date(2018, 1, 3), "上班", "元旦")], marked="1")

    page = opened(b"".join(answer.streaming_content)).active
    assert page["B3"].comment.text == "“2018-01-03”不是周末，本来就上班，请核对日期或删去本行。"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"year": "今年"}, "年份请写成四位数字，例如2028。"),
        ({"source": ""}, "请填写依据文件的名称或文号。"),
        ({"file": ""}, "请选择填好的日历表。"),
        ({"file": SimpleUploadedFile("空.xlsx", b"")}, "文件是空的。请核对后重新选择。"),
        (
            {"file": SimpleUploadedFile("假.xlsx", b"PK\x03\x04" + b"x" * 99)},
            "文件已损坏或结构异常，请重新生成或另存为 .xlsx 再上传。",
        ),
    ],
)
def test_bad_input_is_answered_with_what_to_do(cast, client, words, reason):
    client.force_login(cast.officer)

    page = upload(client, notice(), **words)

    assert page.status_code == 422
    assert reason in text_of(page)


def test_a_confirmation_that_was_changed_or_has_aged_is_refused(cast, client):
    client.force_login(cast.officer)
    with time_machine.travel(beijing(2026, 3, 5, 9), tick=False):
        sealed = upload(client, notice()).context["sealed"]

    with time_machine.travel(beijing(2026, 3, 5, 10, 1), tick=False):
        client.logout()
        client.force_login(cast.officer)
        answers = [client.post(IMPORT, {"read": word}) for word in (sealed, sealed[:-3] + "abc")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "核对结果已失效，请重新上传文件。" in text_of(answers[0])
    assert not CalendarYear.objects.filter(year=2018).exists()


def test_a_year_can_be_taken_out_and_brought_back(cast, client):
    client.force_login(cast.officer)
    content = b"".join(client.get("/calendar/2026.xlsx").streaming_content)

    assert read(content, TEMPLATE).errors == []
    again = upload(client, content, year=2026)
    assert (again.context["found"].changed, again.context["found"].warnings) == ([], [])


def test_a_year_that_is_not_there_cannot_be_taken_out(cast, client):
    client.force_login(cast.officer)

    assert client.get("/calendar/2031.xlsx").status_code == 404
    assert client.get("/calendar/1999/").status_code == 404


def test_the_blank_form_is_a_workbook(cast, client):
    client.force_login(cast.officer)

    page = opened(b"".join(client.get("/calendar/form.xlsx").streaming_content)).active

    assert [cell.value for cell in page[3]] == ["日期", "性质", "名称"]
