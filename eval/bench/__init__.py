"""Speed and memory, measured the way a user meets them: ``python -m eval.bench``. A benchmark, never a test."""
