import { computed, signal } from '@preact/signals';
import { listAgreement, getVegetation, listIndexLegends, listScenes } from '../../api/imagery.ts';
import { CHART_INDICES, type ChartIndex } from '../../api/shapes/imagery.ts';
import { account, dataVersion } from '../access/session.ts';
import { resource } from '../resource.ts';
import { mineId } from '../selection.ts';
import { settledAsAt } from '../time.ts';
import { scene } from '../view.ts';

const viewer = (): string => `${account.value?.id ?? 'public'}.${dataVersion.value}`;

export const scenes = resource({
  key: () => (mineId.value === null ? null : { mineId: mineId.value, viewer: viewer() }),
  load: ({ mineId }, signal) => listScenes(mineId, signal),
  keeps: (before, after) => before.mineId === after.mineId,
});

export const legends = resource({ key: () => 'all', load: (_key, signal) => listIndexLegends(signal) });

/** The index whose means the chart draws. */
export const chartIndex = signal<ChartIndex>('ndvi');

/** Those that the bands of some scene of the mine allow; all of them until the scenes are known. */
export const chartIndices = computed<readonly ChartIndex[]>(() => {
  const drawable = new Set(readyScenes.value.flatMap(one => one.indices));
  return drawable.size === 0 ? CHART_INDICES : CHART_INDICES.filter(index => drawable.has(index));
});

export const vegetation = resource({
  key: () => (mineId.value === null ? null : { mineId: mineId.value, index: chartIndex.value, viewer: viewer() }),
  load: ({ mineId, index }, signal) => getVegetation(mineId, index, signal),
  keeps: (before, after) => before.mineId === after.mineId && before.index === after.index,
});

/** Whether the satellite agrees with each reclaimed cell of the chosen date, from scenes up to that date. */
export const agreement = resource({
  key: () => (mineId.value === null ? null : { mineId: mineId.value, asAt: settledAsAt.value, viewer: viewer() }),
  load: ({ mineId, asAt }, signal) => listAgreement(mineId, asAt, signal),
  keeps: (before, after) => before.mineId === after.mineId,
});

export const agreementOfCell = computed(() => new Map((agreement.data.value ?? []).map(row => [row.cellId, row])));

/** Scenes that can be drawn, newest first. */
export const readyScenes = computed(() =>
  [...(scenes.data.value ?? [])]
    .filter(one => one.state === 'ready')
    .sort((a, b) => b.acquiredOn.localeCompare(a.acquiredOn)),
);

export const shownLegend = computed(() => legends.data.value?.find(legend => legend.code === scene.value?.index));
