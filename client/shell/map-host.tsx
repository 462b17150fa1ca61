import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/t.ts';
import { formatDate } from '../i18n/format.ts';
import { baseMapFault, mapBehind, mapProblem } from '../state/view.ts';
import { Icon } from '../ui/icon.tsx';

/** The place where the map lives. Its code comes after the first paint: it is larger than everything else together. */
export function MapHost() {
  const place = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let unmount: (() => void) | undefined;
    let gone = false;
    import('../map/controller.ts').then(
      ({ mountMap }) => {
        if (!gone && place.current !== null) unmount = mountMap(place.current);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      unmount?.();
    };
  }, []);
  return (
    <>
      <div ref={place} class="map" />
      <output class="map-note">
        {mapBehind.value !== null && (
          <>
            <Icon name="warn" size={15} /> {t('map.behind', { date: formatDate(mapBehind.value) })}
          </>
        )}
        {mapBehind.value === null && baseMapFault.value !== null && (
          <>
            <Icon name="info" size={15} /> {t('map.baseFault', baseMapFault.value)}
          </>
        )}
      </output>
      {(failed || mapProblem.value !== null) && <p class="map-fault">{t('map.fault')}</p>}
    </>
  );
}
