#!/bin/sh
# Makes the sheets that tests read: handed out by us, filled in by openpyxl, saved again by LibreOffice.
# Needs python3-openpyxl and libreoffice-calc; the tests need neither.
set -e
cd "$(dirname "$0")"
WRITE_SHEET="$PWD/handed_out.xlsx" cargo test -q -p exchange --test it hand_out_the_sheet_to_fill_in
"${PYTHON:-python3}" fill.py handed_out.xlsx openpyxl.xlsx
mkdir -p saved
soffice --headless --convert-to xlsx --outdir saved openpyxl.xlsx
mv saved/openpyxl.xlsx libreoffice.xlsx
rm -r saved handed_out.xlsx
