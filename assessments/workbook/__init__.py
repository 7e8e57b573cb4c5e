"""An assessment as a workbook: taken away, worked on in a spreadsheet, looked at as changes, and taken back.

`columns` makes the sheets from the records themselves, so that a new field appears by itself; `writing` and `reading`
are each other's reverse; `comparing` says what would change; `applying` makes it so through the same actions as the
pages.
"""
