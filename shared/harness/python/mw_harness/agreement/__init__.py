"""Whether two models of one recipe say the same, as far as two fits of it can."""
