"""Own readers of data files: bounded, without their libraries, which are too heavy for a locked-down laptop."""
