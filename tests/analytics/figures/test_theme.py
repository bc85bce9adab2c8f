import plotly.graph_objects as go
import pytest

from analytics.figures import theme

SEGMENTS = range(1, 11)


def test_ten_segments_have_ten_colours_and_ten_markers():
    assert len({theme.colour(segment) for segment in SEGMENTS}) == 10
    assert len({theme.marker(segment) for segment in SEGMENTS}) == 10
    assert theme.MUTED not in {theme.colour(segment) for segment in SEGMENTS}


def test_an_eleventh_segment_begins_the_colours_anew():
    assert theme.colour(11) == theme.colour(1)
    assert theme.marker(11) == theme.marker(1)


def test_every_marker_is_one_that_plotly_draws():
    go.Scatter(marker={"symbol": list(theme.SEGMENT_MARKERS)})
    for symbol in theme.SEGMENT_MARKERS:
        go.Scatter(marker={"symbol": symbol})


def test_a_translucent_colour_keeps_its_shade():
    assert theme.translucent("#0072B2", 0.75) == "rgba(0,114,178,0.75)"


@pytest.mark.parametrize("segment", SEGMENTS)
def test_writing_on_a_segment_has_the_contrast_of_wcag(segment):
    def light(colour):
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    ground = theme.colour(segment)
    pair = sorted([light(ground), light(theme.writing_on(ground))])
    assert pair[1] / pair[0] >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_figure_is_dressed_in_the_template_of_its_theme(name):
    figure = theme.canvas("A title").add_scatter(x=[1, 2], y=[3, 4])
    dressed = theme.dress(figure, name)
    assert dressed["layout"]["template"] == theme.template(name)
    assert dressed["layout"]["title"]["text"] == "A title"
    assert dressed["data"] == figure.to_dict()["data"]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_template_is_one_that_plotly_accepts(name):
    layout = go.layout.Template(theme.template(name)).layout
    assert layout.to_plotly_json() == theme.template(name)["layout"]


def test_a_figure_is_dressed_lightly_where_no_theme_is_known():
    light, unknown = (theme.dress(theme.canvas(), name) for name in ("light", None))
    assert unknown == light


def test_dark_ink_differs_from_light_ink():
    light, dark = (theme.template(name)["layout"] for name in ("light", "dark"))
    assert light["font"]["color"] != dark["font"]["color"]
    assert light["hoverlabel"]["bgcolor"] != dark["hoverlabel"]["bgcolor"]
    assert light.keys() == dark.keys()


def test_a_canvas_has_no_look_but_the_titles_it_is_given():
    figure = theme.canvas("Sizes", "of all")
    assert (figure.layout.title.text, figure.layout.title.subtitle.text) == ("Sizes", "of all")
    assert figure.layout.margin.t is None
    assert theme.canvas("Sizes").layout.margin.t < theme.template("light")["layout"]["margin"]["t"]
    assert len(figure.data) == 0
    assert figure.layout.template.layout.to_plotly_json() == {}


def test_a_figure_says_how_many_customers_it_shows_unless_it_shows_all():
    assert theme.drawn_of(2_000, 30_000) == "2,000 of 30,000 customers drawn"
    assert theme.drawn_of(2, 3, "evaluated") == "2 of 3 customers evaluated"
    assert theme.drawn_of(3, 3) == ""


def test_a_blank_figure_says_why_it_is_blank():
    figure = theme.blank("Choose a file.")
    assert len(figure.data) == 0
    assert [note.text for note in figure.layout.annotations] == ["Choose a file."]
    assert figure.layout.xaxis.visible is False
    assert figure.layout.yaxis.visible is False


def test_a_long_label_is_broken_between_words():
    assert theme.folded("Spending Score") == "Spending Score"
    assert theme.folded("Days Since Last Purchase") == "Days Since Last<br>Purchase"
    assert theme.folded("<b>a_name_without_any_space") == "&lt;b&gt;a_name_without_any_space"


def test_text_from_a_file_is_neither_markup_nor_a_template():
    assert theme.plain("<b>a</b> & %{x}") == "&lt;b&gt;a&lt;/b&gt; &amp; %&#123;x}"
    figure = theme.canvas("<script>alert(1)</script>")
    assert "<" not in figure.layout.title.text
