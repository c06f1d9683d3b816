"""The ladder of schema versions: every step is one .sql file and one transaction."""

from __future__ import annotations

from importlib import resources

from chatcode.errors import StudyError
from chatcode.study.connection import APPLICATION_ID, Connection


def steps() -> list[str]:
    """The .sql of every version in order; step n brings a study to version n."""
    folder = resources.files("chatcode.study") / "schema"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [file.read_text(encoding="utf-8") for file in files]


def migrate(connection: Connection, ladder: list[str] | None = None) -> str | None:
    """Bring a study to the newest version; the name of the backup that was made first, if any.

    Raises:
        StudyError: the file is no study, is newer than this program, or a step leaves it
            inconsistent (the step is then taken back).
    """
    ladder = steps() if ladder is None else ladder
    version = connection.number("PRAGMA user_version")
    application = connection.number("PRAGMA application_id")
    name = connection.path.name
    if version == 0 and application == 0 and not connection.number("SELECT count(*) FROM sqlite_schema"):
        _climb(connection, ladder, 0)
        return None
    if application != APPLICATION_ID:
        raise StudyError(f"{name} is no chatcode study", "Start one: chatcode init NAME.study")
    if version > len(ladder):
        raise StudyError(
            f"{name} was made by a newer chatcode (schema {version}, this one knows {len(ladder)})",
            "Update chatcode.",
        )
    if version == len(ladder):
        return None
    backup = connection.path.with_name(f"{name}.v{version}.bak")
    if not backup.exists():
        connection.copy_to(backup)
    _climb(connection, ladder, version)
    return backup.name


def _climb(connection: Connection, ladder: list[str], version: int) -> None:
    for number, sql in enumerate(ladder[version:], version + 1):
        with connection.transaction():
            connection.script(sql)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            if connection.rows("PRAGMA foreign_key_check"):
                raise StudyError(
                    f"step {number} of the migration left {connection.path.name} inconsistent",
                    "Nothing was changed; report this.",
                )
