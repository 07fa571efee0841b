"""`./xinfu` before the product runs: its forms, its exit codes, what it reads and what it leaves alone."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from launch import commands, environment, folder
from launch.speech import CannotGoOn

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ("run test doctor import story check verify audit gallery bench prove backup restore upgrade "
            "screens lifecycle holidays").split()  # fmt: skip


def xinfu(*arguments, cwd="/"):
    command = [sys.executable, str(ROOT / "xinfu"), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize(("arguments", "code"), [
    ((), 2), (("nonsense",), 2), (("check", "--data"), 2), (("check", "--data", "--json"), 2), (("--help",), 0),
])  # fmt: skip
def test_exit_codes_before_anything_is_set_up(arguments, code):
    assert xinfu(*arguments).returncode == code


def test_every_command_of_the_contract_is_there_and_named_in_the_help():
    told = xinfu("--help").stdout
    assert set(commands.COMMANDS) >= set(CONTRACT)
    assert all(f"./xinfu {name}" in told for name in CONTRACT)


def test_every_command_has_its_module():
    for command in commands.COMMANDS.values():
        place = ROOT / command.module.replace(".", "/")
        assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file(), command.module


@pytest.mark.parametrize("name", ["xinfu", "launch/__init__.py", "launch/older.py"])
def test_an_old_python_can_read_as_far_as_the_sentence(name):
    ast.parse((ROOT / name).read_text(), feature_version=(3, 4))


def test_the_launcher_needs_nothing_but_the_standard_library():
    allowed = sys.stdlib_module_names | {"launch", "standards"}
    for path in [ROOT / "xinfu", *(ROOT / "launch").glob("*.py")]:
        if path.name == "testing.py":  # runs inside the environment
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert {name.partition(".")[0] for name in names} <= allowed, path


@pytest.mark.parametrize(("given", "rest", "chosen"), [
    (["--data", "d", "x"], ["x"], "d"),
    (["x", "--data=d", "--json"], ["x", "--json"], "d"),
    (["--json", "--", "--data", "e"], ["--json", "--", "--data", "e"], None),
])  # fmt: skip
def test_data_is_taken_out_wherever_it_stands(monkeypatch, tmp_path, given, rest, chosen):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XINFU_DATA", "")
    assert commands.take_data_folder(given) == rest
    assert os.environ["XINFU_DATA"] == str(tmp_path / chosen if chosen else ROOT / "instance")


def test_the_folder_s_own_settings_yield_to_the_environment(monkeypatch, tmp_path):
    (tmp_path / "xinfu.env").write_text("# words\nXINFU_SMTP_URL=smtp://a\nXINFU_PROXIES=1\nPATH=/evil\nXINFU_DATA=/x\n")
    monkeypatch.setenv("XINFU_PROXIES", "2")
    for name in ("XINFU_SMTP_URL", "XINFU_DATA"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    path = os.environ["PATH"]
    commands.read_installation(tmp_path / "xinfu.env")
    assert os.environ["XINFU_SMTP_URL"] == "smtp://a" and os.environ["XINFU_PROXIES"] == "2"
    assert os.environ["PATH"] == path and "XINFU_DATA" not in os.environ


def test_of_pip_s_ambient_settings_only_the_source_and_the_way_to_it_stay(monkeypatch):
    for name in ("PIP_USER", "PIP_TARGET", "PIP_NO_DEPS", "PIP_CERT", "PYTHONHOME"):
        monkeypatch.setenv(name, "1")
    clean = environment._clean()
    assert "PIP_CERT" in clean
    assert not {"PIP_USER", "PIP_TARGET", "PIP_NO_DEPS", "PYTHONHOME", "PYTHONPATH"} & set(clean)


def test_the_test_requirements_hold_all_of_the_product_s():
    def pins(name):
        return set(re.findall(r"^([a-z0-9._-]+==\S+)", (ROOT / name).read_text(), re.M | re.I))

    assert pins(environment.RUNNING) and pins(environment.RUNNING) <= pins(environment.TESTING)


@pytest.mark.parametrize("name", [environment.RUNNING, environment.TESTING])
def test_every_pin_has_a_hash_and_no_index_is_named(name):
    text = (ROOT / name).read_text()
    assert len(re.findall(r"^\S+==", text, re.M)) == len(re.findall(r"^\S+==[^\n]*\\\n\s+--hash=", text, re.M)) > 20
    assert "index-url" not in text and "://" not in re.sub(r"#.*", "", text)


def test_ci_calls_the_same_command_as_a_person():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert [line for line in script.read_text().splitlines() if "xinfu" in line] == ["exec ./xinfu test"]


def test_a_data_folder_is_private_and_keeps_its_kind(tmp_path):
    data = tmp_path / "data"
    folder.set_up(data, None)
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / folder.SECRET).stat().st_mode & 0o777 == 0o600
    assert (data / folder.DEMO).exists()
    secret = (data / folder.SECRET).read_text()
    folder.set_up(data, None)
    folder.set_up(data, True)
    assert (data / folder.SECRET).read_text() == secret
    with pytest.raises(CannotGoOn):
        folder.set_up(data, False)


def test_a_real_folder_refuses_demo_data(tmp_path):
    folder.set_up(tmp_path / "real", False)
    with pytest.raises(CannotGoOn):
        folder.set_up(tmp_path / "real", True)
    assert not (tmp_path / "real" / folder.DEMO).exists()


def test_somebody_else_s_folder_is_left_alone(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(CannotGoOn):
        folder.set_up(tmp_path, None)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_first_start_that_was_interrupted_can_be_repeated(tmp_path):
    (tmp_path / folder.DEMO).write_text("")
    (tmp_path / "secret.key.new").write_text("half")
    folder.set_up(tmp_path, None)
    assert folder.is_set_up(tmp_path)


def test_only_one_process_holds_a_folder(tmp_path):
    handle = folder.hold(tmp_path)
    assert folder.is_held(tmp_path)
    with pytest.raises(CannotGoOn, match=str(os.getpid())):
        folder.hold(tmp_path)
    os.close(handle)
    assert not folder.is_held(tmp_path)


def test_the_set_up_token_is_kept_as_a_digest_only(tmp_path):
    first, second = folder.new_setup_token(tmp_path), folder.new_setup_token(tmp_path)
    kept = (tmp_path / folder.TOKEN).read_text()
    assert first != second and second not in kept and len(kept.strip()) == 64
    assert (tmp_path / folder.TOKEN).stat().st_mode & 0o777 == 0o600
