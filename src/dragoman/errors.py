"""The one exception that the command line turns into a line on stderr and exit code 2."""


class DragomanError(Exception):
    """Input, a model or a setting is not usable.

    The message is one line that names the file, the place and the cure.
    """
