// Where a text of features lies, and what is read of it. Spans are made anew for every window of cells and features are taken before any is: they
// have the same room.
import { ROW_STARTS } from '../coverage/layout';

/** Bytes of text read at a time. */
export const MAX_TEXT: u32 = 512 << 10;
/** Features of it at most: where there are more they are read the next time. */
export const MAX_FEATURES: u32 = 8192;
/** No position has fewer bytes than `[0,0]` and a comma, no ring fewer than `[[0,0]]` and a comma. */
const MAX_POSITIONS: usize = MAX_TEXT / 6 + 1;
const MAX_RINGS: usize = MAX_TEXT / 8 + 1;

/** Powers of ten up to 10^16. */
export const POWERS: usize = ROW_STARTS;
export const TEXT: usize = POWERS + 17 * 8;
/** The same features as one array without their coordinates. */
export const REST: usize = TEXT + (MAX_TEXT as usize) + 64;
/** Two numbers each, of one feature after the other. */
export const POSITIONS: usize = REST + (MAX_TEXT as usize) + 56;
/** Of each feature: west, east, north and south end on the grid, and its area in cells. */
export const EXTENTS: usize = POSITIONS + 16 * MAX_POSITIONS;
/** Of each feature: where in the text it begins and ends, and how many numbers, rings and parts there are up to its end. */
export const FROMS: usize = EXTENTS + 40 * (MAX_FEATURES as usize);
export const TOS: usize = FROMS + 4 * (MAX_FEATURES as usize);
export const NUMBERS: usize = TOS + 4 * (MAX_FEATURES as usize);
export const RINGS: usize = NUMBERS + 4 * (MAX_FEATURES as usize);
export const PARTS: usize = RINGS + 4 * (MAX_FEATURES as usize);
/** Positions of each ring and rings of each part up to its end, counted from the feature's first. */
export const RING_ENDS: usize = PARTS + 4 * (MAX_FEATURES as usize);
export const PART_ENDS: usize = RING_ENDS + 4 * MAX_RINGS;
/** How deep the coordinates of each feature are: 3 of a Polygon, 4 of a MultiPolygon; 0 = its coordinates are not read. */
export const DEPTHS: usize = PART_ENDS + 4 * MAX_RINGS;
/** 1 for each feature that was brought onto a grid. */
export const PLACES: usize = DEPTHS + (MAX_FEATURES as usize);
/** 1 for the first ring of each part. */
export const OUTERS: usize = PLACES + (MAX_FEATURES as usize);
export const RING_SIGNS: usize = OUTERS + MAX_RINGS;
