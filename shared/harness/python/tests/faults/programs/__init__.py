"""Programs of candidates: a base that is honest, and the recipes in which faults are planted."""
