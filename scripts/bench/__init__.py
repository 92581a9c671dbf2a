"""make bench: what the house costs beside a bare Django that does the same kind of work (docs/performance.md)."""
