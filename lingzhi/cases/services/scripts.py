"""Keeping scripts of follow-up calls: each saved wording is a version of its own."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import FollowUpScript, ScriptVersion
from lingzhi.cases.wording.flows import in_words
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi_engine.script import InvalidScript, read_script
from lingzhi_engine.script.reading import CODE


class ScriptChanged(DomainError):
    message = _("Somebody else saved this script meanwhile. Open it again.")


@transaction.atomic
def save_script(
    code: str, content: Mapping[str, Any], *, seen: int | None = None, by: User | None
) -> ScriptVersion:
    """A new version of the script; calls that begin from now on follow it.

    `seen` is the number of the newest version when it was opened. The same words again make no
    version. Raises BadInput with every problem, ScriptChanged.
    """
    if not CODE.fullmatch(code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    try:
        read_script(content)
    except InvalidScript as invalid:
        sentences = "\n".join(in_words(problem) for problem in invalid.problems)
        raise BadInput(sentences, field="content") from invalid
    script, _is_new = FollowUpScript.objects.select_for_update().get_or_create(code=code)
    newest = script.newest
    number = newest.number if newest else 0
    if seen is not None and seen != number:
        raise ScriptChanged()
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    sha256 = hashlib.sha256(written.encode()).hexdigest()
    if newest and newest.sha256 == sha256:
        return newest
    version = ScriptVersion.objects.create(
        script=script, number=number + 1, content=json.loads(written), sha256=sha256,
        saved_at=now(), saved_by=by,
    )  # fmt: skip
    after = {"version": version.number, "sha256": sha256}
    record(by, "cases.follow_up_script_saved", script, after=after)
    return version
