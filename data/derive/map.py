"""Derive the world map and the coarse country outlines. Run once; the output is committed.

Needs `land-110m.json` and `countries-110m.json` of the npm package `world-atlas` (version 2), a
TopoJSON edition of Natural Earth 1:110m, which is in the public domain:

    npm pack world-atlas && tar xf world-atlas-*.tgz
    python data/derive/map.py package/land-110m.json package/countries-110m.json

Writes, beside the other reference data,

- `map.json`: the land (no borders), the frame and a graticule as SVG paths in the Equal Earth
  projection of `creativecities/core/equalearth.py`, with the constants used. Antarctica is left
  out and the frame reaches from 58° south to 84° north. Rings that cross the antimeridian are cut
  there, coasts are simplified by `SIMPLIFY` and islands under `SMALLEST` are left out.
- `outlines.json`: per ISO 3166-1 alpha-2 code the rings of the country as (longitude, latitude)
  with two decimals, for checking coordinates only. Natural Earth's borders are de facto; they are
  never drawn and imply no opinion on any territory.

`outline_allowance.csv` is kept by hand: countries without an outline at this scale, and single
cities on islands that an outline leaves out.

It then checks every row of `member_cities.csv` against the outlines and `outline_allowance.csv`
and ends with an error if a city is outside without being listed.
"""

import csv
import json
import sys
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(DATA.parent))

from creativecities.core import equalearth  # noqa: E402
from creativecities.network.compute.outlines import TOLERANCE, distance_to_outline  # noqa: E402

ANTARCTICA_BELOW = -60.0
SIMPLIFY = 0.4  # viewBox units a simplified coast may stray
SMALLEST = 0.8  # square viewBox units
STEP = 2.0  # degrees between points added along a cut or a frame


def decode_arcs(topology):
    """TopoJSON arcs as lists of (longitude, latitude)."""
    (scale_x, scale_y) = topology["transform"]["scale"]
    (move_x, move_y) = topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def rings_of(geometry, arcs):
    """All rings of a polygon or a collection of polygons, closed point not repeated."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        return [ring for part in geometry["geometries"] for ring in rings_of(part, arcs)]
    polygons = {"Polygon": lambda: [geometry["arcs"]], "MultiPolygon": lambda: geometry["arcs"]}
    if kind not in polygons:
        return []
    rings = []
    for polygon in polygons[kind]():
        for indexes in polygon:
            ring = []
            for index in indexes:
                points = arcs[index] if index >= 0 else arcs[~index][::-1]
                ring.extend(points[1:] if ring else points)
            rings.append(ring[:-1])
    return rings


def unwrap(ring):
    """The ring with longitudes made continuous: a step over 180° goes the short way round."""
    result = [ring[0]]
    for longitude, latitude in ring[1:]:
        last = result[-1][0]
        result.append((last + (longitude - last + 180) % 360 - 180, latitude))
    return result


def clip(ring, limit, keep_below):
    """The part of a ring on one side of a meridian (Sutherland and Hodgman)."""
    sign = 1 if keep_below else -1
    result = []
    for index, point in enumerate(ring):
        previous = ring[index - 1]
        here, there = sign * (limit - point[0]) >= 0, sign * (limit - previous[0]) >= 0
        if here != there:
            share = (limit - previous[0]) / (point[0] - previous[0])
            result.append((limit, previous[1] + share * (point[1] - previous[1])))
        if here:
            result.append(point)
    return result


def cut(ring):
    """The ring as one or more rings within ±180° of longitude."""
    ring = unwrap(ring)
    parts = []
    for turn in (-360, 0, 360):
        moved = [(longitude + turn, latitude) for longitude, latitude in ring]
        if max(p[0] for p in moved) <= -180 or min(p[0] for p in moved) >= 180:
            continue
        part = clip(clip(moved, 180.0, True), -180.0, False)
        if len(part) > 2:
            parts.append(part)
    return parts


def densify(ring):
    """Points added along the antimeridian, which the projection bends."""
    result = []
    for index, point in enumerate(ring):
        previous = ring[index - 1]
        if abs(point[0]) == 180 and point[0] == previous[0]:
            pieces = int(abs(point[1] - previous[1]) / STEP)
            for piece in range(1, pieces + 1):
                share = piece / (pieces + 1)
                result.append((point[0], previous[1] + share * (point[1] - previous[1])))
        result.append(point)
    return result


def simplify(points, tolerance):
    """Douglas and Peucker on an open line."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    run, rise = bx - ax, by - ay
    length = (run * run + rise * rise) ** 0.5
    far, where = 0.0, 0
    for index in range(1, len(points) - 1):
        x, y = points[index][0] - ax, points[index][1] - ay
        off = abs(run * y - rise * x) / length if length else (x * x + y * y) ** 0.5
        if off > far:
            far, where = off, index
    if far <= tolerance:
        return [points[0], points[-1]]
    return simplify(points[: where + 1], tolerance)[:-1] + simplify(points[where:], tolerance)


