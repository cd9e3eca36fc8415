import type { PhotoWords } from './photos-vi.ts';

const n = (value: number): string => new Intl.NumberFormat('en-GB').format(value);

/** Words about photos in English. */
export const photosEn: PhotoWords = {
  title: 'Photos',
  count: (count) => `${n(count)} ${count === 1 ? 'photo' : 'photos'}`,
  none: 'No photo yet.',
  add: 'Add a photo',
  hint: 'JPEG, PNG or WebP, at most 25 MB. Where it was taken is removed from every copy shown.',
  sending: (name) => `Sending ${name}…`,
  added: 'Photo added.',
  takenOn: (date) => `taken on ${date}`,
  takenUnknown: 'day unknown',
  by: (name, date) => `added by ${name} on ${date}`,
  byUnknown: (date) => `added on ${date}`,
  open: (caption) => `Look at the photo: ${caption}`,
  untitled: 'no caption yet',
  caption: 'Caption',
  rights: 'Author and rights',
  day: 'Taken on',
  audience: 'Seen by',
  audiences: { public: 'Everybody', office: 'The office' },
  save: 'Save',
  saved: 'Saved.',
  remove: 'Take away',
  removed: 'Photo taken away.',
  restored: 'Photo brought back.',
  undo: 'Undo',
  file: (sha256, size) => `Original ${size}, hash ${sha256}`,
};
