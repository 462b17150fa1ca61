import { problemOfRaster } from './problem-of-raster.ts';
import { t } from '../../../i18n/t.ts';
import { closeLiveFile, liveRaster, openLiveFile, showLiveFile } from '../../../state/editing/live/live.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';

/** Opens a raster that stays in the browser: by choosing it here, or by dropping it on the map. */
export function LiveFile() {
  const raster = liveRaster.value;
  return (
    <div class="stack-tight" aria-live="polite">
      {raster.step === 'none' && <p class="small muted">{t('live.about')}</p>}
      {raster.step === 'opening' && <p class="small muted">{t('live.opening', { name: raster.name })}</p>}
      {raster.step === 'open' && (
        <p class="small">
          <strong>{raster.info.name}</strong>
          <br />
          <span class="muted">
            {t('live.file', {
              width: raster.info.width,
              height: raster.info.height,
              bands: raster.info.bands.length,
              crs: raster.info.crs,
            })}
          </span>
        </p>
      )}
      {raster.step === 'failed' && (
        <div class="note note-bad" role="alert">
          <Icon name="warn" />
          <p class="grow">
            {t('live.fault', { name: raster.name })} {problemOfRaster(raster.fault)}
          </p>
        </div>
      )}
      <label class="drop">
        <Icon name="image" />
        <span>{t(raster.step === 'none' ? 'live.choose' : 'live.other')}</span>
        <input
          type="file"
          class="visually-hidden"
          accept=".tif,.tiff,image/tiff"
          onChange={event => {
            const file = event.currentTarget.files?.[0];
            // The same file may be chosen again after it was put away.
            event.currentTarget.value = '';
            if (file !== undefined) void openLiveFile(file);
          }}
        />
      </label>
      {raster.step !== 'none' && (
        <div class="row row-wrap">
          {raster.step === 'open' && (
            <Button small icon="image" onClick={showLiveFile}>
              {t('live.go')}
            </Button>
          )}
          <Button small icon="close" onClick={closeLiveFile}>
            {t('live.close')}
          </Button>
        </div>
      )}
    </div>
  );
}
