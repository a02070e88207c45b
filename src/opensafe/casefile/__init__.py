"""The case folder on disk: configuration, index, ledgers, log and lock."""
