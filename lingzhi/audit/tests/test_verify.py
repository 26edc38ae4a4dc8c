"""Each way to forge the log is named, and nothing else is."""

import json
import shutil
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from lingzhi.audit import tasks
from lingzhi.audit.checkpoints import paths_in
from lingzhi.audit.checks import chain
from lingzhi.audit.models import Entry, Verification
from lingzhi.audit.services import ChainBroken, make_checkpoints, seal_log, verify_log
from lingzhi.core.clock import now


def found(report) -> list[tuple[str, int | None, int | None]]:
    return [(each.kind, each.position, each.entry_id) for each in report.problems]


def test_an_untouched_log_is_sound(checkpoints, log, verify):
    report = verify(checkpoints)
    assert report.is_sound
    assert (report.sealed, report.unsealed) == (30, 0)
    assert (report.checkpoints, report.checked_to) == (2, 30)


def test_rows_not_yet_sealed_are_counted_but_no_problem(checkpoints, act, verify):
    act("new")
    report = verify(checkpoints)
    assert (report.is_sound, report.unsealed) == (True, 1)


@pytest.mark.parametrize("has_checkpoints", [True, False])
def test_an_edited_row_is_named(checkpoints, log, forger, verify, has_checkpoints):
    forger.edit(log[11])
    report = verify(checkpoints if has_checkpoints else None)
    assert found(report) == [("edited", 12, log[11])]


def test_an_edit_of_every_field_is_seen(checkpoints, log, forger, verify):
    fields = {field.column for field in Entry._meta.concrete_fields} - {"id", "before", "after"}
    for column in sorted(fields - {"at", "actor_id"}):
        forger.execute(f"UPDATE audit_entry SET \"{column}\" = 'x' WHERE id = %s", log[3])
        assert found(verify(checkpoints)) == [("edited", 4, log[3])], column


@pytest.mark.parametrize("has_checkpoints", [True, False])
def test_a_deleted_row_is_named(checkpoints, log, forger, verify, has_checkpoints):
    forger.delete_row(log[11])
    report = verify(checkpoints if has_checkpoints else None)
    assert found(report) == [("deleted", 12, log[11])]


def test_a_row_deleted_with_its_seal_is_named_by_its_place(checkpoints, log, forger, verify):
    forger.delete_row(log[11])
    forger.delete_seal(12)
    assert found(verify(checkpoints)) == [("deleted", 12, None)]


def test_two_rows_that_changed_places_are_named(checkpoints, log, forger, verify):
    forger.swap_contents(log[4], log[9])
    for report in (verify(checkpoints), verify(None)):
        assert found(report) == [("reordered", 5, log[9]), ("reordered", 10, log[4])]


def test_two_rows_that_changed_places_and_were_stamped_anew(checkpoints, log, forger, verify):
    forger.swap_contents(log[4], log[9])
    forger.stamp_anew()
    assert verify(None).is_sound
    assert found(verify(checkpoints)) == [("reordered", 5, log[9]), ("reordered", 10, log[4])]


def test_a_cut_end_is_named_only_with_checkpoints(checkpoints, log, forger, verify):
    for position in range(26, 31):
        forger.delete_row(log[position - 1])
        forger.delete_seal(position)
    assert verify(None).is_sound
    assert found(verify(checkpoints)) == [("cut", 26, None)]


def test_a_row_stamped_anew_is_named_only_with_checkpoints(checkpoints, log, forger, verify):
    forger.edit(log[11])
    forger.stamp_anew()
    assert verify(None).is_sound
    assert found(verify(checkpoints)) == [("restamped", 12, log[11])]


def test_rows_of_a_rewritten_past_are_all_named(checkpoints, log, forger, verify):
    for index in (2, 14, 27):
        forger.edit(log[index])
    forger.stamp_anew()
    assert found(verify(checkpoints)) == [
        ("restamped", 3, log[2]),
        ("restamped", 15, log[14]),
        ("restamped", 28, log[27]),
    ]


def test_a_row_taken_out_of_a_chain_made_anew_is_seen(checkpoints, log, forger, verify):
    forger.delete_row(log[11])
    forger.delete_seal(12)
    forger.close_gap(12)
    forger.stamp_anew()
    assert verify(None).is_sound
    assert ("cut", 30, None) in found(verify(checkpoints))


def test_a_seal_made_anew_at_another_time_is_seen(checkpoints, log, forger, verify):
    forger.execute("UPDATE audit_link SET sealed_at = '2020-01-01 00:00:00+00' WHERE position = 5")
    forger.stamp_anew(5)
    assert verify(None).is_sound
    assert [kind for kind, *_ in found(verify(checkpoints))] == ["restamped", "restamped"]


