/** Packs in the address. Pure. */

/** `?bo=quan-tay-ho`: the pack the wards are looked at by; without it the one that judges the title. */
export const PACK_KEY = 'bo';
/** `?bo-tieu-chi=qd04-2022`: the screen of packs, and which one is open, or their list. */
export const PACKS_KEY = 'bo-tieu-chi';
export const EVERY_PACK = 'tat-ca';
