"""The pages of tasks: constant queries, forms that keep what was typed, one click from a weakness, urging a list, papers."""

import datetime as dt
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests import make
from tests.cast import beijing
from units.rectification import actions, assistance, extensions, urging
from units.rectification.models import Task, Urging

LIST = "/units/rectification/"
LATER = dt.date(2026, 3, 25)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


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


def full(cast, **fields) -> Task:
    """A task with everything that a page may show, once."""
    task = make.task_in_progress(
        cast.campaign, cast.unit, cast.officer, cast.clerk, assisting=[cast.other_unit], **fields
    )
    actions.record_progress(task=task, by=cast.clerk, percent=10, text="已动员")
    urging.urge(task=task, by=cast.officer, colour="blue", due_on=LATER)
    extensions.request_extension(
        task=task, by=cast.clerk, wanted_due_on=LATER, reason="设备未到货", progress="已招标"
    )
    return Task.objects.for_detail().get(pk=task.pk)


@pytest.mark.parametrize("who", ["officer", "clerk", "lead", "inspector"])
def test_the_list_asks_as_much_for_one_row_as_for_three(cast, client, who):
    full(cast)
    signed_in(client, getattr(cast, who))
    one = queries(client, LIST)
    for _ in range(2):
        make.task(cast.campaign, make.unit("市财政局" * (_ + 1)), cast.officer)
        full(cast)

    assert queries(client, LIST) == one <= 12


def test_a_task_asks_as_much_with_one_of_each_as_with_three(cast, client):
    task = full(cast)
    signed_in(client, cast.officer)
    one = queries(client, task.get_absolute_url())
    for percent in (20, 30):
        actions.record_progress(task=task, by=cast.clerk, percent=percent, text="推进")
    for day in (3, 4):
        with time_machine.travel(beijing(2026, 3, day, 9), tick=False):
            urging.urge(task=task, by=cast.officer, colour=urging.next_colour(task), due_on=LATER)
    assistance.ask_for_help(task, [make.unit("市财政局"), make.unit("市审计局")])

    assert queries(client, task.get_absolute_url()) == one <= 15


def test_the_desk_asks_as_much_for_one_task_as_for_three(cast, client):
    full(cast)
    signed_in(client, cast.clerk)
    one = queries(client, "/desk/")
    for _ in range(2):
        make.task(cast.campaign, cast.unit, cast.officer)

    assert queries(client, "/desk/") == one


def test_the_desk_says_what_is_owed(cast, client):
    signing = make.task(cast.campaign, cast.unit, cast.officer, title="制度不健全")
    reported = make.reported_task(
        cast.campaign, cast.unit, cast.officer, cast.clerk, cast.head, title="窗口缺岗"
    )
    desk = text_of(signed_in(client, cast.clerk).get("/desk/"))
    assert signing.get_absolute_url() in desk
    desk = text_of(signed_in(client, cast.officer).get("/desk/"))
    assert reported.get_absolute_url() in desk
    assert "验收" in desk


def test_the_office_gives_a_task_by_hand(cast, client):
    signed_in(client, cast.officer)
    typed = {
        "source": "instruction",
        "source_label": "王书记3月1日批示",
        "unit": cast.unit.pk,
        "title": "窗口排队时间长",
        "requirement": "增开窗口",
        "standard": "排队不超过10分钟",
        "due_on": "2026年3月20日",
        "assisting": [cast.other_unit.pk],
    }
    wrong = client.post(f"{LIST}open/", {**typed, "due_on": "2026-03-02", "title": ""})
    page = text_of(wrong)
    assert wrong.status_code == 422
    assert "期限须晚于今天" in page
    assert "请用一句话写明要整改的事项" in page
    assert "王书记3月1日批示" in page
    assert Task.objects.count() == 0

    answer = client.post(f"{LIST}open/", typed, follow=True)

    task = Task.objects.get()
    assert (task.source, task.source_label, task.due_on) == (
        "instruction",
        "王书记3月1日批示",
        dt.date(2026, 3, 20),
    )
    assert [row.unit for row in task.assistance.all()] == [cast.other_unit]
    assert "已交办市发展改革委，督办编号整改〔2026〕1号。" in text_of(answer)


def test_without_an_open_campaign_nothing_is_given(cast, client):
    cast.campaign.state = "archive"
    cast.campaign.save(update_fields=["state"])

    answer = signed_in(client, cast.officer).get(f"{LIST}open/")

    assert answer.status_code == 409
    assert "没有正在进行的创建活动" in text_of(answer)


def test_a_weakness_becomes_a_task_with_one_click_and_the_plan_shows_its_state(cast, client):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    signed_in(client, cast.officer)
    page = text_of(client.get(plan.get_absolute_url()))
    uid = plan.approved_version.content["sections"]["weaknesses"]["rows"][0]["uid"]
    address = f"{LIST}open_from_weakness/{plan.pk}/{uid}/"
    assert f'action="{address}"' in page

    answer = client.post(address, follow=True)

    task = Task.objects.get()
    assert answer.redirect_chain == [(task.get_absolute_url(), 302)]
    assert (task.title, task.requirement, task.source, task.unit) == (
        "审批环节多",
        "压减环节",
        "weakness",
        cast.unit,
    )
    assert task.due_on == dt.date(2026, 3, 16)
    page = text_of(client.get(plan.get_absolute_url()))
    assert f'<a href="{task.get_absolute_url()}">{task.number}</a>' in page
    assert f'action="{address}"' not in page
    assert client.post(address).status_code == 409
    assert Task.objects.count() == 1


