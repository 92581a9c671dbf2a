"""Papers the tests set, and rulers to measure them with."""

import dataclasses
import datetime as dt
import io

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTLine

from sanwei.core.documents.model import Annex, Column, Heading, OfficialDocument, Paragraph, Table

MM = 72 / 25.4
RARE = "喆堃彧㛃䶮"
SENTENCE = (
    "各单位要认真总结三年来创建工作的经验和成功做法，查找、分析薄弱环节和存在问题（包括窗口服务、行政审批等方面），"
    "制定切实可行的推进创建活动的实施方案；“一把手”要负总责，班子成员要分工负责，单位党组织要组织实施。"
)


def bulletin(**changes) -> OfficialDocument:
    """A bulletin of several pages with a rare name in it and an annexed table of 123 units."""
    rows = tuple((str(n), f"市第{n}单位", "按时", "2月26日 10:00") for n in range(1, 124))
    columns = (Column("序号", 1, "center"), Column("单位", 4), Column("报送情况", 2), Column("上报时间", 2.6))
    fields = {
        "organ": "六安市直创建“三型机关”领导组办公室",
        "number": "直创办〔2027〕1号",
        "title": "关于2027年度“三型机关”创建实施方案报送情况的通报",
        "addressees": "市直各单位，中央、省属驻市各单位",
        "blocks": (
            Heading(1, "一、总体情况"),
            *[Paragraph(SENTENCE * 2) for _ in range(9)],
            Paragraph(f"联系人：{RARE}，电话0564-3379000。"),
        ),
        "signature": "六安市直创建“三型机关”领导组办公室",
        "date": dt.date(2027, 3, 5),
        "annexes": (Annex("2027年度实施方案报送情况表", (Table(columns, rows),)),),
        "issued_by": "六安市直创建“三型机关”领导组办公室",
        "issued_on": dt.date(2027, 3, 5),
    }
    return OfficialDocument(**{**fields, **changes})


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of a page: its text, left and right edge and baseline in millimetres from the top left corner."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclasses.dataclass(frozen=True)
class Page:
    lines: list[Line]
    rules: list

    @property
    def body(self) -> list[Line]:
        """Everything but the page number."""
        return [line for line in self.lines if line.baseline < 265]

    @property
    def number(self) -> Line:
        return next(line for line in self.lines if line.baseline > 265)


def flatten(element):
    if isinstance(element, LTChar | LTLine):
        yield element
    elif hasattr(element, "__iter__"):
        for part in element:
            yield from flatten(part)


def page_of(layout) -> Page:
    by_baseline: dict[float, list[LTChar]] = {}
    rules = []
    for element in flatten(layout):
        if isinstance(element, LTLine):
            rules.append(element)
        else:
            by_baseline.setdefault(round(element.matrix[5]), []).append(element)
    lines = []
    for y in sorted(by_baseline, reverse=True):
        characters = sorted(by_baseline[y], key=lambda character: character.x0)
        text = "".join(character.get_text() for character in characters)
        first, last = characters[0], characters[-1]
        baseline = (layout.height - first.matrix[5]) / MM
        lines.append(Line(text, first.x0 / MM, last.x1 / MM, baseline, round(first.size, 1)))
    return Page(lines, rules)


def read(pdf: bytes) -> list[Page]:
    return [page_of(layout) for layout in extract_pages(io.BytesIO(pdf), laparams=LAParams(all_texts=True))]
