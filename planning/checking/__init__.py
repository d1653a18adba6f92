"""What is wrong with a site, rule by rule: plain Python."""
