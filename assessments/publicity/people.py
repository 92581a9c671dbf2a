"""The persons that an exposure or a case is about: typed one on each line, masked for whoever need not know them."""

import dataclasses
import re

from sanwei.core import masking

MOST = 20
LONGEST_NAME = 20
NAME_AND_POST = re.compile(r"^(.+?)(?:[\s,，:：、;；]+|(?=[（(]))(.+)$")


@dataclasses.dataclass(frozen=True)
class Concerned:
    name: str
    post: str

    def __str__(self):
        return f"{self.name} {self.post}".strip()


def people_in(lines: str) -> tuple[Concerned, ...]:
    """One person on each line: the name, then the post: 张三 审批科科长, 张三（科长）, 张三，科长."""
    return tuple(one(line.strip()) for line in lines.splitlines() if line.strip())


def one(line: str) -> Concerned:
    found = NAME_AND_POST.match(line)
    if found is None:
        return Concerned(line, "")
    name, post = found[1], found[2]
    if len(name) == 1 and (spread := re.match(r"^(\S)\s+(\S)(?:\s+(.+))?$", line)):  # 张　三 科长
        name, post = spread[1] + spread[2], spread[3] or ""
    return Concerned(name, post.strip("（）()　 "))


def masked(words: str, lines: str) -> str:
    """`words` as those read them who need not know the persons on `lines`."""
    return masking.text(words, [person.name for person in people_in(lines)])


def masked_people(lines: str) -> tuple[Concerned, ...]:
    return tuple(
        Concerned(masking.name(person.name), masked(person.post, lines)) for person in people_in(lines)
    )
