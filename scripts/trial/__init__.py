"""What measuring (make bench) and breaking on purpose (make chaos) have in common: the house as production runs it,
a small client, and the processor time of processes."""
