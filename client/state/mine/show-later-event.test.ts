import { expect, it } from 'vitest';
import { ApiProblem } from '../../api/problem.ts';
import { focus } from '../selection.ts';
import { asAt } from '../time.ts';
import { cameraWish } from '../view.ts';
import { laterEventOf, showLaterEvent } from './show-later-event.ts';

it('leads from a refusal to the event of somebody else that stands in the way', () => {
  const params = { eventId: 466, effectiveOn: '2021-07-15', position: [112.33, 34.8] };
  const refusal = new ApiProblem({ code: 'breaks-later-event', params });
  expect(laterEventOf(refusal)).toBe(466);
  showLaterEvent(refusal);
  expect(focus.value).toEqual({ kind: 'event', id: 466 });
  expect(asAt.value).toBe('2021-07-15');
  const [west = 0, south = 0, east = 0, north = 0] = cameraWish.value?.box ?? [];
  expect([(west + east) / 2, (south + north) / 2]).toEqual([expect.closeTo(112.33, 9), expect.closeTo(34.8, 9)]);

  focus.value = null;
  const other = new ApiProblem({ code: 'stale-revision', params });
  expect(laterEventOf(other)).toBeUndefined();
  showLaterEvent(other);
  expect(focus.value).toBeNull();
});
