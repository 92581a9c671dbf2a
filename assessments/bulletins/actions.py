"""The verbs of a bulletin, one function for each button."""

import hashlib
import json

from django.db import IntegrityError, transaction

from assessments.bulletins import compile
from assessments.bulletins.models import Bulletin, Receipt
from sanwei.core import clock, search
from sanwei.core.audit.actions import record
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import holders_of, named
from sanwei.core.notifications.models import Announcement
from sanwei.core.numbers.actions import take
from sanwei.core.refusals import Refused, Stale
from sanwei.core.roles import Role
from sanwei.core.workflow import advance
from units.organisation.models import Unit


def fingerprint(data: dict) -> str:
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def compiled(kind, campaign, period) -> dict:
    """The fields that come from the data as it is now: data, hash, title, text."""
    now = clock.now()
    if kind == Bulletin.Kind.SUBMISSION:
        data = compile.submission_data(campaign, now)
        title, text = compile.submission_title(campaign), compile.submission_text(campaign, data)
    else:
        data = compile.periodic_data(campaign, now)
        title, text = compile.periodic_title(campaign, period), compile.periodic_text(campaign, data)
    return {"data": data, "data_sha256": fingerprint(data), "compiled_at": now, "title": title, "text": text}


def draft(*, kind, campaign, by, period=""):
    """起草: compile a bulletin. `by` is None for the clock. Refuses a second one of the same kind and period.

    Side effects: one row, one audit entry.
    """
    if kind == Bulletin.Kind.SUBMISSION and clock.now() < campaign.plan_due_at:
        raise Refused("报送截止时间未到，不能起草报送情况通报。请在截止后再起草。")
    try:
        with transaction.atomic():
            bulletin = Bulletin.objects.create(
                kind=kind,
                campaign=campaign,
                period=period,
                addressees=compile.ADDRESSEES,
                drafted_by=by,
                **compiled(kind, campaign, period),
            )
            record(bulletin, "draft", by, label="起草")
    except IntegrityError as error:
        raise Refused("同一期通报已经起草，请在通报列表中打开办理。") from error
    return bulletin


def recompile(*, bulletin, by):
    """重新取数: take the data as it is now; the text is drafted anew. Only a draft. Side effects: row, audit."""
    with transaction.atomic():
        fresh = lock_draft(bulletin)
        fields = compiled(fresh.kind, fresh.campaign, fresh.period)
        before = fresh.data_sha256
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save(update_fields=[*fields, "version"])
        record(fresh, "recompile", by, label="重新取数", before=before, after=fresh.data_sha256)
    return fresh


def lock_draft(bulletin) -> Bulletin:
    fresh = Bulletin.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=bulletin.pk)
    if fresh.state != Bulletin.State.DRAFT:
        raise Refused(f"通报当前为“{fresh.get_state_display()}”，不能修改。如需修改，请先退回拟稿人。")
    return fresh


def edit(*, bulletin, title, addressees, text, version, by):
    """修改 the words of a draft; the data stay. Raises Stale when somebody saved first. Side effects: row, audit."""
    with transaction.atomic():
        fresh = lock_draft(bulletin)
        if fresh.version != version:
            raise Stale("通报刚才已由他人修改。您填写的内容仍在页面上，请对照后再保存。")
        fresh.title, fresh.addressees, fresh.text = title, addressees, text
        fresh.version += 1
        fresh.drafted_by = fresh.drafted_by or by
        fresh.save(update_fields=["title", "addressees", "text", "version", "drafted_by"])
        record(fresh, "edit", by, label="修改")
    return fresh


def request_review(*, bulletin, by, version=None):
    """送核. Whoever sends it for review answers for the draft as read. Side effects: state, audit, the office head is told."""
    with transaction.atomic():
        bulletin = advance(bulletin, "request_review", by, version=version, changes={"drafted_by": by})
        tell_office_head(bulletin)
    return bulletin


def tell_office_head(bulletin):
    notify(
        Announcement.to(
            holders_of(Role.OFFICE_HEAD),
            key=f"bulletin:{bulletin.pk}:{bulletin.version}:review",
            title=f"《{bulletin.title}》待您签发",
            url=bulletin.get_absolute_url(),
            about=bulletin,
        )
    )


def hand_back(*, bulletin, by, reason):
    """退回修改. Side effects: state, audit, the drafter is told."""
    with transaction.atomic():
        bulletin = advance(bulletin, "hand_back", by, reason=reason)
        notify(
            Announcement.to(
                named(bulletin.drafted_by),
                key=f"bulletin:{bulletin.pk}:{bulletin.version}:hand_back",
                title=f"《{bulletin.title}》退回修改",
                body=reason,
                url=bulletin.get_absolute_url(),
                about=bulletin,
            )
        )
    return bulletin


@transaction.atomic
def sign(*, bulletin, by, version=None):
    """签发, by somebody else than the drafter and bound to the text that was read. Side effects: state, audit."""

    def signed(row):  # asked of the locked row: the drafter may have changed since the page was opened
        if row.drafted_by and row.drafted_by.person == by.person:
            raise Refused("签发人不能是拟稿人。请由领导组办公室其他负责同志签发。")
        return {"signed_by": by, "signed_at": clock.now()}

    return advance(bulletin, "sign", by, version=version, changes=signed)


def number(*, bulletin, by):
    """编号: the next number of the series, without gaps. Side effects: state, counter, audit."""
    with transaction.atomic():
        year = clock.today().year

        def numbered(row):
            return {"year": year, "number": take(row.series, year)}

        return advance(bulletin, "number", by, changes=numbered)


def publish(*, bulletin, by):
    """印发 to every active unit; each signs for its copy. Side effects: state, receipts, audit, clerks and heads told."""
    with transaction.atomic():
        bulletin = advance(bulletin, "publish", by, changes={"published_at": clock.now()})
        units = Unit.objects.active()
        Receipt.objects.bulk_create(
            [Receipt(bulletin=bulletin, unit=unit) for unit in units], batch_size=1000
        )
        search.index(bulletin, f"{bulletin.document_number} {bulletin.title}", bulletin.text)
        notify(
            Announcement.to(
                holders_of(Role.UNIT_CLERK, Role.UNIT_HEAD),
                key=f"bulletin:{bulletin.pk}:publish",
                title=f"{bulletin.document_number} {bulletin.title}",
                body="请签收。",
                url=bulletin.get_absolute_url(),
                about=bulletin,
            )
        )
    return bulletin


@transaction.atomic
def open(*, bulletin, by):
    """公开 on the public site, after the secrecy check, which `by` answers for. Side effects: mark, audit."""
    return advance(bulletin, "open", by, changes={"opened_at": clock.now(), "secrecy_checked_by": by})


def void(*, bulletin, by, reason):
    """作废: the number stays taken, with the reason. Side effects: state, search entry, audit."""
    with transaction.atomic():
        bulletin = advance(bulletin, "void", by, reason=reason)
        search.forget(bulletin)
    return bulletin


def sign_for(*, bulletin, units, by) -> int:
    """签收 in the name of `units` (keys). Signing twice changes nothing. Side effects: rows, one audit entry."""
    with transaction.atomic():
        signed = Receipt.objects.filter(bulletin=bulletin, unit__in=units, read_at=None).update(
            read_at=clock.now(), read_by=by
        )
        if signed:
            record(bulletin, "sign_for", by, label="签收", units=sorted(units))
    return signed
