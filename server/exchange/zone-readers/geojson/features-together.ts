import type { PackedGeometry } from '../../../../gis/geometry/packed.ts';
import { FeatureTable } from '../../../../gis/wasm/feature-table.ts';
import { ownWasmInstance } from '../../../../gis/wasm/wasm-instance.ts';
import type { ZoneRecord, ZoneVisitor } from '../zone-file.ts';
import { plainRecord } from './feature-record.ts';

/** Stands for coordinates that were read. */
const MARK = '\0';

/** Takes one feature, bytes `[from, to)`, by itself. */
export type TakeAlone = (bytes: Buffer, from: number, to: number, number: number) => void;

/**
 * Reads features of a file many at a time: their coordinates in WebAssembly, all else as one JSON text. What is rare (other coordinates, numbers
 * with exponents, geometries in collections) and what is wrong is taken alone, in its turn.
 */
export class FeaturesTogether {
  readonly #table: FeatureTable;
  readonly #visitor: ZoneVisitor;
  readonly #takeAlone: TakeAlone;

  constructor(table: FeatureTable, visitor: ZoneVisitor, takeAlone: TakeAlone) {
    this.#table = table;
    this.#visitor = visitor;
    this.#takeAlone = takeAlone;
  }

  /** Visits the features that are whole, the first of them the file's `number`th. Answers how many they were, and up to which byte. */
  visit(bytes: Buffer, from: number, to: number, number: number): { readonly count: number; readonly end: number } {
    const table = this.#table;
    const visitor = this.#visitor;
    table.read(bytes.subarray(from, to));
    const { length: count, readBytes } = table;
    const records = recordsOf(table, number);
    const isPlaced = visitor.place?.(table) === true;
    for (let first = 0; first < count;) {
      let end = first;
      while (end < count && records?.[end] !== undefined && (!isPlaced || table.isPlaced(end))) end += 1;
      if (end === first) {
        const [start, after] = table.placeOf(first);
        this.#takeAlone(bytes, from + start, from + after, number + first);
        end += 1;
      } else if (isPlaced) visitor.visitPlaced?.(table, records as readonly ZoneRecord[], first, end);
      else {
        for (let i = first; i < end; i += 1) {
          visitor.visit({ ...(records?.[i] as ZoneRecord), geometry: geometryOf(table, i) });
        }
      }
      first = end;
    }
    return { count, end: from + readBytes };
  }
}

/** Undefined where the host refuses WebAssembly. */
export function createFeaturesTogether(visitor: ZoneVisitor, takeAlone: TakeAlone): FeaturesTogether | undefined {
  const wasm = ownWasmInstance();
  return wasm && new FeaturesTogether(new FeatureTable(wasm), visitor, takeAlone);
}

/** The features without their coordinates; undefined for one that has to be taken alone, or all of them. */
function recordsOf(table: FeatureTable, number: number): (ZoneRecord | undefined)[] | undefined {
  const { buffer, byteOffset, byteLength } = table.rest;
  let features: unknown;
  try {
    features = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(features) || features.length !== table.length) return undefined;
  return features.map((feature: unknown, i) => {
    const depth = table.depthOf(i);
    return depth === 0 ? undefined : plainRecord(feature, number + i, depth, MARK);
  });
}

function geometryOf(table: FeatureTable, feature: number): PackedGeometry {
  const { positions, ringEnds, partEnds } = table.coordinatesOf(feature);
  return { kind: 'polygons', positions, ringEnds: ringEnds.slice(), partEnds: partEnds.slice() };
}
