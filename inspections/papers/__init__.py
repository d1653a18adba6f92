"""Papers as files: what one says as a sheet, and the sheet laid out by GB/T 9704-2012.

Nothing here knows a row of the database. The PDF and the .docx are made from one sheet, so that
they say the same.
"""
