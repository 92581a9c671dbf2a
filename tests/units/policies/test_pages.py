"""The library in the browser."""

import datetime as dt
import html
import io
import re

import openpyxl
import pytest
from django.urls import reverse

from tests.units.policies.build import policy
from units.policies import actions
from units.policies.library import load_founding_library
from units.policies.models import Policy

TYPED = {
    "kind": "notice",
    "number_printed": "直创字[2026]3号",
    "title": "关于报送实施方案的通知",
    "issuers": "市委办公室\n市政府办公室",
    "issued_on": "2026年1月15日",
    "erratum": "",
    "full_text": "一、时间。二月下旬。",
}


@pytest.fixture
def office(cast, client):
    client.force_login(cast.officer)
    return client


@pytest.fixture
def reader(cast, client):
    client.force_login(cast.clerk)
    return client


def listed(client, **query):
    """The titles on the list page, in order."""
    page = client.get(reverse("policies:list"), query).content.decode()
    return [
        html.unescape(title) for title in re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)
    ]


def sheet(response):
    """The rows of the workbook that was answered."""
    return [*openpyxl.load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True)]


def told(response):
    """What stands on the page, tags aside."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return html.unescape(re.sub(r"\s+", " ", text))


def test_the_list_shows_the_newest_year_first(reader):
    load_founding_library()

    assert listed(reader)[:3] == [
        "2007年深入推进市直创建“三型机关”活动的意见",
        "市纪委、市监察局关于违反改进市直机关作风加强效能建设规定行为的责任追究暂行办法",
        "市创建领导组关于年度创建活动的实施意见",
    ]


def test_the_filter_stands_in_the_address(reader, cast):
    policy("直创字[2005]2号", "甲", kind="opinion")
    policy("直创字[2005]3号", "乙", kind="notice")
    repealed = policy("直创字[2006]3号", "丙", kind="notice")
    actions.repeal(policy=repealed, by=cast.officer, reason="已被代替")

    assert listed(reader, kind="notice") == ["丙", "乙"]
    assert listed(reader, year="2005") == ["乙", "甲"]
    assert listed(reader, state="repealed") == ["丙"]
    assert listed(reader, kind="notice", state="in_force") == ["乙"]
    assert listed(reader, q="直创字［2005］２号") == ["甲"]
    assert listed(reader, year="二〇〇五", kind="不知") == ["丙", "乙", "甲"]


def test_the_list_on_screen_is_exported_whole(reader):
    for number in range(1, 28):
        policy(f"直创字[2005]{number}号", f"第{number}件")
    policy("直创字[2006]1号", "=另一年度", erratum="待核对")

    everything = sheet(reader.get(reverse("policies:export")))
    filtered = sheet(reader.get(reverse("policies:export"), {"year": "2006"}))

    assert [row[0] for row in everything[2:]] == [
        "'=另一年度",
        *(f"第{number}件" for number in range(27, 0, -1)),
    ]
    issuer = "市直创建“三型机关”领导组"
    assert filtered == [
        ("文件库", *[None] * 7),
        ("标题", "文号", "发文机关", "成文日期", "年度", "文种", "状态", "勘误和说明"),
        ("'=另一年度", "直创字〔2006〕1号", issuer, "—", 2006, "意见", "现行", "待核对"),
    ]


def test_an_empty_list_says_what_to_do(office):
    assert "请核对文号，或换用标题中的词语、放宽筛选条件。" in told(
        office.get(reverse("policies:list"), {"q": "无"})
    )


def test_the_list_is_paged_by_key(reader):
    for number in range(1, 28):
        policy(f"直创字[2005]{number}号", f"第{number}件")

    first = reader.get(reverse("policies:list"))
    following = first.context["page"].next_url

    assert listed(reader) == [f"第{number}件" for number in range(27, 2, -1)]
    assert [row.title for row in reader.get(following).context["page"]] == ["第2件", "第1件"]


def test_the_page_of_the_founding_document_shows_everything_about_it(reader):
    founding = load_founding_library()[-1]

    page = reader.get(founding.get_absolute_url())

    text = told(page)
    for said in (
        "中共六安市委办公室、市人民政府办公室",
        "2007年1月26日",
        "未载文号",
        "意见共分九个部分。",
        "尚无引用",
    ):
        assert said in text
    found = re.findall(r'<section id="(part-\d)">', page.content.decode())
    assert found == [f"part-{number}" for number in range(1, 10)]
    assert [f'href="#{anchor}"' in page.content.decode() for anchor in found] == [True] * 9


def test_the_page_says_how_often_a_document_is_cited(reader):
    first = load_founding_library()[0]

    text = told(reader.get(first.get_absolute_url()))

    assert "被引用 文件 1 件" in text
    assert "（原样：六办发[2004]3号）" in text
    assert "尚未录入全文" in text


def test_entering_a_document(office):
    response = office.post(reverse("policies:create"), TYPED)

    entered = Policy.objects.get()
    assert response.url == entered.get_absolute_url()
    assert (entered.number, entered.issuers, entered.issued_on) == (
        "直创字〔2026〕3号",
        ["市委办公室", "市政府办公室"],
        dt.date(2026, 1, 15),
    )
    assert [str(part) for part in entered.parts.all()] == ["一、时间"]


def test_entering_the_same_form_twice_makes_one_document(office):
    form = {**TYPED, "_once": "a" * 32}

    first = office.post(reverse("policies:create"), form)
    second = office.post(reverse("policies:create"), form)

    assert (first.url, Policy.objects.count()) == (second.url, 1)


def test_what_was_typed_stays_when_something_is_wrong(office):
    response = office.post(
        reverse("policies:create"), {**TYPED, "number_printed": "三号", "issued_on": "元月"}
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert "看不懂这个日期，请写成2027-03-05或2027年3月5日。" in text
    for typed in (
        "关于报送实施方案的通知",
        "市委办公室\n市政府办公室",
        "一、时间。二月下旬。",
        'value="三号"',
    ):
        assert typed in text
    assert Policy.objects.count() == 0


def test_a_number_that_cannot_be_read_is_told_at_its_field(office):
    response = office.post(reverse("policies:create"), {**TYPED, "number_printed": "三号"})

    assert response.context["form"].errors == {
        "number_printed": ["看不懂文号“三号”。请写成“直创字〔2026〕3号”的形式；没有文号的请留空。"]
    }


def test_changing_a_document(office):
    entered = policy()
    page = office.get(reverse("policies:edit", args=[entered.pk]))
    assert page.context["form"]["issuers"].value() == "市直创建“三型机关”领导组"

    response = office.post(reverse("policies:edit", args=[entered.pk]), {**TYPED, "version": "1"})

    entered.refresh_from_db()
    assert (response.status_code, entered.title, entered.version) == (302, "关于报送实施方案的通知", 2)


def test_the_second_of_two_editors_sees_both_texts_and_decides(office, cast):
    entered = policy(full_text="他人写的全文")
    changed = {name: getattr(entered, name) for name in actions.FIELDS} | {"title": "他人改的标题"}
    actions.edit(policy=entered, version=1, by=cast.office_head, **changed)
    address = reverse("policies:edit", args=[entered.pk])

    conflict = office.post(address, {**TYPED, "version": "1"})

    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert [said in text for said in ("他人写的全文", "关于报送实施方案的通知", "您填写的内容没有丢失")] == [
        True
    ] * 3
    assert Policy.objects.get().title == "他人改的标题"

    decided = office.post(address, {**TYPED, "version": conflict.context["form"]["version"].value()})
    assert (decided.status_code, Policy.objects.get().title) == (302, "关于报送实施方案的通知")


def test_repealing_from_the_page(office):
    entered = policy()

    office.post(reverse("policies:repeal", args=[entered.pk]), {"reason": "已被新文件代替"})

    text = told(office.get(entered.get_absolute_url()))
    assert "标明废止，仅供查阅" in text
    assert "已被新文件代替" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_of_the_database_however_long(office, rows, django_assert_max_num_queries):
    for number in range(rows):
        policy(f"直创字[2005]{number + 1}号")

    with django_assert_max_num_queries(12):
        assert len(listed(office)) == rows
    with django_assert_max_num_queries(12):
        assert len(listed(office, q="实施意见")) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_document_asks_the_same_however_much_it_holds(
    office, rows, django_assert_max_num_queries
):
    cited = [policy(f"六办发[2004]{n + 1}号", f"被引{n}") for n in range(rows)]
    text = "\n".join(f"{'一二三'[n]}、第{n}部分。见{cited[n].number}" for n in range(rows))
    entered = policy(full_text=text)

    with django_assert_max_num_queries(15):
        page = office.get(entered.get_absolute_url())
    assert len(page.context["parts"]) == rows
