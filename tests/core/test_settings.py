"""Settings are read once; an unknown or a wrong one stops the start and says which."""

from pathlib import Path

import pytest

from meetings.core.settings import Settings, SettingsError


def read(**environ):
    return Settings.from_environ({f"LUOSHI_{name}": value for name, value in environ.items()})


def test_nothing_set_is_a_whole_set_of_defaults():
    settings = read()
    assert (settings.port, settings.time_zone, settings.password_profile) == (8000, "Asia/Shanghai", "dengbao")
    assert settings.database == f"sqlite:///{Path('data').resolve()}/luoshi.sqlite3"
    assert settings.storage == (Path("data") / "files").resolve().as_uri()


def test_values_are_read_by_their_types(tmp_path):
    settings = read(PORT="9000", HTTPS="yes", HOSTS="a.example, b.example,", DATA=str(tmp_path), IDLE_MINUTES="15")
    assert (settings.port, settings.https, settings.hosts) == (9000, True, ("a.example", "b.example"))
    assert (settings.data, settings.idle_minutes) == (tmp_path, 15)


def test_other_programs_settings_are_not_ours():
    assert Settings.from_environ({"PATH": "/bin", "HOME": "/"}).port == 8000


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"PROT": "8000"}, "没有名为 LUOSHI_PROT 的设置"),
        ({"PORT": "八千"}, "LUOSHI_PORT=八千 不是有效的值"),
        ({"PORT": "0"}, "LUOSHI_PORT 应在 1 至 65535 之间"),
        ({"PORT": "65536"}, "LUOSHI_PORT 应在 1 至 65535 之间"),
        ({"HTTPS": "maybe"}, "LUOSHI_HTTPS=maybe 不是有效的值"),
        ({"PASSWORD_PROFILE": "none"}, "只能是 dengbao 或 asvs"),
        ({"HEAD_CONFIRMS": "never"}, "只能是 completion 或 every"),
        ({"SECRET_KEY_FILE": "/nowhere/secret"}, "LUOSHI_SECRET_KEY_FILE 所指文件无法读取"),
        ({"TIME_ZONE": "Mars/Olympus"}, "LUOSHI_TIME_ZONE"),
        ({"IDLE_MINUTES": "0"}, "LUOSHI_IDLE_MINUTES"),
        ({"UPLOAD_MEGABYTES": "-1"}, "LUOSHI_UPLOAD_MEGABYTES"),
        ({"THREADS": "0"}, "LUOSHI_THREADS"),
        ({"TRUSTED_PROXIES": "-1"}, "LUOSHI_TRUSTED_PROXIES"),
        ({"LOG_LEVEL": "loud"}, "LUOSHI_LOG_LEVEL"),
        ({"IDLE_MINUTES": "-3"}, "LUOSHI_IDLE_MINUTES"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(environ, said):
    with pytest.raises(SettingsError) as refused:
        read(**environ)
    assert str(refused.value).startswith("设置有误：")
    assert said in str(refused.value)


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("hidden\n")
    assert read(SECRET_KEY_FILE=str(tmp_path / "key")).secret_key == "hidden"


@pytest.mark.parametrize("address", ["postgresql://u:p@db/luoshi", "postgresql+psycopg://u:p@db/luoshi"])
def test_postgresql_is_spoken_to_by_psycopg(address):
    assert read(DATABASE_URL=address).database == "postgresql+psycopg://u:p@db/luoshi"


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({}, ("127.0.0.1", "localhost", "[::1]", "::1")),
        ({"LUOSHI_HOST": "0.0.0.0"}, ()),
        ({"LUOSHI_TRUSTED_PROXIES": "1"}, ()),
        ({"LUOSHI_HOSTS": "luoshi.example"}, ("luoshi.example",)),
    ],
)
def test_a_server_that_only_this_machine_reaches_answers_to_its_names_only(given, known):
    """No page from elsewhere can make a browser here speak to it under another name."""
    assert Settings.from_environ(given).known_hosts == known
