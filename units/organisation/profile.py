"""What a room says of a unit on its profile (单位画像); the portal gathers the parts (sanwei/portal/profile.py)."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Fact:
    """One thing in words; `url` opens what stands behind it, `colour` is one of ui/looks.py."""

    label: str
    text: str
    url: str = ""
    colour: str = ""


@dataclasses.dataclass(frozen=True)
class Part:
    """One room's part: how the unit stands now, and year by year the same facts, newest first. `url` opens more of it."""

    title: str
    years: dict[int, tuple[Fact, ...]]
    now: tuple[Fact, ...] = ()
    url: str = ""

    @property
    def heads(self) -> list[str]:
        """The heads of the table of years."""
        return [fact.label for facts in list(self.years.values())[:1] for fact in facts]
