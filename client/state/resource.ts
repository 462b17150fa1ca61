import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { toProblem, type ApiProblem } from '../api/problem.ts';

/** What is known of something that the server holds. `previous` keeps the last answer on screen while the next one loads. */
export type Loaded<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly previous?: T | undefined }
  | { readonly status: 'ready'; readonly data: T }
  | { readonly status: 'error'; readonly problem: ApiProblem; readonly previous?: T | undefined };

export interface Resource<T> {
  readonly state: Signal<Loaded<T>>;
  /** The newest answer at hand, also while the next one is on its way. */
  readonly data: ReadonlySignal<T | undefined>;
  reload(): void;
}

export interface ResourceSpec<K, T> {
  /** What to load; null = nothing (yet). Read in an effect, so signals in it are followed. */
  readonly key: () => K | null;
  readonly load: (key: K, signal: AbortSignal) => Promise<T>;
  /** Whether the old answer may stay on screen while the new key loads: another date of the same mine may, another mine may not. */
  readonly keeps?: (before: K, after: K) => boolean;
}

const starters: (() => void)[] = [];

/** Begins to follow every resource. Called once at start; modules and tests that only read signals never call it. */
export function startResources(): void {
  for (const start of starters.splice(0)) start();
}

/** An answer of the server that follows its key. A late answer to an old key is dropped. */
export function resource<K, T>(spec: ResourceSpec<K, T>): Resource<T> {
  const state = signal<Loaded<T>>({ status: 'idle' });
  const generation = signal(0);
  let lastKey: K | null = null;
  let running: AbortController | undefined;
  let loadedGeneration = -1;

  const follow = (): void => {
    const key = spec.key();
    const wanted = generation.value;
    if (
      key !== null &&
      lastKey !== null &&
      wanted === loadedGeneration &&
      JSON.stringify(key) === JSON.stringify(lastKey)
    )
      return;
    loadedGeneration = wanted;
    running?.abort();
    const keeps =
      key !== null &&
      lastKey !== null &&
      (spec.keeps?.(lastKey, key) ?? JSON.stringify(key) === JSON.stringify(lastKey));
    const previous = keeps ? newest(state.peek()) : undefined;
    lastKey = key;
    if (key === null) {
      state.value = { status: 'idle' };
      return;
    }
    state.value = { status: 'loading', previous };
    const controller = new AbortController();
    running = controller;
    spec.load(key, controller.signal).then(
      data => {
        if (!controller.signal.aborted) state.value = { status: 'ready', data };
      },
      (error: unknown) => {
        if (!controller.signal.aborted) state.value = { status: 'error', problem: toProblem(error), previous };
      },
    );
  };
  starters.push(() => void effect(follow));
  return {
    state,
    data: computed(() => newest(state.value)),
    reload: () => void generation.value++,
  };
}

function newest<T>(loaded: Loaded<T>): T | undefined {
  if (loaded.status === 'ready') return loaded.data;
  return loaded.status === 'idle' ? undefined : loaded.previous;
}
