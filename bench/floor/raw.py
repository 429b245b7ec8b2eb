"""Ceiling of the Python server: bytes from memory, no framework (BENCH_HTML names the file)."""

import os

BODY = open(os.environ["BENCH_HTML"], "rb").read()
HEAD = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    start_response("200 OK", HEAD)
    return [BODY]
