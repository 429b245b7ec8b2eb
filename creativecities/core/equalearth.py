"""Where a place lies on the network's world map.

The Equal Earth projection after Šavrič, B., Patterson, T. and Jenny, B. (2018), "The Equal Earth
map projection", International Journal of Geographical Information Science 33 (3), 454-465. It keeps
areas true, so no continent looks larger than it is.

The map is drawn in the units of its SVG viewBox (`VIEWBOX`): 1000 wide for the whole equator, y
growing downwards. Antarctica holds no member city and is cropped away: the frame reaches from
`SOUTH` to `NORTH` degrees of latitude. `data/derive/map.py` draws the land with these constants.
"""

from math import asin, cos, radians, sin, sqrt

A1 = 1.340264
A2 = -0.081106
A3 = 0.000893
A4 = 0.003796
ROOT3 = sqrt(3.0)

WIDTH = 1000
SOUTH = -58.0
NORTH = 84.0


def raw(latitude: float, longitude: float) -> tuple[float, float]:
    """Equal Earth coordinates on a sphere of radius 1, y growing northwards.

    Degrees in; x within ±2.7066 and y within ±1.3174 out.
    """
    theta = asin(ROOT3 / 2.0 * sin(radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    slope = A1 + 3.0 * A2 * square + sixth * (7.0 * A3 + 9.0 * A4 * square)
    x = 2.0 * ROOT3 * radians(longitude) * cos(theta) / (3.0 * slope)
    y = theta * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return x, y


SCALE = WIDTH / 2.0 / raw(0.0, 180.0)[0]
TRANSLATE = (WIDTH / 2.0, SCALE * raw(NORTH, 0.0)[1])
HEIGHT = round(SCALE * (raw(NORTH, 0.0)[1] - raw(SOUTH, 0.0)[1]))
VIEWBOX = (0, 0, WIDTH, HEIGHT)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """The place on the map, in viewBox units, of a point given in degrees.

    Points south of `SOUTH` or north of `NORTH` come out below or above the frame.
    """
    x, y = raw(latitude, longitude)
    return TRANSLATE[0] + SCALE * x, TRANSLATE[1] - SCALE * y
