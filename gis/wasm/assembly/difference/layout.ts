import { END_OF_COVERAGE } from '../coverage/layout';

/** Sums of the last zone: Σ w of all cells, Σ w, Σ w² and Σ w x of valid ones; behind them what else `keepPairs` sums. */
export const TOTALS: usize = END_OF_COVERAGE;
export const TOTAL_COUNT: u32 = 11;
export const END_OF_DIFFERENCE: usize = TOTALS + 128;
