"""Ledgers over the API."""
