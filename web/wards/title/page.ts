/** What of the title the address shows: `so` = the register, else the key of a ward. Pure. */
export const TITLE_KEY = 'danhhieu';
export const REGISTER = 'so';

/** The ward whose procedure is shown; `null` = the register. */
export const wardOfPage = (text: string): string | null => (/^\d{5}@\d{4}-\d{2}-\d{2}$/.test(text) ? text : null);
