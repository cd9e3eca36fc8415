/** Eight ward lists made from a seed, some of whose places stand in a second list under a changed spelling. */
import { createRandom, type Random } from '../../server/demo/random.ts';
import type { Listed } from '../../server/heritage/restoration/doubles.ts';

const KINDS = ['Đình', 'Chùa', 'Đền', 'Miếu', 'Phủ', 'Am'] as const;
const FIRST =
  'An Bảo Cẩm Châu Đại Đông Đức Hà Hoàng Hồng Hưng Khánh Kim Lạc Long Mai Minh Nam Nghi Ngọc Nhật Phú Phúc Quảng Quỳnh Tân Thanh Thiên Thịnh Thọ Thụy Tiên Trúc Vạn Vĩnh Võng Xuân Yên'.split(
    ' ',
  );
const SECOND =
  'Bá Cầu Chử Dương Điền Đoài Đống Gia Hậu Hòa Khẩu Lâm Liễu Mỗ Mỹ Niên Phong Quý Quang Sài Sơn Thái Thị Thôn Thượng Trạch Trung Tứ Uyên Viên Xá'.split(
    ' ',
  );
const STREETS = ['Lạc Long Quân', 'Thụy Khuê', 'Âu Cơ', 'Xuân La', 'An Dương Vương', 'Đặng Thai Mai', 'Võng Thị'];
const SINO: Record<string, string> = { Chùa: 'tự', Đình: 'đình', Miếu: 'miếu' };
const LETTER = /[a-zà-ỹđ]/i;

const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D');

/** One letter left out, doubled, changed for its neighbour on the keyboard or swapped with the next, not the first one. */
function slip(text: string, random: Random): string {
  const words = text.split(' ');
  const long = words.flatMap((word, i) => (i > 0 && word.length >= 3 ? [i] : []));
  const i = random.pick(long);
  const word = words[i]!;
  const at = random.whole(1, word.length - 1);
  if (!LETTER.test(word[at]!)) return text;
  words[i] = random.pick([
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + word[at]! + word.slice(at),
    `${word.slice(0, at)}g${word.slice(at + 1)}`,
    at + 1 < word.length ? word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2) : `${word}h`,
  ]);
  return words.join(' ');
}

type Change = (place: Listed, random: Random) => Partial<Listed>;
/** How a second hand writes the same place. */
export const changes: Record<string, Change> = {
  'marks dropped': ({ name, address }) => ({ name: bare(name), address: bare(address) }),
  'capitals without marks': ({ name }) => ({ name: bare(name).toUpperCase() }),
  'a synonym before the name': ({ name }, random) => {
    const [kind, ...words] = name.split(' ');
    const forms = [`${kind} làng ${words.join(' ')}`, `Di tích ${name}`, `${kind} thôn ${words.join(' ')}`];
    return { name: random.pick(forms) };
  },
  'the Sino-Vietnamese form': ({ name }) => {
    const [kind = '', ...words] = name.split(' ');
    return { name: SINO[kind] ? `${words.join(' ')} ${SINO[kind]}` : name.toUpperCase() };
  },
  'another name, which the first list gives': ({ otherNames, name }) => ({
    name: otherNames[0] ?? name,
    otherNames: [],
  }),
  'a slip of the keyboard': ({ name }, random) => ({ name: slip(name, random) }),
  'a short form': ({ name, address }) => {
    const [kind = '', ...words] = name.split(' ');
    const short = kind === 'Chùa' ? 'Ch.' : `${kind[0]}.`;
    return {
      name: `${short} ${words.join(' ')}`,
      address: address.replace('ngõ ', 'ng. ').replace(/, phường.*/, ', P. Bưởi, Q. Tây Hồ'),
    };
  },
  'a name of its own at the same address': ({ name, address }) => ({
    name: `${name.split(' ')[0]} Cổ Tự Mới`,
    address: address.replace(/^Số /, 'số '),
  }),
  'i for y': ({ name }) => ({ name: name.replace(/(?<=[uhmlkt])[ýỳỵỷỹy]\b/giu, 'í') }),
};

export interface Generated {
  lists: Listed[][];
  /** Pairs that are one place, as `a b` with a < b, and how each was changed. */
  same: Map<string, string>;
}

/** `perWard` places a list, `share` of all of them a second time in another list. */
export function generateLists(seed: number, perWard = 40, share = 0.1): Generated {
  const random = createRandom(seed);
  const lists: Listed[][] = Array.from({ length: 8 }, () => []);
  const taken = new Set<string>();
  let number = 0;
  const fresh = (): string => {
    for (;;) {
      const name = `${random.pick(FIRST)} ${random.pick(SECOND)}`;
      if (!taken.has(name)) {
        taken.add(name);
        return name;
      }
    }
  };
  const place = (ward: number): Listed['place'] => ({
    lng: 105.79 + (ward % 4) * 0.014 + random.whole(0, 9000) / 1e6,
    lat: 21.04 + Math.floor(ward / 4) * 0.03 + random.whole(0, 20000) / 1e6,
  });
  lists.forEach((list, ward) => {
    while (list.length < perWard) {
      const village = fresh();
      // As in life: a village's đình and its chùa are two places of one name.
      const kinds = random.chance(0.3) ? (['Đình', 'Chùa'] as const) : [random.pick(KINDS)];
      for (const kind of kinds) {
        const house = random.whole(1, 700);
        list.push({
          id: `g${String(++number).padStart(4, '0')}`,
          relicId: null,
          name: `${kind} ${village}`,
          otherNames: random.chance(0.3) ? [`${kind} ${fresh()}`] : [],
          address: random.chance(0.8)
            ? `${random.chance(0.5) ? `Số ${house}` : `${house} ngõ ${random.whole(1, 60)}`} ${random.pick(STREETS)}, phường Bưởi`
            : '',
          place: random.chance(0.6) ? place(ward) : null,
          done: false,
        });
      }
    }
  });
  const originals = lists.flatMap((list, ward) => list.map((item) => ({ item, ward })));
  const same = new Map<string, string>();
  const names = Object.keys(changes);
  const count = Math.round(originals.length * share);
  for (let i = 0; i < count; i++) {
    const { item, ward } = originals[Math.floor((i * originals.length) / count)]!;
    const how = names[i % names.length]!;
    const changed = { ...item, ...changes[how]!(item, random) };
    // A second hand measures a little beside, or not at all.
    const near = item.place && {
      lng: item.place.lng + random.whole(-8, 8) / 1e5,
      lat: item.place.lat + random.whole(-8, 8) / 1e5,
    };
    // Nor does it always say where.
    if (how !== 'a name of its own at the same address' && random.chance(0.3)) changed.address = '';
    const other = { ...changed, id: `g${String(++number).padStart(4, '0')}`, place: random.chance(0.5) ? near : null };
    lists[(ward + 1 + random.whole(0, 6)) % 8]!.push(other);
    same.set([item.id, other.id].sort().join(' '), how);
  }
  return { lists, same };
}
