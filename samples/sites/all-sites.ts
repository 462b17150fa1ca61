import { guangxiLeadZinc } from './guangxi-lead-zinc.ts';
import { guizhouKarst } from './guizhou-karst.ts';
import { henanBauxite } from './henan-bauxite.ts';
import { henanTailings } from './henan-tailings.ts';
import { jiangxiDump } from './jiangxi-dump.ts';
import { qinghaiPlateau } from './qinghai-plateau.ts';
import { shandongRedMud } from './shandong-red-mud.ts';
import type { SiteSpec } from './site-spec.ts';
import { yunnanCopper } from './yunnan-copper.ts';

export const ALL_SITES: readonly SiteSpec[] = [
  henanBauxite,
  yunnanCopper,
  jiangxiDump,
  guangxiLeadZinc,
  shandongRedMud,
  qinghaiPlateau,
  guizhouKarst,
  henanTailings,
];
