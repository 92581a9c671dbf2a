"""Whether a page is sound: axe finds nothing, nothing scrolls sideways at three widths, the browser complains of nothing.

The same page in front of seventeen people is mostly the same tree with other words in it. So a page is first read
without a browser and its structure taken: tags, classes, roles, names of attributes, whether there is text, with equal
neighbours folded into one (forty rows are built like one). A page of which every part (bar, navigation, main, foot) was
looked at before, on whatever page, is not looked at again.
"""

import html.parser

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1366, 390, 320)
SAID_BY = ("class", "role", "type", "scope", "aria-hidden", "aria-current")  # attributes whose value counts
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}


class Structure(html.parser.HTMLParser):
    """The tree of a page without its words."""

    def __init__(self, text: str):
        super().__init__()
        self.root = ["page", (), ()]
        self.open = [self.root]
        self.feed(text)
        while len(self.open) > 1:
            self.close_one()

    def handle_starttag(self, tag, attributes):
        values = tuple(sorted((name, value) for name, value in attributes if name in SAID_BY))
        self.open.append([tag, values, tuple(sorted({name for name, _ in attributes}))])
        if tag in VOID:
            self.close_one()

    def handle_endtag(self, tag):
        if any(node[0] == tag for node in self.open[1:]):
            while self.close_one() != tag:
                pass

    def handle_data(self, data):
        if data.strip():
            self.add("text")

    def close_one(self) -> str:
        done = self.open.pop()
        self.add(tuple(done))
        return done[0]

    def add(self, child) -> None:
        if self.open[-1][-1] != child:  # equal neighbours are one
            self.open[-1].append(child)


def parts_of(text: str) -> set[int]:
    """A number for each part of a page (bar, navigation, main, foot…), the same for parts built alike."""
    [document] = [node for node in children(Structure(text).root) if node[0] == "html"]
    [body] = [node for node in children(document) if node[0] == "body"]
    return {hash(node) for node in children(body)}


def children(node):
    """What stands in an element, after its tag, values and names of attributes."""
    return node[3:]


def violations(page) -> list[str]:
    found = Axe().run(page, options=ONLY_VIOLATIONS).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def too_wide(page, widths=WIDTHS) -> list[str]:
    """The widths at which the page is wider than the screen."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{wide} wide at {width}")
    return found


def faults_at(taken, address: str) -> list[str]:
    """What is wrong with the page at `address` in this seat."""
    page = taken.go(address)
    said = [*taken.complaints]
    taken.complaints.clear()
    found = said + too_wide(page) + violations(page)
    taken.complaints.clear()  # axe itself puts styles into the page, which the policy rightly refuses
    return found


class Examiner:
    """Walks pages and remembers which parts were looked at; `planted`, for the control, changes every page."""

    def __init__(self, planted=lambda text: text):
        self.known, self.pages, self.examined, self.planted = set(), 0, 0, planted

    def is_new(self, answer) -> bool:
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            return False
        self.pages += 1
        parts = parts_of(self.planted(answer.content.decode()))
        new = not parts <= self.known
        self.known |= parts
        self.examined += new
        return new

    def walk(self, taken, client, addresses) -> dict[str, list[str]]:
        """address → what is wrong there. `client` and the seat `taken` belong to the same person."""
        taken.enter(client)
        fresh = [address for address in addresses if self.is_new(client.get(address))]
        found = {address: faults_at(taken, address) for address in fresh}
        return {address: faults for address, faults in found.items() if faults}
