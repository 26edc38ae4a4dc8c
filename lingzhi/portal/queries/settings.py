"""How the portal is set."""

from lingzhi.portal.models import PortalSettings


def portal_settings() -> PortalSettings:
    """As the centre set it; without a row it is shut."""
    rows = PortalSettings.objects.select_related("logo", "unit", "receiver")
    return rows.first() or PortalSettings()
