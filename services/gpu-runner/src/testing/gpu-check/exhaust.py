"""Asks the GPU for more memory than it has, as a batch that is too large does."""

import torch

kept = []
while True:
    kept.append(torch.empty(2**30, dtype=torch.uint8, device="cuda"))
