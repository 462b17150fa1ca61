import type { LandPreview } from '../../api/shapes/land.ts';
import { formatHa, formatMu, sentenceOf } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { StageName } from '../../ui/stage-mark.tsx';

/** The server's answer to "what would this do?" before anything is stored. */
export function PreviewCard({ preview }: { readonly preview: LandPreview }) {
  return (
    <section class="card" aria-label={t('edit.preview')}>
      <h2>{t('edit.preview')}</h2>
      {preview.insideBoundaryM2 !== null && (
        <p class="spread">
          <span class="muted">{t('edit.preview.inside')}</span>
          <span class="num">
            {formatHa(preview.insideBoundaryM2, 4)} · {formatMu(preview.insideBoundaryM2, 2)}
          </span>
        </p>
      )}
      {preview.outsideBoundaryM2 !== null && preview.outsideBoundaryM2 > 0 && (
        <p class="spread is-bad">
          <span>{t('edit.preview.outside')}</span>
          <span class="num">
            {formatHa(preview.outsideBoundaryM2, 4)} · {formatMu(preview.outsideBoundaryM2, 2)}
          </span>
        </p>
      )}
      {preview.byStage.length > 0 && (
        <>
          <h3>{t('edit.preview.covers')}</h3>
          <ul class="stack-tight">
            {preview.byStage.map(part => (
              <li key={part.stage} class="spread">
                <StageName stage={part.stage} />
                <span class="num">{formatHa(part.areaM2, 4)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {preview.issues.map(issue => (
        <p key={issue.code} class={`note note-${issue.severity === 'error' ? 'bad' : 'warn'}`}>
          {sentenceOf(issue.message)}
        </p>
      ))}
    </section>
  );
}
