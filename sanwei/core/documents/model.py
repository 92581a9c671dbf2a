"""What a paper says, apart from how it looks: one model for PDF, Word and the page (dossier 7)."""

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True)
class Paragraph:
    """Running text, first line indented by two characters unless `indent` is off."""

    text: str
    indent: bool = True


@dataclasses.dataclass(frozen=True)
class Heading:
    """A heading of level 1 一、 2 （一） 3 1. 4 （1）, its number in the text."""

    level: int
    text: str


@dataclasses.dataclass(frozen=True)
class Column:
    """`width` is a share of the line; `align` left, center or right."""

    head: str
    width: float = 1.0
    align: str = "left"


@dataclasses.dataclass(frozen=True)
class Table:
    """Rows of plain text; the heads are repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


Block = Paragraph | Heading | Table


@dataclasses.dataclass(frozen=True)
class Annex:
    """附件: begins a new page."""

    title: str
    blocks: tuple[Block, ...]


@dataclasses.dataclass(frozen=True)
class OfficialDocument:
    """A document with a red head (GB/T 9704-2012). Empty texts leave their element out."""

    organ: str
    title: str
    blocks: tuple[Block, ...]
    signature: str
    date: dt.date
    number: str = ""
    addressees: str = ""
    annexes: tuple[Annex, ...] = ()
    note: str = ""
    copy_to: str = ""
    issued_by: str = ""
    issued_on: dt.date | None = None
    seal: bool = True  # leaves a place for the seal; the portal never prints one


COLOURS = {
    "blue": "1F4E8C",
    "orange": "A85400",
    "red": "B3261E",
}  # of titles, dark enough to be read on white


@dataclasses.dataclass(frozen=True)
class Sheet:
    """A plain paper: receipt, form, print of a record. `facts` are (name, value) lines in a ruled table.

    `colour` is one of COLOURS, for a sheet that is known by it (三色督办单): of its title and the rule below.
    """

    title: str
    number: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    issuer: str = ""
    date: dt.date | None = None
    colour: str = ""
    seal_line: bool = False  # 单位负责人　填表人　联系电话　年　月　日（盖章）
