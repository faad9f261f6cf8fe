"""The settings of a good citizen."""

from __future__ import annotations

from scrapy.utils.project import get_project_settings


def test_nothing_executes_code_and_nobody_is_overrun() -> None:
    settings = get_project_settings()
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("CRAWL_DELAY_ENABLED")
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    assert settings.getfloat("DOWNLOAD_DELAY") >= 0.5
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") <= 2
    assert settings.getint("DOWNLOAD_MAXSIZE") <= 64 * 1024 * 1024
    assert not settings.getbool("PRIVATE_NETWORKS_ALLOWED")
    assert "contact" in settings["USER_AGENT"]
    assert "Mozilla" not in settings["USER_AGENT"]
