import { END_OF_COVERAGE } from '../coverage/layout';

/** Sums of the last zone: Σ w of all cells, Σ w, Σ w² and Σ w x of valid ones. */
export const TOTALS: usize = END_OF_COVERAGE;
