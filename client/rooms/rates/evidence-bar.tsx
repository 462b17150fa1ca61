import { EVIDENCE_GRADES } from '../../api/shapes/codes.ts';
import type { Restoration } from '../../api/shapes/land.ts';
import { formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { Section } from '../../ui/disclosure.tsx';

/** How much of the rate would stand if only land with at least this evidence counted. */
export function EvidenceBar({ restoration }: { readonly restoration: Restoration }) {
  // Where there is no rate there is nothing that could back it.
  if (EVIDENCE_GRADES.every(grade => (restoration.evidence[grade] ?? null) === null)) return null;
  return (
    <Section title={t('evidence.title')}>
      <p class="small muted">{t('evidence.about')}</p>
      <ol class="evidence">
        {EVIDENCE_GRADES.map(grade => {
          const share = restoration.evidence[grade];
          return (
            <li key={grade} class="evidence-row">
              <span class="tag">{grade}</span>
              <span class="evidence-name">{t(`evidence.${grade}`)}</span>
              <span class="evidence-track" aria-hidden="true">
                <span class="evidence-fill" style={{ width: `${Math.min(1, share ?? 0) * 100}%` }} />
              </span>
              <span class="num evidence-value">{formatPercent(share)}</span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
