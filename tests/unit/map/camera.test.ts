import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bboxOf,
  districtBbox,
  fitBbox,
  formatCamera,
  maxBounds,
  maxZoom,
  minZoom,
  noPadding,
  parseCamera,
  sameCamera,
} from '../../../web/map/camera.ts';

const [west, south, east, north] = maxBounds;
const reachable = fc.record({
  lng: fc.double({ min: west, max: east, noNaN: true }),
  lat: fc.double({ min: south, max: north, noNaN: true }),
  zoom: fc.double({ min: minZoom, max: maxZoom, noNaN: true }),
});

describe('the camera in the address', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(reachable, (camera) => {
        const read = parseCamera(formatCamera(camera));
        return read !== null && sameCamera(read, camera);
      }),
    );
  });

  test('keeps its place to a metre and its zoom to a hundredth', () => {
    fc.assert(
      fc.property(reachable, (camera) => {
        const read = parseCamera(formatCamera(camera))!;
        return Math.abs(read.lat - camera.lat) < 1e-5 && Math.abs(read.zoom - camera.zoom) <= 0.0051;
      }),
    );
  });

  test.each(['', '15', '15/21', 'a/b/c', '15/21/105/1', '15/21/105;drop', '1e3/21/105', ' 15/21/105', 'NaN/NaN/NaN'])(
    'is refused as "%s"',
    (text) => expect(parseCamera(text)).toBeNull(),
  );

  test('is absent where the address says nothing', () => expect(parseCamera(null)).toBeNull());

  test('is held over Hà Nội', () => expect(parseCamera('3/10/60')).toEqual({ zoom: minZoom, lat: south, lng: west }));

  test('never takes text for a camera out of bounds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const camera = parseCamera(text);
        return camera === null || (camera.zoom >= minZoom && camera.zoom <= maxZoom && camera.lng >= west);
      }),
    );
  });
});

describe('fitting', () => {
  const size = { width: 1440, height: 900 };

  test('centres the district', () => {
    const { lng, lat } = fitBbox(districtBbox, size);
    expect([lng, lat]).toEqual([expect.closeTo(105.820028, 5), expect.closeTo(21.06844, 4)]);
  });

  test('steps back where a panel covers half the window', () => {
    const free = fitBbox(districtBbox, size).zoom;
    expect(fitBbox(districtBbox, size, { ...noPadding, left: 720, bottom: 450 }).zoom).toBeLessThan(free);
  });

  test('moves the centre aside for the buttons at the right edge', () => {
    expect(fitBbox(districtBbox, size, noPadding, 24, 52).lng).toBeGreaterThan(fitBbox(districtBbox, size).lng);
  });

  test('does not dive into a point', () => {
    expect(fitBbox([105.82, 21.06, 105.82, 21.06], size).zoom).toBe(16.5);
  });

  test('survives a window the panels cover whole', () => {
    expect(fitBbox(districtBbox, size, { top: 900, bottom: 900, left: 0, right: 0 }).zoom).toBe(minZoom);
  });
});

describe('the bbox of a geometry', () => {
  test('of a polygon', () => {
    const coordinates = [
      [
        [1, 2],
        [3, 2],
        [3, 5],
        [1, 2],
      ],
    ];
    expect(bboxOf({ type: 'Polygon', coordinates })).toEqual([1, 2, 3, 5]);
  });
  test('of nothing is null', () => expect(bboxOf({ type: 'FeatureCollection', features: [] })).toBeNull());
});
