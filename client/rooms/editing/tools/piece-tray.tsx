import { formatHa, formatMu } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { session } from '../../../state/editing/store.ts';
import { dropPiece, mergePiece, takePiece } from '../../../state/editing/tools/commands.ts';
import { Button, IconButton } from '../../../ui/button.tsx';

/** What a split has set aside. */
export function PieceTray() {
  const { tray, rings } = session.value;
  if (tray.length === 0) return null;
  return (
    <section class="card card-tight stack-tight tray-card" aria-label={t('edit.tray')}>
      <h2>{t('edit.tray')}</h2>
      <p class="small muted">{t('edit.tray.about')}</p>
      <ol class="tray">
        {tray.map((piece, index) => (
          <li key={piece.id}>
            <span class="grow">
              {t('edit.tray.piece', { number: index + 1 })}
              <span class="num small muted tray-area">
                {formatHa(piece.areaM2, 4)} · {formatMu(piece.areaM2, 2)}
              </span>
            </span>
            <Button small onClick={() => takePiece(piece.id)}>
              {t('edit.tray.take')}
            </Button>
            <Button
              small
              kind="quiet"
              why={rings.length === 0 ? t('edit.why.empty') : null}
              onClick={() => mergePiece(piece.id)}
            >
              {t('edit.tray.merge')}
            </Button>
            <IconButton
              icon="trash"
              label={t('edit.tray.drop', { number: index + 1 })}
              onClick={() => dropPiece(piece.id)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}
