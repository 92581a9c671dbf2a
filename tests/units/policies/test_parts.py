"""The numbered parts of a document (R0.3)."""

from units.policies.library import DATA
from units.policies.parts import Piece, numeral, split

SEED = (DATA / "opinion-2007.txt").read_text(encoding="utf-8")


def test_the_founding_document_has_nine_parts_as_it_says():
    opening, parts = split(SEED)

    assert opening.endswith("意见共分九个部分。")
    assert [(part.ordinal, part.title) for part in parts] == [
        (1, "充分认识深入推进创建“三型机关”活动的重要意义"),
        (
            2,
            "进一步贯彻落实市委、市政府和创建“三型机关”领导组关于创建工作的部署，制定深入推进创建活动的实施方案",
        ),
        (3, "在2007年创建活动中，要突出“提高服务效能，优化发展环境”这一主题"),
        (4, "不断提高机关干部素质，夯实创建工作基础"),
        (5, "推进创建工作向机关单位内部拓展延伸"),
        (6, "在深入推进创建工作的实践中建立健全规章制度"),
        (7, "立足实际，分类指导，全面提升创建水平"),
        (8, "进一步加强领导，整合各种创建力量"),
        (9, "加大督促检查力度，确保创建“三型机关”活动深入推进"),
    ]
    assert parts[2].text.startswith("各单位要把转变机关作风、提高服务效能作为创建活动的着力点")
    assert parts[8].text.endswith("营造浓厚的创建氛围。")


def test_nothing_of_the_text_is_lost():
    opening, parts = split(SEED)

    told = opening + "".join(f"{numeral(part.ordinal)}、{part.title}。{part.text}" for part in parts)
    assert told.replace("\n", "") == SEED.replace("\n", "").strip()


def test_headings_of_their_own_line_are_titles():
    assert split("总则\n\n一、目标\n提高效能。\n（一）服务\n二、要求") == (
        "总则",
        [Piece(1, "目标", "提高效能。\n（一）服务"), Piece(2, "要求", "")],
    )


def test_a_numeral_out_of_turn_is_ordinary_text():
    assert split("一、目标\n三、不是第二部分") == ("", [Piece(1, "目标", "三、不是第二部分")])


def test_a_heading_too_long_for_a_title_is_kept_whole_in_the_text():
    long = "长" * 300

    assert split(f"一、{long}。") == ("", [Piece(1, "长" * 199 + "…", f"{long}。")])


def test_a_document_without_parts_is_all_opening():
    assert split("第一段。\n第二段。") == ("第一段。\n第二段。", [])


def test_numerals_are_chinese():
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 21)] == ["一", "九", "十", "十一", "二十", "二十一"]
