"""Plans as files for other tools: the way back of ``tpm/imports``."""
