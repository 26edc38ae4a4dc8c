"""People and companies that the centre serves."""

from lingzhi.customers.models.campaigns import Campaign, CampaignEntry
from lingzhi.customers.models.care import Care, ManagerTerm, Need, Opinion
from lingzhi.customers.models.customers import Company, Customer, Identifier
from lingzhi.customers.models.deliveries import Delivery
from lingzhi.customers.models.duties import FeeNotice, RiskWarning
from lingzhi.customers.models.erasures import Erasure
from lingzhi.customers.models.identity import Likeness, Merge, Moved
from lingzhi.customers.models.notes import Note
from lingzhi.customers.models.outreach import Consent, Cooldown, Outreach, Purpose
from lingzhi.customers.models.segments import Membership, Segment

__all__ = [
    "Campaign",
    "CampaignEntry",
    "Care",
    "Company",
    "Consent",
    "Cooldown",
    "Customer",
    "Delivery",
    "Erasure",
    "FeeNotice",
    "Identifier",
    "Likeness",
    "ManagerTerm",
    "Membership",
    "Merge",
    "Moved",
    "Need",
    "Note",
    "Opinion",
    "Outreach",
    "Purpose",
    "RiskWarning",
    "Segment",
]
