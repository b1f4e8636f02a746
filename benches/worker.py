"""One measurement, in a process of its own: run.py starts it with a task as JSON and reads what it prints.

The table is loaded, then one run is not timed (it warms everything up, and the peak of memory is read after it), then
some are. Threads are limited twice: by the engine's own setting and by the cores that the process may use.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[[], object]


def stay_on(cores: int) -> None:
    """Uses only so many cores from here on; must come before an engine is imported."""
    os.environ["POLARS_MAX_THREADS"] = str(cores)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def supportkpi(task: dict[str, Any]) -> Run:
    """A report of the library, up to its JSON."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    import supportkpi
    from figures import FIGURES

    pa.set_cpu_count(task["threads"])
    path = Path(task["path"])
    table: Any = path
    if task["source"] == "memory":
        table = pq.read_table(path)
        pa.default_memory_pool().release_unused()
    elif task["source"] == "json":
        table = f"[{path.read_text().strip().replace(chr(10), ',')}]"
    kpis = None if task["whole"] else list(FIGURES)

    def run() -> str:
        report = supportkpi.report(table, by=["agent_id"], every="week", kpis=kpis, threads=task["threads"])
        return report.to_json()

    return run


def polars(task: dict[str, Any]) -> Run:
    """The queries in Polars."""
    import by_polars

    path = Path(task["path"])
    table = by_polars.load(path) if task["source"] == "memory" else by_polars.scan(path)
    return lambda: by_polars.answer(table)


def duckdb(task: dict[str, Any]) -> Run:
    """The queries in DuckDB."""
    import by_duckdb

    path = Path(task["path"])
    database = by_duckdb.connect(task["threads"])
    (by_duckdb.load if task["source"] == "memory" else by_duckdb.scan)(database, path)
    return lambda: by_duckdb.answer(database)


ENGINES: dict[str, Callable[[dict[str, Any]], Run]] = {"supportkpi": supportkpi, "Polars": polars, "DuckDB": duckdb}


def settle() -> None:
    """Gives back what loading left behind, so that it does not hide what a run takes."""
    gc.collect()
    if sys.platform == "linux":
        try:
            ctypes.CDLL(None).malloc_trim(0)
        except AttributeError:
            return  # another C library


def memory(line: str) -> int | None:
    """What the system says of this process's memory, in bytes."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    return next((int(text.split()[1]) * 1024 for text in status.splitlines() if text.startswith(line)), None)


def forget_peak() -> bool:
    """Lets the peak of memory begin anew."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def main() -> None:
    """Measures, and prints seconds and bytes."""
    task: dict[str, Any] = json.loads(sys.argv[1])
    stay_on(task["threads"])
    run = ENGINES[task["engine"]](task)
    settle()
    loaded, resettable = memory("VmRSS:"), forget_peak()
    run()
    peak = memory("VmHWM:")
    seconds = []
    for _ in range(task["repeat"]):
        gc.collect()
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    beyond = peak - loaded if resettable and peak is not None and loaded is not None else None
    print(json.dumps({"seconds": seconds, "beyond": beyond}))


if __name__ == "__main__":
    main()
