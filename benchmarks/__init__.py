"""Timings, one command each; every figure in docs/benchmarks.md was written by one of them."""
