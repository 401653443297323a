"""Stores as the first version of the program left them."""

from __future__ import annotations

from pathlib import Path


def first_schema(place: Path, decisions: int = 1) -> None:
    """A store at `place` with so many decisions (`f1`, `f2`, …, all `dong_y`), each with its line in the audit."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    from corpus.store.schema import MIGRATIONS

    place.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite+pysqlite:///{place}")
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for number in range(1, decisions + 1):
            connection.exec_driver_sql(
                "INSERT INTO audit (at, by, action, subject, detail) VALUES ('2026-01-31', 'tư pháp', 'decision', ?, "
                "'{\"verdict\": \"dong_y\"}')", (f"f{number}",)
            )  # fmt: skip
            connection.exec_driver_sql(
                "INSERT INTO decision (finding, verdict, by, at) VALUES (?, 'dong_y', 'tư pháp', '2026-01-31')",
                (f"f{number}",),
            )
        connection.commit()
    engine.dispose()
