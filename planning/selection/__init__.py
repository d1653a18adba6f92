"""Which sites are best: plain Python."""
