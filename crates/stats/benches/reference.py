# The same work in svy, for a table beside ours: python benches/reference.py [rows]
import statistics
import sys
import time

import numpy
import polars
import svy

rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
random = numpy.random.default_rng(1)
row = numpy.arange(rows)
columns = {
    "stratum": row % 1000 // 20,
    "cluster": row % 1000,
    "weight": 1.0 + random.integers(1, 91, rows),
    "y": random.integers(1, 1001, rows).astype(float),
    "group": random.integers(0, 10, rows),
    "a": random.integers(0, 5, rows),
    "b": random.integers(0, 5, rows),
}
for number, categories in enumerate([5, 4, 3, 6], 1):
    columns[f"m{number}"] = random.integers(1, categories + 1, rows)
data = polars.DataFrame(columns)


def timed(what, work, times=5):
    each = []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        each.append(time.perf_counter() - start)
    print(f"{what:28} {1000 * statistics.median(each):9.1f} ms  (fastest {1000 * min(each):.1f})")
    return result


def margin(categories):
    return {code: code * 6e4 / (categories * (categories + 1)) for code in range(1, categories + 1)}


print("svy", svy.__version__, "rows", rows)
design = svy.Design(stratum="stratum", psu="cluster", wgt="weight")
sample = timed("design", lambda: svy.Sample(data, design))
timed("mean", lambda: sample.estimation.mean("y"))
timed("mean by ten groups", lambda: sample.estimation.mean("y", by="group"))
timed("test of five by five", lambda: sample.categorical.tabulate("a", "b"), 3)
margins = {f"m{number}": margin(categories) for number, categories in enumerate([5, 4, 3, 6], 1)}
timed("raking four margins", lambda: svy.Sample(data, design).weighting.rake(controls=margins, tol=1e-8), 3)
if "bootstrap" in sys.argv:
    made = timed("making a bootstrap of 200", lambda: sample.weighting.create_bs_wgts(200), 1)
    timed("mean of 200 replicates", lambda: made.estimation.mean("y", method="replication"))
