"""The month's supervision result 督导检查结果, as a paper."""

from campaign.papers.form import FORM

__all__ = ["FORM"]
