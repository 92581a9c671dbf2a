"""Reference and product in turn, five rounds, medians of the pairs."""

import dataclasses
import statistics
from collections.abc import Callable

from scripts.bench.figures import Figure
from scripts.bench.measure import Cost, Side, median

ROUNDS = 5
REQUESTS = 20  # of one kind in one round


@dataclasses.dataclass(frozen=True)
class Contest:
    """Two kinds of requests to be compared: `product` and `reference` make `count` of them anew for each round."""

    name: str
    side: Side
    product: Callable
    reference_side: Side
    reference: Callable


@dataclasses.dataclass(frozen=True)
class Outcome:
    """Medians over the rounds, and the median of the rounds' own ratios."""

    name: str
    cost: Cost
    reference: Cost
    ratio: float

    def figure(self) -> Figure:
        return Figure(
            self.name, round(self.cost.ms, 3), "ms", round(self.reference.ms, 3), round(self.ratio, 3)
        )


def fight(contest: Contest) -> tuple[Cost, Cost]:
    """One round: the reference, then the product."""
    reference, product = contest.reference(REQUESTS), contest.product(REQUESTS)
    return contest.reference_side.cost(reference), contest.side.cost(product)


def contend(contests: list[Contest], say) -> list[Outcome]:
    """All the contests, round after round, after one round that counts for nothing and warms both sides."""
    pairs: dict[str, list[tuple[Cost, Cost]]] = {contest.name: [] for contest in contests}
    for number in range(ROUNDS + 1):
        for contest in contests:
            pair = fight(contest)
            if number:
                pairs[contest.name].append(pair)
        say(f"round {number} of {ROUNDS}")
    return [outcome(name, found) for name, found in pairs.items()]


def outcome(name: str, pairs: list[tuple[Cost, Cost]]) -> Outcome:
    ratios = [product.ms / reference.ms for reference, product in pairs]
    references, products = zip(*pairs, strict=True)
    return Outcome(name, median(products), median(references), statistics.median(ratios))
