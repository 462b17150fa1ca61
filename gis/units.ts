/** Area units that people read. Stored and exchanged numbers are always m². */

/** 1 ha = 10 000 m² = 1 万平方米. */
export const M2_PER_HA = 10_000;
/** 1 ha = 15 亩, exactly. */
export const MU_PER_HA = 15;
/** 1 亩 = 666.666… m². */
export const M2_PER_MU = M2_PER_HA / MU_PER_HA;
export const M2_PER_KM2 = 1_000_000;
/** International acre, m², exactly. */
export const M2_PER_ACRE = 4046.8564224;

export const haFromM2 = (areaM2: number): number => areaM2 / M2_PER_HA;
export const m2FromHa = (areaHa: number): number => areaHa * M2_PER_HA;
export const muFromM2 = (areaM2: number): number => (areaM2 * MU_PER_HA) / M2_PER_HA;
export const m2FromMu = (areaMu: number): number => (areaMu * M2_PER_HA) / MU_PER_HA;
export const km2FromM2 = (areaM2: number): number => areaM2 / M2_PER_KM2;
export const acresFromM2 = (areaM2: number): number => areaM2 / M2_PER_ACRE;
