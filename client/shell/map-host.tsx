import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/t.ts';
import { mapProblem } from '../state/view.ts';

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
      {(failed || mapProblem.value !== null) && <p class="map-fault">{t('map.fault')}</p>}
    </>
  );
}
