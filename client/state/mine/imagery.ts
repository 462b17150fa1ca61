import { computed } from '@preact/signals';
import { getVegetation, listIndexLegends, listScenes } from '../../api/imagery.ts';
import { account, dataVersion } from '../access/session.ts';
import { resource } from '../resource.ts';
import { mineId } from '../selection.ts';
import { scene } from '../view.ts';

const viewer = (): string => `${account.value?.id ?? 'public'}.${dataVersion.value}`;

export const scenes = resource({
  key: () => (mineId.value === null ? null : { mineId: mineId.value, viewer: viewer() }),
  load: ({ mineId }, signal) => listScenes(mineId, signal),
  keeps: (before, after) => before.mineId === after.mineId,
});

export const legends = resource({ key: () => 'all', load: (_key, signal) => listIndexLegends(signal) });

export const vegetation = resource({
  key: () => (mineId.value === null ? null : { mineId: mineId.value, viewer: viewer() }),
  load: ({ mineId }, signal) => getVegetation(mineId, 'ndvi', signal),
  keeps: (before, after) => before.mineId === after.mineId,
});

/** Scenes that can be drawn, newest first. */
export const readyScenes = computed(() =>
  [...(scenes.data.value ?? [])]
    .filter(one => one.state === 'ready')
    .sort((a, b) => b.acquiredOn.localeCompare(a.acquiredOn)),
);

export const shownLegend = computed(() => legends.data.value?.find(legend => legend.code === scene.value?.index));
