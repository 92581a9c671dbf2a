"""Writing a plan: nothing typed is lost, and nobody silently overwrites anybody (RACE-04)."""

import pytest
from django.core.exceptions import ValidationError

from sanwei.core.refusals import Refused
from tests import make
from units.plans import actions, drafting
from units.plans.content import EMPTY, SectionKind
from units.plans.models import Section

EXPERIENCE = SectionKind.EXPERIENCE


def save(cast, text, version):
    return drafting.save_section(
        plan=cast.plan, kind=EXPERIENCE, typed={"text": text}, version=version, by=cast.clerk
    )


def test_each_save_raises_the_section_version(cast):
    assert [save(cast, "一", 0).version, save(cast, "二", 1).version] == [1, 2]


def test_the_second_of_two_clerks_is_shown_what_the_first_wrote(cast):
    save(cast, "甲写的", 0)
    with pytest.raises(drafting.Conflict) as conflict:
        save(cast, "乙写的", 0)

    assert conflict.value.theirs.content == {"text": "甲写的"}
    assert Section.objects.get(plan=cast.plan, kind=EXPERIENCE).content == {"text": "甲写的"}


def test_a_clerk_who_emptied_a_section_is_shown_as_having_written_nothing(cast, client):
    save(cast, "写了又删", 0)
    save(cast, "", 1)
    client.force_login(cast.clerk)

    page = client.post(f"/units/plans/{cast.plan.pk}/edit/experience/", {"text": "乙写的", "version": "1"})

    assert page.status_code == 409
    assert '<p class="muted">—</p>' in page.content.decode()


def test_saving_the_same_text_again_is_no_conflict(cast):
    save(cast, "一样", 0)

    assert save(cast, "一样", 0).version == 1


def test_two_clerks_in_different_sections_do_not_meet(cast):
    save(cast, "经验", 0)
    drafting.save_section(
        plan=cast.plan, kind=SectionKind.LEADERSHIP, typed={"head": "张建国"}, version=0, by=cast.clerk
    )

    assert {section.kind for section in cast.plan.sections.all()} == {"experience", "leadership"}


def test_a_text_too_long_is_refused_with_the_limit(cast):
    with pytest.raises(ValidationError, match="20000字"):
        save(cast, "长" * 20_001, 0)


def test_a_plan_that_waits_for_signature_cannot_be_written(cast):
    make.awaiting_plan(cast.plan, cast.clerk)

    with pytest.raises(Refused, match="待签发"):
        save(cast, "改", 1)


def test_blank_rows_are_left_out_and_rows_keep_their_identity(cast):
    rows = [{"problem": "环节多"}, {"problem": "  "}]
    first = drafting.save_section(
        plan=cast.plan, kind=SectionKind.WEAKNESSES, typed={"rows": rows}, version=0, by=cast.clerk
    )
    uid = first.content["rows"][0]["uid"]
    second = drafting.save_section(
        plan=cast.plan,
        kind=SectionKind.WEAKNESSES,
        typed={"rows": [{"uid": uid, "problem": "环节过多"}]},
        version=1,
        by=cast.clerk,
    )

    assert [row["problem"] for row in first.content["rows"]] == ["环节多"]
    assert second.content["rows"][0] == {"uid": uid, "problem": "环节过多", "cause": "", "remedy": ""}


def test_last_years_plan_fills_only_what_is_empty_and_brings_no_dates(cast):
    last = make.plan(make.campaign(2025, state="archive"), cast.unit)
    make.approved_plan(last, cast.clerk, cast.head, cast.officer)
    save(cast, "今年自己写的", 0)

    filled = drafting.copy_from_last_year(plan=cast.plan, by=cast.clerk)

    text = drafting.draft_content(cast.plan)
    assert [section.kind for section in filled] == ["weaknesses", "measures", "leadership"]
    assert text[EXPERIENCE] == {"text": "今年自己写的"}
    assert text[SectionKind.MEASURES]["rows"][0]["title"] == "压减审批材料"
    assert text[SectionKind.MEASURES]["rows"][0]["due_on"] == ""


def test_without_a_last_year_the_clerk_is_told(cast):
    with pytest.raises(Refused, match="没有可沿用的上年度方案"):
        drafting.copy_from_last_year(plan=cast.plan, by=cast.clerk)


def test_a_new_plan_shows_every_section_empty(cast):
    assert drafting.draft_content(cast.plan) == {kind.value: EMPTY[kind] for kind in SectionKind}


def test_measures_of_another_year_are_told_before_signature(cast):
    """The plan's year and the next, into which work may run over."""
    rows = [
        make.measure_row(starts_on="1999年1月1日", due_on="2099年1月1日"),
        make.measure_row(due_on="2027年12月31日"),
        make.measure_row(due_on="2028年1月1日"),
    ]
    plan = make.write_plan(cast.plan, cast.clerk, rows=rows)

    assert [problem.message for problem in actions.what_is_missing(plan, drafting.sections_of(plan))] == [
        "第1条的完成时限2099年1月1日不在2026年度内，请核对年份。",
        "第1条的起始时间1999年1月1日不在2026年度内，请核对年份。",
        "第3条的完成时限2028年1月1日不在2026年度内，请核对年份。",
    ]


def test_a_plan_that_was_sent_is_not_opened_for_writing(cast, client):
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    client.force_login(cast.clerk)
    answer = client.get(f"/units/plans/{plan.pk}/edit/experience/", follow=True)

    assert answer.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert "方案当前为“待签发”，不能修改。" in answer.content.decode()


def test_what_was_typed_when_the_plan_was_sent_meanwhile_is_shown(cast, client):
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    client.force_login(cast.clerk)
    answer = client.post(f"/units/plans/{plan.pk}/edit/experience/", {"text": "刚写的一段", "version": "1"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "不能修改" in page
    assert "刚写的一段" in page
    assert drafting.draft_content(plan)["experience"] == {"text": "坚持一线工作法。"}
