"""Drawing up an inspection: its team, the lots, weeks that collide, and who has to keep out of it."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from assessments.inspections.models import Draw, Inspection
from assessments.inspections.planning import actions, drawing, overlaps
from sanwei.core.refusals import Refused
from sanwei.core.roles import Role
from tests import make
from tests.assessments.inspections import build
from tests.cast import beijing
from units.organisation.models import Unit

NOON = beijing(2026, 3, 4, 12)  # a Wednesday


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOON, tick=False):
        yield


def names_of(inspection) -> list[str]:
    return [row.unit.name for row in inspection.inspected.select_related("unit").order_by("unit__order")]


def units(number) -> list[Unit]:
    return [make.unit(f"单位{index}") for index in range(number)]


def test_a_plan_gets_a_number_a_team_and_a_leader(cast):
    row = build.inspection(cast)

    assert (row.number, row.state) == ("督查〔2026〕1号", "prepared")
    assert [(one.name, one.leads) for one in row.team.all()] == [
        ("周明", True),
        ("秦岚", False),
        ("代表甲", False),
    ]


def test_the_leader_is_one_of_the_team(cast):
    with pytest.raises(ValidationError, match="组长须为督查组成员"):
        build.inspection(cast, leader=build.second_inspector(), team=[cast.inspector])

    assert not Inspection.objects.exists()


def test_ten_of_twenty_eight_can_be_drawn_again_from_the_seed(cast):
    row = build.inspection(cast)
    urn = units(28)
    draw = actions.draw(inspection=row, by=cast.inspector, candidates=urn, wanted=10)

    assert len(set(draw.drawn)) == 10
    assert draw.candidates == [unit.code for unit in urn]
    lots = sorted(
        draw.candidates, key=lambda code: hashlib.sha256(f"{draw.seed}:{code}".encode()).hexdigest()
    )
    assert draw.drawn == lots[:10]
    assert {row.unit.code for row in row.inspected.select_related("unit")} == set(draw.drawn)


@given(
    st.sets(st.text("ABC0123", min_size=1, max_size=6), min_size=1, max_size=40),
    st.integers(1, 40),
    st.randoms(),
)
def test_lots_depend_on_the_seed_and_the_units_alone(codes, wanted, chance):
    shuffled = sorted(codes)
    chance.shuffle(shuffled)

    drawn = drawing.drawn("a seed", shuffled, wanted)
    assert drawn == drawing.drawn("a seed", sorted(codes), wanted)
    assert set(drawn) <= codes
    assert len(drawn) == len(set(drawn)) == min(wanted, len(codes))


def test_every_unit_has_the_same_chance():
    codes = [f"U{number:02d}" for number in range(20)]
    times = dict.fromkeys(codes, 0)
    for seed in range(2000):
        for code in drawing.drawn(str(seed), codes, 5):
            times[code] += 1

    assert min(times.values()) > 420  # 500 on average; 420 is four standard deviations below
    assert max(times.values()) < 580


def test_a_second_draw_must_say_why_and_keeps_the_first(cast):
    row, urn = build.inspection(cast), units(6)
    actions.draw(inspection=row, by=cast.inspector, candidates=urn, wanted=2)

    with pytest.raises(ValidationError, match="重新抽取须写明理由"):
        actions.draw(inspection=row, by=cast.inspector, candidates=urn, wanted=3)
    second = actions.draw(inspection=row, by=cast.inspector, candidates=urn, wanted=3, reason="增加督查数量")

    assert [draw.wanted for draw in row.draws.all()] == [2, 3]
    assert {one.unit.code for one in row.inspected.select_related("unit")} == set(second.drawn)


def test_a_draw_cannot_be_changed_or_deleted(cast):
    row = build.inspection(cast)
    draw = actions.draw(inspection=row, by=cast.inspector, candidates=units(3), wanted=1)

    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(seed="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).delete()


def test_more_than_there_are_cannot_be_drawn(cast):
    with pytest.raises(ValidationError, match="候选单位只有2个"):
        actions.draw(inspection=build.inspection(cast), by=cast.inspector, candidates=units(2), wanted=3)

    assert not Draw.objects.exists()


def test_two_inspections_of_one_unit_in_one_week_are_pointed_out(cast):
    build.under_way(cast)  # 4 to 6 March, Wednesday to Friday
    sunday = dt.date(2026, 3, 8)
    second = build.inspection(cast, theme="政务公开专项督查", starts_on=sunday, ends_on=sunday)

    with pytest.raises(ValidationError, match="市发展改革委同一周内另有督查〔2026〕1号"):
        actions.add_unit(inspection=second, by=cast.inspector, unit=cast.unit, reason="群众反映")
    actions.add_unit(
        inspection=second, by=cast.inspector, unit=cast.unit, reason="群众反映", overlap_known=True
    )

    assert [visit.inspection.number for visit in overlaps.of_inspection(second, cast.inspector)] == [
        "督查〔2026〕1号"
    ]


@pytest.mark.parametrize(
    ("day", "collides"),
    [
        (dt.date(2026, 3, 1), False),  # the Sunday before
        (dt.date(2026, 3, 2), True),  # Monday of the week
        (dt.date(2026, 3, 8), True),  # its Sunday
        (dt.date(2026, 3, 9), False),  # the Monday after
    ],
)
def test_weeks_run_from_monday_to_sunday(cast, day, collides):
    build.under_way(cast)
    other = build.inspection(cast, theme="另一次督查", starts_on=day, ends_on=day)

    found = overlaps.of_units([cast.unit.pk], other.starts_on, other.ends_on, besides=other.pk)
    assert bool(found) is collides


def test_a_cancelled_inspection_collides_with_nothing(cast):
    first = build.under_way(cast)
    actions.cancel(inspection=first, by=cast.inspector, reason="另行安排")

    assert overlaps.of_units([cast.unit.pk], first.starts_on, first.ends_on) == []


def test_lots_leave_out_units_that_others_visit_in_the_week(cast):
    build.under_way(cast)
    second = build.inspection(cast, theme="另一次督查")
    free = make.unit("市教育体育局")
    draw = actions.draw(inspection=second, by=cast.inspector, candidates=[cast.unit, free], wanted=1)

    assert (draw.candidates, names_of(second)) == ([free.code], ["市教育体育局"])


def test_nobody_inspects_a_unit_he_works_in(cast):
    make.post(build.second_inspector(), Role.UNIT_CLERK, cast.unit)
    row = build.inspection(cast)

    with pytest.raises(Refused, match="应当回避"):
        actions.add_unit(inspection=row, by=cast.inspector, unit=cast.unit, reason="群众反映")


def test_an_inspection_starts_with_units_and_a_leader(cast):
    row = build.inspection(cast)

    with pytest.raises(Refused, match="还没有督查单位"):
        actions.start(inspection=row, by=cast.inspector)
    actions.add_unit(inspection=row, by=cast.inspector, unit=cast.unit, reason="群众反映")

    assert actions.start(inspection=row, by=cast.inspector).state == "under_way"


def test_a_unit_with_findings_cannot_be_dropped(cast):
    row = build.under_way(cast)
    build.finding(cast, row)

    with pytest.raises(Refused, match="不能移出"):
        actions.drop_unit(inspection=row, by=cast.inspector, unit=cast.unit, reason="误选")


def test_a_visit_without_a_finding_is_kept(cast):
    row = build.under_way(cast)
    actions.record_visit(
        inspection=row, by=cast.inspector, unit=cast.unit, visited_on=NOON.date(), visit_note="未发现问题"
    )

    assert [(one.visited_on, one.visit_note) for one in row.inspected.all()] == [(NOON.date(), "未发现问题")]


def test_only_inspectors_and_the_head_of_the_office_see_what_is_secret(cast):
    row = build.under_way(cast)
    everybody = (
        cast.inspector,
        cast.office_head,
        cast.officer,
        cast.leader,
        cast.head,
        cast.clerk,
        cast.lead,
    )

    assert [Inspection.objects.visible_to(one).exists() for one in everybody] == [True, True, *[False] * 5]
    actions.finish(inspection=row, by=cast.inspector)
    assert [Inspection.objects.visible_to(one).exists() for one in everybody] == [*[True] * 4, *[False] * 3]


def test_an_inspector_with_a_post_in_the_unit_does_not_see_what_is_secret(cast):
    build.under_way(cast)
    double = make.post(make.holder(Role.INSPECTOR, "双岗"), Role.UNIT_CLERK, cast.unit).user

    assert not Inspection.objects.visible_to(double).exists()
