"""What is sent about answers and their categories."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, Grouped
from lingzhi.knowledge.models import Article, ArticleVersion, Category
from lingzhi.knowledge.services.articles import Draft

# Names of fields by language; what has no 繁體 is shown converted.
IN = {"zh-Hans": "zh_hans", "zh-Hant": "zh_hant", "en": "en"}
WORDS = _("Empty line: new paragraph. “## ” begins a heading, “- ” a line of a list.")


class ArticleFilters(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )


class ArticleForm(Grouped, forms.Form):
    """An article as it is to be."""

    GROUPS = (
        (_("Where it stands"), ("category", "audience", "effective_on", "expires_on")),
        ("简体中文", ("title_zh_hans", "text_zh_hans")),
        ("English", ("title_en", "text_en")),
        (
            _("Traditional Chinese, where it is not the converted text"),
            ("title_zh_hant", "text_zh_hant"),
        ),
    )
    category = forms.ModelChoiceField(Category.objects.all(), label=_("Category"))
    audience = forms.ChoiceField(label=_("Who reads it"), choices=Article.Audience.choices)
    effective_on = DayField(label=_("Valid from"))
    expires_on = DayField(
        label=_("Expires on"), required=False, help_text=_("From this day on nobody is shown it.")
    )

    def __init__(self, article: Article | None, data: Any = None) -> None:
        newest = article.versions.order_by("-number").first() if article else None
        super().__init__(data, initial=_initial(article, newest))
        for name in IN.values():
            self.fields[f"title_{name}"] = forms.CharField(
                label=_("Question or title"), max_length=120, required=False
            )
            self.fields[f"text_{name}"] = forms.CharField(
                label=_("Answer"), max_length=10_000, required=False,
                widget=forms.Textarea(attrs={"rows": 8}),
                help_text=WORDS if name == "zh_hans" else "",
            )  # fmt: skip

    @property
    def draft(self) -> Draft:
        """What was written; languages without words are left out."""
        data = self.cleaned_data
        return Draft(
            data["category"], data["audience"], _texts(data, "title"), _texts(data, "text"),
            data["effective_on"], data["expires_on"],
        )  # fmt: skip


def _texts(data: dict[str, Any], part: str) -> dict[str, str]:
    found = {language: data[f"{part}_{name}"].strip() for language, name in IN.items()}
    return {language: words for language, words in found.items() if words}


def _initial(article: Article | None, newest: ArticleVersion | None) -> dict[str, Any]:
    if article is None or newest is None:
        return {"effective_on": today(), "expires_on": today() + timedelta(days=365)}
    found: dict[str, Any] = {
        "category": article.category_id, "audience": article.audience,
        "effective_on": newest.effective_on if newest.approved_at is None else today(),
        "expires_on": newest.expires_on,
    }  # fmt: skip
    for language, name in IN.items():
        found[f"title_{name}"] = newest.title.get(language, "")
        found[f"text_{name}"] = newest.text.get(language, "")
    return found


class CategoryForm(forms.ModelForm[Category]):
    """A branch of the tree."""

    title_zh_hans = forms.CharField(label=_("Title in Chinese"), max_length=60)
    title_en = forms.CharField(label=_("Title in English"), max_length=60, required=False)

    class Meta:
        model = Category
        fields = ("parent", "order")

    field_order = ("title_zh_hans", "title_en", "parent", "order")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["parent"].required = False
        for language in ("zh-Hans", "en"):
            known = (self.instance.title or {}).get(language, "")
            self.initial[f"title_{IN[language]}"] = known

    @property
    def said(self) -> Category:
        """The category as it was sent, not saved yet."""
        row: Category = self.save(commit=False)
        data = self.cleaned_data
        titles = {"zh-Hans": data["title_zh_hans"], "en": data["title_en"]}
        row.title = {language: words for language, words in titles.items() if words}
        return row


class EndForm(forms.Form):
    """Why it is read no more."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
