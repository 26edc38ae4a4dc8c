"""The trial functions by name; settings read it before models can be imported."""

PATHS = [
    f"lingzhi.jobs.tests.trials.{name}"
    for name in (
        "note",
        "tick",
        "note_and_settle",
        "fail",
        "find_it_locked",
        "leave",
        "count_to",
        "count_and_stumble",
        "die_once",
        "sleep",
        "hang_once",
    )
]
