"""`broadsheet completion`: what makes a shell complete commands, options, choices and topics."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "fish", "zsh")

VARIABLE = "_BROADSHEET_COMPLETE"
"""The shell calls the command with this in its environment, and gets what fits."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print what makes a shell complete this program's commands.

    Put the line of your shell into its start-up file: ~/.bashrc, ~/.zshrc, ~/.config/fish/config.fish.

    \b
    eval "$(broadsheet completion bash)"
    eval "$(broadsheet completion zsh)"
    broadsheet completion fish | source
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 # the shells above are click's own
    click.echo(kind(context.find_root().command, {}, "broadsheet", VARIABLE).source())
    return 0
