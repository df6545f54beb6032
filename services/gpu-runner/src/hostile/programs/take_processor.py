"""Keeps more processors busy than it was given."""

import multiprocessing
import time


def spin(until):
    while time.monotonic() < until:
        pass


if __name__ == "__main__":
    workers = [multiprocessing.Process(target=spin, args=(time.monotonic() + 3,)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
