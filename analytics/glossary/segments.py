"""Words about the segments that were found, and about new customers."""

from analytics.glossary.term import Term

TERMS = (
    Term(
        "index",
        "A segment’s average compared with that of all customers, as marketing reads it.",
        "100 is the average of everyone, 150 is half as much again, 50 is half. The numbers in"
        " brackets are its 95 % interval.",
        "When the interval covers 100: then the segment may be no different from the rest.",
        ("100 = average", "index heatmap"),
    ),
    Term(
        "certainty",
        "How sure a customer’s place is. For the customers in hand: in how many of the repeated"
        " searches they land in the same segment. For new ones: how much nearer their segment is"
        " than the next one. Under a Gaussian mixture: the probability.",
        "From 0, on the border, to 1.",
        "When it is below 0.5: treat the customer as lying between two segments.",
        ("mean certainty",),
        "Half samples",
    ),
    Term(
        "novelty",
        "A new customer is novel if they lie farther from their segment than 99 of 100 of the"
        " customers it was made of.",
        "Yes or no. About 1 % are novel when nothing has changed.",
        "When far more than 1 % are: then these are other people than before.",
        ("novel",),
    ),
    Term(
        "drift",
        "Whether the new customers’ columns look different from those of the customers that the"
        " segments were made of, by the population stability index.",
        "From 0 up: below 0.1 is steady, from 0.1 moved, from 0.25 moved much. It counts only where"
        " it is above what chance gives.",
        "When a feature is at 0.25 or more: find the segments anew.",
        ("stability index", "population stability index", "since training"),
    ),
    Term(
        "precision and coverage",
        "A rule describes a segment in words. Its precision is the share of those who fit the rule"
        " that are in the segment; its coverage is the share of the segment that fits the rule.",
        "From 0 to 100 %; higher is better for both.",
        "When either is below 70 %: use the segment in the download, not the rule.",
        ("precision", "coverage", "rule"),
    ),
)
