import type { LandFinding } from '../../api/shapes/land.ts';
import { t } from '../../i18n/t.ts';
import { Icon } from '../../ui/icon.tsx';

/** How grave a finding is: a sign, a colour and a word, so that none of them carries it alone. */
export function SeverityMark({ severity }: { readonly severity: LandFinding['severity'] }) {
  return (
    <span class={`severity severity-${severity}`}>
      <Icon name={severity === 'info' ? 'info' : 'warn'} size={15} />
      {t(`finding.severity.${severity}`)}
    </span>
  );
}
