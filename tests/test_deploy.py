"""The examples of docs/deploy/: checked, and run where that can be; scrapyd through its real server."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import FAST, ROOT
from tests.newsroom.server import Newsroom

DEPLOY = ROOT / "docs/deploy"
BIN = Path(sys.executable).parent


def test_the_crontab_starts_commands_that_exist() -> None:
    jobs = [line for line in (DEPLOY / "crontab").read_text().splitlines() if re.match(r"[\d*]", line)]
    assert len(jobs) == 2
    for job in jobs:
        *times, command = job.split(maxsplit=5)
        assert all(re.fullmatch(r"(\*|\d+)(/\d+)?", part) for part in times)
        _parses(re.search(r"scrapy (.*?) >>", command)[1].split())  # type: ignore[index]


def _parses(arguments: list[str]) -> None:
    """Whether Scrapy takes the options: with --help after them it ends before it begins."""
    done = subprocess.run([BIN / "scrapy", *arguments, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for option in (part.split("=")[0] for part in arguments if part.startswith("--")):
        assert option in done.stdout


def test_the_systemd_units_are_well_formed_and_ask_for_a_good_end() -> None:
    units = {}
    for name in ("crawler.service", "crawler.timer"):
        units[name] = configparser.ConfigParser(interpolation=None)
        units[name].optionxform = str  # type: ignore[assignment]
        units[name].read(DEPLOY / name, encoding="utf-8")
    service = units["crawler.service"]["Service"]
    assert (service["KillSignal"], service["SuccessExitStatus"]) == ("SIGINT", "75")
    _parses(service["ExecStart"].split("scrapy ")[1].split())
    assert units["crawler.timer"]["Timer"]["OnCalendar"] == "*:0/10"
    if shutil.which("systemd-analyze"):
        done = subprocess.run(["systemd-analyze", "verify", DEPLOY / "crawler.timer"], capture_output=True, text=True)
        assert "Unknown" not in done.stderr


def test_the_cron_job_of_kubernetes_passes_settings_that_the_command_takes() -> None:
    job = yaml.safe_load((DEPLOY / "cronjob.yaml").read_text(encoding="utf-8"))
    assert (job["kind"], job["spec"]["concurrencyPolicy"]) == ("CronJob", "Forbid")
    [container] = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    _parses(container["args"])
    feeds = next(part for part in container["args"] if part.startswith("FEEDS="))
    assert list(json.loads(feeds.removeprefix("FEEDS="))) == ["s3://news/%(name)s/%(time)s-%(run)d.jsonl.gz"]


def test_the_dockerfile_copies_what_there_is_and_starts_a_command_that_exists() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE):
        assert all((ROOT / source).exists() for source in line.split())
    _parses(json.loads(re.search(r"^CMD (.*)$", text, re.MULTILINE)[1]))  # type: ignore[index]
    assert "STOPSIGNAL SIGINT" in text


@pytest.fixture
def scrapyd(tmp_path: Path) -> Iterator[str]:
    """A scrapyd server of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "scrapyd.conf").write_text(
        f"[scrapyd]\nbind_address = 127.0.0.1\nhttp_port = {port}\npoll_interval = 0.2\nlogs_dir = logs\n",
        encoding="utf-8",
    )
    log = (tmp_path / "scrapyd.log").open("wb")
    process = subprocess.Popen([BIN / "scrapyd"], cwd=tmp_path, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _until(lambda: ask(f"{address}/daemonstatus.json")["status"] == "ok")
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def ask(url: str, **form: Any) -> dict[str, Any]:
    """A call of scrapyd's API."""
    body = urllib.parse.urlencode(form, doseq=True).encode() if form else None
    with urllib.request.urlopen(url, body, timeout=30) as answer:
        return dict(json.load(answer))


def _until(holds: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("not within the time")


def test_scrapyd_takes_the_project_lists_its_spiders_runs_one_and_shows_its_log(
    scrapyd: str, newsroom: Newsroom, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "crawler", project / "crawler", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("scrapy.cfg", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, project)
    cfg = project / "scrapy.cfg"
    cfg.write_text(cfg.read_text().replace("[deploy]", f"[deploy]\nurl = {scrapyd}/"), encoding="utf-8")
    deployed = subprocess.run([BIN / "scrapyd-deploy"], cwd=project, capture_output=True, text=True, timeout=120)
    assert '"status": "ok"' in deployed.stdout, deployed.stdout + deployed.stderr
    assert {"arabkhabar", "rt_arabic", "urls"} <= set(ask(f"{scrapyd}/listspiders.json?project=crawler")["spiders"])
    feeds = {f"{tmp_path}/out/%(name)s.jsonl": {"format": "jsonlines", "item_classes": ["crawler.items.Article"]}}
    settings = [f"SITE_MIRRORS={json.dumps(newsroom.mirrors)}", "PRIVATE_NETWORKS_ALLOWED=True"]
    settings += [f"FEEDS={json.dumps(feeds)}", f"STATE_URL=sqlite:///{tmp_path}/out/state.sqlite", *FAST[1::2]]
    job = ask(f"{scrapyd}/schedule.json", project="crawler", spider="rt_arabic", setting=settings)["jobid"]
    _until(lambda: [j["id"] for j in ask(f"{scrapyd}/listjobs.json?project=crawler")["finished"]] == [job])
    with urllib.request.urlopen(f"{scrapyd}/logs/crawler/rt_arabic/{job}.log", timeout=30) as log:
        assert "Spider closed (finished)" in log.read().decode()
    assert len((tmp_path / "out/rt_arabic.jsonl").read_text(encoding="utf-8").splitlines()) == 40
