"""Mints a token offline, with the standard library only: python3 mint.py KEY_ID:SECRET USER_ID [create-live] [service]"""

import base64
import hashlib
import hmac
import json
import sys
import time

HOUR_S = 3600


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def mint(key_id: str, secret: str, claims: dict, lifetime_s: int = HOUR_S) -> str:
    claims = {"iss": key_id, "exp": int(time.time()) + lifetime_s, **claims}
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    body = ".".join(encode(json.dumps(part).encode()) for part in parts)
    return f"{body}.{encode(hmac.digest(secret.encode(), body.encode(), hashlib.sha256))}"


if __name__ == "__main__":
    key, user, *grants = sys.argv[1:]
    key_id, _, secret = key.partition(":")
    claims = {
        "sub": user,
        "name": user,
        "createLive": "create-live" in grants,
        "service": "service" in grants,
    }
    print(mint(key_id, secret, claims))
