"""What the adopter assumes when deciding about a conflict."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.rulebook.conflicts import LONGEST_RING


class AssumptionForm(forms.Form):
    """How long a ring lasts, for seconds beside rings: an assumption, never a measurement."""

    ring_seconds = forms.FloatField(
        label=_("Seconds per ring, as you assume"),
        help_text=_(
            "Shows both in seconds. It changes nothing that is counted: rings stay rings, seconds "
            "stay seconds."
        ),
        required=False,
        min_value=0.1,
        max_value=LONGEST_RING,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )

    @property
    def assumed(self) -> float | None:
        """The assumption; None without one, or where it is no length of a ring."""
        return self.cleaned_data.get("ring_seconds") if self.is_valid() else None
