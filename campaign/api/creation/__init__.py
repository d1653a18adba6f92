"""创建 over the API."""
