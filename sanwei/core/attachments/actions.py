"""Handing in and removing papers. Who may is decided by the room of the owner."""

import dataclasses

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock
from sanwei.core.attachments import storage
from sanwei.core.attachments.intake import Accepted, take_in
from sanwei.core.attachments.models import Attachment
from sanwei.core.audit.actions import record
from sanwei.core.refusals import WrongState


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of several files: those kept, and one Chinese sentence for each that was refused."""

    kept: list[Attachment]
    refused: list[str]


def lock_row(owner):
    """The owner's row, locked. A record that does not take papers at all times brings a lock that refuses."""
    return type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)


def attach(owner, file, by, lock=lock_row) -> Attachment:
    """Examine an uploaded file and hand it in with `owner`; `by` is a User, or None for the public.

    The same content under the same name a second time returns the paper that is there, so a repeated POST
    does no harm. Raises ValidationError with a Chinese sentence naming the file. The examination may take
    seconds: do not call inside a transaction that holds rows. `lock` takes the owner's row when the paper is entered, and
    raises Refused if the record has been closed to papers meanwhile.
    Side effects: one file, one row, one audit entry on the owner.
    """
    refuse_too_many(owner, file.name)
    accepted = take_in(file)
    try:
        paper = enter(owner, accepted, by, lock)
    except BaseException:
        storage.discard(accepted.stored_name)
        raise
    if paper.stored_name != accepted.stored_name:
        storage.discard(accepted.stored_name)
    return paper


def attach_all(owner, files, by, lock=lock_row) -> Outcome:
    """attach() for several files: the good ones are kept, each bad one gets its own sentence."""
    outcome = Outcome([], [])
    for file in files:
        try:
            outcome.kept.append(attach(owner, file, by, lock))
        except ValidationError as refusal:
            outcome.refused.extend(refusal.messages)
    return outcome


def remove(attachment, by, lock=lock_row) -> Attachment:
    """Take a paper away from its record, whose row `lock` takes; file and row are kept.

    Side effects: the row, one audit entry on the owner.
    """
    with transaction.atomic():
        lock(attachment.owner)
        fresh = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
        if fresh.removed_at:
            raise WrongState(f"附件“{fresh.name}”已被移除，请刷新页面查看。")
        fresh.removed_at, fresh.removed_by = clock.now(), by
        fresh.save(update_fields=["removed_at", "removed_by"])
        record(fresh.owner, "remove_attachment", by, label="移除附件", paper=str(fresh.pk))
    return fresh


def enter(owner, accepted: Accepted, by, lock) -> Attachment:
    """Write the row while the owner is locked, so that neither the count nor a twin slips through.

    The name stays out of the audit entry: names of papers may be personal, and entries are never erased.
    """
    with transaction.atomic():
        lock(owner)
        twin = Attachment.objects.of(owner).filter(sha256=accepted.sha256).first()
        if twin:
            return same_or_refuse(twin, accepted)
        refuse_too_many(owner, accepted.name)
        paper = Attachment.objects.create(owner=owner, uploaded_by=by, **dataclasses.asdict(accepted))
        record(owner, "attach", by, label="上传附件", paper=str(paper.pk), sha256=paper.sha256)
    return paper


def same_or_refuse(twin: Attachment, accepted: Accepted) -> Attachment:
    if twin.name != accepted.name:
        raise ValidationError(f"文件“{accepted.name}”与已上传的“{twin.name}”内容相同，无需重复上传。")
    return twin


def refuse_too_many(owner, name: str) -> None:
    most = settings.SANWEI_ATTACHMENT_MAX_COUNT
    if Attachment.objects.of(owner).count() >= most:
        raise ValidationError(f"文件“{name}”未上传：附件已达 {most} 个，请先移除不需要的，或合并后再上传。")
