import { t } from '../../i18n/t.ts';
import {
  insertVertexAfter,
  moveVertex,
  putRing,
  removeRing,
  removeVertex,
  type EditCommand,
} from '../../state/editing/edit-session.ts';
import type { EditRing } from '../../state/editing/rings.ts';
import { dispatch, newRingId, selectedRing, session } from '../../state/editing/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ScrollRegion } from '../../ui/tables/scroll-region.tsx';
import { Empty } from '../../ui/states.tsx';

/** Above this many corners a table of inputs is no help; the map and pasting are. */
const MAX_SHOWN = 300;

const run = (command: EditCommand): void => dispatch({ type: 'do', command });

/** The drawing as numbers: every corner can be typed, added and taken out without a pointer. */
export function CoordinateTable() {
  const { rings } = session.value;
  if (rings.length === 0) return <Empty>{t('edit.coordinates.empty')}</Empty>;
  const ring = rings.find(one => one.id === selectedRing.value) ?? (rings[0] as EditRing);
  return (
    <div class="stack">
      <div class="row row-wrap">
        <label class="visually-hidden" for="edit-ring">
          {t('edit.ring')}
        </label>
        <select
          id="edit-ring"
          class="input grow"
          value={ring.id}
          onChange={event => (selectedRing.value = event.currentTarget.value)}
        >
          {rings.map((one, index) => (
            <option key={one.id} value={one.id} selected={one.id === ring.id}>
              {t(`edit.ring.${one.role}`, { number: index + 1, corners: one.positions.length })}
            </option>
          ))}
        </select>
        <Button
          small
          onClick={() =>
            run({
              label: 'change-ring',
              put: [{ ...ring, role: ring.role === 'outer' ? 'hole' : 'outer' }],
              remove: [],
            })
          }
        >
          {t(ring.role === 'outer' ? 'edit.ring.makeHole' : 'edit.ring.makeOuter')}
        </Button>
        <IconButton icon="trash" label={t('edit.ring.remove')} onClick={() => run(removeRing(ring.id))} />
      </div>
      {ring.positions.length > MAX_SHOWN ? (
        <Empty>{t('edit.coordinates.many', { count: ring.positions.length })}</Empty>
      ) : (
        <Vertices ring={ring} />
      )}
    </div>
  );
}

function Vertices({ ring }: { readonly ring: EditRing }) {
  const change = (vertex: number, axis: 0 | 1, text: string): void => {
    const value = Number(text);
    const [lng, lat] = ring.positions[vertex] ?? [NaN, NaN];
    if (text.trim() === '' || !Number.isFinite(value)) return;
    run(moveVertex(ring, vertex, axis === 0 ? [value, lat] : [lng, value]));
  };
  const input = (vertex: number, axis: 0 | 1, value: number) => (
    <input
      class="input input-number"
      inputMode="decimal"
      aria-label={t(axis === 0 ? 'edit.vertex.lng' : 'edit.vertex.lat', { number: vertex + 1 })}
      value={String(value)}
      onChange={event => change(vertex, axis, event.currentTarget.value)}
    />
  );
  return (
    <ScrollRegion class="vertex-table" label={t('edit.coordinates')}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('edit.vertex')}</th>
            <th scope="col">{t('edit.lng')}</th>
            <th scope="col">{t('edit.lat')}</th>
            <th scope="col">
              <span class="visually-hidden">{t('edit.commands')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ring.positions.map(([lng, lat], vertex) => (
            <tr key={vertex}>
              <th scope="row">{vertex + 1}</th>
              <td>{input(vertex, 0, lng)}</td>
              <td>{input(vertex, 1, lat)}</td>
              <td class="row">
                <IconButton
                  icon="plus"
                  label={t('edit.vertex.add', { number: vertex + 1 })}
                  onClick={() => run(insertVertexAfter(ring, vertex))}
                />
                <IconButton
                  icon="minus"
                  label={t('edit.vertex.remove', { number: vertex + 1 })}
                  why={ring.positions.length <= 3 ? t('edit.vertex.last') : null}
                  onClick={() => run(removeVertex(ring, vertex))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** A first ring for somebody who draws by numbers: a small triangle to move into place. */
export function addTriangle(lng: number, lat: number): void {
  const size = 0.001;
  run(
    putRing(
      newRingId(),
      'outer',
      [
        [lng - size, lat - size],
        [lng + size, lat - size],
        [lng, lat + size],
      ],
      'add-part',
    ),
  );
}
