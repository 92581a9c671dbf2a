"""What is put before the public needs two people: by person, not by account; at the action, on the page, in the database."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

from assessments.publicity.cases import actions as cases
from assessments.publicity.exposures import actions as exposures
from assessments.publicity.exposures.models import Exposure
from sanwei.core.refusals import Refused, Stale
from sanwei.core.roles import Role
from tests import make
from tests.cast import beijing
from tests.security.crowd import at_once, constraint_dropped, meeting_after, names

MOMENT = beijing(2026, 3, 2, 9)
KINDS = {
    "exposure": (make.proposed_exposure, exposures, "/assessments/exposures/"),
    "case": (make.proposed_case, cases, "/assessments/cases/"),
}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.mark.parametrize("kind", KINDS)
def test_authz_14_who_proposed_it_does_not_approve_it(cast, client, kind):
    propose, actions, address = KINDS[kind]
    row = propose(cast)
    with pytest.raises(Refused, match="批准公开的人不能是提请公开的人"):
        actions.publish(**{kind: row}, by=cast.officer)
    client.force_login(cast.officer)
    answer = client.post(f"{address}{row.pk}/publish/", {"version": row.version, "checked": "on"})
    row.refresh_from_db()

    assert answer.status_code == 422
    assert "批准公开的人不能是提请公开的人" in answer.content.decode()
    assert (row.state, row.published_by) == ("proposed", None)


@pytest.mark.parametrize("kind", KINDS)
def test_authz_14_nor_by_a_second_account_of_the_same_person(cast, kind):
    propose, actions, _ = KINDS[kind]
    second = make.post(make.user("陈静", person=cast.officer.person), Role.OFFICE_HEAD).user

    with pytest.raises(Refused, match="不能是提请公开的人"):
        actions.publish(**{kind: propose(cast)}, by=second)


@pytest.mark.parametrize("kind", KINDS)
def test_authz_14_who_proposed_it_meanwhile_counts_not_who_had(cast, kind):
    """刘志强 opened the page when 陈静 had proposed it; since then it was refused and he proposed it himself."""
    propose, actions, _ = KINDS[kind]
    opened = propose(cast)
    back = actions.refuse(**{kind: opened}, by=cast.officer, reason="改")
    actions.propose(**{kind: back}, by=cast.office_head)

    with pytest.raises(Refused, match="不能是提请公开的人"):
        actions.publish(**{kind: opened}, by=cast.office_head)
    with pytest.raises(Stale):
        actions.publish(**{kind: opened}, by=cast.officer, version=opened.version)


@pytest.mark.parametrize("kind", KINDS)
def test_authz_14_another_person_approves(cast, kind):
    propose, actions, _ = KINDS[kind]
    row = actions.publish(**{kind: propose(cast)}, by=cast.office_head)

    assert (row.state, row.proposed_by, row.published_by) == ("published", cast.officer, cast.office_head)


def refused_by_database(row, **columns) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**columns)
    return str(refusal.value)


@pytest.mark.parametrize("kind", KINDS)
def test_authz_14_the_database_refuses_one_account_one_person_and_nobody(cast, kind):
    row = KINDS[kind][0](cast)
    second = make.user("陈静", person=cast.officer.person)
    published = {"state": "published", "published_at": MOMENT}

    assert "one person" in refused_by_database(row, **published, published_by=second)
    refused_by_database(row, **published, published_by=cast.officer)
    assert "is_complete" in refused_by_database(row, **published)
    assert "by_two" in refused_by_database(row, **published, published_by=cast.officer, proposed_by=None)
    type(row).objects.filter(pk=row.pk).update(**published, published_by=cast.office_head)
    assert "one person" in refused_by_database(row, proposed_by=cast.office_head)
    assert "is_corrected" in refused_by_database(row, state="withdrawn", withdrawn_at=MOMENT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.services
class TestAtOnce:
    """Rows are locked by PostgreSQL only; SQLite admits one writer at a time."""

    LOCK = 'FROM "assessments_exposure"'

    def crossing(self, cast, guard="guarded"):
        """刘志强 approves what 陈静 proposed, while it is refused and proposed anew by himself."""
        opened = make.proposed_exposure(cast)

        def anew():
            with transaction.atomic():
                back = exposures.refuse(exposure=opened, by=cast.officer, reason="改")
                return exposures.propose(exposure=back, by=cast.office_head)

        approve = lambda: exposures.publish(exposure=opened, by=cast.office_head)  # noqa: E731
        return meeting_after(self.LOCK, approve, anew, guard=guard)

    def test_approved_and_proposed_anew_at_once_it_is_never_one_person(self, cast):
        answers = self.crossing(cast)
        row = Exposure.objects.get()

        assert names(answers) in (["Exposure", "WrongState"], ["Exposure", "Refused"])
        assert row.published_by_id is None or row.published_by != row.proposed_by

    @pytest.mark.usefixtures("no_locks")
    def test_control_without_the_lock_the_database_still_refuses(self, cast):
        answers = self.crossing(cast, guard="unguarded")
        row = Exposure.objects.get()

        assert "IntegrityError" in names(answers)
        assert row.published_by_id is None or row.published_by != row.proposed_by

    def test_two_approve_at_once_and_it_is_published_once(self, cast):
        opened, third = make.proposed_exposure(cast), make.holder(Role.OFFICE, "林晓")
        works = [
            lambda who=who: exposures.publish(exposure=opened, by=who) for who in (cast.office_head, third)
        ]

        assert names(meeting_after(self.LOCK, *works)) == ["Exposure", "WrongState"]

    def test_two_enter_the_same_report_at_once_and_it_stands_once(self, cast):
        press = make.holder(Role.PRESS, "孙悦")
        works = [
            lambda who=who: make.exposure(cast.campaign, cast.unit, who) for who in (press, cast.officer)
        ]

        assert names(at_once(*works)) == ["Exposure", "Refused"]
        assert [*Exposure.objects.values_list("number", flat=True)] == ["曝光〔2026〕1号"]

    def test_control_without_the_unique_report_it_stands_twice(self, cast):
        works = [lambda: make.exposure(cast.campaign, cast.unit, cast.officer)] * 2
        with constraint_dropped(Exposure, "exposure_once_per_unit"):
            assert names(at_once(*works)) == ["Exposure", "Exposure"]

    def test_two_give_the_task_at_once_and_it_is_given_once(self, cast):
        exposure = make.verified_exposure(cast)
        words = {"title": "整改", "requirement": "改", "due_on": beijing(2026, 3, 16).date()}
        giving = lambda: exposures.open_task(exposure=exposure, by=cast.officer, **words)  # noqa: E731

        assert names(meeting_after(self.LOCK, giving, giving)) == ["Exposure", "Refused"]
