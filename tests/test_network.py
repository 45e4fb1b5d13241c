"""Tests run without a network: what they need is in the tree."""

from __future__ import annotations

import socket
import urllib.request

import pytest
from pytest_socket import SocketConnectBlockedError

# It also warns, and a warning is an error.
blocked = pytest.mark.filterwarnings("ignore:A test tried to use socket")


@blocked
def test_connecting_outside_is_refused() -> None:
    with (
        socket.socket() as outside,
        pytest.raises(SocketConnectBlockedError),
    ):
        outside.connect(("192.0.2.1", 80))  # RFC 5737: an address of nobody


@blocked
def test_fetching_a_page_is_refused() -> None:
    with pytest.raises(SocketConnectBlockedError):
        urllib.request.urlopen("http://192.0.2.1/")


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
