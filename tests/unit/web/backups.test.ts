import { describe, expect, it } from 'vitest';
import { backupsEn } from '../../../web/i18n/backups-en.ts';
import { backupsVi } from '../../../web/i18n/backups-vi.ts';
import { ageInWords, shellWord } from '../../../web/backups/age.ts';
import { formatBytes } from '../../../web/lib/format.ts';

const NOW = '2022-11-04T03:00:00.000Z';

describe('the age of a backup', () => {
  it.each([
    ['2022-11-04T03:05:00.000Z', 'vừa xong', 'just now'],
    ['2022-11-04T02:59:01.000Z', 'vừa xong', 'just now'],
    ['2022-11-04T02:59:00.000Z', '1 phút trước', '1 minute ago'],
    ['2022-11-03T19:30:00.000Z', '7 giờ trước', '7 hours ago'],
    ['2022-11-02T03:00:00.001Z', '47 giờ trước', '47 hours ago'],
    ['2022-11-02T03:00:00.000Z', '2 ngày trước', '2 days ago'],
  ])('%s', (at, inVietnamese, inEnglish) => {
    expect([ageInWords(at, NOW, backupsVi.ago), ageInWords(at, NOW, backupsEn.ago)]).toEqual([inVietnamese, inEnglish]);
  });
});

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [12_440_000, '12,4 MB'],
    [4_400_000_000_000_000, '4.400 TB'],
  ])('%d bytes', (bytes, said) => {
    expect(formatBytes(bytes, 'vi')).toBe(said);
  });
});

describe('a path in a command', () => {
  it.each([
    ['/srv/backups/tayho-atlas-20221104T030000Z.tar', '/srv/backups/tayho-atlas-20221104T030000Z.tar'],
    ['/srv/my backups/a.tar', "'/srv/my backups/a.tar'"],
    ["/srv/x'; rm -rf /'/a.tar", "'/srv/x'\\''; rm -rf /'\\''/a.tar'"],
  ])('%s', (path, word) => {
    expect(shellWord(path)).toBe(word);
  });
});
