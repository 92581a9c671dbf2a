"""What the office does with the library."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sanwei.core.audit.models import Entry
from sanwei.core.refusals import Refused, Stale, WrongState
from tests.units.policies.build import policy
from units.policies import actions
from units.policies.models import Policy


def content(policy, **changes):
    return {**{name: getattr(policy, name) for name in actions.FIELDS}, **changes}


def test_a_document_is_entered_as_printed_and_found_as_canonical(cast):
    entered = policy("直创字 [2026] 03号", by=cast.officer)

    assert (entered.number_printed, entered.number, entered.year) == (
        "直创字 [2026] 03号",
        "直创字〔2026〕3号",
        2026,
    )
    assert [(e.label, e.actor) for e in Entry.objects.about(entered)] == [("录入", cast.officer)]


def test_the_date_says_the_year_where_it_is_known(cast):
    assert policy("直创字[2005]12号", issued_on=dt.date(2006, 1, 5)).year == 2006


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        (
            {"number": "三号文件"},
            {"number_printed": ["看不懂文号“三号文件”。请写成“直创字〔2026〕3号”的形式；没有文号的请留空。"]},
        ),
        ({"number": ""}, {"issued_on": ["没有文号的文件请填写成文日期，以便归入年度。"]}),
        (
            {"number": "直创字［2005］2号"},
            {
                "number_printed": [
                    "该文号的文件已经录入：直创字〔2005〕2号《关于年度创建活动的实施意见》。请直接修改，或核对文号。"
                ]
            },
        ),
    ],
)
def test_bad_input_is_told_with_the_next_step(cast, content, errors):
    policy()

    with pytest.raises(ValidationError) as raised:
        policy(**content)

    assert raised.value.message_dict == errors


def test_editing_records_which_fields_changed(cast):
    entered = policy()

    edited = actions.edit(
        policy=entered,
        version=1,
        by=cast.officer,
        **content(entered, title="新标题", number_printed="直创字[2006]2号"),
    )

    assert (edited.title, edited.number, edited.year, edited.version) == (
        "新标题",
        "直创字〔2006〕2号",
        2006,
        2,
    )
    assert Entry.objects.about(entered).first().detail == {
        "fields": ["number", "number_printed", "title", "year"]
    }


def test_editing_nothing_writes_nothing(cast):
    entered = policy()

    assert actions.edit(policy=entered, version=1, by=cast.officer, **content(entered)).version == 1
    assert [e.label for e in Entry.objects.about(entered)] == ["录入"]


def test_the_second_editor_does_not_overwrite_the_first(cast):
    entered = policy()
    actions.edit(policy=entered, version=1, by=cast.officer, **content(entered, title="先保存的"))

    with pytest.raises(Stale):
        actions.edit(policy=entered, version=1, by=cast.office_head, **content(entered, title="后保存的"))

    assert Policy.objects.get().title == "先保存的"


def test_parts_keep_their_rows_when_the_text_is_corrected(cast):
    entered = policy(full_text="一、目标。甲\n二、措施。乙\n三、要求。丙")
    before = {part.ordinal: part.pk for part in entered.parts.all()}

    actions.edit(
        policy=entered, version=1, by=cast.officer, **content(entered, full_text="一、目的。甲\n二、措施。乙")
    )

    parts = [(part.pk, part.ordinal, part.title, part.text) for part in entered.parts.all()]
    assert parts == [(before[1], 1, "目的", "甲"), (before[2], 2, "措施", "乙")]


def test_documents_are_linked_both_ways_whichever_came_first(cast):
    early = policy("直创字[2005]2号", full_text="按照六办发[2004]3号文件要求")
    late = policy("六办发[2004]3号", full_text="另见直创字〔2005〕2号")

    assert ([*early.cites.all()], [*late.cites.all()]) == ([late], [early])

    actions.edit(policy=early, version=1, by=cast.officer, **content(early, full_text="不再引用"))

    assert ([*early.cites.all()], [*late.cites.all()]) == ([], [early])


def test_repeal_and_reinstate_say_why(cast):
    entered = policy()

    repealed = actions.repeal(policy=entered, by=cast.officer, reason="已被新文件代替")
    assert repealed.get_state_display() == "废止"
    assert [*Policy.objects.in_force()] == []
    with pytest.raises(WrongState):
        actions.repeal(policy=entered, by=cast.officer, reason="再次")

    reinstated = actions.reinstate(policy=entered, by=cast.officer, reason="误操作")
    assert reinstated.get_state_display() == "现行"
    assert [(e.label, e.detail.get("reason")) for e in Entry.objects.about(entered)] == [
        ("恢复现行", "误操作"),
        ("废止", "已被新文件代替"),
        ("录入", None),
    ]


def test_without_a_reason_nothing_is_repealed(cast):
    entered = policy()

    with pytest.raises(Refused) as raised:
        actions.repeal(policy=entered, by=cast.officer, reason="  ")

    assert raised.value.message == "请先填写理由，再办理。"
    assert Policy.objects.get().state == "in_force"


def test_the_database_refuses_a_second_document_of_one_number(db):
    first = policy()
    twin = Policy(kind="opinion", title="另一件", number=first.number, year=2005)

    with pytest.raises(Exception, match=r"(?i)unique"):
        twin.save(force_insert=True)
