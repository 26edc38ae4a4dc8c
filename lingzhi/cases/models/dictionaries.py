"""Master dictionaries (主数据字典): products, orders, parts, faults, areas."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DictionaryKind(models.TextChoices):
    """What a dictionary lists."""

    PRODUCT = "product", _("Products and services")
    ORDER = "order", _("Order numbers")
    PART = "part", _("Part numbers")
    FAULT = "fault", _("Fault codes")
    AREA = "area", _("Areas of matters")


class DictionaryEntry(models.Model):
    """A line of a dictionary. `parent` is the code of what it belongs to: the product of a part,
    the wider area or group of faults. It may come in later than what names it, so it is no key.

    `sound` is the name by its sound (拼音 and its first letters), to be found by. What is retired
    stays readable where it was used, and is offered no more.
    """

    PARENTS = {
        DictionaryKind.PRODUCT: DictionaryKind.PRODUCT,
        DictionaryKind.ORDER: DictionaryKind.PRODUCT,
        DictionaryKind.PART: DictionaryKind.PRODUCT,
        DictionaryKind.FAULT: DictionaryKind.FAULT,
        DictionaryKind.AREA: DictionaryKind.AREA,
    }

    kind = models.CharField(_("dictionary"), max_length=7, choices=DictionaryKind)
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    parent = models.CharField(_("belongs to"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    sound = models.CharField(max_length=900, blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    retired_at = models.DateTimeField(_("retired at"), null=True)

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="entry_once_in_dictionary")
        ]
        indexes = [models.Index(fields=["kind", "name"], name="entry_by_name")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class DictionaryRule(models.Model):
    """How strict a dictionary is: without a row, words it does not know are taken and marked."""

    kind = models.CharField(max_length=7, choices=DictionaryKind, unique=True)
    refuses_unknown = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.refuses_unknown}"
