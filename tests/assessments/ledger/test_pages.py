"""The ledger in the browser: lines, sums that open to them, one entry, striking in two steps, rules."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.ledger import actions
from assessments.ledger.models import LedgerEntry, PointRule
from sanwei.core.audit.models import Entry
from tests import make
from tests.assessments.inspections import build as inspections
from tests.cast import beijing
from tests.post import tell_all

pytestmark = pytest.mark.django_db
PATH = "/assessments/ledger/"
WHY = "经核实系停电延误"


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 17, 9), tick=False):
        yield


@pytest.fixture
def lines(cast) -> list[LedgerEntry]:
    """A finding of 周明 and one under F1 for 市发展改革委, one for 市教育局."""
    first = make.ledger_entry(cast.campaign, cast.unit, cast.inspector, cause_label="窗口无人值守")
    words = {"indicator": "F1", "points": Decimal("-1"), "cause_label": "红灯事项", "cause": "task:999"}
    second = make.ledger_entry(cast.campaign, cast.unit, None, **words)
    other = make.ledger_entry(cast.campaign, cast.other_unit, cast.officer, cause_label="迟到早退")
    return [first, second, other]


def shown(client, user, query="") -> list[LedgerEntry]:
    client.force_login(user)
    return client.get(f"{PATH}{query}").context["page"].rows


def test_who_sees_which_lines(cast, lines, client):
    first, second, other = lines
    everything = [other, second, first]
    seen = {user.name: shown(client, user) for user in (cast.officer, cast.office_head, cast.leader)}
    assert seen == dict.fromkeys(["陈静", "刘志强", "王书记"], everything)
    assert shown(client, cast.clerk) == shown(client, cast.head) == [second, first]
    assert shown(client, cast.stranger) == [other]
    assert shown(client, cast.lead) == shown(client, cast.inspector) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?indicator=F1", [1]),
        ("?kind=finding", [2, 0]),
        ("?kind=task", [1]),
        ("?struck=no", [2, 1]),
        ("?unit=0&kind=nonsense&struck=x", ["counter", 2, 1, 0]),
        ("?unit=99999999999999999999", ["counter", 2, 1, 0]),
        ("?year=2025", []),
    ],
)
def test_filters(cast, lines, client, query, found):
    make.campaign(2025, state="archive")
    counter = actions.reverse(entry=lines[0], by=cast.office_head, reason=WHY)

    expected = [counter if place == "counter" else lines[place] for place in found]
    if query == "?kind=finding":
        expected.insert(0, counter)
    assert shown(client, cast.officer, query) == expected


def test_the_sum_is_that_of_the_lines_found_and_the_words_of_a_unit_find_them(cast, lines, client):
    make.searchable_unit("市审计局")
    client.force_login(cast.officer)
    pages = [client.get(f"{PATH}{query}").context["total"] for query in ("", "?indicator=F1", "?q=审计")]

    assert pages == [
        {"points": Decimal("-2.00"), "entries": 3},
        {"points": Decimal("-1.00"), "entries": 1},
        {"points": 0, "entries": 0},
    ]


def test_each_sum_of_a_unit_opens_to_its_lines(cast, lines, client):
    client.force_login(cast.officer)
    page = client.get(f"{PATH}sums/").content.decode()
    lines_of_f1 = f"{PATH}?year=2026&amp;unit={cast.unit.pk}&amp;indicator=F1"

    assert f'href="{lines_of_f1}">F1：-1 分（1 条）</a>' in page
    found = client.get(lines_of_f1.replace("&amp;", "&"))
    assert found.context["page"].rows == [lines[1]]
    assert f"只列{cast.unit.name}。" in found.content.decode()


def test_a_unit_sees_its_own_sum_only(cast, lines, client):
    client.force_login(cast.clerk)
    page = client.get(f"{PATH}sums/").context

    assert [unit.name for unit in page["page"]] == ["市发展改革委"]
    assert (page["sums"][cast.unit.pk].points, page["sums"][cast.unit.pk].entries) == (Decimal("-1.50"), 2)
    assert client.get(f"{PATH}?unit={cast.other_unit.pk}").context["page"].rows == []


def detail(client, user, entry) -> str:
    client.force_login(user)
    return client.get(entry.get_absolute_url()).content.decode()


def test_the_office_reads_who_entered_it_and_the_unit_reads_the_body(cast, lines, client):
    assert "周明" in detail(client, cast.officer, lines[0])
    page = detail(client, cast.clerk, lines[0])
    assert "周明" not in page
    assert "督查机构" in page
    assert "系统归集" in detail(client, cast.head, lines[1])


def test_neither_list_nor_sum_nor_excel_nor_search_of_a_unit_names_the_inspector(cast, lines, client):
    actions.reverse(entry=lines[0], by=cast.office_head, reason=WHY)
    client.force_login(cast.clerk)
    tell_all()
    for path in (PATH, f"{PATH}sums/", f"{PATH}{lines[0].pk}/", "/search/?q=窗口无人值守", "/notifications/"):
        assert "周明" not in client.get(path).content.decode()
    assert not [cell for row in workbook(client.get(f"{PATH}export/")) for cell in row if "周明" in str(cell)]


def workbook(answer) -> list[tuple]:
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    )
    return [row for row in book.active.iter_rows(values_only=True)]


def test_the_export_holds_the_lines_that_are_found_and_says_what_was_struck(cast, lines, client):
    counter = actions.reverse(entry=lines[1], by=cast.office_head, reason=WHY)
    client.force_login(cast.officer)
    rows = workbook(client.get(f"{PATH}export/?indicator=F1"))

    found = [row for row in rows if row[1] in (counter.pk, lines[1].pk)]
    assert [(row[2], row[3], row[4], row[5], row[10], row[11]) for row in found] == [
        ("市发展改革委", "F1", 1, "整改任务", f"冲销{lines[1].pk}号", WHY),
        ("市发展改革委", "F1", -1, "整改任务", f"已由{counter.pk}号冲销", None),
    ]


def test_the_cause_is_a_link_for_whoever_may_see_the_record(cast, client):
    task = make.task(cast.campaign, cast.other_unit, cast.officer)
    # Entered for one unit over the task of another, as only a mistake could.
    entry = make.ledger_entry(cast.campaign, cast.unit, None, cause=f"task:{task.pk}", cause_label=str(task))
    link = f'<a href="{task.get_absolute_url()}">{task}</a>'

    assert link in detail(client, cast.officer, entry)
    page = detail(client, cast.clerk, entry)
    assert link not in page
    assert str(task) in page


def test_a_unit_finds_the_way_from_its_line_to_its_finding(cast, client):
    finding = inspections.upheld(cast)
    page = detail(client, cast.clerk, LedgerEntry.objects.get())

    assert f'<a href="{finding.get_absolute_url()}">' in page
    assert "周明" not in page


def test_striking_takes_a_reason_and_a_second_look(cast, lines, client):
    entry, path = lines[0], f"{PATH}{lines[0].pk}/reverse/"
    client.force_login(cast.office_head)
    empty = client.post(path, {"reason": " "})
    assert empty.status_code == 422
    assert "请写明冲销理由。" in empty.content.decode()

    asked = client.post(path, {"reason": WHY})
    assert (asked.status_code, LedgerEntry.objects.count()) == (200, 3)
    assert f'<input type="hidden" name="reason" value="{WHY}">' in asked.content.decode()
    again = client.post(path, {"reason": WHY, "again": "1"}).content.decode()
    assert f"{WHY}</textarea>" in again
    done = client.post(path, {"reason": WHY, "confirmed": "1"}, follow=True)

    assert f"台账条目{entry.pk}号已冲销" in done.content.decode()
    counter = LedgerEntry.objects.get(reverses=entry)
    assert (counter.points, counter.reason, counter.entered_by) == (Decimal("0.50"), WHY, cast.office_head)
    assert WHY in detail(client, cast.clerk, counter)
    assert "刘志强" not in detail(client, cast.clerk, counter)


def test_what_is_struck_already_says_so_instead_of_asking(cast, lines, client):
    counter = actions.reverse(entry=lines[0], by=cast.office_head, reason=WHY)
    client.force_login(cast.office_head)
    answers = [
        client.post(f"{PATH}{row.pk}/reverse/", {"reason": WHY, "confirmed": "1"})
        for row in (lines[0], counter)
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "不能重复冲销" in answers[0].content.decode()
    assert "不能再冲销" in answers[1].content.decode()
    assert "/reverse/" not in detail(client, cast.office_head, counter)
    assert LedgerEntry.objects.count() == 4


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 403), ("leader", 403), ("clerk", 403), ("lead", 404), ("stranger", 404), ("inspector", 404)],
)
def test_nobody_but_the_head_of_the_office_strikes(cast, lines, client, who, status):
    client.force_login(getattr(cast, who))
    answer = client.post(f"{PATH}{lines[0].pk}/reverse/", {"reason": WHY, "confirmed": "1"})

    assert (answer.status_code, LedgerEntry.objects.count()) == (status, 3)


def test_the_button_gathers_what_is_there(cast, client):
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=dt.date(2026, 3, 16))
    client.force_login(cast.officer)
    first = client.post(f"{PATH}gather/", follow=True)
    second = client.post(f"{PATH}gather/", follow=True)

    assert "归集完成：新增1条，冲销0条。" in first.content.decode()
    assert "归集完成：没有新的事项。" in second.content.decode()
    assert [entry.entered_by for entry in first.context["page"]] == [None]


def test_a_year_that_is_published_has_no_button_and_refuses(cast, client):
    cast.campaign.state = "archive"
    cast.campaign.save(update_fields=["state"])
    client.force_login(cast.officer)

    assert "立即归集" not in client.get(f"{PATH}?year=2026").content.decode()
    assert client.post(f"{PATH}gather/?year=2026").status_code == 409


RULE = {
    "kind": "task.red",
    "since": "2026-03-18",
    "indicator": "F1",
    "points": "-1",
    "free": "0",
    "cap": "",
    "reason": "市里要求",
}


def test_a_rule_is_set_by_the_head_of_the_office_and_read_by_everybody(cast, client):
    client.force_login(cast.office_head)
    wrong = client.post(
        f"{PATH}rules/", {**RULE, "points": "0", "cap": "-1", "reason": "", "since": "2026-03-16"}
    )
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert [words in said for words in ("分值不能为0", "上限须大于0", "请写明理由")] == [True] * 3
    assert "不能早于今天" in client.post(f"{PATH}rules/", {**RULE, "since": "2026-03-16"}).content.decode()

    assert client.post(f"{PATH}rules/", RULE).status_code == 302
    assert "已有一条计分规则" in client.post(f"{PATH}rules/", RULE).content.decode()
    rule = PointRule.objects.get()
    assert (rule.points, rule.cap, rule.set_by) == (Decimal("-1.00"), None, cast.office_head)
    assert Entry.objects.get(verb="set_point_rule").detail["points"] == "-1"
    client.force_login(cast.clerk)
    page = client.get(f"{PATH}rules/").content.decode()
    assert "整改任务红灯：每件扣0.5分（指标F1）。" in page  # today's
    assert "整改任务红灯：每件扣1分（指标F1）。" in page  # from tomorrow on
    assert "设定新规则" not in page
    assert client.post(f"{PATH}rules/", RULE).status_code == 403


def asked(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_list_asks_as_often_for_one_line_as_for_three(cast, client):
    client.force_login(cast.officer)
    entry = make.ledger_entry(cast.campaign, cast.unit, cast.inspector)
    paths = [PATH, f"{PATH}sums/", f"{PATH}?unit={cast.unit.pk}&indicator=F2", entry.get_absolute_url()]
    one = [asked(client, path) for path in paths]
    for unit in (cast.unit, cast.other_unit):
        actions.reverse(entry=make.ledger_entry(cast.campaign, unit, None), by=cast.office_head, reason=WHY)

    assert [asked(client, path) for path in paths] == one
    assert max(one[:3]) <= 12
    assert one[3] <= 15
