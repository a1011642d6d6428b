"""Every setting of Broadsheet in one frozen object: its meaning, unit, bounds and default stand in one place.

This module is pure: it reads no flag, file or environment variable. `workers.cli.settings` does, and the
options, the names of the environment variables and the table in the README are made from the fields here.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_type_hints

import msgspec

Group = Literal["kafka", "topics", "records", "segment", "dedup", "trends", "worker"]

SECRETS = frozenset({"kafka_sasl_password", "kafka_tls_key_password"})
"""Fields whose value is never shown: not in repr, not in logs, not in error messages."""


class SettingError(ValueError):
    """A setting has a wrong value. `name` is the field; str(error) says what is wrong and what would be right."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem


def _about(group: Group, description: str, **bounds: Any) -> msgspec.Meta:
    return msgspec.Meta(description=description, extra={"group": group}, **bounds)


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a worker or a command is told. Wrong values raise SettingError when the object is made."""

    kafka_bootstrap_servers: Annotated[
        str, _about("kafka", "Kafka brokers to connect to first, host:port, separated by commas.")
    ] = "127.0.0.1:9092"
    kafka_security_protocol: Annotated[
        Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"], _about("kafka", "How to talk to the brokers.")
    ] = "PLAINTEXT"
    kafka_sasl_mechanism: Annotated[
        Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"], _about("kafka", "How to log in, with SASL.")
    ] = "SCRAM-SHA-512"
    kafka_sasl_username: Annotated[str | None, _about("kafka", "User name, with SASL.")] = None
    kafka_sasl_password: Annotated[
        str | None,
        _about("kafka", "Password, with SASL. Prefer the environment variable: flags show in process lists."),
    ] = None
    kafka_tls_ca_file: Annotated[
        str | None, _about("kafka", "PEM file of the authorities to trust, with TLS; else the system's.")
    ] = None
    kafka_tls_certificate_file: Annotated[
        str | None, _about("kafka", "PEM file of the client's certificate, where brokers ask for one.")
    ] = None
    kafka_tls_key_file: Annotated[str | None, _about("kafka", "PEM file of the client certificate's key.")] = None
    kafka_tls_key_password: Annotated[str | None, _about("kafka", "Password of the key file, if it has one.")] = None
    kafka_compression: Annotated[
        Literal["zstd", "lz4", "gzip", "none"], _about("kafka", "Compression of what is written.")
    ] = "zstd"

    topic_prefix: Annotated[
        str,
        _about("kafka", "Before each topic name: letters, digits, '.', '_', '-'.", pattern=r"^[A-Za-z0-9._-]{0,200}$"),
    ] = "news."

    partitions: Annotated[int, _about("topics", "Partitions of each topic that `topics create` makes.", ge=1)] = 12
    # 1 is what a single broker can give; a cluster should be told 3.
    replication_factor: Annotated[
        int, _about("topics", "Copies of each partition that `topics create` asks for.", ge=1, le=32767)
    ] = 1
    teaser_window_days: Annotated[
        float, _about("topics", "A site's teaser is published once in so many days (retention of the topic).", gt=0)
    ] = 30.0
    snippet_window_days: Annotated[
        float, _about("topics", "A site's snippet is published once in so many days (retention of the topic).", gt=0)
    ] = 7.0

    record_format: Annotated[Literal["json", "msgpack"], _about("records", "How records are encoded.")] = "json"

    segment_group: Annotated[
        str,
        _about("segment", "Consumer group of the segment workers; also begins their transactional ids.", min_length=1),
    ] = "broadsheet-segment"
    page_deadline_seconds: Annotated[
        float, _about("segment", "A page that takes longer becomes a dead letter (timeout).", gt=0, le=600)
    ] = 5.0
    # Room for the interpreter, the model and the tree of a page at the size limit.
    child_memory_bytes: Annotated[
        int,
        _about(
            "segment", "Memory limit of a child process; a page beyond it is a dead letter (out-of-memory).", ge=2**28
        ),
    ] = 2**30
    pool_processes: Annotated[
        int, _about("segment", "Child processes that take pages apart; 0: one a processor core.", ge=0, le=1024)
    ] = 0
    # News pages have 50 kB to 5 MB; several times that is a mistake or an attack.
    max_page_bytes: Annotated[
        int, _about("segment", "A larger page, decompressed, is a dead letter (too-large).", ge=2**10)
    ] = 32 * 2**20
    max_compressed_page_bytes: Annotated[
        int, _about("segment", "A page that is larger while compressed is a dead letter (too-large).", ge=2**10)
    ] = 16 * 2**20
    max_in_flight_pages: Annotated[
        int, _about("segment", "Pages a worker holds at once; beyond, it pauses partitions.", ge=1)
    ] = 512
    max_in_flight_bytes: Annotated[
        int, _about("segment", "Bytes of pages a worker holds at once; beyond, it pauses partitions.", ge=2**20)
    ] = 128 * 2**20
    # Small transactions: what is lost in an abort is done again, and readers wait for the commit.
    batch_pages: Annotated[int, _about("segment", "Pages in one transaction, at most.", ge=1, le=10_000)] = 64
    batch_bytes: Annotated[int, _about("segment", "Bytes of pages in one transaction, at most.", ge=2**10)] = 16 * 2**20
    batch_linger_seconds: Annotated[
        float, _about("segment", "How long a transaction waits for more pages before it commits.", ge=0, le=10)
    ] = 0.05
    flood_guard_share: Annotated[
        float,
        _about(
            "segment", "Stop when more than this share of the window's pages are dead letters; 1: never.", gt=0, le=1
        ),
    ] = 0.5
    flood_guard_window_pages: Annotated[
        int, _about("segment", "The flood guard looks at this many of the latest pages.", ge=10)
    ] = 500

    dedup_group: Annotated[
        str, _about("dedup", "Consumer group of the dedup workers; also begins their transactional ids.", min_length=1)
    ] = "broadsheet-dedup"

    trends_group: Annotated[str, _about("trends", "Consumer group of the trends workers.", min_length=1)] = (
        "broadsheet-trends"
    )
    # Crawlers publish what they have fetched within minutes; a window is not worth waiting for much longer.
    trends_lateness_seconds: Annotated[
        int,
        _about("trends", "A window closes so long after its end; what comes later is not counted.", ge=0, le=86_400),
    ] = 600
    trends_view_port: Annotated[
        int,
        _about(
            "trends", "Port of /sites/SITE/trends, on the same address as /metrics; 0: any free one.", ge=0, le=65535
        ),
    ] = 0

    # An unfinished transaction of a dead worker holds up read_committed readers for this long.
    transaction_timeout_seconds: Annotated[
        float, _about("worker", "The broker aborts a transaction that is open for longer.", ge=1, le=900)
    ] = 20.0
    session_timeout_seconds: Annotated[
        float, _about("worker", "A worker that sends no heartbeat for so long loses its partitions.", ge=1, le=300)
    ] = 10.0
    max_poll_interval_seconds: Annotated[
        float, _about("worker", "A worker that takes no pages for so long loses its partitions.", ge=10, le=86_400)
    ] = 300.0
    group_instance_id: Annotated[
        str | None,
        _about("worker", "A name that stays over restarts (static membership: a restart moves no partitions)."),
    ] = None
    http_host: Annotated[
        str, _about("worker", "Address that /metrics, /healthz and /readyz listen on; 0.0.0.0: all.", min_length=1)
    ] = "127.0.0.1"
    http_port: Annotated[
        int, _about("worker", "Port of /metrics, /healthz and /readyz; 0: any free one (it is logged).", ge=0, le=65535)
    ] = 0
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], _about("worker", "The least important log line to write.")
    ] = "info"
    worker_id: Annotated[
        str | None, _about("worker", "Name of this worker in logs and client ids; else host name and process number.")
    ] = None

    def __post_init__(self) -> None:
        for name, hint in HINTS.items():
            _convert(name, getattr(self, name), hint, strict=True)
        _check_together(self)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={self.shown(name)}" for name in self.__struct_fields__)
        return f"Settings({shown})"

    def __rich_repr__(self) -> Any:
        for name in self.__struct_fields__:
            yield name, self.shown(name)

    def shown(self, name: str) -> str:
        """The setting's value as it may be shown to anybody: secrets are masked."""
        value = getattr(self, name)
        return "'********'" if name in SECRETS and value is not None else repr(value)

    def topic(self, name: str) -> str:
        """The full name of one of Broadsheet's topics: topic("pages") is news.pages under the default prefix."""
        return self.topic_prefix + name


