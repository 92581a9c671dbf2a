"""What the office does with the library."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from sanwei.core import search
from sanwei.core.audit.actions import record
from sanwei.core.refusals import Refused, Stale
from sanwei.core.workflow import advance
from units.policies import numbers
from units.policies.models import Policy
from units.policies.parts import split

FIELDS = ("kind", "number_printed", "title", "issuers", "issued_on", "erratum", "full_text")


def create(*, by, **content) -> Policy:
    """Enter a document; `content` are FIELDS, of which kind, title and issuers are needed.

    Raises ValidationError by field. Side effects: the row, its parts, links between documents, search entry,
    one audit entry.
    """
    content = {"number_printed": "", "issued_on": None, "erratum": "", "full_text": "", **content}
    with transaction.atomic():
        policy = Policy.objects.create(**content, **derived(content, None))
        settle(policy)
        record(policy, "create", by, label="录入")
    return policy


def edit(*, policy, version, by, **content) -> Policy:
    """Change a document that was at `version` when it was opened; `content` are all of FIELDS.

    Raises Stale if somebody saved in between, ValidationError by field. Side effects: as create().
    """
    with transaction.atomic():
        fresh = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
        if fresh.version != version:
            raise Stale("该文件刚才已由他人修改。您填写的内容没有丢失，请对照后再保存。")
        changed = {
            name: value
            for name, value in {**content, **derived(content, fresh)}.items()
            if getattr(fresh, name) != value
        }
        if not changed:
            return fresh
        for name, value in {**changed, "version": version + 1}.items():
            setattr(fresh, name, value)
        fresh.save(update_fields=[*changed, "version"])
        settle(fresh)
        record(fresh, "edit", by, label="修改", fields=sorted(changed))
    return fresh


@transaction.atomic
def repeal(*, policy, by, reason) -> Policy:
    """废止. Side effects: state, audit."""
    return advance(policy, "repeal", by, reason=stated(reason))


@transaction.atomic
def reinstate(*, policy, by, reason) -> Policy:
    """恢复现行. Side effects: state, audit."""
    return advance(policy, "reinstate", by, reason=stated(reason))


def stated(reason: str) -> str:
    if not reason.strip():
        raise Refused("请先填写理由，再办理。")
    return reason.strip()


def derived(content, policy) -> dict:
    """The canonical number and the year that follow from what was typed, once they are right."""
    printed, issued_on = content["number_printed"], content["issued_on"]
    number = numbers.parse(printed)
    if printed and not number:
        raise ValidationError(
            {"number_printed": f"看不懂文号“{printed}”。请写成“直创字〔2026〕3号”的形式；没有文号的请留空。"}
        )
    if not number and not issued_on:
        raise ValidationError({"issued_on": "没有文号的文件请填写成文日期，以便归入年度。"})
    others = Policy.objects.exclude(pk=policy.pk) if policy else Policy.objects.all()
    if number and (twin := others.filter(number=str(number)).first()):
        raise ValidationError({"number_printed": f"该文号的文件已经录入：{twin}。请直接修改，或核对文号。"})
    return {"number": str(number or ""), "year": issued_on.year if issued_on else number.year}


def settle(policy) -> None:
    """Bring what follows from a document's text and number up to date: parts, links, search entry."""
    divide(policy)
    link(policy)
    search.index(policy, title=f"{policy.number} {policy.title}", text=searchable(policy))


def searchable(policy) -> str:
    words = [
        policy.number_printed,
        policy.issued_by,
        policy.get_kind_display(),
        policy.erratum,
        policy.full_text,
    ]
    return "\n".join(word for word in words if word)


def divide(policy) -> None:
    """Make the rows of the parts what the text says; a part keeps its row, since others point to it."""
    _opening, pieces = split(policy.full_text)
    known = {part.ordinal: part for part in policy.parts.all()}
    for piece in pieces:
        part = known.pop(piece.ordinal, None)
        if part is None:
            policy.parts.create(ordinal=piece.ordinal, title=piece.title, text=piece.text)
        elif (part.title, part.text) != (piece.title, piece.text):
            part.title, part.text = piece.title, piece.text
            part.save(update_fields=["title", "text"])
    try:
        policy.parts.filter(ordinal__in=known).delete()
    except ProtectedError as error:
        raise Refused("删去的部分已有任务或措施引用，不能去掉。请保留原有的部分编号。") from error


def link(policy) -> None:
    """Link the document to those it names, and those that name it to it."""
    others = Policy.objects.exclude(pk=policy.pk)
    policy.cites.set(others.cited_in(policy.full_text))
    naming = others.filter(full_text__contains=policy.title)
    if number := numbers.parse(policy.number):
        naming |= others.filter(full_text__contains=str(number.year))
    citing = [
        other for other in naming if Policy.objects.cited_in(other.full_text).filter(pk=policy.pk).exists()
    ]
    policy.cited_by.set(citing)
