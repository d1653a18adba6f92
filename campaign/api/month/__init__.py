"""Monthly reports over the API."""
