"""Words about how many segments there are, and whether they are real."""

from analytics.glossary.term import Term

TERMS = (
    Term(
        "k",
        "The number of segments. Most methods have to be told it, so the page tries a whole range"
        " and compares the results.",
        "A whole number, 2 to 10 here. No single score settles it; read several together.",
        "When the recommended k changes as soon as you leave out one feature, or when what you can"
        " act on and what the scores say lie far apart.",
        ("numbers of segments", "number of segments"),
    ),
    Term(
        "silhouette",
        "How much better a customer fits their own segment than the nearest other one, by how far"
        " the customers of both are away. The mean over all customers scores a whole division.",
        "From −1 to 1. Near 1 is a clear fit, 0 is on the border, below 0 is closer to another"
        " segment. A mean above 0.5 is usually called reasonable, above 0.7 strong.",
        "When the mean is below 0.25, when it is no higher than chance reaches, or when many"
        " customers of one segment are below 0.",
        ("silhouettes", "mean silhouette"),
        "Silhouette",
    ),
    Term(
        "WCSS",
        "Within-cluster sum of squares, also called inertia: the squared distances of all"
        " customers from the average of their own segment, added up.",
        "From 0 up, in squared units after scaling; less is tighter. More segments always lower"
        " it, so only the bend of its curve tells anything.",
        "When the curve falls evenly without a bend: then it speaks for no number of segments.",
        ("inertia", "within-cluster sum of squares"),
        "k-means",
    ),
    Term(
        "explained variance",
        "How much of all differences between customers the segments account for: what is left"
        " within the segments is the WCSS.",
        "From 0 to 100 %; more is better. More segments always explain more.",
        "When an edit costs more than a few points of it: then it joins or keeps what differs.",
        ("variance explained",),
        "k-means",
    ),
    Term(
        "elbow",
        "The bend of the WCSS curve, also called its knee: up to there each further segment makes"
        " the segments much tighter, after it only a little.",
        "A number of segments. Found by a rule (Kneedle) that takes the point farthest from the"
        " straight line between the ends of the curve.",
        "When the curve has no visible bend, or the elbow moves when you change the range of"
        " numbers to try.",
        ("knee", "Kneedle"),
        "Elbow of the WCSS",
    ),
    Term(
        "gap statistic",
        "How much tighter the segments are than those found in data without any groups, spread"
        " evenly over the same ranges.",
        "A difference of logarithms: above 0 is tighter than chance. Its rule takes the smallest"
        " number whose gap is at most one standard error below that of the next.",
        "When the curve never levels off, or its rule stops at a single group: then there may be"
        " no groups at all.",
        ("gap statistics",),
        "Gap statistic, and customers spread evenly",
    ),
    Term(
        "Calinski-Harabasz index",
        "How far the segments lie apart, compared with how widely each is spread.",
        "From 0 up, without a unit; higher is better. Compare it only between numbers of segments"
        " of the same data, never between files.",
        "When it keeps rising with every further segment, or favours another number than the"
        " silhouette does.",
        ("Calinski-Harabasz",),
        "Calinski-Harabasz index",
    ),
    Term(
        "Davies-Bouldin index",
        "How much each segment overlaps with the one most like it, on average over the segments.",
        "From 0 up, without a unit; lower is better.",
        "When it is above 1: then segments are about as wide as they lie apart.",
        ("Davies-Bouldin",),
        "Davies-Bouldin index",
    ),
    Term(
        "prediction strength",
        "The customers are halved at random and each half is segmented. It tells how many pairs of"
        " customers whom one half puts together the other half puts together as well, in the"
        " segment where this works worst.",
        "From 0 to 1; from 0.8 on segments are called natural.",
        "When it is below 0.5: then other customers of the same kind would have given other"
        " segments.",
        (),
        "Prediction strength",
    ),
    Term(
        "stability (Jaccard)",
        "How much of a segment comes back when customers are drawn anew and the segments sought"
        " anew. The Jaccard overlap is the customers whom both versions of a segment share,"
        " divided by those in either.",
        "From 0 to 100 %. Solid from 85 %, usable from 75 %.",
        "When a segment is below 75 %: do not build on it. Below 50 % it fell apart.",
        ("Jaccard", "least stable segment", "stability of a segment", "comes back"),
        "Stability by bootstraps",
    ),
    Term(
        "adjusted Rand index",
        "How far two divisions of the same customers agree: over all pairs of customers, whether"
        " both put the pair together or both apart, less what chance alone would give.",
        "1 is the same division, 0 is chance; below 0 is worse than chance.",
        "When algorithms that suit your data agree by less than 0.5: the segments then depend on"
        " the method more than on the customers.",
        ("agreement", "Rand"),
        "Agreement of algorithms",
    ),
    Term(
        "Hopkins statistic",
        "Whether customers clump at all, asked before any segment is sought: how near the"
        " neighbours of customers are, compared with those of places chosen at random.",
        "From 0 to 1: near 0.5 is spread evenly, higher is more clumped. It is set against 99"
        " evenly spread tables, as “by chance” depends on the data.",
        "When it lies within what evenly spread customers reach: then segments are mere cuts.",
        ("clumping",),
        "Hopkins statistic",
    ),
    Term(
        "by chance",
        "What the same search finds in customers who are spread evenly, without any groups. A"
        " score is worth something only where it is above that.",
        "In the unit of its score: what 95 of 100 such tables stay below, or 99 of 100 draws for"
        " drift.",
        "When a score is no higher than that.",
        (),
        "Gap statistic, and customers spread evenly",
    ),
    Term(
        "BIC and AIC",
        "Two scores of a Gaussian mixture. Both weigh how well it fits against how complicated it"
        " is; the BIC (Bayesian information criterion) charges more for each further segment than"
        " the AIC (Akaike information criterion).",
        "Without a unit or range; lower is better, and only differences count. A difference of 10"
        " in the BIC is large.",
        "When both keep falling with every further segment, or when they disagree by far.",
        ("BIC", "AIC"),
        "Choosing k by BIC",
    ),
    Term(
        "clustergram",
        "A picture of how segments split as their number grows: each segment is a dot at its"
        " average, and lines show where its customers go.",
        "Upwards is the direction in which customers differ most; lines are as wide as their share"
        " of the customers.",
        "When lines cross everywhere: then each number of segments shuffles the customers anew.",
        (),
        "Clustergram",
    ),
    Term(
        "dendrogram",
        "A tree of segments: at its foot many small groups, which are joined two by two, the most"
        " alike first. Cutting it at a height gives the segments.",
        "The height of a join is how unlike the joined groups are, in scaled units. Long vertical"
        " lines mean clear segments.",
        "When joins follow each other at even heights: then there is no natural place to cut.",
        ("how segments split",),
        "Ward’s method",
    ),
)
