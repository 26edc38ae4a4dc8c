"""Goods that a complaint is about (客诉货品), where they were made, and their return (成品退货)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models.complaints import Complaint


class Goods(models.Model):
    """One position: what was delivered, how much of it is defective, and the trace of how it was
    made (生产单位、机班别、生产人员、生产日期), or for a service who did it, where and when."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="goods")
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    part_number = models.CharField(_("part number"), max_length=60, blank=True, db_index=True)
    product = models.CharField(_("product or service"), max_length=120)
    quantity = models.PositiveIntegerField(_("quantity delivered"), default=1)
    delivered_on = models.DateField(_("delivered on"), null=True)
    defective = models.PositiveIntegerField(_("defective quantity"), default=0)
    fault_code = models.CharField(_("fault code"), max_length=40, blank=True)
    sample = models.CharField(_("abnormal sample"), max_length=200, blank=True)
    made_at_unit = models.CharField(_("production unit"), max_length=80, blank=True)
    machine = models.CharField(_("machine and shift"), max_length=80, blank=True)
    made_by = models.CharField(_("production staff"), max_length=80, blank=True)
    made_on = models.DateField(_("production date"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(defective__lte=F("quantity")), name="goods_defective_within"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.part_number}".strip()


class GoodsReturn(models.Model):
    """Goods on their way back: each state with its time and person stands in `ReturnStep`."""

    class State(models.TextChoices):
        ASKED = "asked", _("Return asked for")
        AGREED = "agreed", _("Return agreed to")
        RECEIVED = "received", _("Goods received")
        INSPECTED = "inspected", _("Goods inspected")
        SETTLED = "settled", _("Return settled")
        REFUSED = "refused", _("Return refused")

    NEXT = {
        State.ASKED: (State.AGREED, State.REFUSED), State.AGREED: (State.RECEIVED,),
        State.RECEIVED: (State.INSPECTED,), State.INSPECTED: (State.SETTLED, State.REFUSED),
        State.SETTLED: (), State.REFUSED: (),
    }  # fmt: skip

    goods = models.ForeignKey(Goods, models.CASCADE, related_name="returns")
    quantity = models.PositiveIntegerField(_("quantity returned"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.goods_id} {self.state}"

    @property
    def is_over(self) -> bool:
        return not self.NEXT[self.State(self.state)]


class ReturnStep(models.Model):
    """A state that a return reached. Rows are only added."""

    goods_return = models.ForeignKey(GoodsReturn, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=9, choices=GoodsReturn.State)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.goods_return_id} {self.state}"
