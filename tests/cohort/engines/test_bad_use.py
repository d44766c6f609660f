"""What an engine says where it cannot run."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from primum.foundation.errors import InvalidValue, MissingTool, ToolFailed
from primum.use_cases.cohort.engines.registry import ENGINES, job
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.running.plan import Order
from primum.use_cases.service import Primum


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A cohort of one row."""
    pq.write_table(pa.table({"injury": ["HamstringStrain"]}), tmp_path / "in.parquet")
    return str(tmp_path / "in.parquet")


@pytest.mark.usefixtures("pyspark")
def test_spark_without_java(
    primum: Primum, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a Java it says that a full one is needed, and leaves nothing behind."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    run = job("spark", primum, path, Options(), Order(tmp_path / "out"))
    with pytest.raises(MissingTool, match="full runtime"):
        run(lambda _: None, lambda *_: None)
    assert [each.name for each in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.usefixtures("pyspark")
@pytest.mark.parametrize("master", ["", "nowhere", "local[0]", "spark://host", "http://host:1"])
def test_unknown_master(primum: Primum, path: str, tmp_path: Path, master: str) -> None:
    """A master that Spark does not know is refused before Spark is started."""
    run = job("spark", primum, path, Options(), Order(tmp_path / "out"), master=master)
    with pytest.raises(InvalidValue, match="Spark knows local") as refused:
        run(lambda _: None, lambda *_: None)
    assert refused.value.where == "--master"


@pytest.mark.usefixtures("spark")
def test_what_fails_in_a_worker_is_told_plainly(primum: Primum, tmp_path: Path) -> None:
    """A file that is cut off far below its header; nothing looks like a whole output."""
    packed = gzip.compress(b"injury,id\n" + b"HamstringStrain,x\n" * 300_000)
    (tmp_path / "in.csv.gz").write_bytes(packed[:-100])
    run = job("spark", primum, str(tmp_path / "in.csv.gz"), Options(), Order(tmp_path / "out"))
    with pytest.raises(ToolFailed, match=r"in\.csv\.gz cannot be read as CSV: [^\n]*$"):
        run(lambda _: None, lambda *_: None)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["resume", "rdf"])
def test_what_spark_does_not_do(primum: Primum, path: str, tmp_path: Path, option: str) -> None:
    """An option that a run on Spark cannot keep is refused, and never passed over."""
    order = Order(tmp_path / "out", resume=option == "resume", rdf=option == "rdf")
    with pytest.raises(InvalidValue, match=f"does not take --{option}"):
        job("spark", primum, path, Options(), order)


def test_unknown_engine(primum: Primum, path: str, tmp_path: Path) -> None:
    """An engine that there is not is told with those that there are."""
    with pytest.raises(InvalidValue) as refused:
        job("flink", primum, path, Options(), Order(tmp_path / "out"))
    assert refused.value.allowed == tuple(ENGINES)


def test_a_master_is_of_spark_alone(primum: Primum, path: str, tmp_path: Path) -> None:
    """A master makes no sense to an engine on one machine."""
    with pytest.raises(InvalidValue, match="has no master"):
        job("arrow", primum, path, Options(), Order(tmp_path / "out"), master="yarn")
