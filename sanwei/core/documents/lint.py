"""What an experienced clerk would mark in a text (dossier 7.7, L1–L8). Hints only: the office decides."""

import dataclasses
import re

CJK = "㐀-鿿豈-﫿"


@dataclasses.dataclass(frozen=True)
class Hint:
    """A place in the text, from 1, and what to look at."""

    line: int
    found: str
    advice: str

    def __str__(self):
        return f"第{self.line}段“{self.found}”：{self.advice}"


RULES = (
    (re.compile(r"（[一二三四五六七八九十\d]+）、"), "层次序号“（一）”“（1）”后不加顿号。"),
    (re.compile(r"^\d+、"), "阿拉伯数字层次序号用“1.”，不用“1、”。"),
    (re.compile(r"》、《|”、“"), "并列的书名号或引号之间不加顿号。"),
    (re.compile(r"\d{4}年?[~～-]\d{4}年"), "年份起止用一字线“—”。"),
    (re.compile(rf"(?<=[{CJK}])[,.:;()](?=[{CJK}])"), "汉字之间用全角标点。"),
    (re.compile(r"[\"']"), "引号用“”‘’。"),
    (re.compile(r"[\[［]\d{4}[\]］]"), "文号的年份用六角括号“〔〕”。"),
    (re.compile(r"(?<!\d)\d{2}年(?=\d{1,2}月)"), "年份写全四位。"),
    (re.compile(r"\d年0\d月|月0\d日"), "月、日不编虚位，例如3月5日。"),
    (re.compile(r" {2,}|　{3,}"), "有多余的空格。"),
)


def lint(text: str) -> list[Hint]:
    """The hints on a text, in order of place. `line` counts the lines that are not blank."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [
        Hint(number, match.group(), advice)
        for number, line in enumerate(lines, 1)
        for pattern, advice in RULES
        for match in pattern.finditer(line)
    ]
