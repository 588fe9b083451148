"""The rows of Nabla.Benchmarks on PyTorch and a CUDA device, each call waited for (sync) and many behind each other (queued)."""
import time

import torch
from torch import nn

torch.backends.cuda.matmul.allow_tf32 = False
device = "cuda"


def measure(name, call, count=50):
    for _ in range(10):
        call()
    torch.cuda.synchronize()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        call()
        torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    times.sort()
    start = time.perf_counter()
    for _ in range(count):
        call()
    torch.cuda.synchronize()
    queued = (time.perf_counter() - start) / count
    print(f"{name:24s} sync {times[count // 2] * 1e6:9.1f} us  queued {queued * 1e6:9.1f} us", flush=True)


def step(model, optimizer, x, y):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), y).backward()
    optimizer.step()


print(torch.__version__, torch.cuda.get_device_name())
one, two = torch.ones(1, device=device), torch.full((1,), 2.0, device=device)
measure("add 1", lambda: one + two, 200)
for n in (1000, 100000, 10000000):
    a, b = torch.randn(n, device=device), torch.randn(n, device=device)
    measure(f"add {n}", lambda: a + b)
    measure(f"exp {n}", lambda: a.exp())
for n in (64, 256, 1024, 2048):
    a, b = torch.randn(n, n, device=device), torch.randn(n, n, device=device)
    measure(f"matmul {n}", lambda: a @ b)
x = torch.randn(4096, 1024, device=device)
measure("sum all", lambda: x.sum())
measure("sum columns", lambda: x.sum(0))
measure("sum rows", lambda: x.sum(1))
measure("softmax", lambda: x.softmax(1))
for batch in (64, 1024):
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10)).to(device)
    optimizer = torch.optim.Adam(model.parameters())
    images, labels = torch.rand(batch, 784, device=device), torch.randint(0, 10, (batch,), device=device)
    measure(f"training step {batch}", lambda: step(model, optimizer, images, labels))
