import type { SatelliteAgreement } from '../../api/shapes/imagery.ts';
import { t } from '../../i18n/t.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';

export const AGREEMENT_ICONS: Readonly<Record<SatelliteAgreement['status'], IconName>> = {
  agrees: 'check',
  disagrees: 'warn',
  'insufficient-data': 'info',
};

/** What the satellite says of one cell, as a sign with its words for who cannot see it; nothing where it was not judged. */
export function AgreementMark({ row }: { readonly row: SatelliteAgreement | undefined }) {
  if (row === undefined) return null;
  const words = `${t('land.satellite')}: ${t(`agreement.${row.status}`)}`;
  return (
    <span class={`agreement-mark agreement-${row.status}`} title={words}>
      <Icon name={AGREEMENT_ICONS[row.status]} size={16} />
      <span class="visually-hidden">{words}</span>
    </span>
  );
}
