"""Units: found by every name, imported whole or not at all, renamed, merged, staffed (C 23, 24, 25; H7, H11)."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from sanwei.core.refusals import Refused
from sanwei.core.roles import Role
from tests import make
from tests.cast import beijing
from units.organisation import actions, imports
from units.organisation.access import roles_of
from units.organisation.models import Department, Post, Unit, UnitTier
from units.plans.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    imports.import_demo_roster()


def names(query) -> list[str]:
    return [unit.name for unit in Unit.objects.matching(query).in_order()]


@pytest.mark.parametrize(
    "query", ["lasfgw", "LASFGW", "发改委", "发展改革", "fgw", "市发展和改革委员会", "发展和改革", "ｆｇｗ"]
)
def test_every_way_to_write_it_finds_the_development_and_reform_commission(city, query):
    assert "市发展和改革委员会" in names(query)


def test_the_delivered_roster_is_read_whole(city):
    assert (Unit.objects.count(), Department.objects.count()) == (123, 795)
    assert Unit.objects.in_order().first().name == "市纪委（市监察局）"
    assert Unit.objects.filter(tier=Unit.Tier.GOOD).count() == 50


def test_importing_it_again_changes_nothing(city):
    roster = imports.read_roster(imports.DEMO_ROSTER.read_bytes())

    assert (roster.errors, roster.new, roster.changed, roster.unchanged) == ([], [], [], 123)


def spoiled(**cells) -> bytes:
    """The delivered roster with some cells overwritten: spoiled(单位={"D3": "学校"})."""
    book = load_workbook(imports.DEMO_ROSTER)
    for sheet, changes in cells.items():
        for place, value in changes.items():
            book[sheet][place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"单位": {"D3": "学校"}}, "工作表“单位”第3行“类别”列：“学校”不在可选范围内"),
        ({"单位": {"A4": "DW001"}}, "工作表“单位”第4行“单位代码”列：“DW001”与第2行重复"),
        ({"单位": {"B5": None}}, "工作表“单位”第5行“单位全称”列：不能为空"),
        ({"科室": {"A2": "DW999"}}, "工作表“科室”第2行“单位代码”列：单位代码“DW999”不在“单位”工作表中"),
        ({"科室": {"B3": "办公室"}}, "工作表“科室”第3行“科室名称”列：“办公室”在该单位中重复"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(cast, client, cells, error):
    before = Unit.objects.count()
    client.force_login(cast.officer)
    file = io.BytesIO(spoiled(**cells))
    file.name = "单位名录.xlsx"

    page = client.post("/units/organisation/import_roster/", {"file": file})

    assert page.status_code == 422
    assert str(page.context["roster"].errors[0]).startswith(error)
    assert Unit.objects.count() == before


def test_a_renamed_unit_is_found_by_both_names(cast):
    actions.rename(unit=cast.unit, name="市发展改革和数据局", short_name="市发展改革局", by=cast.officer)

    assert names("市发展改革委") == ["市发展改革和数据局"]
    assert [*cast.unit.former_names.values_list("name", flat=True)] == ["市发展改革委"]


def test_a_name_stands_on_one_line_wherever_it_is_typed(cast, client):
    client.force_login(cast.officer)
    client.post(
        f"/units/organisation/{cast.unit.pk}/rename/",
        {"name": "市发展\r\n改革局", "short_name": "市发\n改局"},
    )
    roster = imports.read_roster(
        spoiled(单位={"B5": "市公安\n总局", "C5": "市公\n安"}, 科室={"B3": "政策\n法规科"})
    )

    cast.unit.refresh_from_db()
    assert (cast.unit.name, cast.unit.short_name) == ("市发展改革局", "市发改局")
    assert roster.errors == []
    assert (roster.units[3]["name"], roster.units[3]["short_name"]) == ("市公安总局", "市公安")
    assert roster.departments[1]["name"] == "政策法规科"


def test_a_merged_unit_keeps_its_plan_and_ends_its_posts(cast):
    actions.merge(unit=cast.unit, successor=cast.other_unit, by=cast.officer, reason="机构改革")

    assert [*Unit.objects.active()] == [cast.other_unit]
    assert Plan.objects.get(pk=cast.plan.pk).unit == cast.unit
    with pytest.raises(ValidationError, match="承接单位须为另一个在册单位"):
        actions.merge(unit=cast.other_unit, successor=cast.unit, by=cast.officer, reason="误")


def test_a_changed_tier_leaves_a_line_and_the_tasks_alone(cast):
    actions.set_tier(unit=cast.unit, tier="weak", reason="年度评估", by=cast.officer)

    assert [*UnitTier.objects.values_list("tier", "reason")] == [("weak", "年度评估")]
    assert Plan.objects.filter(unit=cast.unit).count() == 1


def roles_on(user, day) -> frozenset:
    with time_machine.travel(day, tick=False):
        return roles_of(type(user).objects.get(pk=user.pk))


def test_a_stand_in_has_the_rights_of_the_post_in_the_period_only(cast):
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        actions.delegate(
            post=cast.head.posts.get(),
            user=cast.clerk,
            starts_on=dt.date(2026, 3, 3),
            ends_on=dt.date(2026, 3, 5),
            by=cast.head,
        )

    held = [Role.UNIT_HEAD in roles_on(cast.clerk, beijing(2026, 3, day, 12)) for day in (2, 3, 5, 6)]
    assert held == [False, True, True, False]


def test_keepers_hold_nothing_else(cast):
    keeper = make.holder(Role.SYSTEM_ADMIN)

    with pytest.raises(Refused, match="不得兼任业务岗位"):
        actions.appoint(user=keeper, role=Role.OFFICE, by=cast.officer)
    with pytest.raises(Refused, match="由三人分别担任"):
        actions.appoint(user=keeper, role=Role.AUDIT_ADMIN, by=cast.officer)


def test_a_new_clerk_gets_an_account_and_a_password_shown_once(cast, client):
    client.force_login(cast.officer)
    words = {"username": "Wang-Hong", "name": "王红", "role": "unit_clerk", "starts_on": "2020-01-01"}

    page = client.post(f"/units/organisation/{cast.unit.pk}/appoint/", words, follow=True).content.decode()

    post = Post.objects.get(user__username="wang-hong")
    assert (post.unit, post.user.must_change_password) == (cast.unit, True)
    assert "初始密码" in page
    assert "初始密码" not in client.get(f"/units/organisation/{cast.unit.pk}/").content.decode()


@pytest.mark.parametrize("address", ["edit/", "rename/", "merge/", "set_tier/", "appoint/"])
@pytest.mark.parametrize("who", ["clerk", "head", "stranger", "leader", "inspector"])
def test_the_roster_is_kept_by_the_office(cast, client, who, address):
    client.force_login(getattr(cast, who))

    assert client.get(f"/units/organisation/{cast.unit.pk}/{address}").status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 200), ("head", 200), ("officer", 200), ("stranger", 403), ("leader", 403)]
)
def test_a_unit_keeps_its_own_departments_and_leading_group(cast, client, who, status):
    client.force_login(getattr(cast, who))

    answers = [
        client.get(f"/units/organisation/{cast.unit.pk}/{a}")
        for a in ("departments/add/", "leading_group/", "delegate/")
    ]
    assert [answer.status_code for answer in answers] == [status] * 3


def test_a_leading_group_keeps_who_stays_and_ends_who_goes(cast):
    first = [
        {"position": "head", "name": "张建国", "title": "主任", "phone": ""},
        {"position": "liaison", "name": "李芳", "title": "", "phone": ""},
    ]
    actions.set_leading_group(unit=cast.unit, members=first, by=cast.clerk)
    second = [first[0], {"position": "liaison", "name": "吴丹", "title": "", "phone": ""}]
    actions.set_leading_group(unit=cast.unit, members=second, by=cast.clerk)

    group = cast.unit.leading_group
    assert [*group.filter(ends_on=None).values_list("name", flat=True)] == ["张建国", "吴丹"]
    assert [*group.exclude(ends_on=None).values_list("name", flat=True)] == ["李芳"]


@pytest.mark.parametrize(
    ("path", "most"), [("/units/organisation/", 12), ("/units/organisation/{unit}/", 15)]
)
def test_pages_ask_as_much_for_one_as_for_three(cast, client, path, most):
    client.force_login(cast.officer)
    path = path.format(unit=cast.unit.pk)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for name in ("市财政局", "市审计局"):
        make.clerk(cast.unit, name)
        make.department(cast.unit, name)
        make.unit(name)
    with CaptureQueriesContext(connection) as three:
        client.get(path)

    assert len(three) == len(one) <= most


def test_a_wrong_roster_comes_back_marked_in_both_sheets(cast, client):
    client.force_login(cast.officer)
    file = io.BytesIO(spoiled(单位={"D3": "学校"}, 科室={"C2": "也许"}))
    file.name = "单位名录.xlsx"

    answer = client.post("/units/organisation/import_roster/", {"file": file, "marked": "1"})

    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book["单位"]["D3"].comment.text.startswith("“学校”不在可选范围内")
    assert book["科室"]["C2"].comment.text.startswith("“也许”不在可选范围内")


def test_the_citys_leading_group_is_read_by_all_and_adjusted_by_the_office(cast, client):
    words = {
        "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "0",
        "rows-0-position": "head",
        "rows-0-name": "王永明",
    }
    client.force_login(cast.clerk)
    refused = client.post("/units/organisation/leading_group/", words)
    client.force_login(cast.officer)
    client.post("/units/organisation/leading_group/", words)
    client.force_login(cast.clerk)

    assert refused.status_code == 403
    page = client.get("/units/organisation/leading_group/").content.decode()
    assert "组长：王永明" in page
    assert "调整领导组" not in page
