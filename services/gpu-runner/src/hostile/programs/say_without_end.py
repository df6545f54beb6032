"""Says 300,000 lines."""

for n in range(300_000):
    print("line", n)
