"""What needs two people is not done by one: by person, not by account, and bound to the text (AUTHZ-14)."""

import pytest
import time_machine

from assessments.bulletins import actions
from assessments.bulletins.models import Bulletin
from sanwei.core.refusals import Refused, Stale
from sanwei.core.roles import Role
from tests import make
from tests.security.workflows import NOW, a_bulletin

NOT_THE_DRAFTER = "签发人不能是拟稿人"


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def in_review(cast) -> Bulletin:
    """Drafted and sent for review by 陈静."""
    return actions.request_review(bulletin=a_bulletin(cast, "draft"), by=cast.officer)


def unsigned(bulletin) -> bool:
    bulletin.refresh_from_db()
    return bulletin.state == "office_review" and bulletin.signed_by is None


def test_authz_14_the_drafter_who_became_head_does_not_sign(cast, in_review, client):
    make.post(cast.officer, Role.OFFICE_HEAD)
    client.force_login(cast.officer)
    answer = client.post(f"/assessments/bulletins/{in_review.pk}/sign/")

    assert answer.status_code == 409
    assert NOT_THE_DRAFTER in answer.content.decode()
    assert unsigned(in_review)


def test_authz_14_a_second_account_of_the_drafter_does_not_sign(cast, in_review):
    second = make.post(make.user("陈静", person=cast.officer.person), Role.OFFICE_HEAD).user

    with pytest.raises(Refused, match=NOT_THE_DRAFTER):
        actions.sign(bulletin=in_review, by=second)
    assert unsigned(in_review)


def test_authz_14_a_stand_in_who_drafted_does_not_sign(cast, in_review):
    head = cast.office_head.posts.get()
    make.post(cast.officer, Role.OFFICE_HEAD, stands_in_for=head)

    with pytest.raises(Refused, match=NOT_THE_DRAFTER):
        actions.sign(bulletin=in_review, by=cast.officer)


def test_authz_14_who_took_the_draft_over_meanwhile_does_not_sign(cast, in_review):
    opened = Bulletin.objects.get(pk=in_review.pk)
    back = actions.hand_back(bulletin=in_review, by=cast.office_head, reason="改")
    actions.request_review(bulletin=back, by=cast.office_head)

    with pytest.raises(Refused, match=NOT_THE_DRAFTER):
        actions.sign(bulletin=opened, by=cast.office_head)
    assert unsigned(in_review)


def test_authz_14_both_halves_are_bound_to_the_text_that_was_read(cast, client):
    draft = a_bulletin(cast, "draft")
    words = {"title": "通报", "addressees": "各单位", "text": "一、别的情况", "version": draft.version}
    actions.edit(bulletin=draft, by=cast.office_head, **words)
    client.force_login(cast.officer)
    answer = client.post(f"/assessments/bulletins/{draft.pk}/request_review/", {"version": draft.version})
    draft.refresh_from_db()
    in_review = actions.request_review(bulletin=draft, by=cast.officer)

    assert answer.status_code == 409
    with pytest.raises(Stale):
        actions.sign(bulletin=in_review, by=cast.office_head, version=draft.version)


def test_authz_14_another_person_signs(cast, in_review):
    assert actions.sign(bulletin=in_review, by=cast.office_head).signed_by == cast.office_head
