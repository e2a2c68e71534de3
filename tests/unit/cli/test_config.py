# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import stat

import pytest

from omscli import config


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(config, "CACHE", tmp_path)
    monkeypatch.setattr(config, "CONFIGS", tmp_path / "checkout")
    return tmp_path


def test_secret_key_has_thirty_two_bytes(cache):
    assert len(base64.urlsafe_b64decode(config.secret_key())) == 32


def test_secret_key_is_made_once(cache):
    assert config.secret_key() == config.secret_key()


def test_secret_key_is_for_its_owner_alone(cache):
    config.secret_key()
    assert stat.S_IMODE((cache / "secret.key").stat().st_mode) == 0o600


def test_configuration_with_the_key_is_for_its_owner_alone(cache):
    config.write_configs([])
    modes = {stat.S_IMODE(path.stat().st_mode) for path in cache.rglob("*.conf")}
    assert modes == {0o600}


def test_configuration_is_of_the_checkout_whatever_cache_it_shares(cache):
    config.write_configs([])
    assert config.config_path("test").parent == cache / "checkout"
