import type { ProtectionStatus } from '../../api/shapes/nature.ts';
import { hasText, t, tCode } from '../../i18n/t.ts';

/** The national lists first, then the Red List, then trade. */
const ORDER = ['CN_WILDLIFE_2021', 'CN_PLANT_2021', 'IUCN_RL', 'CITES'];
const rank = ({ list }: ProtectionStatus): number => ORDER.indexOf(list) + 1 || ORDER.length + 1;
const isNational = (list: string): boolean => list.startsWith('CN_');

/** What a level means on its list; the list is always named, because "level II" alone means nothing. */
function protectionText({ list, level }: ProtectionStatus): string {
  const key = `protection.CN.${level}`;
  if (isNational(list) && hasText(key)) return tCode('protection.CN', level);
  return `${list === 'IUCN_RL' ? 'IUCN' : list} ${level}`;
}

export function ProtectionMarks({ statuses }: { readonly statuses: readonly ProtectionStatus[] }) {
  return (
    <span class="marks">
      {[...statuses]
        .sort((a, b) => rank(a) - rank(b))
        .map(status => (
          <span
            key={`${status.list} ${status.level}`}
            class={`status${isNational(status.list) ? ' status-national' : ''}`}
            title={t('nature.listedIn', { list: tCode('protectionList', status.list) })}
          >
            {protectionText(status)}
          </span>
        ))}
    </span>
  );
}
