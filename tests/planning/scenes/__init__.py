"""What sites are tried on, by what they are about."""
