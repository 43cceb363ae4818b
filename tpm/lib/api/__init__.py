"""What every door of the REST API shares: errors, paging, entity tags, throttling."""
