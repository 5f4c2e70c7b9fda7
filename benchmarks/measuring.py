"""What a command costs: wall time, processor time and peak memory of it and all that it starts."""

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processor over all processes, and the peak of their memory together in MB."""

    seconds: float
    processor: float
    memory: float


def measured(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a command to its end and return its cost; memory is PSS, so that shared pages count once.

    Raises
    ------
    RuntimeError
        If the command fails.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, env=dict(environment))
    peak = 0.0
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        peak = max(peak, sum(memory(pid) for pid in family(process.pid)))
        time.sleep(EVERY_SECONDS)
    _, status, used = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, max(peak, used.ru_maxrss / 1024))


def memory(pid: int) -> float:
    """Return the proportional memory of a process in MB; 0 once it has ended."""
    with contextlib.suppress(OSError, ValueError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def family(pid: int) -> set[int]:
    """Return a process and all that it started."""
    parents = {}
    for entry in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found
