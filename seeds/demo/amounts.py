"""Dividing a total so that the parts add up to it exactly."""

import random
from decimal import Decimal


def split(total: Decimal, weights: list[float], step: Decimal) -> list[Decimal]:
    """Parts in proportion to the weights, multiples of `step` as far as possible, summing to total.

    The largest part takes what is left over, so every part is at least one step.
    """
    scale = (total - step * len(weights)) / Decimal(sum(weights))
    parts = [step + Decimal(weight) * scale // step * step for weight in weights]
    largest = weights.index(max(weights))
    parts[largest] += total - sum(parts)
    return parts


def allot(count: int, weights: list[float], rng: random.Random) -> list[int]:
    """How many of `count` things fall to each place: at least one each, the rest by weight."""
    shares = [1] * len(weights)
    for index in rng.choices(range(len(weights)), weights, k=count - len(weights)):
        shares[index] += 1
    return shares
