"""Make the font files of sanwei/core/documents/fonts from the foundries' packages.

Run once, by hand, when a font is renewed:  python scripts/build_fonts.py FOLDER
FOLDER holds, unpacked: FandolFang-Regular.otf (TeX Live, texlive-lang-chinese), NotoSerifSC_400Regular.ttf and
NotoSerifSC_900Black.ttf (npm @expo-google-fonts/noto-serif-sc), NotoSansSC_500Medium.ttf (npm
@expo-google-fonts/noto-sans-sc), LXGWWenKai-Regular.ttf (fonts-lxgw-wenkai). Cubic outlines are converted, since the
PDF library takes quadratic ones only; a font whose licence reserves its name is renamed.
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

TARGET = Path(__file__).parent.parent / "sanwei/core/documents/fonts"
ASCII = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
PUNCTUATION = set(range(0x2010, 0x2050)) | set(range(0x3000, 0x3040)) | set(range(0xFF00, 0xFFF0)) | {
    0x2103, 0x2116, 0x2160, 0x2161, 0x2162, 0x2163, 0x2190, 0x2191, 0x2192, 0x2193, 0x221A, 0x2265, 0x2264, 0x25A1,
    0x25A0, 0x25B2, 0x25CF, 0x25C6, 0x25CB, 0x25CE, 0x2605, 0x2606, 0x00D7, 0x00B7, 0x2236, 0x2460, 0x2461, 0x2462,
}  # fmt: skip
URO = set(range(0x4E00, 0xA000))
EXTENSION_A = set(range(0x3400, 0x4DC0))


def gb2312() -> set[int]:
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


BASIC = ASCII | PUNCTUATION | gb2312()
FONTS = {
    # source file                  target                  characters                    new name
    "FandolFang-Regular.otf": ("fangsong.ttf", BASIC, None),
    "NotoSerifSC_400Regular.ttf": ("song.ttf", BASIC | URO | EXTENSION_A, None),
    "NotoSerifSC_900Black.ttf": ("title.ttf", BASIC, None),
    "NotoSansSC_500Medium.ttf": ("hei.ttf", BASIC, None),
    "LXGWWenKai-Regular.ttf": ("kai.ttf", BASIC, "Sanwei Kai"),
}


def quadratic(font: TTFont) -> None:
    """Replace cubic outlines (CFF) by quadratic ones (glyf)."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
        "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 18, 25):
            record.string = family.replace(" ", "") if record.nameID == 6 else family


def build(source: Path, target: Path, characters: set[int], family: str | None) -> None:
    font = TTFont(source, fontNumber=0)
    options = Options()
    options.layout_features, options.hinting, options.notdef_outline = [], False, True
    options.name_IDs, options.drop_tables = (
        ["*"],
        [*options.drop_tables, "BASE", "GSUB", "GPOS", "vhea", "vmtx", "DSIG"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if "CFF " in font:
        quadratic(font)
    if family:
        rename(font, family)
    font.save(target)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for name, (target, characters, family) in FONTS.items():
        build(next(Path(sys.argv[1]).rglob(name)), TARGET / target, characters, family)
