"""Files that take long: made by a worker, with their progress shown, until they are fetched or called off (ADR 27)."""
