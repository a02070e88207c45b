"""Runs git safely: bytes in, bytes out, a clean environment, stderr kept. The only room that starts processes."""
