"""Pure readers: files in, rows and findings out."""
