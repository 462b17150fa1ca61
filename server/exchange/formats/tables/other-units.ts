import { haFromM2, M2_PER_HA, muFromM2, MU_PER_HA } from '../../../../gis/units.ts';
import { STYLE, type Cell } from './sheet-cells.ts';

/** An area in hectares and in mu, each a formula over the cell that has it in m². */
export const inOtherUnits = (at: string, areaM2: number): readonly Cell[] => [
  { formula: `${at}/${M2_PER_HA}`, value: haFromM2(areaM2), style: STYLE.area },
  { formula: `${at}*${MU_PER_HA}/${M2_PER_HA}`, value: muFromM2(areaM2), style: STYLE.area },
];
