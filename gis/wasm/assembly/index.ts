// What the module exports. All of it works in one memory: blocks are summed where they were inflated to, by spans that lie there as well.
export { A, B, inflateBoth, inflateOne, open, written } from './inflate/streams';
export { undoDifferences, undoFloats } from './inflate/undo';
export { openWindow, addLine, addRing } from './coverage/add-edges';
export { sweep } from './coverage/sweep';
export { openPairs } from './difference/pairs';
export { sumPairs } from './difference/sum-pairs';
export { openValues, RECORD_WORDS } from './difference/held-values';
export { holdZones } from './difference/held-zones';
export { bringKept, keepZones, openSpreads, SPREAD_NUMBERS } from './difference/keep-zones';
export { sumZones } from './difference/sum-zones';
export { ENDS, MAX_CELLS, MAX_POINTS, POINTS, ROW_STARTS, STARTS, WEIGHTS } from './coverage/layout';
export { keepPairs } from './difference/keep-pairs';
export { selectKept, selectPercentiles } from './percentiles/select';
export { TOTAL_COUNT, TOTALS } from './difference/layout';
export { FRACTIONS, FREE, MAX_FRACTIONS, MAX_VALUES, PART_WEIGHTS, PERCENTILES, VALUES } from './percentiles/layout';
export { readBytes, readFeatures, restBytes } from './features/read-features';
export { placeFeatures } from './features/place-features';
export {
  DEPTHS, EXTENTS, FROMS, MAX_FEATURES, MAX_TEXT, NUMBERS, PART_ENDS, PARTS, PLACES, POSITIONS, REST, RING_ENDS, RING_SIGNS, RINGS, TEXT, TOS,
} from './features/layout';
