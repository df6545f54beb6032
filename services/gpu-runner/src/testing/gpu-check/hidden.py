"""A job that asked for no GPU must see none."""

import torch

assert not torch.cuda.is_available(), f"PyTorch sees {torch.cuda.device_count()} GPUs"
print("no GPU is seen")
