"""Commands that hold others: their help shows what each of those does in full, not cut off at the terminal's edge."""

import click

_LONGEST_LINE = 300


class CommandGroup(click.Group):
    """A group whose list of commands is wrapped."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """click cuts the lines to the width; a sentence without its end is of little help."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(_LONGEST_LINE)) for name, command in commands if command is not None]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
