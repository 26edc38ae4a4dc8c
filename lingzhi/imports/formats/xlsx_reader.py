"""Runs alone in a child process: writes what a workbook is, then each row as a JSON line, then
`"end"`. A workbook that is too large ends with `"too large"` instead.
"""

import datetime
import json
import resource
import sys

from python_calamine import CalamineWorkbook

MEMORY = 1536 * 1024 * 1024
SECONDS = 120
MAX_ROWS = 300_001
MAX_COLUMNS = 200


def main(path: str, sheet_name: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    workbook = CalamineWorkbook.from_path(path)
    names = workbook.sheet_names
    say({"sheets": names})
    sheet = workbook.get_sheet_by_name(sheet_name if sheet_name in names else names[0])
    if sheet.total_height > MAX_ROWS or sheet.width > MAX_COLUMNS:
        say("too large")
        return
    for row in sheet.iter_rows():
        say([plain(cell) for cell in row])
    say("end")


def say(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def plain(cell: object) -> object:
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, datetime.timedelta):
        return cell.total_seconds()
    return cell


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
