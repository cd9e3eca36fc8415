/** The cubes of `nearness.ts` for points that come and go: what is around one of them, without looking at the rest. */
import { metersBetween } from '../../geodata/measure.ts';
import { chordLimits, cubeEdge, cubeKey, sphereX, sphereY, sphereZ } from './nearness.ts';

export interface GridPoint {
  lng: number;
  lat: number;
}
interface Placed<P> {
  point: P;
  x: number;
  y: number;
  z: number;
}

export interface CaseGrid<P extends GridPoint> {
  add(point: P): void;
  remove(point: P): void;
  /** The other points at most the radius away, in no order to rely on. */
  near(point: P): P[];
}

/** A grid for one radius in metres. Points are told apart by identity, and must not move while they are in it. */
export function createCaseGrid<P extends GridPoint>(radiusMeters: number): CaseGrid<P> {
  const edge = cubeEdge(radiusMeters);
  const { below, above } = chordLimits(radiusMeters);
  const cubes = new Map<number, Placed<P>[]>();
  const place = (point: P): Placed<P> => {
    const { lng, lat } = point;
    return { point, x: sphereX(lng, lat), y: sphereY(lng, lat), z: sphereZ(lat) };
  };
  const cube = (metres: number) => Math.floor(metres / edge);
  const keyOf = ({ x, y, z }: Placed<P>) => cubeKey(cube(x), cube(y), cube(z));

  return {
    add(point) {
      const placed = place(point);
      const key = keyOf(placed);
      const inside = cubes.get(key);
      if (inside) inside.push(placed);
      else cubes.set(key, [placed]);
    },

    remove(point) {
      const key = keyOf(place(point));
      const inside = cubes.get(key);
      const at = inside?.findIndex((other) => other.point === point) ?? -1;
      if (!inside || at < 0) return;
      const last = inside.pop()!;
      if (at < inside.length) inside[at] = last;
      if (inside.length === 0) cubes.delete(key);
    },

    near(point) {
      const { x, y, z } = place(point);
      const [cx, cy, cz] = [cube(x), cube(y), cube(z)];
      const found: P[] = [];
      for (let a = cx - 1; a <= cx + 1; a++) {
        for (let b = cy - 1; b <= cy + 1; b++) {
          for (let c = cz - 1; c <= cz + 1; c++) {
            for (const other of cubes.get(cubeKey(a, b, c)) ?? []) {
              if (other.point === point) continue;
              const [dx, dy, dz] = [x - other.x, y - other.y, z - other.z];
              const squared = dx * dx + dy * dy + dz * dz;
              if (squared > above) continue;
              const sure = squared < below;
              if (sure || metersBetween([point.lng, point.lat], [other.point.lng, other.point.lat]) <= radiusMeters)
                found.push(other.point);
            }
          }
        }
      }
      return found;
    },
  };
}
