import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../platform/errors.ts';
import { boxOf, boxUnion } from '../../../../gis/geometry/position/box.ts';
import type { Box } from '../../../../gis/types.ts';
import type { ExportLayer, Feature } from '../export-layer.ts';

/** What a sheet of paper can show, and a reader of it take in. */
const MAX_FEATURES = 20_000;
const FEATURES_IN_A_ROW = 100;
const MAX_POSITIONS = 1_000_000;

/** The drawn features of a layer, with what the sheet says of them. */
export interface Selection {
  readonly features: readonly Feature[];
  readonly leftOut: number;
  readonly box: Box;
  readonly byClass: ReadonlyMap<string, { readonly areaM2: number; readonly count: number }>;
  readonly mines: readonly { readonly zh: string; readonly en: string }[];
}

/** @throws AppError `export-nothing-drawn`, `export-too-large` */
export async function readSelection(layer: ExportLayer): Promise<Selection> {
  const features: Feature[] = [];
  const byClass = new Map<string, { areaM2: number; count: number }>();
  const mines = new Map<unknown, { zh: string; en: string }>();
  let box: Box | undefined;
  let leftOut = 0;
  let positions = 0;
  for await (const feature of layer.features()) {
    const { geometry, values } = feature;
    const own = geometry === null || geometry.type === 'Point' ? undefined : boxOf(geometry);
    if (geometry === null || geometry.type === 'Point' || own === undefined) {
      leftOut += 1;
      continue;
    }
    features.push(feature);
    // Outlines are projected while they are read: others get their turn between.
    if (features.length % FEATURES_IN_A_ROW === 0) await setImmediate();
    for (const rings of geometry.coordinates) for (const ring of rings) positions += ring.length;
    if (features.length > MAX_FEATURES) throw new AppError('export-too-large', { limit: `${MAX_FEATURES} outlines` });
    if (positions > MAX_POSITIONS) throw new AppError('export-too-large', { limit: `${MAX_POSITIONS} points` });
    box = boxUnion(box, own);
    const code = layer.classes === null ? '' : String(values[layer.classes.field] ?? '');
    const tally = byClass.get(code) ?? { areaM2: 0, count: 0 };
    byClass.set(code, { areaM2: tally.areaM2 + Number(values['areaM2'] ?? 0), count: tally.count + 1 });
    mines.set(values['mineId'], { zh: String(values['mineNameZh'] ?? ''), en: String(values['mineNameEn'] ?? '') });
  }
  if (box === undefined) throw new AppError('export-nothing-drawn');
  return { features, leftOut, box, byClass, mines: [...mines.values()] };
}
