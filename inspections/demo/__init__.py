"""The demonstration town, and two years of its record: all from a seed and a day.

Planned on paper first (`town`, plain geometry in metres), then entered in the register
(`register`), then walked (`record`). Nothing of it is a real place, company or person, but for
the names of the communities; every shape is flagged unconfirmed.
"""
