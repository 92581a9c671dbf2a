"""The finding sheet (督查发现问题告知单) in official layout. Who found it stands nowhere in it."""

from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.documents.model import Column, Heading, Paragraph, Sheet, Table
from sanwei.core.workdays import calendar

ORGAN = "市直创建“三型机关”领导组办公室"


def sheet_of(finding) -> Sheet:
    """What was found, what may be answered by when, and the stub with the answer."""
    return Sheet(
        title="督查发现问题告知单",
        number=finding.number,
        facts=tuple((label, text or "—") for label, text in facts_of(finding)),
        blocks=(
            Paragraph(
                "请对上述问题认真核实。属实的，由单位负责人确认；有异议的，应在答复期限内由单位负责人提出申辩并附佐证材料。"
                "逾期未答复的，视为认可。"
            ),
            Heading(1, "单位答复"),
            answer_of(finding),
        ),
        issuer=ORGAN,
        date=clock.day_of(finding.notified_at or finding.recorded_at),
    )


def facts_of(finding):
    found = clock.local(finding.found_at)
    department = f"（{finding.department.name}）" if finding.department else ""
    yield "单位", f"{finding.unit.name}{department}"
    yield "发现时间", f"{written(found.date())} {found:%H:%M}"
    yield "地点", finding.place
    yield "方式", finding.get_method_display()
    yield "问题类别", f"{finding.item.parent.name}—{finding.item.name}"
    yield "情节", finding.get_severity_display()
    yield "事实描述", finding.facts
    yield "涉及人数", f"{finding.people_count}人" if finding.people_count else ""
    yield "当场处置", finding.handled_on_spot
    yield "整改要求", finding.requirement
    yield "整改期限", calendar.day_text(finding.rectify_by) if finding.rectify_by else ""
    yield "答复期限", calendar.day_text(finding.answer_due_on) if finding.answer_due_on else ""


def answer_of(finding) -> Table:
    return Table(
        columns=(Column("答复", 3), Column("时间", 3, "center"), Column("意见", 6)),
        rows=((answer_word(finding), answer_time(finding), finding.objection),),
    )


def answer_word(finding) -> str:
    if finding.objected_at:
        return "申辩"
    return "确认属实或视为认可" if finding.is_counted else ""


def answer_time(finding) -> str:
    instant = finding.objected_at or (finding.decided_at if finding.is_counted else None)
    if instant is None:
        return ""
    local = clock.local(instant)
    return f"{written(local.date())} {local:%H:%M}"
