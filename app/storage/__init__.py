"""Where frames are kept between requests."""
