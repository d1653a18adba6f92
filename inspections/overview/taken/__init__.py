"""What is taken away of the overview: a map in one file, and a page on paper.

Both are made when they are asked for, within the scope of whoever asks and by the same question as
the page's own address, and kept nowhere. Each says of which day it is, what it was narrowed by and
of which data.
"""
