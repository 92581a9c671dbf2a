"""What a plan is made of: its sections, what a complete one says, and its fingerprint.

A draft section is JSON: {"text": str} or {"rows": [{"uid": str, field: str, …}]} or named strings. Drafts keep what
was typed even when it is not yet right (a date such as “下周”); `problems` says what is missing before signature.
"""

import dataclasses
import hashlib
import json

from django.db import models

from sanwei.core.days import read_day, written

TEXT_LIMIT = 20_000
ROW_LIMIT = 200


class SectionKind(models.TextChoices):
    """The compulsory parts of R2.4 (a) (b) (c) and R8.2, and the documents cited."""

    EXPERIENCE = "experience", "经验做法"
    WEAKNESSES = "weaknesses", "薄弱环节"
    MEASURES = "measures", "推进措施"
    LEADERSHIP = "leadership", "组织领导"
    CITATIONS = "citations", "引用文件"


WEAKNESS_FIELDS = {"problem": "薄弱环节和存在问题", "cause": "原因分析", "remedy": "整改打算"}
MEASURE_FIELDS = {  # the columns of T3, dossier 10.2
    "title": "举措",
    "kind": "类型",
    "goal": "目标",
    "department": "责任科室",
    "person": "责任人",
    "supporting": "配合科室",
    "starts_on": "起始时间",
    "due_on": "完成时限",
    "deliverable": "完成标准",
    "theme": "主题标签",
    "note": "备注",
}
LEADERSHIP_FIELDS = {
    "head": "“一把手”（负总责）",
    "deputy": "分管负责人（分工负责）",
    "party": "党组织（组织实施）",
    "text": "领导机构和工作机制",
}
# What a line of the ledger holds of each (models/measure.py); longer is said before signature, not after approval.
LONGEST = {"title": 500, "goal": 500, "department": 60, "person": 64, "deliverable": 500, "theme": 40}
MEASURE_KINDS = ("学习", "服务", "创新")
THEME_TAGS = ("提高服务效能", "优化发展环境", "提高干部素质", "健全规章制度")  # R1.7, R3.1, R4, R6
DATE_FIELDS = ("starts_on", "due_on")
EMPTY = {
    SectionKind.EXPERIENCE: {"text": ""},
    SectionKind.WEAKNESSES: {"rows": []},
    SectionKind.MEASURES: {"rows": []},
    SectionKind.LEADERSHIP: dict.fromkeys(LEADERSHIP_FIELDS, ""),
    SectionKind.CITATIONS: {"rows": []},
}


@dataclasses.dataclass(frozen=True)
class Problem:
    """Something that must be put right before the plan can be sent for signature."""

    section: str
    message: str

    @property
    def section_label(self) -> str:
        return SectionKind(self.section).label


def tidy_row(row: dict, fields) -> dict:
    """One row with the known fields only, trimmed; dates that can be read become ISO, others stay as typed."""
    tidy = {field: str(row.get(field) or "").strip() for field in fields}
    for field in DATE_FIELDS:
        day = read_day(tidy[field]) if tidy.get(field) else None
        if day:
            tidy[field] = day.isoformat()
    return {"uid": row["uid"], **tidy}


def is_blank(row: dict) -> bool:
    return not any(value for field, value in row.items() if field != "uid")


def problems(sections: dict[str, dict], departments: set[str], year: int) -> list[Problem]:
    """What is missing or wrong, in the order of the sections (A1: all parts filled, ≥ 1 measure with section + date).

    `departments` are the names of the unit's own departments, `year` that of the campaign.
    """
    return [
        *text_problems(sections[SectionKind.EXPERIENCE]),
        *weakness_problems(sections[SectionKind.WEAKNESSES]["rows"]),
        *measure_problems(sections[SectionKind.MEASURES]["rows"], departments, year),
        *leadership_problems(sections[SectionKind.LEADERSHIP]),
    ]


def text_problems(experience: dict):
    if not experience["text"].strip():
        yield Problem(SectionKind.EXPERIENCE, "“经验做法”还没有填写，请总结本单位创建工作的经验和成功做法。")


def weakness_problems(rows: list[dict]):
    if not rows:
        yield Problem(SectionKind.WEAKNESSES, "“薄弱环节”至少填写一条。")
    for number, row in enumerate(rows, 1):
        if not row["problem"]:
            yield Problem(SectionKind.WEAKNESSES, f"第{number}条没有写明薄弱环节，请补写或删去该行。")


def measure_problems(rows: list[dict], departments: set[str], year: int):
    if not rows:
        yield Problem(SectionKind.MEASURES, "“推进措施”至少填写一条，并写明责任科室和完成时限。")
    for number, row in enumerate(rows, 1):
        for message in (*measure_row_problems(row, departments), *measure_day_problems(row, year)):
            yield Problem(SectionKind.MEASURES, f"第{number}条{message}")


def measure_row_problems(row: dict, departments: set[str]):
    if not row["title"]:
        yield "没有写明举措，请补写或删去该行。"
    if row["kind"] not in MEASURE_KINDS:
        yield "没有选择类型，请在学习、服务、创新中选一项。"
    if not row["department"]:
        yield "没有责任科室，请选择本单位的一个科室。"
    elif departments and row["department"] not in departments:
        yield f"的责任科室“{row['department']}”不在本单位科室名录中，请重新选择。"
    for field, longest in LONGEST.items():
        if len(row[field]) > longest:
            yield f"的{MEASURE_FIELDS[field]}有{len(row[field])}个字，最多{longest}个字，请缩短，详细内容可写入备注或附件。"


def measure_day_problems(row: dict, year: int):
    """Days that cannot be read, and days that do not belong to the plan's year: it may run over into the next."""
    for field in DATE_FIELDS:
        if row[field] and read_day(row[field]) is None:
            yield f"的{MEASURE_FIELDS[field]}“{row[field]}”不是日期，请写成2027年3月5日的形式。"
    if not row["due_on"]:
        yield "没有完成时限，请填写日期。"
    start, due = read_day(row["starts_on"]), read_day(row["due_on"])
    if due and not year <= due.year <= year + 1:
        yield f"的完成时限{written(due)}不在{year}年度内，请核对年份。"
    if start and not year - 1 <= start.year <= year + 1:
        yield f"的起始时间{written(start)}不在{year}年度内，请核对年份。"
    if start and due and due < start:
        yield "的完成时限早于起始时间，请核对。"


def leadership_problems(leadership: dict):
    for field in ("head", "deputy", "party"):
        if not leadership[field].strip():
            yield Problem(SectionKind.LEADERSHIP, f"没有填写{LEADERSHIP_FIELDS[field]}。")


def fingerprint(content: dict) -> str:
    """SHA-256 of the canonical JSON of a frozen plan, as printed on the receipt."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
