"""XML parts of documents: well-formed, without DTD or inclusion, and their text read on the way (FILE-07)."""

import re
from xml.parsers import expat

from .unsafe import Unsafe

XINCLUDE = "http://www.w3.org/2001/XInclude"
START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe<\x00|\xfe\xff\x00<|<\x00|\x00<")
# A sheet may have a million cells; elements are followed only if one of these may be among them.
TELLING = (b"XInclude", b"instrText", b"fldSimple", b"Relationship", b"Override", b"Default", b"\x00")
DDE_FIELD = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)


def looks_like_markup(data: bytes) -> bool:
    """Whether a part is markup whatever its name says, in UTF-8 or UTF-16."""
    return START.match(data) is not None


class Part:
    """What one XML part says: `text`, and the attributes of the elements named in `keep` (local names)."""

    def __init__(self, data: bytes, extension: str, keep: tuple[str, ...] = ()):
        """Parse with expat, which fetches nothing. Raises Unsafe for DTD, inclusion, DDE field or damage."""
        self.keep = keep
        self.kept: list[dict[str, str]] = []
        self.inside: list[str] = []
        self.pieces: list[str] = []
        self.fields: list[str] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        if any(word in data for word in TELLING):
            parser.StartElementHandler, parser.EndElementHandler = self.started, self.ended
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Unsafe.damaged(extension) from error
        if DDE_FIELD.search("".join(self.fields)):
            raise Unsafe.external()

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def started(self, name, attributes):
        namespace, _, local = name.rpartition(" ")
        if namespace == XINCLUDE:
            raise Unsafe.external()
        self.inside.append(local)
        if local in self.keep:
            self.kept.append(attributes)
        if local == "fldSimple":
            self.fields.extend(attributes.values())

    def ended(self, _name):
        self.inside.pop()

    def characters(self, text):
        is_field = bool(self.inside) and self.inside[-1] == "instrText"
        (self.fields if is_field else self.pieces).append(text)

    def doctype(self, *_declaration):
        raise Unsafe.external()