def test_a_changed_checkpoint_is_named(checkpoints, verify):
    path = paths_in(checkpoints)[0]
    content = json.loads(path.read_text())
    path.chmod(0o644)
    path.write_text(json.dumps({**content, "head": "0" * 64}))
    details = [each.detail for each in verify(checkpoints).problems]
    assert details[0].startswith(f"{path.name}: it was changed")


def test_a_missing_checkpoint_is_named(checkpoints, verify):
    paths_in(checkpoints)[0].unlink()
    report = verify(checkpoints)
    assert [each.kind for each in report.problems] == ["checkpoint"]


def test_no_checkpoint_after_an_hour_is_named(log, act, verify, tmp_path):
    with time_machine.travel(now() + timedelta(hours=2)):
        act("later")
        seal_log()
        assert found(verify(tmp_path / "nothing")) == [("checkpoint", None, None)]
        assert verify(None).is_sound


def test_no_checkpoint_within_the_first_hour_is_no_problem(log, act, verify, tmp_path):
    with time_machine.travel(now() + timedelta(minutes=50)):
        act("later")
        seal_log()
        assert verify(tmp_path / "nothing").is_sound


def test_checkpoints_that_are_gone_stay_a_problem(log, act, settings, capsys):
    own = settings.DATA_DIR / "checkpoints"
    tasks.checkpoint()
    act("more")
    tasks.checkpoint()
    tasks.verify()
    assert Verification.objects.latest("id").checkpoints == 2
    for path in paths_in(own):
        path.unlink()
    for _look in range(2):
        tasks.verify()
        kept = Verification.objects.latest("id")
        assert [each["detail"] for each in kept.problems] == ["2 of 2 files are gone"]
    assert [problem.subject for problem in chain()] == ["place None, row None"]
    with pytest.raises(SystemExit):
        call_command("audit", "verify")
    tasks.checkpoint()
    tasks.verify()
    assert not Verification.objects.latest("id").is_sound, "signing anew is no proof"


def test_a_checkpoint_of_another_installation_is_refused(checkpoints, verify, settings):
    shutil.rmtree(settings.DATA_DIR / "keys")
    assert {each.kind for each in verify(checkpoints).problems} == {"checkpoint"}


def test_no_checkpoint_is_signed_over_a_forgery(checkpoints, log, act, forger):
    act("new")
    forger.edit(act("newer").pk)
    make_checkpoints(checkpoints)
    forged = act("newest")
    seal_log()
    forger.edit(forged.pk)
    with pytest.raises(ChainBroken):
        make_checkpoints(checkpoints)
    assert len(paths_in(checkpoints)) == 3


def test_checkpoints_are_made_once_and_never_replaced(checkpoints, log):
    before = {path: path.read_bytes() for path in paths_in(checkpoints)}
    assert make_checkpoints(checkpoints) == []
    assert {path: path.read_bytes() for path in paths_in(checkpoints)} == before


def test_the_signing_key_is_readable_by_the_program_only(checkpoints, settings):
    assert (settings.DATA_DIR / "keys" / "audit_ed25519.pem").stat().st_mode & 0o777 == 0o600


def test_the_command_names_the_row_and_fails(checkpoints, log, forger, capsys):
    call_command("audit", "verify", "--checkpoints", str(checkpoints))
    assert "sound" in capsys.readouterr().out
    forger.edit(log[11])
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--checkpoints", str(checkpoints), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert told["problems"][0]["entry_id"] == log[11]


def test_an_empty_directory_is_no_proof(log, tmp_path):
    with pytest.raises(CommandError, match="no checkpoint"):
        call_command("audit", "verify", "--checkpoints", str(tmp_path / "nothing"))


def test_a_verifier_elsewhere_needs_only_the_public_key(checkpoints, settings, capsys):
    public = settings.DATA_DIR / "keys" / "audit_ed25519.pub.pem"
    call_command("audit", "verify", "--checkpoints", str(checkpoints), "--key", str(public))
    assert "sound" in capsys.readouterr().out


def test_the_daily_look_keeps_what_it_found(log, forger):
    tasks.checkpoint()
    tasks.verify()
    assert Verification.objects.latest("id").is_sound
    forger.edit(log[0])
    tasks.verify()
    kept = Verification.objects.latest("id")
    assert not kept.is_sound
    assert kept.problems[0]["entry_id"] == log[0]


def test_the_invariant_names_the_row(log, forger):
    assert list(chain()) == []
    forger.edit(log[0])
    assert [problem.subject for problem in chain()] == [f"place 1, row {log[0]}"]


def test_who_looked_is_kept(log, settings):
    assert verify_log(settings.DATA_DIR / "checkpoints", by="9003").by == "9003"
