"""A plan as files: every proposed site with all that is told of it, and every rule on it."""

from planning.reports.files.formats import FORMATS, dump
from planning.reports.files.rows import Contents, Site

__all__ = ["FORMATS", "Contents", "Site", "dump"]
