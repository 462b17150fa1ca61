import type { Box } from '../../../gis/types.ts';
import type { FacilityAnswer } from '../../../server/facilities/facilities.contract.ts';
import type { BoundaryAnswer } from '../../../server/mines/boundaries.contract.ts';
import type { MineAnswer, MineItem } from '../../../server/mines/mines.contract.ts';
import type { OrganisationAnswer } from '../../../server/organisations/organisations.contract.ts';
import type { Drawn } from './geometry.ts';

export type Organisation = Readonly<OrganisationAnswer>;
/** `bbox` and `areaM2` are those of the licence in force; null while none is. */
export type MineSummary = Readonly<Omit<MineItem, 'bbox'>> & { readonly bbox: Box | null };
export type Mine = Drawn<Omit<MineAnswer, 'bbox'>> & { readonly bbox: Box | null };
export type Boundary = Drawn<BoundaryAnswer>;
export type Facility = Drawn<FacilityAnswer>;
