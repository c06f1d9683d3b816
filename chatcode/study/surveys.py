"""The figures of a survey in the study file: what documents need, and no answers."""

from __future__ import annotations

from chatcode.study.connection import moment
from chatcode.study.suggested import Suggested


class Surveys(Suggested):
    """The part of a study that holds the figures of its survey; earlier ones are kept, the last holds."""

    def keep_survey(self, figures: str, *, questionnaire_hash: str) -> None:
        """Keep figures, as JSON."""
        self.execute(
            "INSERT INTO survey_figures (at, questionnaire_hash, figures) VALUES (?, ?, ?)",
            (moment(), questionnaire_hash, figures),
        )

    def survey(self) -> str | None:
        """The figures that were kept last, as JSON; None where there are none."""
        rows = self.rows("SELECT figures FROM survey_figures ORDER BY seq DESC LIMIT 1")
        return str(rows[0][0]) if rows else None
