"""Says a million lines."""

for n in range(1_000_000):
    print("line", n)
