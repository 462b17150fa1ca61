import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { fromDayNumber, toDayNumber, yearOf } from '../../state/calendar.ts';
import {
  asAt,
  eventDates,
  firstDay,
  lastDay,
  playing,
  setAsAt,
  stepTime,
  togglePlaying,
  yearEnds,
} from '../../state/time.ts';
import { IconButton } from '../../ui/button.tsx';

/** Labels of years that would touch are left out: about ten fit. */
const labelEvery = (years: number): number => Math.ceil(years / 11);

/**
 * One date for map and rates alike. Dragging moves by days; arrow keys and the buttons stop at year ends and at the days
 * on which something happened, which are marked on the track.
 */
export function TimeSlider() {
  const first = toDayNumber(firstDay.value);
  const last = toDayNumber(lastDay.value);
  const share = (date: string): string => `${(((toDayNumber(date) - first) / (last - first)) * 100).toFixed(3)}%`;
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key] as 1 | -1 | undefined;
    if (direction !== undefined) {
      event.preventDefault();
      stepTime(direction);
    } else if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      stepTime(event.key === 'PageUp' ? 1 : -1, yearEnds.value);
    }
  };
  return (
    <section class="time" aria-label={t('time.title')}>
      <div class="time-buttons">
        <IconButton icon="back" label={t('time.previous')} onClick={() => stepTime(-1)} />
        <IconButton
          icon={playing.value ? 'pause' : 'play'}
          label={t(playing.value ? 'time.pause' : 'time.play')}
          onClick={togglePlaying}
        />
        <IconButton icon="forward" label={t('time.next')} onClick={() => stepTime(1)} />
      </div>
      <div class="time-date">
        <span aria-hidden="true">{formatDate(asAt.value)}</span>
        <input
          aria-label={t('time.pick')}
          class="time-input"
          type="date"
          value={asAt.value}
          min={firstDay.value}
          max={lastDay.value}
          onChange={event => event.currentTarget.value !== '' && setAsAt(event.currentTarget.value)}
        />
      </div>
      <div class="time-track" style={{ '--share': share(asAt.value) }}>
        <div class="time-marks" aria-hidden="true">
          {eventDates.value.map(date => (
            <span key={date} class="time-event" style={{ left: share(date) }} />
          ))}
          {yearEnds.value.map((date, index, ends) => (
            <span key={date} class="time-year" style={{ left: share(date) }}>
              <YearLabel year={yearOf(date)} fromLast={ends.length - 1 - index} every={labelEvery(ends.length)} />
            </span>
          ))}
        </div>
        <input
          type="range"
          class="time-range"
          min={first}
          max={last}
          step={1}
          value={toDayNumber(asAt.value)}
          aria-label={t('time.date')}
          aria-valuetext={formatDate(asAt.value)}
          onKeyDown={onKeyDown}
          onInput={event => {
            playing.value = false;
            setAsAt(fromDayNumber(Number(event.currentTarget.value)));
          }}
        />
      </div>
    </section>
  );
}

/** Every other label is minor: left out where the track is short. */
function YearLabel({
  year,
  fromLast,
  every,
}: {
  readonly year: number;
  readonly fromLast: number;
  readonly every: number;
}) {
  if (fromLast % every !== 0) return null;
  return <span class={fromLast % (every * 3) === 0 ? undefined : 'is-minor'}>{year}</span>;
}
