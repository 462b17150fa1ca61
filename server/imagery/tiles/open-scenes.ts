import type { OpenedScene, SceneSource } from '../rasters/open-scene.ts';

interface Held {
  readonly opened: Promise<OpenedScene>;
  users: number;
  isOut: boolean;
}

/** Scenes kept open by key, those that were used last; one that has to go is closed as soon as nobody draws from it. */
export class OpenScenes {
  private readonly held = new Map<string, Held>();
  private readonly open: (source: SceneSource) => Promise<OpenedScene>;
  private readonly most: number;

  constructor(open: (source: SceneSource) => Promise<OpenedScene>, most: number) {
    this.open = open;
    this.most = most;
  }

  /** Throws what opening or the work throws. */
  async use<T>(key: string, source: SceneSource, work: (scene: OpenedScene) => Promise<T>): Promise<T> {
    const one = this.take(key, source);
    one.users++;
    try {
      return await work(await one.opened);
    } finally {
      one.users--;
      await closeUnused(one);
    }
  }

  private take(key: string, source: SceneSource): Held {
    const known = this.held.get(key);
    const one = known ?? { opened: this.open(source), users: 0, isOut: false };
    this.held.delete(key);
    this.held.set(key, one);
    // What could not be opened is tried anew by the next who asks.
    if (known === undefined) one.opened.catch(() => this.held.delete(key));
    for (const [oldKey, oldest] of this.held) {
      if (this.held.size <= this.most) break;
      this.held.delete(oldKey);
      oldest.isOut = true;
      void closeUnused(oldest);
    }
    return one;
  }
}

async function closeUnused({ opened, users, isOut }: Held): Promise<void> {
  if (!isOut || users > 0) return;
  // One that could not be opened has nothing to close, and a file that was only read loses nothing.
  await opened.then(scene => scene.close()).catch(() => undefined);
}
