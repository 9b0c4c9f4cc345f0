"""Tests of the configuration classes."""
import pytest

from config import Config, DevelopmentConfig, ProductionConfig, config, get_config


def test_development_config_has_debug_on():
    assert DevelopmentConfig.DEBUG is True


def test_production_config_has_debug_off():
    assert ProductionConfig.DEBUG is False


def test_get_config_by_name():
    assert get_config('production') is ProductionConfig
    assert get_config('development') is DevelopmentConfig


def test_get_config_reads_flask_env(monkeypatch):
    monkeypatch.setenv('FLASK_ENV', 'production')
    assert get_config() is ProductionConfig


def test_production_requires_secret_key(monkeypatch):
    monkeypatch.setattr(ProductionConfig, 'SECRET_KEY', None)
    with pytest.raises(ValueError, match='SECRET_KEY'):
        ProductionConfig.validate()


def test_production_accepts_secret_key(monkeypatch):
    monkeypatch.setattr(ProductionConfig, 'SECRET_KEY', 'test-key')
    assert ProductionConfig.validate() is True


def test_every_environment_has_the_shared_settings():
    for chosen in config.values():
        assert issubclass(chosen, Config)
        assert chosen.DATABASE_URL
        assert chosen.CORS_ORIGINS
