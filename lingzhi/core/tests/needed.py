"""What some tests need of the machine: `tests/prepare-machine` installs it.

Where it is missing these tests are skipped and say so. With the variable CI set they run all the
same and fail: there, nothing may stay untested unseen.
"""

import os
import shutil
from ctypes.util import find_library

import pytest

from lingzhi.core.documents.pdf import has_chinese_font

IN_CI = bool(os.environ.get("CI"))


def needs(what: str, is_here: bool) -> pytest.MarkDecorator:
    """Skips a test for want of `what`, but never with CI set."""
    return pytest.mark.skipif(not (is_here or IN_CI), reason=f"needs {what}")


needs_pdf = needs(
    "pango and a Chinese font", has_chinese_font() and find_library("pangoft2-1.0") is not None
)
needs_gettext = needs("GNU gettext", shutil.which("xgettext") is not None)
