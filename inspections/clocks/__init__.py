"""Working time and the two clocks of a case: plain Python, told the days, limits and moves."""
