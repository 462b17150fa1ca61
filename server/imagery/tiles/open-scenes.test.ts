import { expect, it } from 'vitest';
import type { OpenedScene, SceneSource } from '../rasters/open-scene.ts';
import { OpenScenes } from './open-scenes.ts';

const source = {} as SceneSource;

function counted() {
  const open = new Map<number, OpenedScene>();
  let count = 0;
  const scenes = new OpenScenes(() => {
    const number = ++count;
    const close = (): Promise<void> => Promise.resolve(void open.delete(number));
    const scene = { close } as OpenedScene;
    open.set(number, scene);
    return Promise.resolve(scene);
  }, 2);
  return { scenes, open };
}

it('keeps those open that were used last, and closes the others', async () => {
  const { scenes, open } = counted();
  for (const key of ['a', 'b', 'a', 'c', 'a']) await scenes.use(key, source, () => Promise.resolve());
  expect([...open.keys()]).toEqual([1, 3]);
});

it('closes none from which somebody draws, and each in the end', async () => {
  const { scenes, open } = counted();
  const ends: (() => void)[] = [];
  const drawing = ['a', 'b', 'c', 'd'].map(key =>
    scenes.use(key, source, () => new Promise<void>(resolve => ends.push(resolve))),
  );
  await expect.poll(() => ends.length).toBe(4);
  expect(open.size).toBe(4);
  for (const end of ends) end();
  await Promise.all(drawing);
  expect([...open.keys()]).toEqual([3, 4]);
});

it('opens anew what could not be opened', async () => {
  let tries = 0;
  const scenes = new OpenScenes(() => {
    tries++;
    return tries === 1 ? Promise.reject(new Error('gone')) : Promise.resolve({} as OpenedScene);
  }, 2);
  await expect(scenes.use('a', source, () => Promise.resolve(1))).rejects.toThrow('gone');
  expect(await scenes.use('a', source, () => Promise.resolve(2))).toBe(2);
});
