import type { HabitatAnswer } from '../../../server/biodiversity/habitats/habitats.contract.ts';
import type { OccurrenceAnswer } from '../../../server/biodiversity/occurrences/occurrences.contract.ts';
import type { TaxonBrief, TaxonStatus } from '../../../server/biodiversity/taxa/taxa.contract.ts';
import type { Drawn } from './geometry.ts';

export type ProtectionStatus = Readonly<TaxonStatus>;
export type TaxonRef = Readonly<TaxonBrief>;
export type Habitat = Drawn<HabitatAnswer>;
export type Occurrence = Readonly<OccurrenceAnswer>;
