"""Conversations as they are imported, without what follows."""

from dataclasses import replace

from lingzhi.contacts.intake import KIND as WHOLE

KIND = replace(WHOLE, finished="")
