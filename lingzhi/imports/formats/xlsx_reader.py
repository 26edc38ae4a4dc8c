"""Runs alone in a child process: writes each row of a workbook as a JSON line, then `"end"`."""

import datetime
import json
import resource
import sys

from python_calamine import CalamineWorkbook

MEMORY = 1536 * 1024 * 1024
SECONDS = 60
MAX_ROWS = 200_001
MAX_COLUMNS = 200


def main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    workbook = CalamineWorkbook.from_path(path)
    sheet = workbook.get_sheet_by_index(0)
    if sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS:
        sys.exit(3)
    for row in sheet.iter_rows():
        sys.stdout.write(json.dumps([_plain(cell) for cell in row], ensure_ascii=False) + "\n")
    sys.stdout.write('"end"\n')


def _plain(cell: object) -> object:
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime.datetime) else cell.isoformat()
    if isinstance(cell, datetime.timedelta):
        return cell.total_seconds()
    return cell


if __name__ == "__main__":
    main(sys.argv[1])
