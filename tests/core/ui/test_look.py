"""The look itself: colours that can be read, files that old browsers and the strict policy take, nothing hidden."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
STYLES = {path.name: path.read_text() for path in (ROOT / "static/css").glob("*.css")}
SCRIPTS = {path.name: path.read_text() for path in (ROOT / "static/js").glob("*.js")}
TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", STYLES["base.css"]))


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, paper: str) -> float:
    light, dark = sorted((luminance(TOKENS.get(ink, ink)), luminance(TOKENS.get(paper, paper))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_ON = [
    *[(ink, paper) for ink in ("ink", "ink-2", "blue", "official", "red") for paper in ("paper", "ground")],
    *[(state, f"{state}-tint") for state in ("green", "amber", "red", "deep-red", "grey", "blue")],
    ("gold-ink", "gold-tint"), ("ink-2", "blue-tint"), ("ink", "amber-tint"), ("red", "red-tint"),
    ("paper", "blue"), ("paper", "blue-dark"), ("paper", "official"), ("paper", "red"), ("paper", "deep-red"),
]  # fmt: skip


@pytest.mark.parametrize(("ink", "paper"), TEXT_ON)
def test_text_stands_out_by_four_and_a_half_to_one(ink, paper):
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("edge", ["line-2", "blue", "official", "red"])
def test_edges_of_controls_stand_out_by_three_to_one(edge):
    assert contrast(edge, "paper") >= 3


TOO_NEW_STYLE = re.compile(
    r":has\(|:is\(|:where\(|@layer|@container|\binset:|color-mix|aspect-ratio|&\s*[{.:>]|\d[sdl]vh"
)
TOO_NEW_SCRIPT = re.compile(
    r"\?\.[a-zA-Z(\[]|\?\?|\.at\(|replaceAll|structuredClone|randomUUID|^await |#[a-z]+\(", re.M
)


@pytest.mark.parametrize("name", sorted(STYLES))
def test_style_sheets_are_read_by_chromium_86(name):
    assert TOO_NEW_STYLE.findall(STYLES[name]) == []


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_scripts_are_read_by_chromium_86(name):
    assert TOO_NEW_SCRIPT.findall(SCRIPTS[name]) == []


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_scripts_put_no_text_into_the_page_as_markup(name):
    markup = re.findall(
        r".*(?:(?:inner|outer|Adjacent)HTML|document\.write|eval\(|\.style\b).*", SCRIPTS[name]
    )
    own_template = "holder.innerHTML = template.innerHTML.replace(/__prefix__/g, String(count));"
    assert [line.strip() for line in markup if line.strip() != own_template] == []


def test_files_of_others_are_all_named_with_version_and_licence():
    table = (ROOT / "static/vendor/README.md").read_text()
    listed = re.findall(r"\| `([^`]+)` \| \S+ \| [\d.]+ \| .+\(`[^`]+`", table)
    present = [path.name for path in (ROOT / "static/vendor").iterdir() if path.suffix in (".js", ".css")]
    assert sorted(listed) == sorted(present)


def test_files_of_others_point_to_no_file_we_have_not():
    vendored = [path for path in (ROOT / "static/vendor").iterdir() if path.suffix in (".js", ".css")]
    assert [path.name for path in vendored if "sourceMappingURL" in path.read_text()] == []


def test_the_web_title_of_a_document_is_not_printed_above_its_red_head():
    assert ".of-a-document > h1, .of-a-document > .article-marks { display: none; }" in STYLES["print.css"]
