// Where the values of a zone lie whose percentiles are looked for, and what is noted of them meanwhile. Nothing of it has to be empty before.
import { END_OF_DIFFERENCE } from '../difference/layout';

/** Zones of more cells are left to others. */
export const MAX_VALUES: u32 = 1 << 17;
export const MAX_FRACTIONS: u32 = 16;
/** Places a value has: few enough to be looked up fast, so many that three of a hundred meet another. */
export const PLACES_EACH: u32 = 32;
/** Where values are few they have four times as many, up to this: bins are nearly empty then, and little has to be put in order. */
export const FEW_PLACES: u32 = 1 << 16;
/** Places of a bin, 2 ** 7, whose bits are one vector: weights are summed bin by bin. */
export const BIN_BITS: u32 = 7;
/** Distinct values that may lie about a percentile: in the bin where it is and in its neighbours. */
export const MAX_NEAR: u32 = 256;

/** Fractions of what values weigh, and the percentiles at them. */
export const FRACTIONS: usize = END_OF_DIFFERENCE;
export const PERCENTILES: usize = FRACTIONS + 8 * MAX_FRACTIONS;
/** Values of cells wholly inside, those of others behind them; and the weights of the others. A block's cells have room. */
export const VALUES: usize = PERCENTILES + 8 * MAX_FRACTIONS;
export const PART_WEIGHTS: usize = VALUES + (8 << 18) + 64;
/** The place of each value, equal ones in the same, rising with them. */
export const PLACES: usize = PART_WEIGHTS + (8 << 18) + 64;
/** A bit for each place that a value has taken; once they are counted, for each that is to be looked at. */
export const TAKEN: usize = PLACES + 4 * MAX_VALUES + 64;
export const LOOKED_AT: usize = TAKEN;
/**
 * Of each bin first the weight of its partly covered cells (f64), how many values came to a place that was taken, and how many partly covered
 * cells there are; then the weight and the number of all values before it, and for which percentiles it is near.
 */
export const BINS: usize = LOOKED_AT + (PLACES_EACH / 8) * MAX_VALUES + 64;
/** Places that were taken already; then the numbers of values that are looked at. */
export const LIST: usize = BINS + 16 * (((PLACES_EACH * MAX_VALUES) >> BIN_BITS) + 2);
/** Twice as many slots as values. */
export const MOST_SLOT_BITS: u32 = 18;
/** Addresses of groups by what their values hash to. */
export const SLOTS: usize = LIST + 4 * MAX_VALUES + 64;
/** Equal values: value and weight (f64), how many they are and their bin. */
export const GROUPS: usize = SLOTS + (4 << MOST_SLOT_BITS);
/** Before, the cells from which values are made: those wholly inside where places and bits will be, others where groups will be. A block's have room. */
export const WHOLE_CELLS: usize = PLACES;
export const PART_CELLS: usize = GROUPS;
/** Addresses of the groups near a percentile, in rising order. */
export const NEAR: usize = GROUPS + 24 * MAX_VALUES;
/** Addresses of the groups near any percentile, and of those of several values, where bits were before. */
export const NEAR_ANY: usize = NEAR + 4 * MAX_NEAR + 64;
export const REPEATED: usize = TAKEN;
/** First address that is the caller's. */
export const FREE: usize = NEAR_ANY + 4 * MAX_VALUES + 64;
