import type { Box } from '../../../gis/types.ts';
import type { IndexCode } from '../../../gis/zonal/expression.ts';
import type { SceneShape } from '../../../server/imagery/scenes/scene.contract.ts';
import type { AgreementRow, VegetationAnswer } from '../../../server/imagery/vegetation/vegetation.contract.ts';

export type Scene = Readonly<Omit<SceneShape, 'bbox'>> & { readonly bbox: Box | null };
export type Vegetation = Readonly<VegetationAnswer>;
export type SatelliteAgreement = Readonly<AgreementRow>;

/** Indices that are computed for every cell and scene. */
export const CHART_INDICES = [
  'ndvi',
  'evi2',
  'savi',
  'msavi2',
  'fvc',
  'nbr',
  'ndmi',
  'bsi',
] as const satisfies readonly IndexCode[];
export type ChartIndex = (typeof CHART_INDICES)[number];

export interface IndexLegend {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly min: number;
  readonly max: number;
  readonly stops: readonly { readonly value: number; readonly color: string }[];
  readonly formula: string;
}

export interface Job {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly progress: number;
  readonly code?: string | null | undefined;
  readonly params?: Readonly<Record<string, unknown>> | null | undefined;
}
