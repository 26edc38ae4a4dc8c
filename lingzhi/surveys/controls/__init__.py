"""The control kind that surveys run for rulebooks."""

from lingzhi.surveys.controls.survey import SURVEY

CONTROLS = (SURVEY,)
