"""The version of opensafe. The package's metadata take it from here: to read those takes as long as a short command."""

VERSION = "0.1.0"
