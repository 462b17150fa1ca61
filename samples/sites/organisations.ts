import type { SampleOrganisation } from '../model.ts';

/** The invented group with its companies, and the authority that oversees them. Parents come before their children. */
export const SAMPLE_ORGANISATIONS: readonly SampleOrganisation[] = [
  { code: 'SMG', nameZh: '示例金属集团', nameEn: 'Sample Metals Group', parentCode: null, kind: 'group' },
  { code: 'SMG-AL', nameZh: '示例铝业公司', nameEn: 'Sample Bauxite Company', parentCode: 'SMG', kind: 'company' },
  { code: 'SMG-CU', nameZh: '示例铜业公司', nameEn: 'Sample Copper Company', parentCode: 'SMG', kind: 'company' },
  { code: 'SMG-PZ', nameZh: '示例铅锌公司', nameEn: 'Sample Lead-Zinc Company', parentCode: 'SMG', kind: 'company' },
  {
    code: 'SAMPLE-REG',
    nameZh: '示例矿山生态监管局',
    nameEn: 'Sample Mine Ecology Authority',
    parentCode: null,
    kind: 'regulator',
  },
];

/** The organisation of each demo account; `admin` belongs to none. */
export const DEMO_ACCOUNT_ORGANISATIONS: Readonly<Record<string, string | null>> = {
  manager: 'SMG-AL',
  ecologist: 'SMG',
  steward: 'SMG',
  group: 'SMG',
  regulator: 'SAMPLE-REG',
  admin: null,
};
