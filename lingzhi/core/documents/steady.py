"""Office files that are the same whenever they are made: no part says when it was packed."""

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

BEGIN = (1980, 1, 1, 0, 0, 0)  # the first moment that such an archive can name
MADE = "docProps/core.xml"
MOMENT = re.compile(rb">\d{4}-\d\d-\d\dT[\d:.]+Z<")


def steady(package: bytes) -> bytes:
    """The same parts in the same order, none with the time when it was packed.

    A chart brings its figures along as a workbook of its own, which says when it was made.
    """
    target = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as given, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            if name.endswith(".xlsx"):
                part = steady(_timeless(part))
            made.writestr(ZipInfo(name, BEGIN), part, ZIP_DEFLATED)
    return target.getvalue()


def _timeless(workbook: bytes) -> bytes:
    target = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as given, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = given.read(name)
            made.writestr(
                name, MOMENT.sub(b">1980-01-01T00:00:00Z<", part) if name == MADE else part
            )
    return target.getvalue()
