"""What the demonstration has of the campaign."""
