"""How WeChat, WeCom and Feishu seal what they send: AES-256-CBC, each with its own frame."""

import base64
import binascii
import hashlib
import os

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from lingzhi.contacts.messaging.calls import CannotRead

BLOCK, WECHAT_BLOCK = 16, 32
HEAD = 20  # 16 random bytes and the length of the message


def wechat_key(aes_key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey (43 letters and digits). Raises CannotRead."""
    try:
        key = base64.b64decode(aes_key + "=", validate=True)
    except binascii.Error as problem:
        raise CannotRead from problem
    if len(key) != 32:
        raise CannotRead
    return key


def open_wechat(sealed: str, aes_key: str, account: str) -> str:
    """What WeChat or WeCom sealed for `account`: random, length, message, account."""
    key = wechat_key(aes_key)
    plain = _unpadded(_aes(_bytes(sealed), key, key[:BLOCK], seals=False), WECHAT_BLOCK)
    size = int.from_bytes(plain[16:HEAD], "big")
    message, owner = plain[HEAD : HEAD + size], plain[HEAD + size :]
    if len(message) != size or owner != account.encode():
        raise CannotRead
    return _text(message)


def seal_wechat(text: str, aes_key: str, account: str) -> str:
    """As the other side does it."""
    key, message = wechat_key(aes_key), text.encode()
    plain = os.urandom(16) + len(message).to_bytes(4, "big") + message + account.encode()
    sealed = _aes(_padded(plain, WECHAT_BLOCK), key, key[:BLOCK], seals=True)
    return base64.b64encode(sealed).decode()


def open_feishu(sealed: str, encrypt_key: str) -> str:
    """What Feishu sealed: 16 bytes to begin with, then the message."""
    raw, key = _bytes(sealed), hashlib.sha256(encrypt_key.encode()).digest()
    return _text(_unpadded(_aes(raw[BLOCK:], key, raw[:BLOCK], seals=False), BLOCK))


def seal_feishu(text: str, encrypt_key: str) -> str:
    """As the other side does it."""
    start, key = os.urandom(BLOCK), hashlib.sha256(encrypt_key.encode()).digest()
    sealed = start + _aes(_padded(text.encode(), BLOCK), key, start, seals=True)
    return base64.b64encode(sealed).decode()


def _aes(text: bytes, key: bytes, start: bytes, *, seals: bool) -> bytes:
    if not text or len(text) % BLOCK or len(start) != BLOCK:
        raise CannotRead
    cipher = Cipher(AES(key), CBC(start))
    context = cipher.encryptor() if seals else cipher.decryptor()
    return context.update(text) + context.finalize()


def _padded(text: bytes, block: int) -> bytes:
    missing = block - len(text) % block
    return text + bytes([missing]) * missing


def _unpadded(text: bytes, block: int) -> bytes:
    size = text[-1]
    if not 1 <= size <= block or text[-size:] != bytes([size]) * size:
        raise CannotRead
    return text[:-size]


def _bytes(sealed: str) -> bytes:
    try:
        return base64.b64decode(sealed, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise CannotRead from problem


def _text(message: bytes) -> str:
    try:
        return message.decode()
    except UnicodeDecodeError as problem:
        raise CannotRead from problem
