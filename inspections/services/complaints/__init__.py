"""Complaints: taken one by one or by file, answered, and who complained kept apart."""

from inspections.services.complaints.alike import Alike, alike_cases
from inspections.services.complaints.answering import answer_complaint, read_complainant
from inspections.services.complaints.files import Preview, take_file
from inspections.services.complaints.reading import ComplaintWish, read_complaint
from inspections.services.complaints.taking import take_complaint

__all__ = [
    "Alike",
    "ComplaintWish",
    "Preview",
    "alike_cases",
    "answer_complaint",
    "read_complainant",
    "read_complaint",
    "take_complaint",
    "take_file",
]
