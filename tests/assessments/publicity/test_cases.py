"""The life of a model case: signed by the unit, edited by the office for all to compare, adopted, published."""

import pytest
import time_machine
from django.db import DatabaseError, transaction

from assessments.publicity.cases import actions, reading, worklist
from assessments.publicity.cases.models import CaseVersion, ModelCase
from sanwei.core.notifications.audience import named
from sanwei.core.notifications.models import Announcement
from sanwei.core.refusals import Refused, Stale, WrongState
from tests import make
from tests.cast import beijing

EDITED = {"effect": "平均办理时间由五天减为半天。"}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(beijing(2026, 3, 2, 9), tick=False):
        yield


@pytest.fixture
def press(db):
    return make.holder("press", "孙悦")


def told() -> list[str]:
    return [*Announcement.objects.order_by("pk").values_list("title", flat=True)]


def desk(user) -> list[tuple[str, bool]]:
    return [(item.what, item.with_others) for item in worklist.items(user)]


def test_what_leaves_the_unit_is_signed_by_its_head_and_frozen(cast):
    case = make.submitted_case(cast)

    assert (case.state, case.signed_by, str(case)) == ("submitted", cast.head, "一窗受理的李某某经验")
    version = case.versions.get()
    assert (version.number, version.origin, version.by) == (1, "sent_in", cast.head)
    assert version.content["title"] == "一窗受理的李四经验"
    assert told() == [
        "典型案例待您签发：一窗受理的李某某经验",
        "市发展改革委典型案例待编审：一窗受理的李某某经验",
    ]
    with pytest.raises(Refused, match="须送单位负责人签发"):
        actions.submit(case=make.model_case(cast), by=cast.clerk)


def test_the_press_sends_in_without_a_head(cast, press):
    case = make.model_case(cast, by=press, from_press=True)
    with pytest.raises(Refused, match="不经单位签发"):
        actions.request_signature(case=case, by=press)
    case = actions.submit(case=case, by=press)

    assert (case.state, case.signed_by, case.versions.get().by) == ("submitted", None, press)


def test_what_the_office_edits_is_another_version_and_the_unit_sees_the_difference(cast):
    case = actions.start_editing(case=make.submitted_case(cast), by=cast.officer)
    case = actions.revise(case=case, by=cast.officer, version=case.version, **EDITED)

    new, old = case.versions.all()
    assert (new.number, new.origin, old.origin) == (2, "revised", "sent_in")
    changed = {part.label: part.changed for part in reading.compared(old.content, new.content)}
    assert [label for label, is_changed in changed.items() if is_changed] == ["取得成效"]
    with pytest.raises(Stale):
        actions.revise(case=case, by=cast.office_head, version=case.version - 1, effect="另改")


def test_what_was_sent_in_cannot_be_reworded_even_in_the_database(cast):
    version = make.submitted_case(cast).versions.get()
    for change in (lambda rows: rows.update(content={}), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="cannot be changed or deleted"), transaction.atomic():
            change(CaseVersion.objects.filter(pk=version.pk))

    assert CaseVersion.objects.get().content["title"] == "一窗受理的李四经验"


def test_a_case_of_a_unit_without_signature_is_refused_by_the_database(cast):
    case = make.model_case(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        ModelCase.objects.filter(pk=case.pk).update(submitted_at=beijing(2026, 3, 2))


def test_it_is_taken_back_until_it_is_adopted(cast):
    editing = actions.start_editing(case=make.submitted_case(cast), by=cast.officer)
    case = actions.take_back(case=editing, by=cast.head, reason="李四的数据有误")
    assert (case.state, told()[-1]) == ("draft", "市发展改革委撤回典型案例：一窗受理的李某某经验")
    assert Announcement.objects.latest("pk").body == "李某某的数据有误"

    with pytest.raises(WrongState):
        actions.take_back(case=make.adopted_case(cast), by=cast.head, reason="x")


def test_returned_it_is_signed_anew_and_both_versions_stay(cast):
    returned = actions.return_for_revision(case=make.submitted_case(cast), by=cast.officer, reason="补数据")
    edited = actions.edit(case=returned, by=cast.clerk, version=returned.version, effect="由五天减为一天")
    again = actions.sign(case=actions.request_signature(case=edited, by=cast.clerk), by=cast.head)

    assert [(one.number, one.origin) for one in again.versions.all()] == [(2, "sent_in"), (1, "sent_in")]


def test_the_head_signs_what_was_read(cast):
    case = actions.request_signature(case=make.model_case(cast), by=cast.clerk)
    back = actions.hand_back(case=case, by=cast.head, reason="再改")
    actions.request_signature(case=actions.edit(case=back, by=cast.clerk, effect="别的"), by=cast.clerk)

    with pytest.raises(Stale):
        actions.sign(case=case, by=cast.head, version=case.version)


def test_adopted_ones_are_asked_for_by_campaign(cast):
    adopted = make.adopted_case(cast)
    published = make.published_case(cast)
    withdrawn = make.withdrawn_case(cast)
    rejected = actions.reject(case=make.submitted_case(cast), by=cast.officer, reason="不具推广价值")

    assert {*ModelCase.objects.adopted(cast.campaign)} == {adopted, published}
    assert (withdrawn.state, rejected.state) == ("withdrawn", "rejected")


def test_refused_it_goes_back_to_who_proposed_it(cast):
    case = actions.refuse(case=make.proposed_case(cast), by=cast.office_head, reason="标题太长")

    assert (case.state, case.proposed_by) == ("adopted", None)
    note = Announcement.objects.latest("pk")
    assert (note.title, note.audience) == ("典型案例退回编审：一窗受理的李某某经验", named(cast.officer))


def test_it_goes_from_desk_to_desk(cast, press):
    case = make.model_case(cast)
    assert (desk(cast.clerk), desk(cast.head)) == ([("修改后送审", False)], [("起草", True)])
    case = actions.request_signature(case=case, by=cast.clerk)
    assert (desk(cast.clerk), desk(cast.head)) == ([("待签发", True)], [("签发报送", False)])
    case = actions.sign(case=case, by=cast.head)
    assert (desk(cast.officer), desk(cast.head)) == ([("开始编审", False)], [("已报送", True)])
    case = actions.start_editing(case=case, by=cast.officer)
    case = actions.adopt(case=case, by=cast.officer)
    assert (desk(cast.officer), desk(cast.clerk)) == ([("提请发布", False)], [])
    actions.propose(case=case, by=cast.officer)
    make.model_case(cast, by=press, from_press=True)

    assert desk(cast.officer) == [("等待他人批准发布", True)]
    assert desk(cast.office_head) == [("批准发布", False)]
    assert (desk(press), desk(cast.clerk), desk(cast.stranger)) == ([("修改后报送", False)], [], [])
