"""Tables made to hurt (FILE-05, FILE-06, FILE-07): refused in Chinese, quickly, in little memory."""

import pathlib
import random
import socket
import zipfile

import pytest

from sanwei.core.examination import child
from sanwei.core.exchange import error_workbook, opening, read
from sanwei.core.exchange.opening import Unreadable
from tests.core.attachments import corpus
from tests.core.attachments.corpus import relationship, with_parts, zipped
from tests.core.exchange.books import GOOD, HEADS, MAIN, ROSTER, book, raw_sheet, shared_texts, sheet_of

DAMAGED = "文件已损坏或结构异常，请重新生成或另存为 .xlsx 再上传。"
MISMATCH = "文件的内容与扩展名不符，请用 WPS/Office 打开后另存为 .xlsx 再上传。"
BOMB = "文件解压后体积过大或文件过多，请减少内容、拆分后再上传。"
MACROS = "文件含有宏，请用 WPS/Office 打开，删除宏后另存为 .xlsx 再上传。"
OUTSIDE = "文件引用了外部文件或数据源，请用 WPS/Office 断开链接（图片改为嵌入）后另存再上传。"
LOCKED = "文件设有打开密码或加密，系统无法检查，请取消密码后再上传。"
NO_TABLE = "文件不是可以读取的表格，请用 WPS/Office 另存为 .xlsx 再上传。"
TOO_MUCH = "文件内容过多，请只保留需要导入的工作表，并删去多余的空行空列后再上传。"
TOO_MANY_ROWS = "文件第5001行仍有内容，一次最多读取5000行，请拆分后再上传。"
TOO_LONG = "文件有单元格超过32767字，请缩短后再上传。"
CELL = "<c><v>1</v></c>"
SECRET = "/etc/hostname"


def entity(declaration, use="&x;"):
    before = f"<!DOCTYPE worksheet [{declaration}]>"
    return raw_sheet(f'<sheetData><row><c t="inlineStr"><is><t>{use}</t></is></c></row></sheetData>', before)


def laughing():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return entity(f'<!ENTITY l0 "哈">{levels}', "&l9;")


def quadratic():
    return entity(f'<!ENTITY x "{"a" * 50_000}">', "&x;" * 50_000)


def including():
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{SECRET}" parse="text"/>'
    return raw_sheet(f'<sheetData><row><c t="inlineStr"><is><t>{include}</t></is></c></row></sheetData>')


def reaching_out(kind, target):
    part = "xl/worksheets/_rels/sheet1.xml.rels"
    return with_parts(book(HEADS, GOOD), {part: relationship(kind, target)})


def one_text_everywhere():
    """A text of the greatest length, once in the file and in 100,000 cells."""
    cells = '<c t="s"><v>0</v></c>' * 100
    return shared_texts(f"<si><t>{'长' * 32_767}</t></si>", f"<row>{cells}</row>" * 1000 + noise(100_000))


def noise(size):
    """A comment that does not pack well, so that the part keeps an innocent ratio."""
    return f"<!--{random.Random(7).randbytes(size).hex()}-->"


