"""Writes of 创建: enrolling, reaching stages, filling in sheets, declaring vetoes."""