def area(ring):
    """Signed area of a ring in square units."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def tenths(value):
    """A whole number of tenths, written as short as SVG allows."""
    text = f"{value / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def path(points, *, close):
    """An SVG path with one decimal in relative steps, so that rounding never adds up."""
    whole = []
    for x, y in points:
        spot = (round(x * 10), round(y * 10))
        if not whole or spot != whole[-1]:
            whole.append(spot)
    if close and len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    text = f"M{tenths(whole[0][0])} {tenths(whole[0][1])}"
    letter = "l"
    for (ax, ay), (bx, by) in pairwise(whole):
        x, y = tenths(bx - ax), tenths(by - ay)
        text += f"{letter}{x}" if letter or x.startswith("-") else f" {x}"
        text += y if y.startswith("-") else f" {y}"
        letter = ""
    return text + ("z" if close else "")


def project_all(points):
    """(longitude, latitude) to map units."""
    return [equalearth.project(latitude, longitude) for longitude, latitude in points]


def draw_land(topology):
    """The land as one SVG path."""
    text = ""
    for ring in rings_of(topology["objects"]["land"], decode_arcs(topology)):
        if max(latitude for _, latitude in ring) < ANTARCTICA_BELOW:
            continue
        for part in cut(ring):
            drawn = project_all(densify(part))
            if abs(area(drawn)) < SMALLEST:
                continue
            half = len(drawn) // 2
            drawn = simplify(drawn[: half + 1], SIMPLIFY)[:-1] + simplify([*drawn[half:], drawn[0]], SIMPLIFY)
            if len(drawn) > 3:
                text += path(drawn[:-1], close=True)
    return text


def span(start, end, step):
    """From start to end in equal steps, both included."""
    count = max(1, round(abs(end - start) / step))
    return [start + (end - start) * index / count for index in range(count + 1)]


def draw_sphere():
    """The edge of the world within the frame."""
    south, north = equalearth.SOUTH, equalearth.NORTH
    right = [(180.0, latitude) for latitude in span(north, south, 4)]
    left = [(-180.0, latitude) for latitude in span(south, north, 4)]
    return path(simplify(project_all(right), 0.05) + simplify(project_all(left), 0.05), close=True)


def draw_graticule():
    """Meridians and parallels every 30 degrees."""
    south, north = equalearth.SOUTH, equalearth.NORTH
    text = ""
    for longitude in range(-150, 180, 30):
        line = [(longitude, latitude) for latitude in span(south, north, 4)]
        text += path(simplify(project_all(line), 0.1), close=False)
    for latitude in (-30, 0, 30, 60):
        text += path(project_all([(-180, latitude), (180, latitude)]), close=False)
    return text


def country_outlines(topology):
    """Rings per alpha-2 code; countries missing in countries.csv are skipped."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["m49"].zfill(3): row["iso2"] for row in csv.DictReader(file)}
    arcs = decode_arcs(topology)
    outlines = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = codes.get(str(geometry.get("id", "")).zfill(3))
        if not code:
            continue
        for ring in rings_of(geometry, arcs):
            for part in cut(ring):
                rounded = [[round(x, 2), round(y, 2)] for x, y in part]
                outlines.setdefault(code, []).append(
                    [point for index, point in enumerate(rounded) if point != rounded[index - 1]]
                )
    return dict(sorted(outlines.items()))


def outside(outlines):
    """Member cities outside their country's outline that no allowance names."""
    with (DATA / "outline_allowance.csv").open(encoding="utf-8", newline="") as file:
        allowed = {(row["country"], row["city"]) for row in csv.DictReader(file)}
    with (DATA / "member_cities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            away = distance_to_outline(
                float(row["latitude"]), float(row["longitude"]), outlines.get(row["country"], [])
            )
            listed = {(row["country"], ""), (row["country"], row["city"])} & allowed
            if away > TOLERANCE and not listed:
                yield f"{row['city']} ({row['country']}): {away:.2f} degrees outside"


def main(land_file, countries_file):
    """Write both files and check the member cities."""
    world = {
        "source": "Natural Earth 1:110m, public domain, by way of world-atlas; Equal Earth",
        "viewbox": equalearth.VIEWBOX,
        "scale": equalearth.SCALE,
        "translate": equalearth.TRANSLATE,
        "latitudes": [equalearth.SOUTH, equalearth.NORTH],
        "sphere": draw_sphere(),
        "graticule": draw_graticule(),
        "land": draw_land(json.loads(Path(land_file).read_text(encoding="utf-8"))),
    }
    (DATA / "map.json").write_text(json.dumps(world, indent=1) + "\n", encoding="utf-8")
    outlines = country_outlines(json.loads(Path(countries_file).read_text(encoding="utf-8")))
    lines = [f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in outlines.items()]
    (DATA / "outlines.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    problems = list(outside(outlines))
    print(f"land {len(world['land'])} characters, {len(outlines)} outlines")
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main(*sys.argv[1:3])
