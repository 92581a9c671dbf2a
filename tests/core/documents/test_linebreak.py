"""The line breaker: what may not begin a line, what may not end one, nothing lost, nothing too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanwei.core.documents import fonts
from sanwei.core.documents.linebreak import NO_END, NO_START, balanced, break_lines, phrases
from sanwei.core.documents.lint import lint
from sanwei.core.documents.model import Heading, Paragraph
from sanwei.core.documents.text import blocks_from_text

WORDS = st.sampled_from(
    [
        "创建",
        "机关",
        "效能",
        "建设",
        "，",
        "。",
        "“三型机关”",
        "（试行）",
        "《意见》",
        "2027年",
        "98.37%",
        "SHA-256",
        "、",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=120).map(
    lambda words: "".join(
        w
        for w, before in zip(words, ["，", *words], strict=False)
        if not (w in "，。、" and before in "，。、")
    )
)


@given(text=TEXTS, characters=st.integers(10, 28))
def test_lines_hold_the_text_fit_the_measure_and_obey_the_rules(text, characters):
    measure = 16.0 * characters
    lines = break_lines(text, fonts.FANGSONG, 16.0, measure, first_indent=32.0)

    assert "".join(lines) == text
    for number, line in enumerate(lines):
        assert fonts.width(line, fonts.FANGSONG, 16.0) <= measure - (0 if number else 32.0) + 0.02
        assert number == 0 or line[0] not in NO_START
        assert number == len(lines) - 1 or line[-1] not in NO_END


def test_numbers_and_words_are_not_torn():
    lines = break_lines("报送率为" + "各" * 22 + "98.37%，比上年提高", fonts.FANGSONG, 16.0, 16.0 * 28)

    assert [line for line in lines if "98.37%" in line] != []


def test_a_title_is_cut_into_lines_of_about_the_same_length():
    lines = balanced("关于2027年度“三型机关”创建实施方案报送情况的通报", fonts.TITLE, 22.0, 400.0)

    assert lines == ["关于2027年度“三型机关”", "创建实施方案报送情况的通报"]


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("一、总体情况", Heading(1, "一、总体情况")),
        ("（一）报送情况", Heading(2, "（一）报送情况")),
        ("1.按时报送", Heading(3, "1.按时报送")),
        ("（1）市直单位", Heading(4, "（1）市直单位")),
        ("一、各单位要高度重视。", Paragraph("一、各单位要高度重视。")),
        ("2027年3月，全市共有123个单位。", Paragraph("2027年3月，全市共有123个单位。")),
    ],
)
def test_numbered_lines_become_headings(line, block):
    assert blocks_from_text(f"\n  {line}\n") == [block]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（一）、加强领导", "（一）、"),
        ("1、加强领导", "1、"),
        ("《意见》、《办法》", "》、《"),
        ("2025-2027年", "2025-2027年"),
        ("直创字[2005]2号", "[2005]"),
        ("机关,单位", ","),
        ("27年3月5日", "27年"),
        ("2027年03月5日", "7年03月"),
    ],
)
def test_the_lint_marks_what_a_clerk_would_mark(text, found):
    hints = [hint.found for hint in lint(text)]

    assert hints == [found]


def test_a_clean_text_has_no_hint():
    assert lint("根据《意见》要求，各单位应于2027年2月26日前报送。\n一、总体情况\n报送率10%～15%。") == []


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        (
            "关于2026年度“三型机关”创建实施方案报送情况的通报",
            ["关于2026年度“三型机关”", "创建实施方案报送情况的", "通报"],
        ),
        ("关于印发《“三型机关”创建方案》的通知", ["关于印发《“三型机关”", "创建方案》的", "通知"]),
        ("通报", ["通报"]),
        ("", [""]),
    ],
)
def test_a_title_comes_apart_after_words_only(title, pieces):
    assert phrases(title) == pieces
