"""Sample data of the component gallery, which is shown only while developing."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import Library

from lingzhi.core.templatetags.talk import Mark

register = Library()

QUOTE = "这个不归我们管,是财务那边的事情。"


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="Shown in reports and lists.", max_length=80)
    starts_on = forms.DateField(label="Effective from")
    owner = forms.ChoiceField(label="Owner", choices=[("", "Choose"), ("1", "A"), ("2", "B")])
    teams = forms.MultipleChoiceField(
        label="Teams", choices=[("1", "Team 1"), ("2", "Team 2"), ("3", "Team 3")], required=False
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("violation", "Violation"), ("credit", "Credit"), ("signal", "Signal")],
        widget=forms.RadioSelect,
    )
    channels = forms.MultipleChoiceField(
        label="Channels",
        choices=[("phone", "Phone"), ("chat", "Chat")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label="Attachment", required=False, help_text="At most 50 MB.")
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}))
    is_shadow = forms.BooleanField(label="Run in the shadow first", required=False)


class SampleFilter(forms.Form):
    q = forms.CharField(label="Search", required=False, widget=forms.TextInput({"type": "search"}))
    channel = forms.ChoiceField(
        label="Channel", required=False, choices=[("", "All"), ("phone", "Phone")]
    )


@register.simple_tag
def samples() -> dict[str, Any]:
    """Everything the gallery shows, by the name of its section."""
    return {
        "form": SampleForm(),
        "refused": SampleForm({"name": ""}),
        "filter": SampleFilter(),
        "page": Paginator(range(1, 138), 5).page(4),
        "trend": [0.95, 0.946, None, 0.94, 0.93, 0.924],
        "parts": [("Hit", 6, "bad"), ("Passed", 38, "good"), ("Cannot be judged", 2, "unknown")],
        "chart": chart(),
        "turns": turns(),
        "findings": findings(),
    }


def chart() -> dict[str, Any]:
    """A trend with a limit, as a page would hand it to `{% chart %}`."""
    limit = {"yAxis": 3.6, "lineStyle": {"color": "lz:bad"}, "label": {"formatter": "3.6"}}
    return {
        "xAxis": {"type": "category", "data": [f"11-{day:02}" for day in range(1, 13)]},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "line",
                "data": [2.1, 2.4, 1.9, 2.2, 2.0, 2.6, 2.3, 2.1, 4.1, 3.9, 4.4, 4.0],
                "markLine": {"silent": True, "data": [limit]},
            }
        ],
    }


def turns() -> list[dict[str, Any]]:
    return [
        {"seq": 1, "role": "customer", "role_label": "Customer", "at": "0:07", "note": "annoyed",
         "text": "我打了三次电话了!"},
        {"seq": 2, "role": "agent", "role_label": "Agent", "at": "0:19", "text": QUOTE,
         "tone": "bad", "marks": [Mark(2, 7, "bad", "ownership.shirking v5", "#finding-1")]},
        {"seq": 3, "role": "system", "role_label": "System", "text": "转接 · 8 s"},
        {"seq": 4, "role": "customer", "role_label": "Customer", "at": "0:52",
         "text": "LZ2026******81,谢谢。", "marks": [Mark(0, 14, "mask")]},
    ]  # fmt: skip


def findings() -> list[dict[str, Any]]:
    return [
        {"id": 1, "title": "Shirking", "verdict": "hit", "severity": "severe", "rule": "v5",
         "quote": QUOTE[2:7], "turn": 2, "at": "0:19", "reason": "The first contact owns it."},
        {"id": 2, "title": "Opening", "verdict": "hit", "kind": "credit", "rule": "v4"},
        {"id": 3, "title": "Case opened within 30 s", "verdict": "unknown", "rule": "v1",
         "reason": "The case system gave no time."},
    ]  # fmt: skip
