"""A plan in print, and the receipt of its signature, in official layout (dossier 7; product.md, Plan)."""

from sanwei.core import clock
from sanwei.core.days import read_day, written
from sanwei.core.documents.model import Column, Heading, Paragraph, Sheet, Table
from sanwei.core.workdays import calendar
from units.plans.content import LEADERSHIP_FIELDS, SectionKind

ORGAN = "市直创建“三型机关”领导组办公室"


def receipt_of(version) -> Sheet:
    """回执: number, time to the second, hash, on time or late by N working days."""
    plan = version.plan
    received = clock.local(version.received_at)
    return Sheet(
        title="实施方案报送回执",
        number=version.receipt_number,
        facts=(
            ("报送单位", plan.unit.name),
            ("方案名称", f"{plan.campaign.year}年度创建“三型机关”实施方案（第{version.number}版）"),
            (
                "收到时间",
                f"{written(received)} {received:%H:%M:%S}（北京时间）",
            ),
            ("应报时间", due_text(version.due_at)),
            ("报送情况", f"迟报{version.late_days}个工作日" if version.late_days else "按时报送"),
            ("签发人", version.signed_by.name),
            ("内容摘要（SHA-256）", version.sha256),
        ),
        blocks=(Paragraph("以上方案已由系统收到并固定，内容以摘要为准。此回执由系统自动生成，无须盖章。"),),
        issuer=ORGAN,
        date=received.date(),
    )


def due_text(instant) -> str:
    """The due instant with the day it ends."""
    return f"{written(calendar.due_day(instant))} 24:00"


def print_of(plan, label, sections) -> Sheet:
    """The plan as a paper to be signed and sealed; `sections` are reading.ShownSection."""
    blocks = []
    for number, section in zip("一二三四五", sections, strict=False):
        blocks.append(Heading(1, f"{number}、{section.label}"))
        blocks.extend(blocks_of(section))
    return Sheet(
        title=f"{plan.unit.name}{plan.campaign.year}年度创建“三型机关”实施方案",
        number=label,
        blocks=tuple(blocks),
        seal_line=True,
    )


def blocks_of(section):
    """The blocks of one part: paragraphs or a table; a dash when there is nothing."""
    rows = section.content.get("rows", [])
    if section.is_empty:
        return [Paragraph("—")]
    if section.kind == SectionKind.EXPERIENCE:
        return [Paragraph(line) for line in section.content["text"].splitlines() if line.strip()]
    if section.kind == SectionKind.LEADERSHIP:
        return [Paragraph(f"{label}：{section.content[field]}") for field, label in LEADERSHIP_FIELDS.items()]
    if section.kind == SectionKind.CITATIONS:
        return [Paragraph(f"{row['number']}《{row['title']}》") for row in rows]
    return [weakness_table(rows) if section.kind == SectionKind.WEAKNESSES else measure_table(rows)]


def weakness_table(rows) -> Table:
    columns = (
        Column("序号", 0.8, "center"),
        Column("薄弱环节和存在问题", 4),
        Column("原因分析", 3),
        Column("整改打算", 3.2),
    )
    return Table(
        columns=columns,
        rows=tuple((str(n), row["problem"], row["cause"], row["remedy"]) for n, row in enumerate(rows, 1)),
    )


def measure_table(rows) -> Table:
    columns = (
        Column("序号", 0.8, "center"),
        Column("举措", 4),
        Column("类型", 1, "center"),
        Column("责任科室", 1.8, "center"),
        Column("完成时限", 1.8, "center"),
        Column("完成标准", 3),
    )
    return Table(
        columns=columns,
        rows=tuple(
            (
                str(n),
                row["title"],
                row["kind"],
                row["department"],
                day_text(row["due_on"]),
                row["deliverable"],
            )
            for n, row in enumerate(rows, 1)
        ),
    )


def day_text(typed: str) -> str:
    """The due day of a row, without leading zeros; what is no date stays as typed."""
    day = read_day(typed)
    return written(day) if day else typed
