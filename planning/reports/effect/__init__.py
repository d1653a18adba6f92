"""Whether a charging site helped: what was found near it before it opened and after."""
