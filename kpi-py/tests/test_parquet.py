"""What a path may lead to, and what Python gets to hear when it does not lead to Parquet."""

import os
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import supportkpi
from supportkpi import SupportKpiError

ROWS = pa.table(
    {
        "id": [str(i) for i in range(1000)],
        "handling": ["ai"] * 1000,
        "opened_at": ["2026-01-05T09:00:00Z"] * 1000,
        "agent_id": [f"a{i % 7}" for i in range(1000)],
        "note": [[i] for i in range(1000)],
    }
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Desk.PARQUET"
    pq.write_table(ROWS, path, row_group_size=64)
    return path


def report(given: Any, **options: Any) -> Any:
    return supportkpi.report(given, by=["agent_id"], **options)


@pytest.mark.parametrize("threads", [None, 1, 2, 3, 64])
def test_threads_change_nothing(path: Path, threads: int | None) -> None:
    assert report(path, threads=threads) == report(ROWS, threads=1)


@pytest.mark.parametrize("threads", [0, -1])
def test_no_threads(threads: int) -> None:
    with pytest.raises(ValueError, match=f"^threads is {threads}; give 1 or more, or None"):
        report("[]", threads=threads)


def test_threads_are_a_number() -> None:
    with pytest.raises(TypeError, match="threads"):
        report("[]", threads="two")


def test_a_path_of_any_sort(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Place:
        def __fspath__(self) -> str:
            return str(path)

    renamed = tmp_path / "desk"
    renamed.write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert report(str(path)) == report(path) == report(Place()) == report("Desk.PARQUET") == report(Path("desk"))


def test_every_table_may_be_a_file(path: Path, tmp_path: Path) -> None:
    costs: dict[str, Any] = {"layer": "platform", "scope": "ai", "amount": "12.50", "start": "2026-01-05T00:00:00Z"}
    costs["end"] = "2026-01-06T00:00:00Z"
    pl.DataFrame(costs).write_parquet(tmp_path / "costs.parquet")
    assert report(path, costs=tmp_path / "costs.parquet") == report(path, costs=[costs])


def test_a_file_without_rows(tmp_path: Path) -> None:
    pq.write_table(ROWS.slice(0, 0), tmp_path / "none.parquet")
    assert report(tmp_path / "none.parquet") == report("[]") == report(ROWS.slice(0, 0)) == report(pl.DataFrame())


@pytest.mark.parametrize("columns", [["id"], ["note"]])
def test_columns_that_are_not_there(tmp_path: Path, columns: list[str]) -> None:
    pq.write_table(ROWS.select(columns), tmp_path / "desk.parquet", row_group_size=64)
    with pytest.raises(SupportKpiError) as caught:
        report(tmp_path / "desk.parquet")
    assert {problem.count for problem in caught.value.problems} == {(3 - columns.count("id")) * 1000}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for missing in (tmp_path / "desk.parquet", tmp_path / "desk", str(tmp_path / "desk.parquet")):
        with pytest.raises(FileNotFoundError, match=r"^interactions: cannot open .*desk.* give the path of a Parquet"):
            report(missing)
    with pytest.raises(FileNotFoundError, match="^fixes: cannot open "):
        report("[]", fixes=tmp_path / "fixes.parquet")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match=r"^interactions: cannot open .* give the path of a Parquet file"):
        report(tmp_path)


@pytest.mark.parametrize("content", [b"", b"id,handling\n1,ai\n", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_a_file_of_another_format(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "desk.tickets").write_bytes(content)
    with pytest.raises(
        ValueError, match=r"^interactions: .*desk.tickets is no Parquet file that can be read .* write it as"
    ):
        report(tmp_path / "desk.tickets")


def test_a_damaged_file(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:20] + b"\xff" * 4000 + whole[4020:])
    for threads in (1, 2):
        with pytest.raises(ValueError, match=r"^interactions: row group \d+ of .*write the file again") as caught:
            report(path, threads=threads)
        assert not isinstance(caught.value, SupportKpiError)


def test_a_compression_that_is_not_read(tmp_path: Path) -> None:
    pq.write_table(ROWS, tmp_path / "desk.parquet", compression={"id": "gzip", "note": "snappy"})
    with pytest.raises(ValueError, match=r"^interactions: .* is compressed with GZIP.*; write it with zstd, snappy or"):
        report(tmp_path / "desk.parquet")
    pq.write_table(ROWS, tmp_path / "desk.parquet", compression={"id": "snappy", "note": "gzip"})
    assert report(tmp_path / "desk.parquet") == report(ROWS)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read here")
def test_a_file_that_may_not_be_read(path: Path) -> None:
    path.chmod(0)
    with pytest.raises(PermissionError, match="^interactions: cannot open "):
        report(path)
