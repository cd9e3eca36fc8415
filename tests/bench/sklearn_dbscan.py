"""DBSCAN by haversine over positions on stdin, a JSON list of [lng, lat]; prints the seconds of each run, and the labels.

usage: sklearn_dbscan.py RADIUS_METERS EARTH_RADIUS_METERS RUNS
"""
import json
import sys
import time

import numpy as np
from sklearn.cluster import DBSCAN

radius, earth, runs = float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
positions = np.radians(np.array(json.load(sys.stdin), dtype=float)[:, ::-1])
seconds = []
for _ in range(runs):
    began = time.perf_counter()
    found = DBSCAN(eps=radius / earth, min_samples=1, metric="haversine", algorithm="ball_tree").fit(positions)
    seconds.append(time.perf_counter() - began)
json.dump({"seconds": seconds, "labels": found.labels_.tolist()}, sys.stdout)
