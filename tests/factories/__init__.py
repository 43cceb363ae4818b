"""Make portfolios, programs, projects and tasks by the services themselves, so that tests start from honest data."""
