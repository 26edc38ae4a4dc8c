"""A portal that is open, for tests."""

from lingzhi.conftest import Cast
from lingzhi.portal.models import PortalSettings
from lingzhi.portal.services.publishing import KEPT, set_portal


def open_portal(cast: Cast) -> PortalSettings:
    """Bo is asked first, what comes in lies with the first team."""
    values = {name: getattr(PortalSettings(), name) for name in KEPT}
    values |= {
        "is_open": True,
        "unit": cast.first,
        "receiver": cast.bo,
        "name": {"zh-Hans": "云栖"},
    }
    return set_portal(values, None, by=None)
