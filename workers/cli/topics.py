"""`broadsheet topics`: make the topics, tell what differs, and who needs which rights to them."""

import asyncio

import click

from workers.cli.groups import CommandGroup
from workers.cli.settings import with_settings
from workers.settings import Settings


@click.group(cls=CommandGroup)
def topics() -> None:
    """Make the topics, or tell what differs.

    \b
    broadsheet topics create
    broadsheet topics check
    """


@topics.command()
@click.option(
    "--mend",
    is_flag=True,
    help="Also bring existing topics to the plan: add partitions, set configurations. Adding partitions moves sites to "
    "other partitions, so that teasers may be published once more.",
)
@with_settings("kafka", "topics")
def create(settings: Settings, mend: bool) -> int:
    """Make the topics that are missing; those that exist stay as they are.

    The retention of the topics of teasers and snippets is the dedup window (BROADSHEET_TEASER_WINDOW_DAYS,
    BROADSHEET_SNIPPET_WINDOW_DAYS).

    \b
    broadsheet topics create
    broadsheet topics create --partitions 24 --replication-factor 3
    broadsheet topics create --mend
    """
    from workers.stream.topics import create_topics, mend_topics

    made = asyncio.run(create_topics(settings))
    for name in made:
        click.echo(f"made {name} with {settings.partitions} partitions")
    if not made:
        click.echo("All topics exist.")
    if not mend:
        return 0
    left = asyncio.run(mend_topics(settings))
    for difference in left:
        click.echo(f"{difference}: Kafka cannot change that; make the topic anew or change the setting", err=True)
    if not left:
        click.echo("All topics are as they should be.")
    return 1 if left else 0


@topics.command()
@with_settings("kafka", "topics")
def check(settings: Settings) -> int:
    """Tell how the topics differ from what they should be: exit code 0 if they do not, 1 if they do.

    \b
    broadsheet topics check
    """
    from workers.stream.topics import topic_differences

    differences = asyncio.run(topic_differences(settings))
    for difference in differences:
        click.echo(str(difference))
    if differences:
        missing = all(difference.is_now is None for difference in differences)
        click.echo(f"Mend it with: broadsheet topics create{'' if missing else ' --mend'}", err=True)
        return 1
    click.echo("All topics are as they should be.")
    return 0


def _roles(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    from workers.stream.rights import ROLES

    return [role for role in ROLES if role.startswith(incomplete)]


@topics.command()
@click.argument("role", required=False, metavar="[ROLE]", shell_complete=_roles)
@click.option("--principal", default="User:broadsheet", show_default=True, help="Who gets the rights.")
@with_settings("kafka")
def rights(settings: Settings, role: str | None, principal: str) -> int:
    """Tell the least rights (ACLs) of each role, or the commands of Apache Kafka that grant those of one.

    \b
    broadsheet topics rights
    broadsheet topics rights segment --principal User:segmenter
    """
    from workers.stream.rights import ROLES, command_lines, least_rights, markdown_table

    if role is None:
        click.echo(markdown_table(settings), nl=False)
        return 0
    if role not in ROLES:
        raise click.BadParameter(f"there is no such role; there are {', '.join(ROLES)}", param_hint="ROLE")
    for line in command_lines(least_rights(settings, role), settings, principal):
        click.echo(line)
    return 0
