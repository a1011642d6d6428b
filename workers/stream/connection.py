"""How every Kafka client of Broadsheet connects: one place for TLS, SASL and what a failed connection means."""

import ssl
from typing import Any

from aiokafka.conn import collect_hosts, create_conn
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

DIAGNOSIS_MILLISECONDS = 5_000
"""Long enough for a login over a slow line; whoever waits for it has waited already."""

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


class UnreachableError(KafkaConnectionError):  # type: ignore[misc] # the client has no types
    """No broker can be reached. `reason` is what the operating system or TLS says; "" if nothing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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
        why = f" ({error.reason})" if isinstance(error, UnreachableError) and error.reason else ""
        return (
            f"Kafka at {servers} does not answer by {settings.kafka_security_protocol}{why}. Start one with "
            "`broadsheet broker start`, or name yours with --kafka-bootstrap-servers or "
            "BROADSHEET_KAFKA_BOOTSTRAP_SERVERS (and --kafka-security-protocol, if it wants TLS or a login)."
        )
    return f"Kafka at {servers} answers {type(error).__name__}: {error}"


async def refusal(settings: Settings) -> KafkaError:
    """Why no broker can be reached. A client that fails to connect says only that it does; one connection says why."""
    options = client_options(settings, "diagnosis")
    found = UnreachableError("")
    for host, port, _ in collect_hosts(options.pop("bootstrap_servers")):
        try:
            connection = await create_conn(host, port, request_timeout_ms=DIAGNOSIS_MILLISECONDS, **options)
        except _LOGIN as error:
            return error
        except (KafkaError, OSError, TimeoutError) as error:
            found = UnreachableError(_reason(error))
        else:
            connection.close()
    return found


def _reason(error: BaseException) -> str:
    """What the operating system or TLS says, where it says anything."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "" if error.__cause__ is None else _reason(error.__cause__)


def _ssl_context(settings: Settings) -> ssl.SSLContext:
    """Trusts the given authorities and checks the broker's name. Errors of ssl do not say which file is meant."""
    try:
        context: ssl.SSLContext = create_ssl_context(cafile=settings.kafka_tls_ca_file)
    except (OSError, ssl.SSLError) as error:
        raise SettingError(
            "kafka_tls_ca_file", f"it cannot be used ({_in_short(error)}); it must be a readable PEM file"
        ) from error
    if settings.kafka_tls_certificate_file is None:
        return context
    try:
        # No password would mean to ask for one at the terminal, where a worker would wait for ever.
        password = settings.kafka_tls_key_password or ""
        context.load_cert_chain(settings.kafka_tls_certificate_file, settings.kafka_tls_key_file, password)
    except (OSError, ssl.SSLError) as error:
        raise SettingError(
            "kafka_tls_certificate_file",
            f"it cannot be used with its key ({_in_short(error)}); both must be readable PEM files that belong "
            "together, and kafka_tls_key_password the key's password, if it has one",
        ) from error
    return context


def _in_short(error: OSError) -> str:
    return error.strerror or type(error).__name__
