"""Every write of the campaign."""
