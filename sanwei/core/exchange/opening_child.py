"""The child that parses a workbook: reads it from standard input, answers rows by pickle on standard output."""

import pickle
import sys
from io import BytesIO

import defusedxml
from openpyxl import load_workbook

from sanwei.core.exchange.opening import MAX_CELL, MAX_COLUMNS, MAX_ROWS

defusedxml.defuse_stdlib()


def answer(content: bytes, sheet: str):
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    if sheet and sheet not in book.sheetnames:
        return "error", f"没有找到工作表“{sheet}”。请使用本系统下载的模板，不要改动工作表名称。"
    page = book[sheet] if sheet else book.worksheets[0]
    rows = []
    for number, cells in enumerate(page.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
        if number > MAX_ROWS:
            return "error", f"超过{MAX_ROWS}行，请拆分后再上传。"
        if any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in cells):
            return "error", f"第{number}行有单元格超过{MAX_CELL}字，请缩短后再上传。"
        if any(cell is not None for cell in cells):
            rows.append((number, list(cells)))
    return "rows", rows


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(answer(sys.stdin.buffer.read(), sys.argv[1])))
