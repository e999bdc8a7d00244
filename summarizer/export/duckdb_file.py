"""Tables as a DuckDB database."""

from pathlib import Path

from summarizer.columns import Table
from summarizer.export import arrow
from summarizer.export.formats import Notes, Source, needed


def write(path: Path, tables: list[Table], source: Source) -> Notes:
    """Write a database; tables have their English names, whatever their columns are headed."""
    arrows = needed("pyarrow")
    # It opens what is there, and an empty file is no database.
    path.unlink(missing_ok=True)
    with needed("duckdb").connect(str(path)) as database:
        for table in tables:
            empty = arrow.schema(table, source).empty_table()
            database.register("batch", empty)
            database.execute(f'CREATE TABLE "{table.name}" AS SELECT * FROM batch')
            for batch in arrow.batches(table, source):
                database.register("batch", arrows.Table.from_batches([batch]))
                database.execute(f'INSERT INTO "{table.name}" SELECT * FROM batch')
            database.unregister("batch")
    return []
