"""Who may, who sees but may not, and the stranger, for every verb, with data present that could leak."""

import pytest

from tests import make
from tests.cast import Cast
from units.plans import access, actions
from units.plans.models import Plan, PlanVersion
from units.plans.reading import comments_for, text_for, versions_for

# verb → who may press it, among: clerk, head, lead (own unit), stranger (another unit's clerk), officer, leader, inspector
MAY = {
    "edit": ["clerk"],
    "request_signature": ["clerk"],
    "sign": ["head"],
    "hand_back": ["head"],
    "withdraw": ["head"],
    "amend": ["clerk"],
    "start_review": ["officer", "office_head"],
    "approve": ["officer", "office_head"],
    "return_for_revision": ["officer", "office_head"],
    "grant_extension": ["officer", "office_head"],
    "publish": ["officer", "office_head"],
    "unpublish": ["officer", "office_head"],
}
PEOPLE = ["clerk", "head", "lead", "stranger", "other_head", "officer", "office_head", "leader", "inspector"]
SEE_A_DRAFT = ["clerk", "head", "lead", "officer", "office_head", "leader"]


@pytest.mark.parametrize("verb", MAY)
def test_who_may_take_a_verb(cast: Cast, verb):
    may = getattr(access, f"can_{verb}")

    assert [who for who in PEOPLE if may(getattr(cast, who), cast.plan)] == MAY[verb]


def test_every_verb_of_the_table_has_its_rights():
    assert set(Plan.TRANSITIONS) - set(MAY) == set()


def test_who_sees_a_draft(cast):
    seen = [who for who in PEOPLE if cast.plan in Plan.objects.visible_to(getattr(cast, who))]

    assert seen == SEE_A_DRAFT


def test_the_inspector_sees_what_is_in_force_only(cast):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)

    assert [*Plan.objects.visible_to(cast.inspector)] == [plan]


def test_the_office_reads_what_was_handed_in_not_the_draft(cast):
    make.write_plan(cast.plan, cast.clerk, experience="草稿中的机密想法")

    assert text_for(cast.plan, cast.officer, []) == ("尚未上报", None)
    assert text_for(cast.plan, cast.clerk, [])[1]["experience"] == {"text": "草稿中的机密想法"}


def test_a_withdrawn_version_is_not_read_by_inspectors(cast):
    plan = make.approved_plan(cast.plan, cast.clerk, cast.head, cast.officer)

    assert [*versions_for(plan, cast.inspector)] == [plan.approved_version]
    assert [*versions_for(plan, cast.stranger)] == [plan.approved_version]  # reached through visible_to only


def test_remarks_reach_the_unit_only_when_the_version_is_decided(cast):
    plan = make.submitted_plan(cast.plan, cast.clerk, cast.head)
    actions.comment(plan=plan, section="measures", text="过于笼统", by=cast.officer)
    plan = Plan.objects.for_detail().get(pk=plan.pk)
    before = comments_for(plan, cast.clerk)
    actions.approve(plan=plan, by=cast.officer)
    plan = Plan.objects.for_detail().get(pk=plan.pk)

    assert before == {}
    assert [comment.text for comment in comments_for(plan, cast.clerk)["measures"]] == ["过于笼统"]
    assert comments_for(plan, cast.stranger) == {}
    assert PlanVersion.objects.count() == 1


ADDRESSES = ["", "print/", "check/", "edit/experience/", "sign/", "hand_back/", "withdraw/", "amend/",
             "return_for_revision/", "grant_extension/", "unpublish/", "import_measures/", "measures.xlsx"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_finds_nothing_at_any_address(cast, client, address):
    make.write_plan(cast.plan, cast.clerk, experience="独有的经验")
    client.force_login(cast.stranger)

    response = client.get(f"/units/plans/{cast.plan.pk}/{address}")
    never = client.get(f"/units/plans/999999/{address}")

    assert (response.status_code, never.status_code) == (404, 404)
    assert "独有的经验" not in response.content.decode()
    assert "市发展改革委" not in response.content.decode()


@pytest.mark.parametrize("verb", [verb for verb in MAY if verb != "edit"])
def test_who_sees_but_may_not_is_refused_over_http(cast, client, verb):
    client.force_login(cast.leader)

    response = client.post(f"/units/plans/{cast.plan.pk}/{verb}/", {"reason": "x"})

    assert response.status_code == 403
    assert Plan.objects.get(pk=cast.plan.pk).version == 1


@pytest.mark.parametrize("verb", [verb for verb in MAY if verb != "edit"])
def test_a_stranger_posting_a_verb_gets_404(cast, client, verb):
    client.force_login(cast.stranger)

    assert client.post(f"/units/plans/{cast.plan.pk}/{verb}/", {"reason": "x"}).status_code == 404


def test_the_list_of_a_unit_holds_no_other_unit(cast, client):
    client.force_login(cast.clerk)

    page = client.get("/units/plans/").content.decode()

    assert "市发展改革委" in page
    assert "市教育局" not in page
