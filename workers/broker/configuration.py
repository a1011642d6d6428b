"""What the embedded broker is told: Kafka's own properties for one node on the loopback, and the Java command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workers.stream.topics import LARGEST_DEAD_LETTER_BYTES

MEBIBYTE = 2**20

LISTENERS = {"listeners", "advertised.listeners"}
"""Kafka properties that list addresses."""


@dataclass(frozen=True, kw_only=True)
class BrokerOptions:
    """Which broker: two with different data folders and ports run beside each other."""

    data: Path
    """Everything that the broker keeps: records, configuration, logs, its process number."""
    cache: Path
    """Where Kafka's jars are kept; shared by all brokers of a user."""
    port: int = 9092
    properties: Mapping[str, str] = field(default_factory=dict)
    """Kafka properties beside or instead of the usual ones; `listeners` come beside them."""
    short_lived: bool = False
    """True for tests and the demo: code is compiled once and lightly, which saves 2 s of processor time at the start
    and costs throughput later."""
    heap_mebibytes: int = 512
    """Java heap; a fetch or produce request of the largest page is held in it more than once."""

    @property
    def address(self) -> str:
        """What clients connect to. Only the loopback: the embedded broker lets in whoever reaches it."""
        return f"127.0.0.1:{self.port}"

    @property
    def properties_file(self) -> Path:
        return self.data / "server.properties"

    @property
    def records_folder(self) -> Path:
        return self.data / "kafka"

    @property
    def logs_folder(self) -> Path:
        return self.data / "logs"


def server_properties(options: BrokerOptions, controller_port: int) -> dict[str, str]:
    """Kafka's properties: one node that is broker and controller, everything replicated once."""
    controller = f"127.0.0.1:{controller_port}"
    usual = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{controller}",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": (
            "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL"
        ),
        "listeners": f"PLAINTEXT://{options.address},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAINTEXT://{options.address}",
        "log.dirs": str(options.records_folder),
        # A misspelt topic must be an error, not a new topic with the wrong configuration.
        "auto.create.topics.enable": "false",
        "message.max.bytes": str(LARGEST_DEAD_LETTER_BYTES),
        # One node can hold one copy.
        "default.replication.factor": "1",
        "min.insync.replicas": "1",
        "offsets.topic.replication.factor": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        # The usual 50 partitions of each spread load over a cluster; on one node they only cost start-up time.
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.num.partitions": "1",
        # Nobody else is about to join: a group need not wait for more members.
        "group.initial.rebalance.delay.ms": "0",
        "group.min.session.timeout.ms": "1000",
        # A dead worker's open transaction holds up readers; look for those more often than every 10 s.
        "transaction.abort.timed.out.transaction.cleanup.interval.ms": "1000",
        # After a kill the next start must wait until the controller gives the killed broker up; 9 s is long to wait.
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "500",
        # A laptop's share of threads and memory.
        "num.network.threads": "2",
        "num.io.threads": "4",
        "background.threads": "2",
        "log.cleaner.dedupe.buffer.size": str(16 * MEBIBYTE),
        "log.index.size.max.bytes": str(MEBIBYTE),
    }
    made = {**usual, **options.properties}
    # Our own listeners stay: the controller needs its, and whether the broker serves is found out on the plain one.
    for name in LISTENERS & options.properties.keys():
        made[name] = f"{usual[name]},{options.properties[name]}"
    return made


def properties_text(properties: Mapping[str, str]) -> str:
    """The text of a .properties file; a backslash in a value would start an escape."""
    lines = (f"{name}={value.replace(chr(92), chr(92) * 2)}" for name, value in properties.items())
    return "\n".join(lines) + "\n"


def java_command(
    java: Path, jars: list[Path], options: BrokerOptions, main_class: str, *arguments: str, short_lived: bool
) -> list[str]:
    """The command that runs one of Kafka's main classes with the broker's logging."""
    return [
        str(java),
        f"-Xmx{options.heap_mebibytes}m",
        # The parallel collectors start a thread a core and buy nothing at this heap size.
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        *(["-XX:TieredStopAtLevel=1"] if short_lived else []),
        f"-Dlog4j2.configurationFile={options.data / 'log4j2.properties'}",
        f"-Dbroadsheet.logs={options.logs_folder}",
        "-cp",
        ":".join(str(jar) for jar in jars),
        main_class,
        *arguments,
    ]
