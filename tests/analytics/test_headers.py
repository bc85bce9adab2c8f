import pytest

from analytics.headers import concepts, label, spoken, unit, words


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Annual Income (k$)", ["annual", "income", "k"]),
        ("AnnualIncome (k$)", ["annual", "income", "k"]),
        ("annual_income_thousands", ["annual", "income", "thousands"]),
        ("CUST_ID", ["cust", "id"]),
        ("CustomerID", ["customer", "id"]),
        ("HTTPStatus2", ["http", "status", "2"]),
        ("Größe-des Kunden", ["größe", "des", "kunden"]),
        ("", []),
    ],
)
def test_a_header_splits_at_punctuation_spaces_and_humps(header, found):
    assert words(header) == found


@pytest.mark.parametrize(
    ("header", "bare", "measured_in"),
    [
        ("Annual Income (k$)", "Annual Income", "k$"),
        ("Annual Income (k$) ", "Annual Income", "k$"),
        ("AnnualIncome (k$)", "AnnualIncome", "k$"),
        ("Height [cm]", "Height", "cm"),
        ("Annual_Income", "Annual_Income", ""),
        ("annual_income_thousands", "annual_income_thousands", "thousand"),
        ("Income k", "Income k", "thousand"),
        ("SpendingScore (1-100)", "SpendingScore", ""),
        ("Spending Score (1–100)", "Spending Score", ""),
        ("Score (1 to 10)", "Score", ""),
        ("Age", "Age", "years"),
        ("Age (months)", "Age", "months"),
        ("Age group", "Age group", ""),
        ("(cm)", "(cm)", ""),
        ("CUST_ID", "CUST_ID", ""),
    ],
)
def test_a_header_states_its_unit_in_brackets(header, bare, measured_in):
    assert label(header) == bare
    assert unit(header) == measured_in


@pytest.mark.parametrize(
    ("header", "within_a_sentence"),
    [
        ("Annual Income (k$)", "annual income"),
        ("Age", "age"),
        ("CUST_ID", "CUST_ID"),
        ("Annual_Income", "Annual_Income"),
        ("AnnualIncome (k$)", "AnnualIncome"),
        ("BMI", "BMI"),
    ],
)
def test_only_plain_words_lose_their_capitals_within_a_sentence(header, within_a_sentence):
    assert spoken(header) == within_a_sentence


@pytest.mark.parametrize("income", ["Annual Income (k$)", "Annual_Income", "AnnualIncome (k$)"])
@pytest.mark.parametrize("spending", ["Spending Score (1-100)", "SpendingScore (1-100)", "spent"])
@pytest.mark.parametrize("gender", ["Gender", "Genre", "SEX"])
def test_the_four_concepts_are_found_under_their_usual_headers(income, spending, gender):
    roles = {
        "CUST_ID": "identifier",
        gender: "categorical",
        "Age": "numeric",
        income: "numeric",
        spending: "numeric",
    }
    assert concepts(roles) == {
        "age": "Age",
        "income": income,
        "spending": spending,
        "gender": gender,
    }


def test_a_genre_of_free_text_is_not_the_gender():
    assert concepts({"Genre": "text"}) == {}
    assert concepts({"Genre": "numeric"}) == {}


def test_a_gender_of_zeros_and_ones_is_the_gender():
    assert concepts({"Gender": "boolean"}) == {"gender": "Gender"}


def test_an_income_that_is_not_numeric_is_no_income():
    assert concepts({"Income": "categorical", "Salary": "numeric"}) == {"income": "Salary"}


def test_the_closest_of_several_matching_headers_is_taken():
    roles = dict.fromkeys(["Salary", "Spouse income share", "Income", "Income later"], "numeric")
    assert concepts(roles)["income"] == "Income"


def test_of_equally_close_headers_the_first_is_taken():
    roles = dict.fromkeys(["Income now", "Income then"], "numeric")
    assert concepts(roles)["income"] == "Income now"


def test_a_word_inside_another_is_no_match():
    assert concepts({"Average": "numeric", "Sussex": "categorical", "Package": "numeric"}) == {}
