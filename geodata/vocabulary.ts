/**
 * The closed lists of words for places and records. Apart from the schemas that use them, because a page that only needs
 * the words should not load the judge of data files (zod) with them.
 */

/** The ward sets, each named by its first day: the eight of 1995, the six that hold their land since 2025. */
export const unitSets = ['1995-10-28', '2025-07-01'] as const;

/** OpenStreetMap's highway classes as far as the map tells them apart; slip roads join their road, `unclassified` joins `residential`. */
export const streetClasses = ['trunk', 'primary', 'secondary', 'tertiary', 'residential', 'service'] as const;

export const landmarkKinds = ['museum', 'sight', 'memorial'] as const;

export const relicKinds = [
  'dinh',
  'chua',
  'den',
  'phu',
  'mieu',
  'am',
  'memorial-house',
  'tomb',
  'school',
  'other',
] as const;

export const relicRanks = ['special-national', 'national', 'city', 'inventoried'] as const;

export const heritageTypes = ['historical', 'architectural-artistic', 'archaeological', 'scenic', 'mixed'] as const;

/** How a position is known. `placed` = put on the map by a person. */
export const positionAccuracies = ['surveyed', 'mapped', 'plus-code', 'inferred', 'estimated', 'placed'] as const;

export const culturalWardStates = ['recognised', 'not-recognised'] as const;

export const titleSteps = [
  'not-registered',
  'registered',
  'self-assessment',
  'consultation',
  'appraisal',
  'recognised',
  'refused',
  'recognition-due',
] as const;

/**
 * What a pack of criteria is for: a `title` pack judges the ward, one a day; a `district` pack of the district's own
 * indicators is in force beside it and never counts for the title.
 */
export const packPurposes = ['title', 'district'] as const;

/**
 * What a paper may show of the way to the title: the eight steps of QĐ 04/2022/QĐ-TTg, Điều 6 to 9, refusal, what was
 * before and comes after. `appraisal` = under appraisal, by a paper that says no more.
 */
export const procedureSteps = [
  'not-registered',
  'registered',
  'self-assessment',
  'consultation',
  'dossier',
  'council',
  'vote',
  'appraisal',
  'recognised',
  'refused',
  'published',
  'recognition-due',
] as const;

/** Which steps may come after each, the usual one first. */
export const procedureFollowers: Record<(typeof procedureSteps)[number], readonly (typeof procedureSteps)[number][]> = {
  'not-registered': ['registered'],
  registered: ['self-assessment', 'not-registered'],
  'self-assessment': ['consultation', 'registered'],
  // A paper of the time may say no more than that the ward is under appraisal.
  consultation: ['dossier', 'appraisal', 'self-assessment'],
  dossier: ['council', 'consultation', 'refused'],
  council: ['vote', 'dossier'],
  vote: ['recognised', 'refused', 'vote'],
  appraisal: ['council', 'vote', 'recognised', 'refused', 'consultation'],
  recognised: ['published', 'recognition-due', 'registered'],
  published: ['recognition-due', 'registered'],
  refused: ['registered', 'self-assessment'],
  'recognition-due': ['registered', 'recognised', 'refused'],
};

// --- dengue cases -----------------------------------------------------------------------------------------------------

/** QĐ 3711/QĐ-BYT: nghi ngờ, lâm sàng, xác định; `ruled-out` = loại trừ. Only clinical and confirmed cases count. */
export const caseClasses = ['suspected', 'clinical', 'confirmed', 'ruled-out'] as const;

/** SXHD, SXHD có dấu hiệu cảnh báo, SXHD nặng (QĐ 2760/QĐ-BYT 2023, before it QĐ 3705/QĐ-BYT 2019). */
export const caseSeverities = ['dengue', 'warning-signs', 'severe'] as const;

/** What proves a case: NS1 antigen, IgM ELISA, PCR, virus isolation. */
export const caseTests = ['ns1', 'igm', 'pcr', 'isolation'] as const;
export const testResults = ['positive', 'negative', 'pending'] as const;

/** Years of life at onset, both ends included; the last has no end. */
export const ageGroups = ['0-4', '5-9', '10-14', '15-19', '20-29', '30-39', '40-49', '50-59', '60+'] as const;

export const sexes = ['female', 'male'] as const;

/** Where the infection was caught: `local` = in the district, `imported` = elsewhere. */
export const caseOrigins = ['local', 'imported', 'unknown'] as const;

export const caseOutcomes = ['in-treatment', 'recovered', 'transferred', 'died'] as const;

/** How a case was put on the map. */
export const caseLocatings = ['map', 'device', 'address', 'coordinates', 'import'] as const;

/** Why a case leaves the list; `entered-by-mistake` and `duplicate` say that it never was one. */
export const caseRemovals = ['ruled-out', 'entered-by-mistake', 'duplicate', 'other-district'] as const;

/** For what a screen shows persons: stands in the log beside every reading. */
export const personReadingReasons = [
  'case-form',
  'line-list',
  'investigation',
  'duplicate-check',
  'export',
  'subject-request',
] as const;

/** `tt-15-2026`: TT 15/2026/TT-BYT, from 2026-07-01. `qd-02-2016`: QĐ 02/2016/QĐ-TTg, before. */
export const channelRules = ['qd-02-2016', 'tt-15-2026'] as const;

// --- relics: condition ------------------------------------------------------------------------------------------------

/** Mái, khung gỗ, tường, nền móng, tam quan, tượng và đồ thờ, sân vườn: parts as the ward lists name them. */
export const relicParts = ['roof', 'frame', 'wall', 'foundation', 'gate', 'statues', 'grounds'] as const;

/** What holds the building up: only of these may grade 5 be the grade of the whole. */
export const bearingParts: readonly (typeof relicParts)[number][] = ['roof', 'frame', 'wall', 'foundation'];

export const damageCauses = ['age', 'termites', 'damp', 'subsidence', 'storm', 'fire', 'people', 'unknown'] as const;

/** Theo dõi, trong năm, trong quý, ngay. */
export const repairUrgencies = ['watch', 'this-year', 'this-quarter', 'at-once'] as const;

/**
 * Months until a relic of grade 1 … 5 is to be looked at again. Our own working rule: no text prescribes it. The worse,
 * the sooner.
 */
export const monthsToNextInspection = [24, 12, 6, 3, 1] as const;
