"""The demo centre (演示中心): an invented company, its people and what they talk about.

Everything follows from a seed. What was planted is told by `truth` only, never by the
conversations themselves.
"""
