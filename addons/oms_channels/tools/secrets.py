# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Credentials at rest: encrypted with a key that is not in the database."""

import os

from cryptography.fernet import Fernet, InvalidToken

from odoo.exceptions import UserError
from odoo.tools import config

OPTION = "oms_secret_key"
VARIABLE = "OMS_SECRET_KEY"


def has_key():
    return bool(_read_key())


def encrypt(env, text):
    """:raise UserError: if the server has no usable key; says how to give it one"""
    return _get_cipher(env).encrypt(text.encode()).decode()


def decrypt(env, cipher):
    """:raise UserError: if the key is missing, or not the one that encrypted this"""
    try:
        return _get_cipher(env).decrypt(cipher.encode()).decode()
    except InvalidToken:
        raise UserError(
            env._(
                "A stored credential was encrypted with another key than the one in "
                "%(option)s. Restore that key, or enter the credential again.",
                option=OPTION,
            )
        ) from None


def _read_key():
    return os.environ.get(VARIABLE) or config.get(OPTION)


def _get_cipher(env):
    key = _read_key()
    if not key:
        raise UserError(
            env._(
                "Credentials cannot be stored: the server has no key to encrypt them. "
                "Ask its administrator to set %(option)s in Odoo's configuration file, "
                "or %(variable)s in the environment, to 32 random bytes in URL-safe "
                "base64, and to restart the server.",
                option=OPTION,
                variable=VARIABLE,
            )
        )
    try:
        return Fernet(key)
    except ValueError:
        raise UserError(
            env._(
                "The key in %(option)s is not 32 bytes in URL-safe base64: ask the "
                "server's administrator to correct it and to restart the server.",
                option=OPTION,
            )
        ) from None
