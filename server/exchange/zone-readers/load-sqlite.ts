import { setFlagsFromString } from 'node:v8';
import type sqlite from 'node-sqlite3-wasm';

/** V8's own, and the most it takes. */
const TIERING_BUDGET = 1_800_000;
const ENDLESS_BUDGET = 2_000_000_000;

/**
 * The SQLite engine, left as it was first compiled. Reading the zones of a file takes a few hundredths of a second, but keeps one giant loop
 * busy enough for the optimising compiler to take it up: a quarter of a second of processor time and 30 MB, for code that is done by then. The
 * budget is looked at when a module is made, so that others are compiled as ever.
 */
export async function loadSqlite(): Promise<typeof sqlite> {
  setFlagsFromString(`--wasm-tiering-budget=${ENDLESS_BUDGET}`);
  try {
    return (await import('node-sqlite3-wasm')).default;
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`);
  }
}
