"""Setting YASGUI up: what is fetched is pinned and free to pass on; without npm all goes on."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[2]
_SERVICE = _ROOT / "service"
_LICENCES = {
    "MIT",
    "Apache-2.0",
    "BSD-3-Clause",
    "CC0-1.0",
    "(MPL-2.0 OR Apache-2.0)",  # DOMPurify: Apache is taken
    "(CC-BY-4.0 AND MIT)",  # Font Awesome: its drawings may be used by all who name it
}
_SAYS_IT_IN_A_FILE = {"node_modules/jsuri"}  # MIT


def lock() -> dict[str, dict[str, Any]]:
    """What the lock says of each package but the project itself."""
    packages = json.loads((_SERVICE / "yasgui/package-lock.json").read_text())["packages"]
    return {name: entry for name, entry in packages.items() if name}


def copied(folder: Path) -> Path:
    """The script and its lock in a folder of their own; gives the script."""
    shutil.copytree(_SERVICE / "yasgui", folder / "service/yasgui")
    script = folder / "service/set_up_yasgui.py"
    shutil.copyfile(_SERVICE / "set_up_yasgui.py", script)
    return script


def set_up(script: Path, path: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script where only the programs of `path` are found."""
    environment = {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}
    return subprocess.run(
        [sys.executable, script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def npm_that(folder: Path, does: str) -> str:
    """A folder with a program called npm that does as it is told; gives its path."""
    folder.mkdir()
    program = folder / "npm"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    return str(folder)


def test_every_package_is_pinned_by_a_hash() -> None:
    """Each package has one version, and a SHA-512 that what is fetched must have."""
    wanted = json.loads((_SERVICE / "yasgui/package.json").read_text())
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert lock()[f"node_modules/{name}"]["version"] == version
    assert all(entry["integrity"].startswith("sha512-") for entry in lock().values())


def test_what_is_served_may_be_passed_on() -> None:
    """Every package that the editor is made of has a permissive licence."""
    served = {name: entry for name, entry in lock().items() if not entry.get("dev")}
    told = {
        entry.get("license") for name, entry in served.items() if name not in _SAYS_IT_IN_A_FILE
    }
    assert told <= _LICENCES
    assert len(served) > 40


def test_without_npm_one_line_says_so(tmp_path: Path) -> None:
    """Where there is no npm, set-up tells what serves instead, and does not fail."""
    done = set_up(copied(tmp_path), str(tmp_path))
    assert done.returncode == 0
    assert done.stdout == (
        "There is no npm here: no YASGUI editor; /sparql serves a plain form instead.\n"
    )
    assert done.stderr == ""
    assert not (tmp_path / "build").exists()


def test_when_npm_fails_one_line_says_so(tmp_path: Path) -> None:
    """Where npm fetches nothing, its reason is told, what was there stays, and nothing fails."""
    script = copied(tmp_path)
    kept = tmp_path / "build/yasgui/yasgui.min.js"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept")
    npm = npm_that(tmp_path / "bin", "echo 'npm error code ENOTFOUND' >&2; exit 1")
    done = set_up(script, f"{npm}:/usr/bin:/bin")
    assert done.returncode == 0
    assert done.stdout == (
        "npm fetched nothing (code ENOTFOUND): no YASGUI editor; "
        "/sparql serves a plain form instead.\n"
    )
    assert kept.read_text() == "kept"
    assert not (tmp_path / "build/npm").exists()


def test_no_script_of_a_package_runs(tmp_path: Path) -> None:
    """What npm is told is to install what the lock says, nothing else, and to run nothing."""
    told = tmp_path / "told"
    npm = npm_that(tmp_path / "bin", f'echo "$@" > {told}; exit 1')
    set_up(copied(tmp_path), f"{npm}:/usr/bin:/bin")
    words = told.read_text().split()
    assert words[0] == "ci"
    assert "--ignore-scripts" in words
    assert "--omit=dev" in words


@pytest.mark.slow
def test_another_hash_is_refused(tmp_path: Path) -> None:
    """Where a package is not what the lock says, nothing is set up."""
    if shutil.which("npm") is None:
        pytest.skip("there is no npm here")
    script = copied(tmp_path)
    written = tmp_path / "service/yasgui/package-lock.json"
    text = written.read_text()
    right = lock()["node_modules/@zazuko/yasgui"]["integrity"]
    assert right in text
    written.write_text(text.replace(right, "sha512-" + "A" * 86 + "=="))
    done = set_up(script, os.environ["PATH"])
    assert done.returncode == 0
    assert not (tmp_path / "build/yasgui").exists()
    if "EINTEGRITY" not in done.stdout:
        pytest.skip(f"npm did not come so far: {done.stdout.strip()}")


def test_what_was_set_up_has_its_licences() -> None:
    """The licence of every package stands beside the files that are made of it."""
    built = _ROOT / "build/yasgui"
    if not built.is_dir():
        pytest.skip("YASGUI was not set up")
    text = (built / "LICENCES.txt").read_text()
    served = [name for name, entry in lock().items() if not entry.get("dev")]
    for name in served:
        assert f"== {name.removeprefix('node_modules/')} " in text
    assert text.count("\n== ") + 1 == len(served)
