"""Servers that tests start for themselves, each with what a client of it needs: S3, Google Cloud Storage, FTP, SFTP."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy

POSTGRESQL = "postgresql+psycopg://postgres@127.0.0.1:5432/"


@contextmanager
def postgresql_database() -> Iterator[str]:
    """A database of its own on the local server."""
    name = f"crawler_{random.getrandbits(64):x}"
    admin = sqlalchemy.create_engine(f"{POSTGRESQL}postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield f"{POSTGRESQL}{name}"
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


@contextmanager
def s3_server(port: int = 0) -> Iterator[tuple[str, Any, str]]:
    """An S3-compatible server, boto3's client for it, and a fresh bucket; all in one process share what they hold."""
    import boto3  # noqa: PLC0415
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    logging.getLogger("werkzeug").setLevel("ERROR")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        client = boto3.client("s3", endpoint_url=address, **keys)
        bucket = f"feeds-{random.getrandbits(64):x}"
        client.create_bucket(Bucket=bucket)
        yield address, client, bucket
    finally:
        server.stop()


def s3_objects(client: Any, bucket: str, suffix: str = "") -> Iterator[bytes]:
    """The objects in a bucket whose names end so."""
    for entry in client.list_objects_v2(Bucket=bucket).get("Contents", ()):
        if entry["Key"].endswith(suffix):
            yield client.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()


@contextmanager
def gcs_server() -> Iterator[tuple[str, Any]]:
    """A Google Cloud Storage in a process of its own; its address, for STORAGE_EMULATOR_HOST, and a fresh bucket."""
    from google.auth.credentials import AnonymousCredentials  # noqa: PLC0415
    from google.cloud.storage import Client  # noqa: PLC0415

    port = free_port()
    program = str(Path(sys.executable).with_name("gcp-storage-emulator"))
    command = [program, "start", "--host=127.0.0.1", f"--port={port}", "--in-memory"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(port)
            client = Client(project="t", credentials=AnonymousCredentials(), client_options={"api_endpoint": address})
            yield address, client.create_bucket(f"feeds-{random.getrandbits(64):x}")
            client.close()
        finally:
            server.kill()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until somebody listens at a port."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens at port {port}")


@contextmanager
def ftp_server(folder: Path) -> Iterator[str]:
    """An FTP server over a folder, in a process of its own; its address with a user's name and password."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "pyftpdlib", "-i", "127.0.0.1", "-p", str(port), "-w"]
    command += ["-d", str(folder), "-u", "user", "-P", "word"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield f"ftp://user:word@127.0.0.1:{port}"
        finally:
            server.kill()


@contextmanager
def sftp_server(folder: Path) -> Iterator[tuple[str, Path]]:
    """An SFTP server over a folder; its address with a user's name and password, and a known_hosts file."""
    import asyncssh  # noqa: PLC0415

    key = asyncssh.generate_private_key("ssh-ed25519")
    known = folder.parent / "known_hosts"

    class Server(asyncssh.SSHServer):
        def begin_auth(self, _username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == ("user", "word")

    async def serve(ready: threading.Event, found: dict[str, Any]) -> None:
        found["loop"], found["stop"] = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncssh.create_server(
            Server,
            "127.0.0.1",
            0,
            server_host_keys=[key],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=os.fsencode(folder)),
        )
        found["port"] = server.get_port()
        ready.set()
        await found["stop"].wait()
        server.close()
        await server.wait_closed()

    ready, found = threading.Event(), {}
    thread = threading.Thread(target=lambda: asyncio.run(serve(ready, found)))
    thread.start()
    assert ready.wait(10)
    try:
        public = key.export_public_key().decode().strip()
        known.write_text(f"[127.0.0.1]:{found['port']} {public}\n")
        yield f"sftp://user:word@127.0.0.1:{found['port']}", known
    finally:
        found["loop"].call_soon_threadsafe(found["stop"].set)
        thread.join()
