"""A training on the GPU that the job holds: small batches, a real loss, its device and speed at the end."""

import json
import os
import time

import torch

SECONDS = float(os.environ["MW_TIME_BUDGET_SECONDS"])

expected = int(os.environ["MW_ACCELERATORS"])
seen = torch.cuda.device_count()
assert seen == expected, f"PyTorch sees {seen} GPUs, the job holds {expected}"

torch.manual_seed(0)
model = torch.nn.Sequential(
    torch.nn.Linear(1024, 4096), torch.nn.ReLU(), torch.nn.Linear(4096, 4096), torch.nn.ReLU(), torch.nn.Linear(4096, 10)
).cuda()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
inputs = torch.randn(8192, 1024, device="cuda")
labels = inputs[:, :10].argmax(dim=1)

steps, started, told = 0, time.time(), 0.0
with open(os.environ["MW_OUT"] + "/metrics.jsonl", "w", encoding="utf-8") as metrics:
    while time.time() - started < SECONDS:
        loss = torch.nn.functional.cross_entropy(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        steps += 1
        if time.time() - told > 1:
            told = time.time()
            point = {"step": steps, "name": "loss", "value": loss.item(), "time": told}
            metrics.write(json.dumps(point) + "\n")
            metrics.flush()

torch.cuda.synchronize()
print(json.dumps({
    "device": torch.cuda.get_device_name(0),
    "visible": os.environ["CUDA_VISIBLE_DEVICES"],
    "torch": torch.__version__,
    "steps": steps,
    "loss": loss.item(),
    "peakMiB": torch.cuda.max_memory_allocated() // 2**20,
}))
