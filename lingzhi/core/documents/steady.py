"""Office files that are the same whenever they are made: no part says when it was packed."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

BEGIN = (1980, 1, 1, 0, 0, 0)  # the first moment that such an archive can name


def steady(package: bytes) -> bytes:
    """The same parts in the same order, none with the time when it was packed."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as given, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(ZipInfo(name, BEGIN), given.read(name), ZIP_DEFLATED)
    return target.getvalue()
