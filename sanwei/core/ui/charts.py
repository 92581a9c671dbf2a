"""A chart is a table first: the same numbers drawn and written."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Series:
    """`colour`: where it means something, one of ui/looks.py, or violet."""

    name: str
    values: tuple
    colour: str = ""


@dataclasses.dataclass(frozen=True)
class Chart:
    """`kind`: bar, stacked, line or pie. `labels` name the groups, one value of each series stands for each.

    `key` is unique on the page; `head` is the head of the table's first column.
    """

    key: str
    title: str
    kind: str
    head: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    @property
    def json_id(self) -> str:
        return f"chart-{self.key}"

    @property
    def rows(self):
        """(label, values) for the table beside the picture."""
        columns = [line.values for line in self.series]
        return list(zip(self.labels, zip(*columns, strict=True), strict=True))

    @property
    def data(self) -> dict:
        """What js/charts.js draws from."""
        return dataclasses.asdict(self)
