"""The life of a bulletin: frozen data, two people, numbers without gaps, receipts (dossier 7.3, 7.6; C 17)."""

import datetime as dt

import pytest
import time_machine

from assessments.bulletins import access, actions
from assessments.bulletins.document import official
from assessments.bulletins.drafting import draft_due, periods_due
from assessments.bulletins.models import Bulletin
from sanwei.core.refusals import Refused, Stale, WrongState
from tests import make
from tests.cast import beijing
from units.plans import measures
from units.plans.models import Measure

AFTER = beijing(2026, 3, 4, 9, 30)


@pytest.fixture
def frozen():
    with time_machine.travel(AFTER, tick=False):
        yield


def draft(cast) -> Bulletin:
    return actions.draft(kind="submission", campaign=cast.campaign, by=cast.officer)


def signed(cast) -> Bulletin:
    bulletin = actions.request_review(bulletin=draft(cast), by=cast.officer)
    return actions.sign(bulletin=bulletin, by=cast.office_head)


def published(cast) -> Bulletin:
    return actions.publish(bulletin=actions.number(bulletin=signed(cast), by=cast.officer), by=cast.officer)


def test_the_text_says_who_was_late_and_who_is_missing(cast, frozen):
    make.submitted_plan(cast.plan, cast.clerk, cast.head, beijing(2026, 3, 3, 9, 0))
    bulletin = draft(cast)

    assert bulletin.title == "关于2026年度“三型机关”创建实施方案报送情况的通报"
    assert bulletin.text.splitlines()[2] == (
        "应报送单位2个，已报送1个，报送率50.00%。其中，按时报送0个，迟报1个，未报送1个。"
    )
    assert "市发展改革委（迟报2个工作日）。" in bulletin.text
    assert "市教育局。" in bulletin.text


def test_what_is_handed_in_later_does_not_change_the_frozen_data(cast, frozen):
    bulletin = draft(cast)
    make.submitted_plan(cast.plan, cast.clerk, cast.head, AFTER)
    bulletin.refresh_from_db()

    assert [row["filed_text"] for row in bulletin.data["rows"]] == ["未报", "未报"]
    assert bulletin.data_sha256 == actions.fingerprint(bulletin.data)
    assert [row["filed"] for row in actions.recompile(bulletin=bulletin, by=cast.officer).data["rows"]] == [
        "late",
        "missing",
    ]


@time_machine.travel(beijing(2026, 2, 25, 9, 0), tick=False)
def test_before_the_deadline_there_is_nothing_to_report(cast):
    with pytest.raises(Refused, match="报送截止时间未到"):
        draft(cast)


def test_the_same_bulletin_is_drafted_once(cast, frozen):
    draft(cast)

    with pytest.raises(Refused, match="已经起草"):
        draft(cast)


def test_the_drafter_may_not_sign(cast, frozen):
    bulletin = actions.request_review(bulletin=draft(cast), by=cast.office_head)

    with pytest.raises(Refused, match="签发人不能是拟稿人"):
        actions.sign(bulletin=bulletin, by=cast.office_head)


def test_the_same_person_with_a_second_account_may_not_sign_either(cast, frozen):
    second = make.holder("office_head", "刘志强")
    type(second).objects.filter(pk=second.pk).update(person=cast.officer.person)
    second.refresh_from_db()
    bulletin = actions.request_review(bulletin=draft(cast), by=cast.officer)

    with pytest.raises(Refused, match="签发人不能是拟稿人"):
        actions.sign(bulletin=bulletin, by=second)


def test_a_signature_is_bound_to_the_text_that_was_read(cast, frozen):
    bulletin = actions.request_review(bulletin=draft(cast), by=cast.officer)

    with pytest.raises(Stale):
        actions.sign(bulletin=bulletin, by=cast.office_head, version=bulletin.version - 1)


def test_what_is_signed_cannot_be_edited(cast, frozen):
    bulletin = signed(cast)

    with pytest.raises(Refused, match="不能修改"):
        actions.edit(
            bulletin=bulletin,
            title="改",
            addressees="改",
            text="改",
            version=bulletin.version,
            by=cast.officer,
        )


def test_numbers_have_no_gap_and_a_void_one_stays_taken(cast, frozen):
    first = published(cast)
    actions.void(bulletin=first, by=cast.office_head, reason="数据有误")
    second = published(cast)

    first.refresh_from_db()
    assert [first.document_number, second.document_number] == ["直创办〔2026〕1号", "直创办〔2026〕2号"]
    assert first.state == Bulletin.State.VOID
    assert [*Bulletin.objects.visible_to(cast.clerk)] == [second]


