/**
 * How colours look to readers who lack a cone, and how far apart two then are.
 * Simulation: Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision
 * Deficiency", severity 1.0, on linear sRGB. Distance: CIE76 in L*a*b* under D65.
 */
export const visions = ['normal', 'protanopia', 'deuteranopia'] as const;
export type Vision = (typeof visions)[number];

type Triple = [number, number, number];
const matrices: Record<Vision, [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

const linear = (hex: string): Triple =>
  [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Triple;

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function lab(hex: string, vision: Vision): Triple {
  const rgb = linear(hex);
  const seen = matrices[vision].map((row) => Math.min(1, Math.max(0, dot(row, rgb)))) as Triple;
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f(dot([0.4124, 0.3576, 0.1805], seen) / 0.95047);
  const y = f(dot([0.2126, 0.7152, 0.0722], seen));
  const z = f(dot([0.0193, 0.1192, 0.9505], seen) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

export function distance(a: string, b: string, vision: Vision): number {
  const [p, q] = [lab(a, vision), lab(b, vision)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex));
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The two colours of a set that lie closest, as seen; for an assertion that names them. */
export function closest(colors: [string, string][], vision: Vision): { pair: string; distance: number } {
  let least = { pair: '', distance: Infinity };
  colors.forEach(([nameA, a], i) =>
    colors.slice(i + 1).forEach(([nameB, b]) => {
      const apart = distance(a, b, vision);
      if (apart < least.distance) least = { pair: `${nameA} / ${nameB}`, distance: apart };
    }),
  );
  return least;
}