@pytest.mark.parametrize("who", ["clerk", "head", "leader"])
def test_only_those_who_supervise_make_tasks_of_weaknesses(cast, client, who):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    page = text_of(signed_in(client, getattr(cast, who)).get(plan.get_absolute_url()))

    assert '<th scope="col">整改任务</th>' in page
    assert "转为整改任务" not in page


def test_a_weakness_that_is_not_there_is_not_found(cast, client):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)
    signed_in(client, cast.officer)

    assert client.post(f"{LIST}open_from_weakness/{plan.pk}/nothing/").status_code == 404
    assert client.post(f"{LIST}open_from_weakness/987654321/w1/").status_code == 404
    assert client.post(f"{LIST}open_from_weakness/{cast.other_plan.pk}/w1/").status_code == 409


def test_what_is_typed_wrong_comes_back_with_what_was_typed(cast, client):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    signed_in(client, cast.clerk)
    path = f"{LIST}{task.pk}/record_progress/"
    answer = client.post(path, {"percent": "101", "text": "已完成招标", "problems": "经费不足"})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "完成率请填0至100的整数。" in page
    assert "已完成招标" in page
    assert "经费不足" in page
    assert client.post(path, {"percent": "６０", "text": "已完成招标"}).status_code == 302
    assert Task.objects.get().percent == 60


def test_a_refusal_of_the_action_stands_in_the_form(cast, client):
    task = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk)
    signed_in(client, cast.clerk)
    typed = {"wanted_due_on": "2026-03-10", "reason": "设备未到货", "progress": "已招标"}
    answer = client.post(f"{LIST}{task.pk}/request_extension/", typed)

    assert answer.status_code == 422
    assert "申请的期限须晚于现期限" in text_of(answer)
    assert "设备未到货" in text_of(answer)


def test_the_filtered_list_is_urged_with_one_click(cast, client):
    mine = make.task(cast.campaign, cast.unit, cast.officer, title="窗口缺岗")
    make.task(cast.campaign, cast.other_unit, cast.officer, title="制度不健全")
    signed_in(client, cast.officer)

    answer = client.post(f"{LIST}urge/?q=窗口", {"all": "1"}, follow=True)
    assert "已催办1项任务，督办单已编号送达。" in text_of(answer)
    assert [sheet.task for sheet in Urging.objects.all()] == [mine]
    again = client.post(f"{LIST}urge/", {"pk": [mine.pk, "1' OR 1=1"]}, follow=True)
    assert "今天均已催办" in text_of(again)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["甲", "乙", "丙"]),
        ("?light=yellow", ["甲"]),
        ("?light=green", ["乙", "丙"]),
        ("?state=in_progress", ["丙"]),
        ("?source=instruction", ["乙"]),
        ("?q=丙", ["丙"]),
        ("?light=purple&state=x&overdue=no", ["甲", "乙", "丙"]),
    ],
)
def test_a_filter_narrows_screen_and_workbook_alike(cast, client, query, titles):
    give = lambda title, **fields: make.task(cast.campaign, cast.unit, cast.officer, title=title, **fields)  # noqa: E731
    give("甲", due_on=dt.date(2026, 3, 4))
    give("乙", due_on=dt.date(2026, 3, 20), source="instruction")
    actions.sign_for(task=give("丙", due_on=dt.date(2026, 3, 30)), by=cast.clerk)
    signed_in(client, cast.officer)

    assert [task.title for task in client.get(f"{LIST}{query}").context["page"]] == titles
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{LIST}export/{query}").streaming_content)))
    rows = [*book.active.iter_rows(values_only=True)]
    assert [
        row[2] for row in rows[rows.index(next(r for r in rows if r[2] == "事项")) + 1 :] if row[1]
    ] == titles


def test_overdue_lists_are_two(cast, client):
    late = make.task(cast.campaign, cast.unit, cast.officer, title="甲")
    working = make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, title="乙")
    with time_machine.travel(beijing(2026, 3, 4, 9), tick=False):
        signing = [*signed_in(client, cast.officer).get(f"{LIST}?overdue=sign_for").context["page"]]
    with time_machine.travel(beijing(2026, 3, 17, 9), tick=False):
        reporting = [*signed_in(client, cast.officer).get(f"{LIST}?overdue=report").context["page"]]

    assert (signing, reporting) == ([late], [late, working])


def test_one_tab_is_the_present_one_and_the_other_view_is_a_link(cast, client):
    full(cast)
    signed_in(client, cast.officer)

    by_light, by_pace = text_of(client.get(LIST)), text_of(client.get(f"{LIST}?view=pace"))

    for page, other in ((by_light, "按进度查看"), (by_pace, "按亮灯查看")):
        tabs = page.split('class="tabs"')[1].split("</ul>")[0]
        assert tabs.count("aria-current") == 1
        assert f">{other}</a>" in page