HOSTILE = {
    "two million cells in one row": (lambda: sheet_of(f"<row>{'<c/>' * 2_000_000}</row>"), BOMB),
    "two million cells, padded": (
        lambda: sheet_of(f"<row>{'<c/>' * 2_000_000}</row>", noise(100_000)),
        TOO_MUCH,
    ),
    "two million filled cells": (lambda: sheet_of(*[f"<row>{CELL * 40}</row>"] * 50_000), BOMB),
    "rows that are too many": (lambda: sheet_of(*[f"<row>{CELL}</row>"] * 5001), TOO_MANY_ROWS),
    "a row far below": (
        lambda: sheet_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        "文件第1048576行仍有内容，一次最多读取5000行，请拆分后再上传。",
    ),
    "16,384 columns": (
        lambda: sheet_of(f"<row>{CELL * 16_384}</row>"),
        "文件第101列仍有内容，最多读取100列，请删去右侧多余的列后再上传。",
    ),
    "a cell in a column that does not exist": (
        lambda: sheet_of('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
        "文件第101列仍有内容，最多读取100列，请删去右侧多余的列后再上传。",
    ),
    "a row number beyond counting": (
        lambda: sheet_of(f'<row r="{"9" * 5000}"><c><v>1</v></c></row>'),
        "文件第999999999行仍有内容，一次最多读取5000行，请拆分后再上传。",
    ),
    "a shared text over 100 MiB": (lambda: shared_texts(f"<si><t>{'a' * 110_000_000}</t></si>", ""), BOMB),
    "a shared text of 40,000 characters": (lambda: shared_texts(f"<si><t>{'长' * 40_000}</t></si>", ""), TOO_LONG),
    "a shared text of many runs": (
        lambda: shared_texts(f"<si>{'<r><t>长长</t></r>' * 20_000}</si>", ""), TOO_LONG,
    ),
    "a long text in the cell": (
        lambda: sheet_of(f'<row><c t="inlineStr"><is><t>{"长" * 40_000}</t></is></c></row>'), TOO_LONG,
    ),
    "one text in every cell": (one_text_everywhere, TOO_MUCH),
    "sizes that lie": (corpus.understated, DAMAGED),
    "sizes beyond all": (corpus.overstated, BOMB),
    "overlapping entries": (corpus.overlapping, DAMAGED),
    "2,001 entries": (lambda: zipped({f"{n}.xml": b"" for n in range(2001)}, zipfile.ZIP_STORED), BOMB),
    "an entity for a file": (lambda: entity(f'<!ENTITY x SYSTEM "file://{SECRET}">'), OUTSIDE),
    "a billion laughs": (laughing, OUTSIDE),
    "quadratic growth": (quadratic, OUTSIDE),
    "an inclusion": (including, OUTSIDE),
    "an outer share": (lambda: reaching_out("oleObject", "\\\\\\\\10.0.0.9\\\\share\\\\a.xlsx"), OUTSIDE),
    "another workbook": (
        lambda: with_parts(book(HEADS, GOOD), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), OUTSIDE,
    ),
    "a data connection": (lambda: with_parts(book(HEADS), {"xl/connections.xml": b"<connections/>"}), OUTSIDE),
    "a macro": (lambda: with_parts(book(HEADS, GOOD), {"xl/vbaProject.bin": b"\xd0\xcf"}), MACROS),
    "a Word document": (corpus.docx, MISMATCH),
    "an old workbook": (corpus.xls, MISMATCH),
    "a workbook with a password": (lambda: corpus.compound({"EncryptedPackage": b"x"}), LOCKED),
    "a PDF": (corpus.pdf, NO_TABLE),
    "a picture": (corpus.picture, NO_TABLE),
    "half a workbook": (lambda: book(HEADS, GOOD)[:3000], DAMAGED),
    "a sheet cut off": (lambda: with_parts(book(HEADS), {"xl/worksheets/sheet1.xml": b"<worksheet><sheet"}), DAMAGED),
    "no sheet at all": (
        lambda: with_parts(book(HEADS), {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'.encode()}), opening.DAMAGED,
    ),
    "a mark of secrecy": (
        lambda: book(HEADS, ["", "U001", "政府部门", "", "", "", "", "机密★1年"]),
        "文件含有国家秘密标志。涉密不上网、上网不涉密：本系统为非涉密系统，请立即停止上传，并按保密规定处理该文件。",
    ),
    "a text table of 5,001 rows": (lambda: b"a\n" * 5001, "文件超过5000行，请拆分后再上传。"),
    "a text table of 101 columns": (lambda: b"a," * 101 + b"a", "文件第1行超过100列，请删去多余的列后再上传。"),
    "a text cell without end": (
        lambda: b'"' + b"a" * 40_000, "文件有单元格超过32767字或引号不成对，请改正后再上传。",
    ),
    "nothing": (lambda: b"", "文件是空的。请核对后重新选择。"),
    "eleven megabytes": (lambda: bytes(11_000_000), "文件超过10MB。请拆分后再上传。"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_table_made_to_hurt_is_refused_in_five_seconds_and_200_mib(make, reason, monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 5)
    monkeypatch.setattr(opening, "MEGABYTES", 200)

    found = read(make(), ROSTER)

    assert [str(error) for error in found.errors] == [reason]
    assert found.rows == []


def test_nothing_is_fetched_from_elsewhere():
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/canary"
        contents = [
            entity(f'<!ENTITY x SYSTEM "{address}">'),
            entity(f'<!ENTITY % x SYSTEM "{address}"> %x;', ""),
            reaching_out("image", address),
        ]

        refusals = [str(error) for content in contents for error in read(content, ROSTER).errors]

        assert refusals == [OUTSIDE] * 3
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_no_text_of_a_file_of_the_server_comes_out():
    secret = pathlib.Path(SECRET).read_text(encoding="utf-8").strip()
    content = entity(f'<!ENTITY x SYSTEM "file://{SECRET}">')

    assert secret not in str(read(content, ROSTER))
    with pytest.raises(Unreadable, match="引用了外部文件"):
        error_workbook(content, read(content, ROSTER).errors)


def test_rows_and_columns_that_only_carry_formats_do_no_harm():
    heads = "".join(f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in HEADS)
    filled = '<row r="2"><c r="B2" t="inlineStr"><is><t>U001</t></is></c><c r="C2" t="inlineStr"><is><t>政府部门</t></is></c>'
    formats = "".join(f'<row r="{row}" ht="20"/>' for row in range(3, 70_000))

    found = read(sheet_of(f'<row r="1">{heads}</row>{filled}<c r="XFD2" s="0"/></row>', formats), ROSTER)

    assert found.errors == []
    assert [row["code"] for row in found.rows] == ["U001"]


def test_a_text_that_looks_like_a_formula_stays_text():
    formulas = ["=1+1", '=HYPERLINK("http://x")', "@SUM(A1)", "+86-564-3379"]
    rows = [["", f"U{n}", "政府部门", "", "", "", "", text] for n, text in enumerate(formulas)]
    heads = ",".join(HEADS)
    lines = [",".join(f'"{str(cell).replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]

    assert [row["note"] for row in read("\n".join([heads, *lines]).encode(), ROSTER).rows] == formulas


def test_a_child_out_of_time_or_memory_is_a_refusal(monkeypatch):
    slow = book(HEADS, *([n, f"U{n}", "政府部门", "", n, n, "是", "注" * 50] for n in range(4900)))
    monkeypatch.setattr(opening, "SECONDS", 0)
    assert [str(error) for error in read(slow, ROSTER).errors] == [opening.DAMAGED]

    monkeypatch.setattr(opening, "SECONDS", 20)
    monkeypatch.setattr(opening, "MEGABYTES", 40)
    assert [str(error) for error in read(slow, ROSTER).errors] == [opening.DAMAGED]


def test_the_child_knows_nothing_of_the_house(tmp_path, monkeypatch):
    monkeypatch.setenv("SANWEI_SECRET_KEY", "canary")
    (tmp_path / "file").write_bytes(b"a,b\n")

    assert child.run("table", tmp_path / "file", "", folder=tmp_path, seconds=5, megabytes=400) == {
        "rows": [[1, ["a", "b"]]]
    }
    with pytest.raises(child.Died):
        child.run("table", tmp_path / "missing", "", folder=tmp_path, seconds=5, megabytes=400)
