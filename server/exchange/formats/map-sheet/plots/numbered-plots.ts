import type { MultiPolygon } from '../../../../../gis/types.ts';
import type { ExportLayer, Feature } from '../../export-layer.ts';

/** A plot of the sheet with the number that stands on it and in the table. */
export interface NumberedPlot {
  readonly number: number;
  readonly feature: Feature & { readonly geometry: MultiPolygon };
}

/** With more plots no number could be read, and nobody would look one up. */
export const MOST_NUMBERED = 600;

/** The plots of a selection in the order of the legend, within a class the largest first; none where they are too many. */
export function numberPlots({ classes }: ExportLayer, features: readonly Feature[]): readonly NumberedPlot[] {
  if (features.length > MOST_NUMBERED) return [];
  const order = new Map(classes?.terms.map(({ code }, index) => [code, index]));
  const rank = ({ values }: Feature): number => order.get(String(values[classes?.field ?? ''] ?? '')) ?? order.size;
  const areaM2 = ({ values }: Feature): number => Number(values['areaM2'] ?? 0);
  return features
    .filter((feature): feature is NumberedPlot['feature'] => feature.geometry?.type === 'MultiPolygon')
    .toSorted((a, b) => rank(a) - rank(b) || areaM2(b) - areaM2(a))
    .map((feature, index) => ({ number: index + 1, feature }));
}