HINTS: dict[str, Any] = get_type_hints(Settings, include_extras=True)
"""Field -> its annotated type; __metadata__[0] is the msgspec.Meta with description, bounds and group."""


def settings_from_texts(texts: Mapping[str, str]) -> Settings:
    """Settings from field name -> text, as flags and environment variables give them. Raises SettingError."""
    values = {}
    for name, text in texts.items():
        if name not in HINTS:
            raise SettingError(name, "there is no such setting")
        values[name] = _convert(name, text, HINTS[name], strict=False)
    return Settings(**values)


def _convert(name: str, value: Any, hint: Any, *, strict: bool) -> Any:
    try:
        return msgspec.convert(value, hint, strict=strict)
    except msgspec.ValidationError as error:
        given = "the given value" if name in SECRETS else repr(value)
        raise SettingError(name, f"{given} is wrong, {_expectation(hint, str(error))}") from None


def _expectation(hint: Any, message: str) -> str:
    """What would be right, in words: msgspec's message names types, and never the allowed words."""
    kind, meta = hint.__args__[0], hint.__metadata__[0]
    if getattr(kind, "__origin__", None) is Literal:
        return "it must be one of " + ", ".join(kind.__args__)
    nouns = {int: "a whole number", float: "a number"}
    if kind not in nouns:
        return f"it must be text ({meta.description})" if meta.pattern or meta.min_length else f"{message.lower()}"
    bounds = (("of at least", meta.ge), ("above", meta.gt), ("of at most", meta.le))
    words = " and ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)
    return f"it must be {nouns[kind]} {words}".rstrip()


def _check_together(settings: Settings) -> None:
    """What no single field shows: settings that contradict each other."""
    if settings.kafka_security_protocol.startswith("SASL"):
        for name in ("kafka_sasl_username", "kafka_sasl_password"):
            if not getattr(settings, name):
                raise SettingError(
                    name, f"it is needed with kafka_security_protocol {settings.kafka_security_protocol}"
                )
    if (settings.kafka_tls_certificate_file is None) != (settings.kafka_tls_key_file is None):
        missing = "kafka_tls_key_file" if settings.kafka_tls_key_file is None else "kafka_tls_certificate_file"
        raise SettingError(missing, "a client certificate and its key go together: give both or neither")
    if settings.page_deadline_seconds >= settings.transaction_timeout_seconds:
        raise SettingError(
            "page_deadline_seconds",
            f"it must be less than transaction_timeout_seconds ({settings.transaction_timeout_seconds:g}): "
            "a transaction waits for its slowest page",
        )
    if settings.max_in_flight_bytes < settings.max_page_bytes:
        raise SettingError(
            "max_in_flight_bytes", f"it must be at least max_page_bytes ({settings.max_page_bytes}), one page must fit"
        )
