"""The papers behind the methods, for reports."""

from dataclasses import dataclass

_DOI = "https://doi.org/"


@dataclass(frozen=True)
class Work:
    """A source of a method.

    Attributes
    ----------
    what : str
        What it is the source of.
    who : str
        Authors and year.
    doi : str
    algorithms : tuple of str
        Keys of :data:`analytics.algorithms.ALGORITHMS` that rest on it; empty for all.
    """

    what: str
    who: str
    doi: str
    algorithms: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """Give the address at which the paper is found."""
        return f"{_DOI}{self.doi}"


_WORKS = (
    Work("k-means", "Lloyd 1982", "10.1109/TIT.1982.1056489", ("kmeans",)),
    Work("Segments of a single feature", "Wang and Song 2011", "10.32614/RJ-2011-015", ("kmeans",)),
    Work(
        "Gaussian mixtures",
        "Dempster, Laird and Rubin 1977",
        "10.1111/j.2517-6161.1977.tb01600.x",
        ("mixture",),
    ),
    Work(
        "Choosing k by BIC", "Fraley and Raftery 2002", "10.1198/016214502760047131", ("mixture",)
    ),
    Work(
        "k-medoids", "Schubert and Rousseeuw 2021", "10.1016/j.is.2021.101804", ("medoids", "mixed")
    ),
    Work("Ward’s method", "Ward 1963", "10.1080/01621459.1963.10500845", ("ward",)),
    Work(
        "HDBSCAN", "Campello, Moulavi and Sander 2013", "10.1007/978-3-642-37456-2_14", ("hdbscan",)
    ),
    Work("DBSCAN and its parameters", "Sander et al. 1998", "10.1023/A:1009745219419", ("dbscan",)),
    Work("Dissimilarity of mixed columns", "Gower 1971", "10.2307/2528823", ("mixed",)),
    Work("Silhouette", "Rousseeuw 1987", "10.1016/0377-0427(87)90125-7"),
    Work("Reading a silhouette", "Kaufman and Rousseeuw 1990", "10.1002/9780470316801"),
    Work("Calinski-Harabasz index", "Caliński and Harabasz 1974", "10.1080/03610927408827101"),
    Work("Davies-Bouldin index", "Davies and Bouldin 1979", "10.1109/TPAMI.1979.4766909"),
    Work(
        "Gap statistic, and customers spread evenly",
        "Tibshirani, Walther and Hastie 2001",
        "10.1111/1467-9868.00293",
        ("kmeans",),
    ),
    Work("Elbow of the WCSS", "Satopää et al. 2011", "10.1109/ICDCSW.2011.20"),
    Work("Stability by bootstraps", "Hennig 2007", "10.1016/j.csda.2006.11.025", ("kmeans",)),
    Work(
        "Prediction strength",
        "Tibshirani and Walther 2005",
        "10.1198/106186005X59243",
        ("kmeans",),
    ),
    Work("Half samples", "McCarthy 1969", "10.2307/1402116", ("kmeans",)),
    Work(
        "Natural, usable and constructed segments",
        "Dolnicar, Grün and Leisch 2018",
        "10.1007/978-981-10-8818-6",
        ("kmeans",),
    ),
    Work("Agreement of algorithms", "Hubert and Arabie 1985", "10.1007/BF01908075", ("kmeans",)),
    Work("Clustergram", "Schonlau 2002", "10.1177/1536867X0200200405"),
    Work("Hopkins statistic", "Hopkins and Skellam 1954", "10.1093/oxfordjournals.aob.a083391"),
    Work("Its test by simulation", "Besag and Diggle 1977", "10.2307/2346974"),
    Work("Effect size of averages", "Hedges 1981", "10.3102/10769986006002107"),
    Work("Intervals of shares", "Wilson 1927", "10.1080/01621459.1927.10502953"),
    Work("Map of the distances", "Torgerson 1952", "10.1007/BF02288916"),
    Work("Balanced indicators", "Hennig and Liao 2013", "10.1111/j.1467-9876.2012.01066.x"),
)


def works(algorithm: str) -> list[Work]:
    """List the sources of an algorithm and of all that is told of its segments.

    Parameters
    ----------
    algorithm : str
        A key of :data:`analytics.algorithms.ALGORITHMS`.
    """
    return [work for work in _WORKS if not work.algorithms or algorithm in work.algorithms]


def named(what: str) -> Work:
    """Give the source of one thing.

    Parameters
    ----------
    what : str
        As :attr:`Work.what` has it.
    """
    return next(work for work in _WORKS if work.what == what)
