"""What a comparison says of a peer, even of one that is absent or broken."""

from benchmarks.customers import mixture
from benchmarks.peers import Peer, notebook
from benchmarks.sweep import row

CUSTOMERS = mixture(60, 2)


def broken(*_):
    raise TypeError("no clustering")


def test_a_peer_that_is_not_installed_is_named():
    cells = row(Peer("Absent", "no_such_package", broken), CUSTOMERS, 0)
    assert cells == ["Absent", "", "", "not installed", "", ""]


def test_a_peer_that_cannot_run_says_why():
    assert row(Peer("Broken", "sklearn", broken), CUSTOMERS, 0)[3] == (
        "cannot run: TypeError: no clustering"
    )


def test_a_comparison_has_time_and_quality():
    name, ours, peer, faster, wcss, silhouettes = row(
        Peer("KMeans", "sklearn", notebook), CUSTOMERS, 0
    )
    assert name in {"KMeans, 1 thread", "KMeans, all threads"}
    assert float(ours) > 0
    assert float(peer) > 0
    assert faster.endswith("n = 1")
    assert 0.9 < float(wcss) < 1.01
    assert silhouettes == "–" or float(silhouettes.split()[0]) < 1e-9
