"""Every write about cases."""
