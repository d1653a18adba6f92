"""Photos and short videos as files: what one is, and what is made of it to be looked at.

Nothing here knows a row of the database.
"""
