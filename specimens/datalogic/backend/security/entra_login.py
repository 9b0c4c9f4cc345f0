import os

import jwt
import requests

TENANT = os.environ.get("AZURE_TENANT_ID", "")
CLIENT_ID = os.environ.get("AZURE_CLIENT_ID", "")
CLIENT_SECRET = os.environ.get("AZURE_CLIENT_SECRET", "")
AUTHORITY = f"https://login.microsoftonline.com/{TENANT}"


def authorise_address(redirect_uri, state):
    query = {
        "client_id": CLIENT_ID,
        "response_type": "code",
        "redirect_uri": redirect_uri,
        "scope": "openid profile email",
        "state": state,
    }
    return requests.Request("GET", f"{AUTHORITY}/oauth2/v2.0/authorize", params=query).prepare().url


def identity_of_code(code, redirect_uri):
    answer = requests.post(
        f"{AUTHORITY}/oauth2/v2.0/token",
        data={
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
        },
        timeout=10,
    )
    answer.raise_for_status()
    keys = jwt.PyJWKClient(f"{AUTHORITY}/discovery/v2.0/keys")
    token = answer.json()["id_token"]
    key = keys.get_signing_key_from_jwt(token)
    return jwt.decode(token, key.key, algorithms=["RS256"], audience=CLIENT_ID)
