import { beforeEach, describe, expect, it, vi } from 'vitest';
import { cameraWish } from '../../view.ts';
import { putRing } from '../edit-session.ts';
import { dispatch, startEditing, stopEditing } from '../store.ts';
import { strokeUnderWay } from '../tools/stroke.ts';
import { closeLiveFile, openLiveFile, showLiveFile } from './live.ts';

const box = [112, 35, 112.1, 35.1] as const;
vi.mock('./ask-worker.ts', async actual => ({
  ...(await actual()),
  endWorker: () => undefined,
  askWorker: ({ kind }: { readonly kind: string }) =>
    Promise.resolve(kind === 'open' ? { name: 'a.tif', box, bands: [{ name: '', scale: 1, offset: 0 }] } : null),
}));

const open = async (): Promise<unknown> => {
  const before = cameraWish.value;
  await openLiveFile(new File([], 'a.tif'));
  return cameraWish.value === before ? 'stays' : cameraWish.value?.box;
};

describe('opening a raster of one’s own', () => {
  beforeEach(() => {
    closeLiveFile();
    stopEditing();
    strokeUnderWay.value = null;
  });

  it('goes there while nothing is drawn', async () => {
    expect(await open()).toEqual(box);
    startEditing(1, 3);
    expect(await open()).toEqual(box);
  });

  it('stays with what is drawn, or is being drawn, and goes there when asked', async () => {
    startEditing(1, 3);
    strokeUnderWay.value = { canFinish: false, canGoBack: true };
    expect(await open()).toBe('stays');
    strokeUnderWay.value = null;
    const ring = [
      [112, 36],
      [112.01, 36],
      [112, 36.01],
    ] as const;
    dispatch({ type: 'do', command: putRing('a', 'outer', ring, 'add-part') });
    expect(await open()).toBe('stays');
    showLiveFile();
    expect(cameraWish.value?.box).toEqual(box);
  });
});
