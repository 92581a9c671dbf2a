"""python -m scripts.bench.paper: pages of an official document per second of processor, fonts loaded before."""

import datetime as dt
import os
import re
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanwei.settings")
django.setup()

from sanwei.core.documents.model import Column, Heading, OfficialDocument, Paragraph, Table  # noqa: E402
from sanwei.core.documents.pdf import to_pdf  # noqa: E402

TEXT = (
    "坚持把创建活动与业务工作同部署、同落实、同检查，每季度召开一次专题会议研究推进，逐项销号，务求实效。" * 4
)
CHAPTERS = 40


def paper() -> OfficialDocument:
    """A bulletin of some sixty pages: headings, running text, a table in every chapter."""
    blocks = []
    for number in range(1, CHAPTERS + 1):
        rows = tuple((str(row), "市发展和改革委员会", "按时", f"{row}.00") for row in range(1, 16))
        columns = (Column("序号", 0.5), Column("单位", 3), Column("报送情况"), Column("得分", align="right"))
        blocks += [Heading(1, f"第{number}部分"), *[Paragraph(TEXT)] * 4, Table(columns, rows)]
    return OfficialDocument(
        organ="六安市直创建“三型机关”领导组办公室",
        title="关于实施方案报送情况的通报",
        blocks=tuple(blocks),
        signature="市直创建“三型机关”领导组办公室",
        date=dt.date(2027, 3, 5),
    )


def pages_per_second() -> float:
    document = paper()
    to_pdf(document)  # loads the fonts
    began = time.process_time()
    content = to_pdf(document)
    return len(re.findall(rb"/Type /Page\b", content)) / (time.process_time() - began)


if __name__ == "__main__":
    print(pages_per_second())
