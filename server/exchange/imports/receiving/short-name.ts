const LONGEST = 200;

/** The name of a file as it is kept: its beginning, never half of a character (a database refuses half of a surrogate pair). */
export const shortName = (name: string): string => name.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '');
