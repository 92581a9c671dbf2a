"""整改看板: every number says what its list shows, however tasks change and whether the clock has counted or not."""

import datetime as dt
import io
import itertools
import random

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from sanwei.core.workdays import calendar, table
from sanwei.core.workdays.actions import import_year
from sanwei.core.workdays.light_rules import set_light_rule
from tests import make
from tests.cast import beijing
from units.rectification import actions, board, choosing, counting, counts, deadlines, pauses
from units.rectification.models import (
    Task,
    TaskCounted,
    TaskLightTally,
    TaskMonthTally,
    TaskMove,
    TaskPlaceTally,
)
from units.rectification.states import Source, State

BOARD = "/units/rectification/board/"
MONDAY = dt.date(2026, 3, 2)
STARTS = [
    dt.date(2026, 1, 12),
    dt.date(2026, 2, 13),
    dt.date(2026, 3, 2),
    dt.date(2026, 4, 17),
    dt.date(2026, 5, 6),
]


def on(day):
    return time_machine.travel(beijing(day.year, day.month, day.day, 9), tick=False)


@pytest.fixture(autouse=True)
def frozen():
    with on(MONDAY):
        yield


def standing(chance, units) -> dict:
    """The columns of a task somewhere in its life, as its verbs leave them."""
    start = chance.choice(STARTS)
    due_on = calendar.add_workdays(start, chance.randrange(1, 45))
    state = chance.choice([*State])
    unit, departments = chance.choice(units)
    found = {
        "source": chance.choice([*Source]), "unit": unit, "unit_order": unit.order, "state": state,
        "lead_department": chance.choice([None, *departments]), "percent": chance.randrange(101),
        "sent_back": chance.choice((0, 0, 0, 1, 2)), "assigned_on": start, "closed_at": None, "suspended_on": None,
        **deadlines.RUNNING, **deadlines.due_of(start, due_on),
    }  # fmt: skip
    if state in (State.VERIFYING, State.DECLINED, State.CLOSED):
        stopped = start + dt.timedelta(chance.randrange(70))
        found |= deadlines.stopped(stopped)
        if state == State.CLOSED:
            found["closed_at"] = beijing(
                *(stopped + dt.timedelta(chance.randrange(40))).timetuple()[:3], 23, 30
            )
    elif state != State.CANCELLED and chance.random() < 0.15:
        found["suspended_on"] = start + dt.timedelta(chance.randrange(30))
    return found


def written(cast, chance, units, count: int) -> None:
    Task.objects.bulk_create(
        Task(
            campaign=cast.campaign, number=f"整改〔2026〕{number}号", title="事项", requirement="要求",
            opened_by=cast.officer, sign_for_due_on=MONDAY, first_due_on=MONDAY, **standing(chance, units),
        )
        for number in itertools.islice(make.counter, count)
    )  # fmt: skip


def shaken(chance, units, count: int) -> None:
    """Some tasks are suddenly somewhere else, by an UPDATE past every action; one is gone."""
    keys = [*Task.objects.values_list("pk", flat=True)]
    for key in chance.sample(keys, count):
        Task.objects.filter(pk=key).update(**standing(chance, units))
    Task.objects.filter(pk=chance.choice(keys)).delete()


def behind(number, campaign, user) -> int:
    """How many rows the list has to which a number opens."""
    path, _, asked = number.url.partition("?")
    assert path == "/units/rectification/"
    return choosing.tasks(user, QueryDict(asked), campaign)[1].count()


def numbers_of(campaign, units) -> list[board.Number]:
    """Every number on the boards of the city and of the units, by lights and by classes of progress."""
    found, lights, course = [], counts.lights(campaign), counts.months(campaign)
    for classes in (board.BY_LIGHT, board.BY_PACE):
        opens = board.Opener(campaign.year)
        found += on_board(board.figures(lights, course, classes, opens))
        for column in ("unit", "department"):
            rows = [*board.places(campaign, column)]
            found += on_lines(board.by_place(campaign, rows, column, classes, opens))
        for unit, _ in units:
            opens = board.Opener(campaign.year, {"unit": unit.pk})
            *counted, departments = counts.of_unit(campaign, unit)
            found += on_board(board.figures(*counted, classes, opens))
            found += on_lines(board.by_department(departments, classes, opens))
    return found


def on_board(figures) -> list[board.Number]:
    months = [number for month in figures["months"] for number in (month.opened, month.closed, month.late)]
    return [*figures["numbers"], *on_lines(figures["sources"]), *months]


