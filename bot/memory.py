"""What a process that lives long asks of the collector of garbage."""

import gc


def settle_memory() -> None:
    """Let the collector pass over what stays for good, and come less often: most of our garbage is freed without it.

    Untold, it looks through all that was ever imported while a burst of work makes objects, and everything stands
    still for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
