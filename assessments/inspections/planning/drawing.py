"""Drawing lots (随机抽取): anybody with the seed and the list can draw them again (dossier 3.5; Appendix C 13)."""

import hashlib
import secrets


def new_seed() -> str:
    """32 hexadecimal digits that nobody can foresee."""
    return secrets.token_hex(16)


def ticket(seed: str, code: str) -> str:
    """The lot of a unit: SHA-256 of “seed:code”, as hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def drawn(seed: str, codes, wanted: int) -> list[str]:
    """The `wanted` units with the lowest lots, lowest first. The order of `codes` does not matter."""
    return sorted(codes, key=lambda code: ticket(seed, code))[:wanted]
