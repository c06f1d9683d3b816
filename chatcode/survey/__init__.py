"""The survey of a study: questionnaire, reading, scales, comparison of waves and groups."""
