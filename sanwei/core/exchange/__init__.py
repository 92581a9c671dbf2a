"""Spreadsheets in and out."""

from sanwei.core.exchange.listing import Listing
from sanwei.core.exchange.opening import Unreadable
from sanwei.core.exchange.reading import RowError, Rows, error_workbook, read
from sanwei.core.exchange.template import Column, Template, template_workbook
from sanwei.core.exchange.writing import write, write_to, xlsx_response

__all__ = [
    "Column", "Listing", "RowError", "Rows", "Template", "Unreadable", "error_workbook", "read", "template_workbook",
    "write", "write_to", "xlsx_response",
]  # fmt: skip
