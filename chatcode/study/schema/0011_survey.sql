-- Figures of a survey that were kept: never answers. The last row holds; earlier ones stay as they were.
CREATE TABLE survey_figures (
    seq                INTEGER PRIMARY KEY AUTOINCREMENT,
    at                 TEXT NOT NULL,
    questionnaire_hash TEXT NOT NULL,
    figures            TEXT NOT NULL
) STRICT;
