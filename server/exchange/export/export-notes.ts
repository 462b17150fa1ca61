import { DEFINITION_VERSION } from '../../../gis/ledger/definitions.ts';
import type { Wording } from '../../../gis/ledger/vocabulary.ts';
import { placeScopeOf } from '../../biodiversity/policy.ts';
import type { MineItem } from '../../mines/mines.contract.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { ExportNotes } from '../formats/export-layer.ts';
import type { ExportQuery } from './export.contract.ts';

const LICENCE: Wording = {
  zh: '数据单位未声明许可，再利用前请征得其同意。',
  en: 'The holder of these data has stated no licence; ask before reuse.',
};
const SEVERAL: Wording = { zh: '多家单位', en: 'Several organisations' };

/** What a file says about itself. */
export function exportNotes(
  viewer: Viewer,
  query: ExportQuery,
  mines: readonly MineItem[],
  asAt: string,
  day: string,
): ExportNotes {
  return {
    query: queryText(query),
    asAt,
    day,
    role: viewer.role,
    owner: ownerOf(mines),
    precision: precisionOf(viewer, query),
    licence: LICENCE,
    definitionVersion: DEFINITION_VERSION,
  };
}

function queryText(query: ExportQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}

function ownerOf(mines: readonly MineItem[]): Wording {
  const [first] = mines;
  if (first === undefined) return { zh: '', en: '' };
  const isOne = mines.every(mine => mine.organisationCode === first.organisationCode);
  return isOne ? { zh: first.organisationNameZh, en: first.organisationNameEn } : SEVERAL;
}

function precisionOf(viewer: Viewer, { what }: ExportQuery): Wording {
  if (what !== 'habitats' && what !== 'occurrences') {
    return {
      zh: '边界为台账原值；面积按椭球面计算。',
      en: 'Outlines as the ledger holds them; areas on the ellipsoid.',
    };
  }
  return placeScopeOf(viewer).store === 'public'
    ? {
        zh: '仅含可公开的地点，位置为记录原值；敏感物种的地点不在本文件内。',
        en: 'Open places only, as recorded; places of sensitive species are not in this file.',
      }
    : {
        zh: '含该角色有权读取的敏感地点，位置为记录原值，请勿转发；其余敏感地点不在本文件内。',
        en: 'Holds the sensitive places that the role may read, as recorded: do not pass on. Other sensitive places are not in this file.',
      };
}
