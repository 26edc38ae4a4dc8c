"""The short quiz behind a reading."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lingzhi.rulebook.quiz import Question


class QuizForm(forms.Form):
    """One choice for each question; without questions the button alone confirms."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = len(questions)
        for at, question in enumerate(questions):
            self.fields[f"q{at}"] = forms.TypedChoiceField(
                label=question.question,
                choices=list(enumerate(question.options)),
                coerce=int,
                widget=forms.RadioSelect,
            )

    def answers(self) -> list[int]:
        return [self.cleaned_data[f"q{at}"] for at in range(self.number)]
