"""The notices in official layout. They name the respondents, and nobody else: neither who found the fault nor who handled it."""

from assessments.accountability import sanctions
from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.documents.model import Column, Heading, Paragraph, Sheet, Table
from sanwei.core.workdays import calendar

ORGAN = "市直创建“三型机关”领导组办公室"


def notice_of(notice, respondents, forms) -> Sheet:
    """A 过失通知单 with its receipt stub; `forms`: key of a respondent → codes proposed or decided."""
    case = notice.case
    suggestions = [
        f"{respondent.called}：{sanctions.suggested(forms.get(respondent.pk, []))}"
        for respondent in respondents
    ]
    return Sheet(
        title=notice.get_grade_display(),
        number=notice.number,
        facts=(
            ("单位", case.unit.name),
            ("追究对象", "、".join(respondent.called for respondent in respondents)),
            ("过失事实", case.facts_told),
            ("问责情形", case.get_situation_display()),
            ("追究依据", basis_of(case)),
            ("处理建议", "；".join(suggestions)),
            ("处理要求", notice.requirement),
            ("反馈时限", calendar.day_text(notice.due_on)),
        ),
        blocks=(
            Paragraph("请按要求办理，在反馈时限前书面反馈办理结果；不能按期办理的，书面说明理由。"),
            Heading(1, "回执存根"),
            stub(notice),
        ),
        issuer=ORGAN,
        date=notice.issued_on,
    )


def basis_of(case) -> str:
    """六办发〔2006〕14号《…》第三条：…"""
    text = f"：{case.clause_text}" if case.clause_text else ""
    return f"{case.policy}{case.clause}{text}"


def stub(notice) -> Table:
    signed = clock.local(notice.signed_at) if notice.signed_at else None
    return Table(
        columns=(
            Column("通知单编号", 3),
            Column("单位", 4),
            Column("签收人", 2, "center"),
            Column("签收时间", 3, "center"),
        ),
        rows=(
            (
                notice.number,
                notice.case.unit.name,
                notice.signed_by.name if notice.signed_by else "",
                f"{written(signed)} {signed:%H:%M}" if signed else "",
            ),
        ),
    )
