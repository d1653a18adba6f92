"""A month's report as it is shown, listed and written into a workbook."""

from campaign.reports.month.beside import Beside, beside
from campaign.reports.month.book import workbook
from campaign.reports.month.listing import Line, listed
from campaign.reports.month.page import Page, page_of

__all__ = ["Beside", "Line", "Page", "beside", "listed", "page_of", "workbook"]
