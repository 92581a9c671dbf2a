"""Masking: one table of what people write and what others read of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanwei.core import masking


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("张三", "张某某"),
        ("张三丰", "张某某"),
        ("张　三", "张某某"),
        ("欧阳修", "欧阳某某"),
        ("欧阳娜娜", "欧阳某某"),
        ("欧阳", "欧某某"),
        ("䶮明", "䶮某某"),
        ("𠮷田", "𠮷某某"),
        ("阿依古丽·买买提", "阿某某"),
        ("John Smith", "某同志"),
        ("王", "某同志"),
        ("", "某同志"),
        ("张某", "张某"),
        ("张某某", "张某某"),
        ("某同志", "某同志"),
    ],
)
def test_a_name_keeps_its_surname_and_no_more(written, read):
    assert masking.name(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("138 1234 5678", "138****5678"),
        ("138-1234-5678", "138****5678"),
        ("+8613812345678", "+86138****5678"),
        ("编号213812345678", "编号213812345678"),
        ("12812345678", "12812345678"),
        ("0564-3331234", "0564-333****"),
        ("（0564）3331234", "（0564）333****"),
        ("05643331234", "0564333****"),
        ("010-12345678", "010-1234****"),
        ("身份证341502199001011234号", "身份证341***********1234号"),
        ("34150219900101123X", "341***********123X"),
        ("341502 19900101 123x", "341***********123x"),
        ("341502900101123", "341*********123"),
        ("卡号6222021234567890123", "卡号6222****0123"),
        ("6222 0212 3456 7890", "6222****7890"),
        ("zhangsan@example.com", "z***@example.com"),
        ("写信给zhang.san+a@mail.example.com.cn，谢谢", "写信给z***@mail.example.com.cn，谢谢"),
        ("2027年3月5日，办件1234件，用时15分钟", "2027年3月5日，办件1234件，用时15分钟"),
        ("直创办〔2027〕1号", "直创办〔2027〕1号"),
        ("", ""),
    ],
)
def test_numbers_are_known_by_their_form(written, read):
    assert masking.numbers(written) == read


@pytest.mark.parametrize(
    ("written", "names", "read"),
    [
        ("窗口人员张三、张三丰推诿", ["张三", "张三丰"], "窗口人员张某某、张某某推诿"),
        ("张　三和张\n三", ["张三"], "张某某和张某某"),
        ("张三", ["张　三"], "张某某"),
        ("科长欧阳修与李四", ["欧阳修", "李四"], "科长欧阳某某与李某某"),
        ("主张三点意见", ["张三"], "主张某某点意见"),
        ("张某某", ["张某某"], "张某某"),
        ("JOHN SMITH在场", ["John Smith"], "某同志在场"),
        ("没有人", ["", "　"], "没有人"),
        ("a.c和abc", ["a.c"], "某同志和abc"),
        ("张三，13812345678", ["张三"], "张某某，138****5678"),
    ],
)
def test_in_running_text_every_name_that_is_concerned_is_masked(written, names, read):
    assert masking.text(written, names) == read


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


@given(HAN.filter(lambda one: "某" not in one), st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_around_a_name_it_is_not_read(name, before, after):
    hidden = masking.text(f"{before}{name}{after}", [name])

    assert name not in hidden
    assert masking.text(hidden, [name]) == hidden


@given(st.text(st.sampled_from("0123456789 -－Xx@a.（）"), max_size=60))
def test_what_is_masked_is_not_masked_again(words):
    hidden = masking.numbers(words)

    assert masking.numbers(hidden) == hidden
