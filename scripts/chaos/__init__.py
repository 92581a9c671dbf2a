"""make chaos: the last hour of February while processes are killed and frozen, and the faults of docs/reliability.md."""
