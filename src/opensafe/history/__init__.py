"""Turns a repository into specimens: every distinct content once, with all its places."""
