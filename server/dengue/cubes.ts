/**
 * Points sorted into the cubes of space they lie in. Cubes of space rather than of a map, because then there are no
 * poles, no seam at 180° and no distortion to allow for; only the thin shell that holds the earth's surface is ever
 * filled. A table of integers with open addressing: a Map of a million objects would cost more than the search itself.
 */
export interface Cubes {
  count: number;
  /** Points by cube, and within one in the order they were given in. */
  order: Int32Array;
  /** Where in `order` a cube begins; one more than there are cubes. */
  starts: Int32Array;
  /** The cube of each place in `order`. */
  cubeAt: Int32Array;
  /** Fills `found` with the filled cubes around a cube, of `half` only those that come after it; returns how many. */
  around(cube: number, half: boolean, found: Int32Array): number;
}

/** Room for what `around` finds. */
export const MOST_AROUND = 26;

const hash = (cx: number, cy: number, cz: number): number => {
  let h = Math.imul(cx, 0x9e3779b1) ^ Math.imul(cy, 0x85ebca6b) ^ Math.imul(cz, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
};

/** Sorts points into cubes of `edge` metres; `given` are the numbers of the points, in the order to be kept. */
export function sortIntoCubes(
  given: Int32Array,
  { x, y, z }: { x: Float64Array; y: Float64Array; z: Float64Array },
  edge: number,
): Cubes {
  const n = given.length;
  const mask = 2 ** Math.ceil(Math.log2(Math.max(16, n * 2))) - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  const cx = new Int32Array(n);
  const cy = new Int32Array(n);
  const cz = new Int32Array(n);
  let count = 0;

  /** The place in `table` that holds this cube or would take it. */
  const slotOf = (a: number, b: number, c: number): number => {
    let slot = hash(a, b, c) & mask;
    for (;;) {
      const cube = table[slot]!;
      if (cube < 0 || (cx[cube] === a && cy[cube] === b && cz[cube] === c)) return slot;
      slot = (slot + 1) & mask;
    }
  };

  const cubeOf = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const i = given[k]!;
    const a = Math.floor(x[i]! / edge);
    const b = Math.floor(y[i]! / edge);
    const c = Math.floor(z[i]! / edge);
    const slot = slotOf(a, b, c);
    if (table[slot]! < 0) {
      cx[count] = a;
      cy[count] = b;
      cz[count] = c;
      table[slot] = count++;
    }
    cubeOf[k] = table[slot]!;
  }

  const starts = new Int32Array(count + 1);
  for (let k = 0; k < n; k++) starts[cubeOf[k]! + 1]!++;
  for (let cube = 0; cube < count; cube++) starts[cube + 1]! += starts[cube]!;
  const next = starts.slice(0, count);
  const order = new Int32Array(n);
  const cubeAt = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const place = next[cubeOf[k]!]!++;
    order[place] = given[k]!;
    cubeAt[place] = cubeOf[k]!;
  }

  return {
    count,
    order,
    starts,
    cubeAt,
    around(cube, half, found) {
      const [a, b, c] = [cx[cube]!, cy[cube]!, cz[cube]!];
      let filled = 0;
      for (let da = half ? 0 : -1; da <= 1; da++) {
        for (let db = half && da === 0 ? 0 : -1; db <= 1; db++) {
          for (let dc = half && da === 0 && db === 0 ? 1 : -1; dc <= 1; dc++) {
            if (da === 0 && db === 0 && dc === 0) continue;
            const other = table[slotOf(a + da, b + db, c + dc)]!;
            if (other >= 0) found[filled++] = other;
          }
        }
      }
      return filled;
    },
  };
}