def on_lines(lines) -> list[board.Number]:
    return [number for line in lines for number in (*line.numbers, line.total)]


def wrong(cast, units, chance) -> list[tuple]:
    """(address, number on the board, rows of its list) where they differ, of forty numbers drawn by lot."""
    numbers = chance.sample(numbers_of(cast.campaign, units), 40)
    found = [(one.url, one.value, behind(one, cast.campaign, cast.officer)) for one in numbers]
    return [row for row in found if row[1] != row[2]]


@pytest.mark.parametrize("seed", range(3))
def test_every_number_opens_to_as_many_rows(cast, seed):
    """Random tasks at random places of their lives; counted, shaken, counted in part, and looked at on other days."""
    chance = random.Random(seed)
    units = [(cast.unit, [cast.department, make.department(cast.unit, "人事科")]), (cast.other_unit, [])]
    written(cast, chance, units, 30)
    assert wrong(cast, units, chance) == []
    counting.count()
    shaken(chance, units, 8)
    written(cast, chance, units, 5)
    assert wrong(cast, units, chance) == []
    counting.count()
    assert wrong(cast, units, chance) == []
    for day in (dt.date(2026, 3, 17), dt.date(2026, 8, 1)):
        with on(day):
            shaken(chance, units, 3)
            assert wrong(cast, units, chance) == []
            counting.count()
            assert wrong(cast, units, chance) == []


def test_a_row_knows_the_light_and_the_class_by_which_it_is_found(cast):
    chance = random.Random(11)
    written(cast, chance, [(cast.unit, [cast.department])], 60)
    for day in STARTS:
        with on(day):
            rows = [*Task.objects.with_light().with_pace()]
            assert [(row.light_now, row.pace_now) for row in rows] == [(row.light, row.pace) for row in rows]


def tallied(model) -> list:
    columns = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
    return sorted(model.objects.values_list(*columns), key=str)


@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_is_what_counting_from_nothing_gives(cast, seed, monkeypatch):
    """However small the portions, and in whichever order the changes came."""
    chance = random.Random(seed)
    units = [(cast.unit, [cast.department]), (cast.other_unit, [])]
    written(cast, chance, units, 20)
    monkeypatch.setattr(counting, "PORTION", 7)
    for day in (MONDAY, dt.date(2026, 4, 20), dt.date(2026, 6, 1)):
        with on(day):
            counting.count()
            shaken(chance, units, 6)
    kept = (TaskCounted, TaskLightTally, TaskMonthTally, TaskPlaceTally)
    with on(dt.date(2026, 6, 2)):
        assert counting.count() > 0
        assert counting.count() == 0
        found = [tallied(model) for model in kept]
        for model in kept:
            model.objects.all().delete()
        TaskMove.objects.bulk_create(
            TaskMove(task_key=key) for key in Task.objects.values_list("pk", flat=True)
        )
        counting.count()

    assert found == [tallied(model) for model in kept]
    assert all(found)


def light_numbers(cast) -> dict:
    figures = board.figures(
        counts.lights(cast.campaign), counts.months(cast.campaign), board.BY_LIGHT, board.Opener(2026)
    )
    return {one.label: one.value for one in figures["numbers"] if one.value}


def test_the_numbers_follow_every_verb_at_once(cast):
    task = make.task(cast.campaign, cast.unit, cast.officer)
    counting.count()
    seen = [light_numbers(cast)]
    task = actions.sign_for(task=task, by=cast.clerk)
    task = pauses.suspend(task=task, by=cast.officer, reason="待批复")
    seen.append(light_numbers(cast))
    pauses.resume(task=task, by=cast.officer)
    actions.report_done(task=task, by=cast.clerk, result="已整改")
    actions.confirm(task=task, by=cast.head)
    seen.append(light_numbers(cast))
    actions.verify(task=task, by=cast.officer, conclusion="solved")
    seen.append(light_numbers(cast))

    assert seen == [
        {"任务总数": 1, "绿灯": 1},
        {"任务总数": 1, "中止": 1},
        {"任务总数": 1, "绿灯": 1},
        {"任务总数": 1, "办结": 1},
    ]


def test_a_new_day_changes_the_lights_before_the_clock_has_come_round(cast):
    make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=dt.date(2026, 3, 16))
    counting.count()

    with on(dt.date(2026, 3, 17)):
        assert not counting.is_of_today()
        before = light_numbers(cast)
        counting.count()
        assert counting.is_of_today()
        assert light_numbers(cast) == before == {"任务总数": 1, "红灯": 1, "反馈逾期": 1}


