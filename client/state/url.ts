import { batch, effect } from '@preact/signals';
import { BASES, GROUPINGS, SCOPES, type Scope } from '../api/shapes/codes.ts';
import { LOCALES, locale } from '../i18n/locale.ts';
import { rememberedLocale, rememberLocale } from '../i18n/remembered-locale.ts';
import { isIsoDate } from './calendar.ts';
import { basis, groupBy, MINE_TABS, mineId, scope, selectMine, tab } from './selection.ts';
import { asAt, reachBack, setAsAt } from './time.ts';
import { camera, LAYERS, layers, scene, viewMode, type Camera, type LayerId, type ShownScene } from './view.ts';

/** Everything that a link restores. */
export interface Place {
  readonly mineId: number | null;
  readonly asAt: string | null;
  readonly basis: string;
  readonly scope: readonly string[];
  readonly groupBy: string;
  readonly tab: string;
  readonly view: string;
  readonly layers: readonly string[] | null;
  readonly scene: ShownScene | null;
  readonly camera: Camera | null;
  readonly locale: string | null;
}

/** A link's query as a place. Unknown names and impossible values are passed over, never an error. */
export function readPlace(search: string): Place {
  const query = new URLSearchParams(search);
  const mine = Number(query.get('mine'));
  return {
    mineId: Number.isSafeInteger(mine) && mine > 0 ? mine : null,
    asAt: isIsoDate(query.get('at')) ? query.get('at') : null,
    basis: query.get('basis') ?? 'A',
    scope: list(query.get('scope')),
    groupBy: query.get('group') ?? 'mine',
    tab: query.get('tab') ?? 'land',
    view: query.get('view') ?? 'map',
    layers: query.has('layers') ? list(query.get('layers')) : null,
    scene: readScene(query.get('scene')),
    camera: readCamera(query.get('map')),
    locale: query.get('lang'),
  };
}

/** The shortest query that restores a place: what has its default value is left out. */
export function writePlace(place: Place): string {
  const query = new URLSearchParams();
  if (place.mineId !== null) query.set('mine', String(place.mineId));
  if (place.asAt !== null) query.set('at', place.asAt);
  if (place.basis !== 'A') query.set('basis', place.basis);
  if (place.scope.length > 0) query.set('scope', place.scope.join(','));
  if (place.groupBy !== 'mine') query.set('group', place.groupBy);
  if (place.tab !== 'land') query.set('tab', place.tab);
  if (place.view !== 'map') query.set('view', place.view);
  if (place.layers !== null) query.set('layers', place.layers.join(','));
  if (place.scene !== null) query.set('scene', `${place.scene.id}.${place.scene.index}`);
  if (place.camera !== null) {
    const { lng, lat, zoom } = place.camera;
    query.set('map', `${zoom.toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`);
  }
  if (place.locale !== null) query.set('lang', place.locale);
  return query.toString().replaceAll('%2C', ',').replaceAll('%2F', '/');
}

const list = (text: string | null): readonly string[] => (text ?? '').split(',').filter(part => part !== '');

function readScene(text: string | null): ShownScene | null {
  const match = /^(\d+)\.([a-z0-9]+)$/.exec(text ?? '');
  return match === null ? null : { id: Number(match[1]), index: match[2] as string };
}

function readCamera(text: string | null): Camera | null {
  const [zoom, lat, lng] = (text ?? '').split('/').map(Number);
  if (zoom === undefined || lat === undefined || lng === undefined) return null;
  const possible = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
  return possible ? { lng, lat, zoom } : null;
}

const oneOf = <T extends string>(all: readonly T[], value: string, otherwise: T): T =>
  all.find(one => one === value) ?? otherwise;

function apply(place: Place): void {
  batch(() => {
    selectMine(place.mineId);
    if (place.asAt !== null) {
      reachBack(place.asAt);
      setAsAt(place.asAt);
    }
    basis.value = oneOf(BASES, place.basis, 'A');
    scope.value = place.scope.filter((one): one is Scope => (SCOPES as readonly string[]).includes(one));
    groupBy.value = oneOf(GROUPINGS, place.groupBy, 'mine');
    tab.value = oneOf(MINE_TABS, place.tab, 'land');
    viewMode.value = oneOf(['map', 'list'], place.view, 'map');
    layers.value = new Set(place.layers === null ? LAYERS : LAYERS.filter(one => place.layers?.includes(one)));
    scene.value = place.scene;
    camera.value = place.camera;
    locale.value = oneOf(LOCALES, place.locale ?? preferredLocale(), 'zh-CN');
  });
}

function preferredLocale(): string {
  return rememberedLocale() ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
}

function currentPlace(defaultAsAt: string): Place {
  const all = layers.value.size === LAYERS.length;
  return {
    mineId: mineId.value,
    asAt: asAt.value === defaultAsAt ? null : asAt.value,
    basis: basis.value,
    scope: scope.value,
    groupBy: groupBy.value,
    tab: tab.value,
    view: viewMode.value,
    layers: all ? null : LAYERS.filter((one: LayerId) => layers.value.has(one)),
    scene: scene.value,
    camera: camera.value,
    locale: null,
  };
}

/** A link that shows somebody else exactly this: date and language are written out, whatever their defaults. */
export function permalink(): string {
  const query = writePlace({ ...currentPlace(''), locale: locale.value });
  return `${location.origin}${location.pathname}?${query}`;
}

export const readUrl = (): void => apply(readPlace(location.search));

/** Keeps the address in step. Opening a mine or a list makes a step in the history; a moved map or date does not. */
export function followUrl(defaultAsAt: string): void {
  let lastStep = `${mineId.peek()} ${viewMode.peek()}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const query = writePlace({
      ...currentPlace(defaultAsAt),
      locale: new URLSearchParams(location.search).get('lang') === null ? null : locale.value,
    });
    const step = `${mineId.value} ${viewMode.value}`;
    const url = query === '' ? location.pathname : `?${query}`;
    clearTimeout(timer);
    if (step !== lastStep) {
      lastStep = step;
      history.pushState(null, '', url);
    } else {
      timer = setTimeout(() => history.replaceState(null, '', url), 250);
    }
  });
  effect(() => rememberLocale(locale.value));
  addEventListener('popstate', () => {
    const place = readPlace(location.search);
    lastStep = `${place.mineId} ${place.view}`;
    apply({ ...place, locale: place.locale ?? locale.peek() });
  });
}
