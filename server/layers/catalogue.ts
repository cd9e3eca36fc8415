import type { Bilingual, Units } from '../../geodata/schema.ts';
import type { Layer, LayerId } from './contract.ts';

interface Entry {
  title: Bilingual;
  geometry: Layer['geometry'];
  /** The data file whose source, licence and accuracy the layer carries; `null` = made by this server alone. */
  file: ((units: Units) => string) | null;
  access: Layer['access'];
}

const named = (file: string) => () => file;

/** Every layer, in the order a reader meets them. */
export const catalogue: Record<LayerId, Entry> = {
  wards: {
    title: { vi: 'Phường', en: 'Wards' },
    geometry: 'polygon',
    file: (units) => `layers/wards-${units.slice(0, 4)}.geojson`,
    access: 'public',
  },
  'ward-edges': {
    title: { vi: 'Ranh giới phường', en: 'Ward boundaries' },
    geometry: 'line',
    file: named('layers/ward-edges.geojson'),
    access: 'public',
  },
  relics: {
    title: { vi: 'Di tích', en: 'Relics' },
    geometry: 'point',
    file: named('seed/relics.json'),
    access: 'public',
  },
  hotspots: {
    title: { vi: 'Điểm nóng sốt xuất huyết theo tuần', en: 'Weekly dengue hotspots' },
    geometry: 'polygon',
    file: null,
    access: 'public',
  },
  landmarks: {
    title: { vi: 'Địa danh', en: 'Landmarks' },
    geometry: 'point',
    file: named('layers/landmarks.geojson'),
    access: 'public',
  },
  streets: {
    title: { vi: 'Đường phố', en: 'Streets' },
    geometry: 'line',
    file: named('layers/streets.geojson'),
    access: 'public',
  },
  water: {
    title: { vi: 'Mặt nước', en: 'Water' },
    geometry: 'polygon',
    file: named('layers/water.geojson'),
    access: 'public',
  },
  district: {
    title: { vi: 'Quận Tây Hồ', en: 'Tây Hồ district' },
    geometry: 'polygon',
    file: named('layers/district.geojson'),
    access: 'public',
  },
  cases: { title: { vi: 'Ca bệnh', en: 'Cases' }, geometry: 'point', file: null, access: 'role' },
  outbreaks: { title: { vi: 'Ổ dịch', en: 'Outbreaks' }, geometry: 'polygon', file: null, access: 'role' },
  'breeding-sites': {
    title: { vi: 'Ổ bọ gậy', en: 'Breeding sites' },
    geometry: 'point',
    file: null,
    access: 'role',
  },
};

/** What layers made by this server alone say of themselves. */
export const OWN_ATTRIBUTION = 'Tây Hồ Atlas';
export const OWN_LICENCE = 'facts';

const APPROXIMATE: Bilingual = {
  vi: 'ranh giới gần đúng, không có giá trị pháp lý',
  en: 'approximate boundaries without legal standing',
};
/** Layers of boundaries say so in the very words that stand on the map; layers of our own say how they are made. */
export const accuracyNotes: Partial<Record<LayerId, Bilingual>> = {
  wards: APPROXIMATE,
  'ward-edges': APPROXIMATE,
  district: APPROXIMATE,
  hotspots: {
    vi: 'ô lưới 500 m, cả phường hoặc cả quận; không công bố số dưới 5 ca',
    en: '500 m cells, whole wards or the district; no count under 5 is published',
  },
  cases: { vi: 'chỉ cán bộ y tế được xem', en: 'for health staff only' },
  outbreaks: {
    vi: 'vòng tròn quanh ca bệnh trong phạm vi được giao; ngoài phạm vi chỉ có ô lưới 500 m',
    en: 'circles around the cases of one’s scope; outside it only cells of 500 m',
  },
  'breeding-sites': { vi: 'chỉ cán bộ y tế được xem', en: 'for health staff only' },
};