def test_another_rule_of_the_lights_counts_at_once(cast):
    make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=dt.date(2026, 3, 16))
    counting.count()
    limits = {"near": 12, "near_percent": 20, "behind": 10, "sent_back": 2, "deep_red": 10}
    set_light_rule(since=MONDAY, reason="从严", by=cast.office_head, **limits)

    assert light_numbers(cast) == {"任务总数": 1, "黄灯": 1}
    counting.count()
    assert light_numbers(cast) == {"任务总数": 1, "黄灯": 1}


@pytest.fixture
def imported_for_once():
    """An import at a frozen hour does not look newer than what was there before it is rolled back."""
    yield
    table.forget()


@pytest.mark.usefixtures("imported_for_once")
def test_another_calendar_counts_at_once(cast):
    """Six days off announced later bring the end near."""
    make.task_in_progress(cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=dt.date(2026, 3, 10))
    counting.count()
    assert light_numbers(cast) == {"任务总数": 1, "绿灯": 1}

    off = [{"date": dt.date(2026, 3, day), "kind": "休息", "name": "抗洪"} for day in (4, 5, 6)]
    import_year(year=2026, rows=off, status="official", source="市政府公告", by=cast.officer)

    assert light_numbers(cast) == {"任务总数": 1, "黄灯": 1}


def test_the_months_say_what_was_given_closed_and_late_at_their_ends(cast):
    with on(dt.date(2026, 1, 12)):
        late = make.task_in_progress(
            cast.campaign, cast.unit, cast.officer, cast.clerk, due_on=dt.date(2026, 1, 30)
        )
        make.reported_task(cast.campaign, cast.unit, cast.officer, cast.clerk, cast.head)
    with on(dt.date(2026, 2, 10)):
        make.task(cast.campaign, cast.other_unit, cast.officer, due_on=dt.date(2026, 3, 20))
    with on(dt.date(2026, 3, 2)):
        actions.report_done(task=late, by=cast.clerk, result="已整改")
        actions.confirm(task=late, by=cast.head)
        actions.verify(task=late, by=cast.officer, conclusion="solved")
    with on(dt.date(2026, 3, 25)):
        shown = board.trend(counts.months(cast.campaign), 1, board.Opener(2026))

    assert [(one.label, one.opened.value, one.closed.value, one.late.value) for one in shown] == [
        ("2026年1月", 2, 0, 1),
        ("2026年2月", 1, 0, 1),
        ("2026年3月（至今）", 0, 1, 1),
    ]


def signed_in(client, user):
    client.force_login(user)
    return client


def queries(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}?by=department&view=pace"])
def test_the_board_asks_as_much_for_one_unit_as_for_three(cast, client, path):
    delegated(cast, cast.unit, cast.department)
    counting.count()
    signed_in(client, cast.leader)
    one = queries(client, path)
    for name in ("市财政局", "市审计局"):
        unit = make.unit(name)
        delegated(cast, unit, make.department(unit))
    counting.count()

    assert queries(client, path) == one <= 13


def test_the_board_of_a_unit_asks_as_much_for_one_task_as_for_three(cast, client):
    delegated(cast, cast.unit, cast.department)
    signed_in(client, cast.head)
    path = f"{BOARD}{cast.unit.pk}/"
    one = queries(client, path)
    delegated(cast, cast.unit, make.department(cast.unit, "人事科"))
    make.task(cast.campaign, cast.unit, cast.officer)

    assert queries(client, path) == one <= 11


def delegated(cast, unit, department) -> Task:
    task = make.task(cast.campaign, unit, cast.officer)
    return actions.delegate(task=task, by=cast.officer, department=department)


def test_the_worst_unit_stands_first_and_the_order_can_be_changed(cast, client):
    third = make.unit("市财政局")
    with on(dt.date(2026, 1, 12)):
        make.task(cast.campaign, third, cast.officer, due_on=dt.date(2026, 2, 27))  # red on 2 March
        make.task(cast.campaign, cast.other_unit, cast.officer, due_on=dt.date(2026, 1, 19))  # deep red
    for _ in range(3):
        make.task(cast.campaign, cast.unit, cast.officer)
    counting.count()
    signed_in(client, cast.officer)

    def names(path):
        return [line.label for line in client.get(path).context["places"]]

    assert names(BOARD) == ["市教育局", "市财政局", "市发展改革委"]
    assert names(f"{BOARD}?sort=under_way") == ["市发展改革委", "市教育局", "市财政局"]
    assert names(f"{BOARD}?sort=order") == ["市发展改革委", "市教育局", "市财政局"]
    assert names(f"{BOARD}?sort=nonsense") == names(BOARD)


