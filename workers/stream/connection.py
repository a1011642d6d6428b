"""How every Kafka client of Broadsheet connects: one place for TLS, SASL and what a failed connection means."""

import ssl
from typing import Any

from aiokafka.errors import (
    AuthenticationFailedError,
    AuthenticationMethodNotSupported,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.helpers import create_ssl_context

from workers.settings import SettingError, Settings

_LOGIN = (
    AuthenticationFailedError,
    AuthenticationMethodNotSupported,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)

_PERMISSION = (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
)


def client_options(settings: Settings, role: str) -> dict[str, Any]:
    """Keyword arguments for AIOKafkaConsumer, AIOKafkaProducer and AIOKafkaAdminClient.

    role ("segment", "topics") becomes part of the client id, which brokers show in their logs and quotas.
    Raises SettingError when the TLS files cannot be used.
    """
    options: dict[str, Any] = {
        "bootstrap_servers": [address.strip() for address in settings.kafka_bootstrap_servers.split(",")],
        "client_id": f"broadsheet-{role}" + (f"-{settings.worker_id}" if settings.worker_id else ""),
        "security_protocol": settings.kafka_security_protocol,
    }
    if settings.kafka_security_protocol.endswith("SSL"):
        options["ssl_context"] = _ssl_context(settings)
    if settings.kafka_security_protocol.startswith("SASL"):
        options["sasl_mechanism"] = settings.kafka_sasl_mechanism
        options["sasl_plain_username"] = settings.kafka_sasl_username
        options["sasl_plain_password"] = settings.kafka_sasl_password
    return options


def explained(error: KafkaError, settings: Settings) -> str:
    """A Kafka client's error as a sentence with the next step in it; no secret is in it."""
    servers = settings.kafka_bootstrap_servers
    if isinstance(error, _LOGIN):
        return (
            f"Kafka at {servers} refuses the login of {settings.kafka_sasl_username!r} by "
            f"{settings.kafka_sasl_mechanism}. Check BROADSHEET_KAFKA_SASL_USERNAME, _PASSWORD and _MECHANISM."
        )
    if isinstance(error, _PERMISSION):
        return f"Kafka at {servers} does not permit this: {error}. The user needs more rights (ACLs)."
    if isinstance(error, KafkaConnectionError):
        return (
            f"Kafka at {servers} does not answer by {settings.kafka_security_protocol}. Start one with "
            "`broadsheet broker start`, or name yours with --kafka-bootstrap-servers or "
            "BROADSHEET_KAFKA_BOOTSTRAP_SERVERS (and --kafka-security-protocol, if it wants TLS or a login)."
        )
    return f"Kafka at {servers} answers {type(error).__name__}: {error}"


def _ssl_context(settings: Settings) -> ssl.SSLContext:
    try:
        context: ssl.SSLContext = create_ssl_context(
            cafile=settings.kafka_tls_ca_file,
            certfile=settings.kafka_tls_certificate_file,
            keyfile=settings.kafka_tls_key_file,
            password=settings.kafka_tls_key_password,
        )
        return context
    except (OSError, ssl.SSLError) as error:
        # The ssl module says neither which file nor, for a PEM it cannot read, much more than a code.
        names = ("kafka_tls_ca_file", "kafka_tls_certificate_file", "kafka_tls_key_file")
        given = [name for name in names if getattr(settings, name)]
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise SettingError(
            " or ".join(given),
            f"it cannot be used ({reason}); it must be a readable PEM file, the key's password right",
        ) from error
