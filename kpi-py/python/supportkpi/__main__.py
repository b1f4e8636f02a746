"""``python -m supportkpi``: the same as the command ``supportkpi``."""

import sys

from ._command import main

if __name__ == "__main__":
    sys.exit(main())
