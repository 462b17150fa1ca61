import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { Mapping } from './mapping.ts';

/** A mapping of a drawing as it is to be remembered: with its layers, and with what is known of layers that this drawing has not. */
export function withLayers(mapping: Mapping, layers: Diagnosis['layers'], before: Mapping | undefined): Mapping {
  if (layers.length === 0) return mapping;
  const now = Object.fromEntries(layers.map(({ name, isTaken }) => [name, isTaken]));
  return {
    ...mapping,
    layers: { ...before?.layers, ...now },
    values: { ...mapping.values, stage: { ...before?.values.stage, ...mapping.values.stage } },
  };
}
