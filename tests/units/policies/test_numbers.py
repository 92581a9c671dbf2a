"""文号: however the bracket was typed, the same document (R2.3, Appendix C 2)."""

import pytest

from units.policies.library import DATA
from units.policies.numbers import Mention, Number, mentions, normalise, parse

SEED = (DATA / "opinion-2007.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "typed",
    [
        "六办发[2004]3号",
        "六办发〔2004〕3号",
        "六办发［2004］3号",
        "六办发（2004）3号",
        "六办发(2004)3号",
        "六办发【2004】3号",
        "六办发〔２００４〕３号",
        " 六办发 [ 2004 ] 3 号 ",
        "六办发\u3000〔2004〕\u200b3号",
        "六办发〔2004〕03号",
        "六办发〔2004〕第3号",
    ],
)
def test_every_spelling_is_one_number(typed):
    assert normalise(typed) == "六办发〔2004〕3号"
    assert parse(typed) == Number("六办发", 2004, 3)


@pytest.mark.parametrize(
    "typed", ["", "六办发", "六办发〔2004〕", "六办发2004年3号", "〔2004〕3号", "abc[2004]3号"]
)
def test_what_is_no_number_is_none(typed):
    assert parse(typed) is None


def test_a_number_is_kept_as_the_seed_prints_it():
    assert str(parse("直创字正[2005]6号")) == "直创字正〔2005〕6号"


def test_what_has_been_typed_so_far_is_spelled_canonically():
    assert [normalise(text) for text in ("六办发[", "六办发[2004]", "[2004]3")] == [
        "六办发〔",
        "六办发〔2004〕",
        "〔2004〕3",
    ]


def test_numbers_are_met_in_running_text():
    assert mentions("根据六办发 [2004] 3号和（直创字［2005］2号、[2006]2号）的要求") == [
        Mention("根据六办发", "〔2004〕3号"),
        Mention("直创字", "〔2005〕2号"),
        Mention("直创字", "〔2006〕2号"),
    ]


def test_the_founding_document_names_six_others():
    assert [mention.before[-4:] + mention.tail for mention in mentions(SEED)] == [
        "六办发〔2004〕3号",
        "六办发〔2006〕14号",
        "直创字〔2005〕2号",
        "直创字〔2006〕2号",
        "直创字正〔2005〕6号",
        "直创字〔2005〕10号",
    ]