def test_the_units_of_a_large_city_are_paged_by_key(cast, client):
    units = [make.unit(f"第{number}局") for number in range(60)]
    written(cast, random.Random(3), [(unit, []) for unit in units], 400)
    counting.count()
    signed_in(client, cast.officer)
    seen, path = [], BOARD
    while path:
        context = client.get(path).context
        seen += [line.label for line in context["places"]]
        path = context["page"].next_url

    worst = TaskPlaceTally.objects.order_by("-deep_red", "-red", "-yellow", "unit_order")
    assert seen == [*worst.values_list("unit__name", flat=True)]
    assert len(client.get(f"{BOARD}?print=all").context["places"]) == len(seen) > 50


def test_a_number_opens_to_its_list_and_the_list_says_by_what_it_is_narrowed(cast, client):
    delegated(cast, cast.unit, cast.department)
    make.task(cast.campaign, cast.unit, cast.officer, title="未分办的")
    make.task(cast.campaign, cast.other_unit, cast.officer, title="他单位的")
    signed_in(client, cast.officer)
    page = client.get(f"{BOARD}{cast.unit.pk}/")
    lines = {line.label: line for line in page.context["places"]}
    assert {label: line.total.value for label, line in lines.items()} == {"审批科": 1, "未分办": 1}

    listed = client.get(lines["未分办"].total.url)

    assert [task.title for task in listed.context["page"]] == ["未分办的"]
    text = listed.content.decode()
    assert "责任单位：市发展改革委" in text
    assert "责任科室：未分办" in text
    assert [task.title for task in client.get("/units/rectification/?opened=2026-02").context["page"]] == []
    for nonsense in (
        "unit=x",
        f"unit={9**30}",
        "department=0x",
        "opened=2026-13",
        "closed=9999-12",
        "late=二月",
    ):
        assert len(client.get(f"/units/rectification/?{nonsense}").context["page"]) == 3


def test_who_answers_for_one_unit_is_shown_that_one(cast, client):
    own = f"{BOARD}{cast.unit.pk}/"
    for who in (cast.clerk, cast.head):
        assert signed_in(client, who).get(BOARD)["Location"] == own
        assert client.get(own).status_code == 200
        assert client.get(f"{BOARD}export/").status_code == 403
    for who in (cast.stranger, cast.other_head, cast.lead):
        assert signed_in(client, who).get(own).status_code == 403
    assert signed_in(client, cast.lead).get(BOARD).status_code == 403
    for who in (cast.officer, cast.office_head, cast.leader, cast.inspector):
        assert signed_in(client, who).get(BOARD).status_code == 200
        assert client.get(own).status_code == 200
    assert client.get(f"{BOARD}987654321/").status_code == 404


def test_the_board_as_excel_says_the_same(cast, client):
    delegated(cast, cast.unit, cast.department)
    make.task(cast.campaign, cast.unit, cast.officer)
    make.task(cast.campaign, cast.other_unit, cast.officer)
    counting.count()
    signed_in(client, cast.leader)

    def sheet(path):
        book = load_workbook(io.BytesIO(b"".join(client.get(path).streaming_content)))
        return [[str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]

    units, departments = sheet(f"{BOARD}export/"), sheet(f"{BOARD}export/?by=department")
    heads = next(row for row in units if "责任单位" in row)
    rows = [dict(zip(heads, row, strict=True)) for row in units if row[0] in ("1", "2")]
    assert [(row["责任单位"], row["任务总数"], row["绿灯"], row["达进度"]) for row in rows] == [
        ("市发展改革委", "2", "2", "2"),
        ("市教育局", "1", "1", "1"),
    ]
    assert [row[1:4] for row in departments if row[0] == "1"] == [["市发展改革委", "审批科", "1"]]


def test_without_a_campaign_the_board_says_what_comes(cast, client):
    cast.campaign.state = "prepare"
    cast.campaign.save(update_fields=["state"])

    page = signed_in(client, cast.inspector).get(BOARD)

    assert "启动年度活动" in page.content.decode()
