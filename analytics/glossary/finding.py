"""Words about what goes into the search for segments, and how it goes."""

from analytics.glossary.term import Term

TERMS = (
    Term(
        "standardised",
        "Numbers put on a common scale, so that thousands of dollars do not outweigh years:"
        " the average becomes 0 and the standard deviation, the usual distance from it, 1.",
        "In standard deviations. Other scalings here put the median at 0 and the middle half at 1,"
        " or the least value at 0 and the greatest at 1.",
        "When you choose no scaling: then the column with the largest numbers decides alone.",
        ("scaling", "scaled units"),
    ),
    Term(
        "z-score",
        "How many standard deviations, the usual distance from the average, a value lies above or"
        " below the average of all customers.",
        "0 is the average; nearly all single values lie between −3 and 3. Averages of segments are"
        " large from 1 on, either way.",
        "When a whole segment rests on one z-score beyond 3: a few extreme customers may be all"
        " there is to it.",
        ("z-scores",),
    ),
    Term(
        "one-hot",
        "How a category enters the distances: each of its levels becomes a column of 0 and 1.",
        "Two customers of different levels differ by 1 in two of these columns. They are not"
        " rescaled unless you give them a weight.",
        "When segments merely repeat a category, such as one of women and one of men: lower its"
        " weight, or leave it out.",
        ("0/1 indicators", "indicators", "categories count"),
        "Balanced indicators",
    ),
    Term(
        "share of the distance",
        "How much of the differences between two customers, on average, comes from each feature.",
        "In percent; all features together have 100 %. Counting alike, each of four has 25 %.",
        "When one feature has twice its fair share: then the segments are mostly about it.",
        ("feature counts", "weights"),
    ),
    Term(
        "centroid",
        "The middle of a segment: the average of its customers in every feature. A customer who"
        " looks like it may not exist.",
        "In the units of the features. With k-means everyone belongs to the nearest centroid.",
        "When a category or a few extreme customers pull it to where nobody is.",
        ("centroids", "centre", "centres"),
        "k-means",
    ),
    Term(
        "eps and k-distance",
        "DBSCAN calls a place dense if enough customers lie within a distance named eps. The"
        " k-distance of a customer is how far that many neighbours reach; sorted, the bend of the"
        " curve is where eps is usually put.",
        "A distance in scaled units, above 0. Less makes more noise, more joins segments.",
        "When most customers become noise (too little), or all are in one segment (too much).",
        ("eps", "k-distance"),
        "DBSCAN and its parameters",
    ),
    Term(
        "noise",
        "Customers whom DBSCAN and HDBSCAN put in no segment, as too few others are near them.",
        "A number of customers. Here they are a grey segment, or go to the nearest one and are"
        " marked as weak.",
        "When a large share is noise: then the settings are too strict, or there are no dense"
        " groups.",
        (),
        "HDBSCAN",
    ),
    Term(
        "skewness",
        "How lopsided a column is. Sales often have a long tail: many small ones, a few huge ones.",
        "0 is even on both sides, above 0 has a tail of large values, below 0 of small ones. From"
        " about 1 on, either way, it is strong.",
        "When a strongly skewed column is a feature: its few largest customers then decide. Compare"
        " it on a log scale.",
        ("skewed",),
    ),
    Term(
        "correlation",
        "How closely two columns go together. Pearson’s measures a straight line; Spearman’s the"
        " order only, and does not mind extreme values.",
        "From −1 to 1: 0 is none, 1 rises together, −1 falls as the other rises. Up to 0.3 either"
        " way is weak.",
        "When two features are above 0.9: they say the same, and count twice. And never take it"
        " for a cause.",
        ("correlations", "Pearson", "Spearman"),
    ),
    Term(
        "effect size",
        "How large a difference is, not merely whether it is there. For two averages: the"
        " difference in standard deviations (Hedges’ g). For more groups: the part of all"
        " differences that the groups account for (eta squared).",
        "For two groups 0.2 is small, 0.5 medium, 0.8 large, either way; below 0.2 is much alike.",
        "When a difference is certain but its effect is below 0.2: there is little to act on.",
        ("Hedges’ g", "eta squared", "group comparison"),
        "Effect size of averages",
    ),
    Term(
        "confidence interval",
        "The range in which the true value plausibly lies, as these customers are only some of all"
        " there could be. Of 100 such ranges about 95 hold it.",
        "In the unit of the value, from low to high; narrower is more certain.",
        "When the interval of a difference covers 0, or that of an index covers 100: it may be"
        " nothing at all.",
        ("interval",),
        "Intervals of shares",
    ),
    Term(
        "standard error",
        "How far a score would typically lie from its true value if other customers of the same"
        " kind had been drawn. It stands after the sign ± and as a whisker in the pictures.",
        "In the unit of the score; smaller is surer. The true value is within two of them in about"
        " 95 of 100 cases.",
        "When two scores are closer together than their standard errors: take them for equal.",
    ),
)
