"""A bulletin as an official document: frozen data become the annexed table (dossier 7)."""

import datetime as dt

from assessments.bulletins.models import Bulletin
from sanwei.core import clock
from sanwei.core.documents.model import Annex, Column, OfficialDocument, Table
from sanwei.core.documents.text import blocks_from_text

ORGAN = "六安市直创建“三型机关”领导组办公室"


def official(bulletin) -> OfficialDocument:
    """The document model of a bulletin; the same for PDF, Word and the page."""
    issued = clock.local(bulletin.published_at or bulletin.signed_at or bulletin.compiled_at).date()
    return OfficialDocument(
        organ=ORGAN,
        number=bulletin.document_number,
        title=bulletin.title,
        addressees=bulletin.addressees,
        blocks=tuple(blocks_from_text(bulletin.text)),
        signature=ORGAN,
        date=issued,
        annexes=(annex_of(bulletin),),
        issued_by=ORGAN,
        issued_on=issued,
        note="此件公开发布" if bulletin.opened_at else "",
    )


def annex_of(bulletin) -> Annex:
    if bulletin.kind == Bulletin.Kind.SUBMISSION:
        return Annex(
            f"{bulletin.campaign.year}年度创建实施方案报送情况表", (submission_table(bulletin.data),)
        )
    return Annex("各单位实施方案措施推进情况表", (periodic_table(bulletin.data),))


def submission_table(data: dict) -> Table:
    return Table(
        columns=(
            Column("序号", 1.0, "center"),
            Column("单位", 4.2),
            Column("报送情况", 2.4, "center"),
            Column("上报时间", 2.8, "center"),
        ),
        rows=tuple(
            (str(number), row["unit"], row["filed_text"], minute_text(row["submitted_at"]))
            for number, row in enumerate(data["rows"], 1)
        ),
    )


def periodic_table(data: dict) -> Table:
    return Table(
        columns=(
            Column("序号", 1.0, "center"),
            Column("单位", 4.2),
            Column("措施数", 1.5, "center"),
            Column("已完成", 1.5, "center"),
            Column("逾期", 1.5, "center"),
        ),
        rows=tuple(
            (str(number), row["unit"], str(row["measures"]), str(row["done"]), str(row["overdue"]))
            for number, row in enumerate(data["rows"], 1)
        ),
    )


def minute_text(iso: str) -> str:
    if not iso:
        return "—"
    moment = clock.local(dt.datetime.fromisoformat(iso))
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"
