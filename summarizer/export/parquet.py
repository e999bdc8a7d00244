"""A table as a Parquet file."""

from pathlib import Path

from summarizer.columns import Table
from summarizer.export import arrow
from summarizer.export.formats import Notes, Source, needed


def write(path: Path, table: Table, source: Source) -> Notes:
    """Write one table, batch by batch."""
    with needed("pyarrow.parquet").ParquetWriter(path, arrow.schema(table, source)) as writer:
        for batch in arrow.batches(table, source):
            writer.write_batch(batch)
    return []