def test_every_unit_signs_for_its_copy_once(cast, frozen):
    bulletin = published(cast)

    first = actions.sign_for(bulletin=bulletin, units=[cast.unit.pk], by=cast.clerk)
    again = actions.sign_for(bulletin=bulletin, units=[cast.unit.pk], by=cast.head)

    assert (first, again) == (1, 0)
    assert [(r.unit.name, r.read_by) for r in bulletin.receipts.order_by("unit__order")] == [
        ("市发展改革委", cast.clerk),
        ("市教育局", None),
    ]
    assert [*Bulletin.objects.unread_by([cast.other_unit.pk])] == [bulletin]
    assert [*Bulletin.objects.unread_by([cast.unit.pk])] == []


def test_the_document_carries_number_date_and_table(cast, frozen):
    paper = official(published(cast))

    assert (paper.number, paper.date) == ("直创办〔2026〕1号", dt.date(2026, 3, 4))
    assert [row[1:3] for row in paper.annexes[0].blocks[0].rows] == [
        ("市发展改革委", "未报"),
        ("市教育局", "未报"),
    ]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (dt.date(2026, 3, 2), []),
        (dt.date(2026, 3, 3), [("submission", "")]),
        (dt.date(2026, 3, 31), [("submission", "")]),
        (dt.date(2026, 4, 1), [("submission", ""), ("periodic", "2026Q1")]),
        (dt.date(2026, 7, 1), [("submission", ""), ("periodic", "2026Q1"), ("periodic", "2026Q2")]),
    ],
)
def test_the_clock_drafts_what_is_due(cast, today, due):
    assert periods_due(cast.campaign, today) == due


def test_a_clock_that_runs_twice_drafts_once(cast, frozen):
    assert len(draft_due()) == 1
    assert draft_due() == []


@time_machine.travel(beijing(2026, 7, 1, 9, 0), tick=False)
def test_the_periodic_bulletin_counts_measures_done_and_overdue(cast):
    make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer, beijing(2026, 2, 25))
    row = Measure.objects.get()  # due on 30 June
    bulletin = actions.draft(kind="periodic", campaign=cast.campaign, period="2026Q2", by=cast.officer)
    assert (bulletin.data["measures"], bulletin.data["done"], bulletin.data["overdue"]) == (1, 0, 1)

    measures.record_progress(measure=row, percent=100, text="已完成", version=row.version, by=cast.clerk)
    assert actions.recompile(bulletin=bulletin, by=cast.officer).data["done"] == 1


MAY = {
    "request_review": ["officer", "office_head"],
    "sign": ["office_head"],
    "hand_back": ["office_head"],
    "number": ["officer", "office_head"],
    "publish": ["officer", "office_head"],
    "open": ["officer", "office_head"],
    "void": ["office_head"],
    "edit": ["officer", "office_head"],
}
PEOPLE = ["clerk", "head", "lead", "stranger", "officer", "office_head", "leader", "inspector"]


@pytest.mark.parametrize("verb", MAY)
def test_who_may_take_a_verb(cast, frozen, verb):
    bulletin = draft(cast)

    assert [who for who in PEOPLE if getattr(access, f"can_{verb}")(getattr(cast, who), bulletin)] == MAY[
        verb
    ]


@pytest.mark.parametrize("verb", [verb for verb in MAY if verb != "edit"])
def test_a_unit_finds_no_draft_and_a_leader_may_not(cast, frozen, client, verb):
    bulletin = draft(cast)
    client.force_login(cast.clerk)
    stranger = client.post(f"/assessments/bulletins/{bulletin.pk}/{verb}/", {"reason": "x"})
    client.force_login(cast.leader)
    leader = client.post(f"/assessments/bulletins/{bulletin.pk}/{verb}/", {"reason": "x"})

    assert (stranger.status_code, leader.status_code) == (404, 403)
    assert Bulletin.objects.get().version == 1


EVERY_MOVE = [(verb, state) for verb in Bulletin.TRANSITIONS for state in Bulletin.State.values]


@pytest.mark.parametrize(("verb", "state"), EVERY_MOVE)
def test_a_verb_is_refused_from_every_other_state(cast, frozen, verb, state):
    if state in Bulletin.TRANSITIONS[verb].sources:
        return
    bulletin = draft(cast)
    Bulletin.objects.filter(pk=bulletin.pk).update(state=state, year=2026, number=9)
    words = {"reason": "改"} if verb in ("hand_back", "void") else {}

    with pytest.raises(WrongState):
        getattr(actions, verb)(bulletin=Bulletin.objects.get(), by=cast.office_head, **words)

    assert Bulletin.objects.get().state == state
