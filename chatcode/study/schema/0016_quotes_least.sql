-- So many people must share what is told of a writer before a quote tells it.

ALTER TABLE study ADD COLUMN quotes_least INTEGER NOT NULL DEFAULT 3 CHECK (quotes_least >= 2);
