"""Count, and propose marks: pure functions over what a study holds."""
