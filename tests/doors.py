"""Locked doors to the session's broker: one for TLS with a login, one for TLS with a client's certificate.

Whoever comes in by the plain door of the loopback may do all; whoever comes in by these may do what an ACL allows.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme
from confluent_kafka import admin
from cryptography.hazmat.primitives import serialization

from workers.broker.broker import free_port
from workers.stream.rights import Right

HOST = "127.0.0.1"
"""The name in the broker's certificate: by any other it is not to be trusted."""

PASSWORD = "open-sesame"  # noqa: S105 # it opens nothing but the tests' broker
PLAIN_USER = "reader"
"""Logs in by PLAIN; the users of add_user() by SCRAM."""

CERTIFIED_USER = "crawler"
"""Whom the client's certificate names."""

_SECONDS = 30.0
_LOGIN_MODULES = "org.apache.kafka.common.security"


@dataclass(frozen=True)
class Doors:
    """Addresses and certificates."""

    login: str
    """host:port of the listener for SASL_SSL."""
    certificate: str
    """host:port of the listener for SSL, which asks for a client's certificate."""
    ca_file: Path
    certificate_file: Path
    key_file: Path


def build_doors(folder: Path) -> tuple[Doors, dict[str, str]]:
    """Make certificates in the folder; returns the doors, and the properties that a broker needs to have them."""
    authority = trustme.CA()
    doors = Doors(
        login=f"{HOST}:{free_port()}",
        certificate=f"{HOST}:{free_port()}",
        ca_file=folder / "authority.pem",
        certificate_file=folder / "client.pem",
        key_file=folder / "client.key",
    )
    authority.cert_pem.write_to_path(doors.ca_file)
    client = authority.issue_cert("crawler.example", common_name=CERTIFIED_USER)
    doors.certificate_file.write_bytes(client.cert_chain_pems[0].bytes())
    doors.key_file.write_bytes(_pkcs8(client, PASSWORD))
    broker = authority.issue_cert(HOST)
    keystore = folder / "broker.pem"
    keystore.write_bytes(_pkcs8(broker) + b"".join(pem.bytes() for pem in broker.cert_chain_pems))
    return doors, _properties(doors, keystore)


def _pkcs8(certificate: trustme.LeafCert, password: str | None = None) -> bytes:
    """The private key as Java reads it; locked, if there is a password."""
    key = serialization.load_pem_private_key(certificate.private_key_pem.bytes(), None)
    lock = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def _properties(doors: Doors, keystore: Path) -> dict[str, str]:
    listeners = f"SASL_SSL://{doors.login},SSL://{doors.certificate}"
    plain = f'{_LOGIN_MODULES}.plain.PlainLoginModule required user_{PLAIN_USER}="{PASSWORD}";'
    scram = f"{_LOGIN_MODULES}.scram.ScramLoginModule required;"
    return {
        "listeners": listeners,
        "advertised.listeners": listeners,
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(keystore),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(doors.ca_file),
        "listener.name.ssl.ssl.client.auth": "required",
        "ssl.principal.mapping.rules": "RULE:^CN=([^,]+),.*$/$1/,DEFAULT",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512,SCRAM-SHA-256,PLAIN",
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": scram,
        "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config": scram,
        "listener.name.sasl_ssl.plain.sasl.jaas.config": plain,
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
    }


def add_user(bootstrap: str, user: str, rights: Iterable[Right] = (), *, mechanism: str = "SCRAM_SHA_512") -> None:
    """Let somebody in (with PASSWORD) who may do this and nothing else. bootstrap: the plain door."""
    api: Any = admin
    client = api.AdminClient({"bootstrap.servers": bootstrap})
    secret = api.ScramCredentialInfo(getattr(api.ScramMechanism, mechanism), 4096)
    known = api.UserScramCredentialUpsertion(user, secret, PASSWORD.encode())
    for future in client.alter_user_scram_credentials([known]).values():
        future.result(_SECONDS)
    grant(bootstrap, f"User:{user}", rights)


def grant(bootstrap: str, principal: str, rights: Iterable[Right]) -> None:
    """Allow what the rights say."""
    api: Any = admin
    bindings = [_binding(right, principal) for right in rights]
    if bindings:
        client = api.AdminClient({"bootstrap.servers": bootstrap})
        for future in client.create_acls(bindings).values():
            future.result(_SECONDS)


def _binding(right: Right, principal: str) -> Any:
    api: Any = admin
    operation = re.sub(r"(?<!^)(?=[A-Z])", "_", right.operation).upper()
    resource = right.resource.replace("-", "_").upper()
    return api.AclBinding(
        getattr(api.ResourceType, resource),
        right.name,
        api.ResourcePatternType.PREFIXED if right.prefixed else api.ResourcePatternType.LITERAL,
        principal,
        "*",
        getattr(api.AclOperation, operation),
        api.AclPermissionType.ALLOW,
    )
