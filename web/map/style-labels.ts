/**
 * Names the style itself places: water, the neighbours, and the two archipelagos. Positions are label positions, chosen
 * by eye for the shape they name; they locate nothing.
 */
import type { Lang } from './style-ground.ts';

type Kind = 'lake' | 'small-lake' | 'neighbour' | 'sovereign';
interface Label {
  id: string;
  kind: Kind;
  vi: string;
  en: string;
  at: [number, number];
}

const labels: Label[] = [
  {
    id: 'ho-tay',
    kind: 'lake',
    vi: 'Hồ Tây',
    en: 'West Lake',
    at: [105.8235, 21.0512],
  },
  { id: 'ho-truc-bach', kind: 'small-lake', vi: 'Trúc Bạch', en: 'Trúc Bạch', at: [105.8386, 21.0463] },
  // The districts around Tây Hồ from 2014 to 2025.
  { id: 'bac-tu-liem', kind: 'neighbour', vi: 'Bắc Từ Liêm', en: 'Bắc Từ Liêm', at: [105.782, 21.066] },
  { id: 'cau-giay', kind: 'neighbour', vi: 'Cầu Giấy', en: 'Cầu Giấy', at: [105.789, 21.0435] },
  { id: 'ba-dinh', kind: 'neighbour', vi: 'Ba Đình', en: 'Ba Đình', at: [105.8245, 21.0345] },
  { id: 'hoan-kiem', kind: 'neighbour', vi: 'Hoàn Kiếm', en: 'Hoàn Kiếm', at: [105.8525, 21.0295] },
  { id: 'long-bien', kind: 'neighbour', vi: 'Long Biên', en: 'Long Biên', at: [105.8765, 21.0525] },
  { id: 'dong-anh', kind: 'neighbour', vi: 'Đông Anh', en: 'Đông Anh', at: [105.8385, 21.0985] },
  // Out of reach while the camera is held over Hà Nội; should that ever change, these are their names.
  {
    id: 'hoang-sa',
    kind: 'sovereign',
    vi: 'Quần đảo Hoàng Sa\n(Việt Nam)',
    en: 'Hoàng Sa Islands\n(Viet Nam)',
    at: [112.0, 16.5],
  },
  {
    id: 'truong-sa',
    kind: 'sovereign',
    vi: 'Quần đảo Trường Sa\n(Việt Nam)',
    en: 'Trường Sa Islands\n(Viet Nam)',
    at: [113.8, 9.8],
  },
  { id: 'bien-dong', kind: 'sovereign', vi: 'BIỂN ĐÔNG', en: 'EAST SEA', at: [112.6, 13.4] },
];

export function placeLabels(lang: Lang): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: labels.map((label) => ({
      type: 'Feature',
      id: label.id,
      properties: { id: label.id, kind: label.kind, name: label[lang] },
      geometry: { type: 'Point', coordinates: label.at },
    })),
  };
}

/** Words no map of ours may print for these waters and islands, in any spelling a foreign source uses. */
export const foreignSeaNames = [
  'South China Sea',
  'Paracel',
  'Spratly',
  'Xisha',
  'Nansha',
  'Sansha',
  'Kalayaan',
  'West Philippine Sea',
  '南海',
  '南中国海',
  '西沙',
  '南沙',
  '三沙',
];
