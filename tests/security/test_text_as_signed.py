"""What is sent for signature and signed is what was read: nobody changes it in between (RACE-07)."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from sanwei.core.attachments.actions import attach, remove
from sanwei.core.attachments.models import Attachment
from sanwei.core.audit.models import Entry
from sanwei.core.clock import now
from sanwei.core.refusals import Refused, WrongState
from tests import make
from tests.core.attachments import corpus
from tests.security.crowd import meeting_after, names
from units.plans import actions, drafting


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def paper():
    return SimpleUploadedFile("方案.docx", corpus.docx())


def test_race_07_a_paper_that_was_examined_while_the_head_signed_stays_outside(cast):
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    uploading_to = cast.plan  # as the page had it: still being drafted
    actions.sign(plan=plan, by=cast.head, received_at=now())

    with pytest.raises(Refused, match="不能修改"):
        attach(uploading_to, paper(), cast.clerk, drafting.lock_draft)
    assert Attachment.objects.count() == 0


def test_race_07_a_paper_is_not_taken_from_under_the_signature(cast):
    kept = attach(cast.plan, paper(), cast.clerk, drafting.lock_draft)
    signed = actions.sign(plan=make.awaiting_plan(cast.plan, cast.clerk), by=cast.head, received_at=now())

    with pytest.raises(Refused, match="不能修改"):
        remove(kept, cast.clerk, drafting.lock_draft)
    assert Attachment.objects.of(cast.plan).count() == 1
    assert [row["name"] for row in signed.content["papers"]] == ["方案.docx"]


def test_race_07_pages_bring_the_lock_of_the_draft(cast, client):
    make.awaiting_plan(cast.plan, cast.clerk)
    client.force_login(cast.clerk)
    answer = client.post(f"/units/plans/{cast.plan.pk}/papers/", {"files": paper()})

    assert (answer.status_code, Attachment.objects.count()) == (409, 0)


def test_race_07_an_incomplete_plan_that_was_sent_already_is_said_to_be_sent(cast):
    plan = make.awaiting_plan(cast.plan, cast.clerk)
    plan.sections.all().delete()

    with pytest.raises(WrongState):
        actions.request_signature(plan=plan, by=cast.clerk)


def test_race_07_an_incomplete_plan_stays_a_draft_and_leaves_no_entry(cast):
    with pytest.raises(ValidationError):
        actions.request_signature(plan=cast.plan, by=cast.clerk)

    cast.plan.refresh_from_db()
    assert (cast.plan.state, cast.plan.version, Entry.objects.count()) == ("draft", 1, 0)


def send_while_a_colleague_empties(cast, guard="guarded") -> list:
    plan = make.write_plan(cast.plan, cast.clerk)
    version = plan.sections.get(kind="experience").version
    words = {"plan": plan, "kind": "experience", "typed": {"text": ""}, "version": version, "by": cast.clerk}
    return meeting_after(
        'FROM "units_section"',
        lambda: actions.request_signature(plan=plan, by=cast.clerk),
        lambda: drafting.save_section(**words),
        guard=guard,
    )


def is_empty_and_sent(cast) -> bool:
    cast.plan.refresh_from_db()
    missing = actions.what_is_missing(cast.plan, drafting.sections_of(cast.plan))
    return cast.plan.state == "awaiting_signature" and bool(missing)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_race_07_what_is_sent_for_signature_is_complete(cast):
    answers = send_while_a_colleague_empties(cast)

    assert names(answers) in (["Plan", "Refused"], ["Section", "ValidationError"])
    assert not is_empty_and_sent(cast)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_locks")
def test_race_07_control_without_the_lock_an_empty_plan_is_sent(cast):
    assert names(send_while_a_colleague_empties(cast, "unguarded")) == ["Plan", "Section"]
    assert is_empty_and_sent(cast)
