"""Fill a sheet in as people do: a stray blank, a line break, a number, a date, a note, a name."""
import datetime
import sys

import openpyxl

TRANSLATIONS = {
    "survey:host": "Nous et d’autres",
    "street": "  Comment est votre rue?\u00a0 ",
    "street:hint": "Celle où\r\nvous dormez.",
    "street.good": 2027,
    "street.bad": datetime.date(2027, 2, 1),
}
NOTES = {"end.bye": "Said or written?\nI chose neither."}
REVIEWERS = {"street": "Amal K. ", "agree": "Amal K."}

book = openpyxl.load_workbook(sys.argv[1])
sheet = book["Words"]
column = {cell.value: cell.column for cell in sheet[1]}
for row in range(2, sheet.max_row + 1):
    name = sheet.cell(row, column["ID"]).value
    for heading, values in (("Translation", TRANSLATIONS), ("Note", NOTES), ("Reviewer", REVIEWERS)):
        if name in values:
            cell = sheet.cell(row, column[heading])
            cell.value = values[name]
            if isinstance(values[name], datetime.date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(values[name], int):
                cell.number_format = "0"
book.save(sys.argv[2])
