import { STAGE_CODES, STAGES } from '../../../gis/ledger/stages.ts';
import {
  BASIS_OF_RECORD_TERMS,
  HABITAT_TERMS,
  HABITAT_USE_TERMS,
  SENSITIVITY_TERMS,
  SURVEY_TYPE_TERMS,
} from '../../biodiversity/reference/vocabulary.ts';
import {
  CONSEQUENCE_TERMS,
  DISCHARGE_TERMS,
  FACILITY_STATUS_TERMS,
  FACILITY_TYPE_TERMS,
  GRADE_TERMS,
  RAISE_METHOD_TERMS,
  RESIDUE_PROCESS_TERMS,
  TAILINGS_STATUS_TERMS,
  TAILINGS_TYPE_TERMS,
} from '../../facilities/reference/vocabulary.ts';
import {
  BOUNDARY_TERMS,
  METHOD_TERMS,
  MINERAL_TERMS,
  PROVINCE_TERMS,
  STATUS_TERMS,
  type Term,
} from '../../mines/reference/vocabulary.ts';
import { BASIS_NAMES, DAMAGE_NAMES, EVIDENCE_NAMES, REASON_NAMES, SCOPE_NAMES } from './ledger-terms.ts';

const named = (names: Readonly<Record<string, { nameZh: string; nameEn: string }>>): Term[] =>
  Object.entries(names).map(([code, name]) => ({ code, ...name }));

/** Every code list of the product with its names in both languages, in the order in which people expect them. */
export const VOCABULARIES = {
  landStages: STAGE_CODES.map(code => {
    const { nameZh, nameEn } = STAGES[code];
    return { code, nameZh, nameEn };
  }),
  bases: named(BASIS_NAMES),
  scopes: named(SCOPE_NAMES),
  evidenceGrades: named(EVIDENCE_NAMES),
  reasons: named(REASON_NAMES),
  damageTypes: named(DAMAGE_NAMES),
  boundaryKinds: BOUNDARY_TERMS,
  provinces: PROVINCE_TERMS,
  minerals: MINERAL_TERMS,
  methods: METHOD_TERMS,
  mineStatuses: STATUS_TERMS,
  facilityTypes: FACILITY_TYPE_TERMS,
  facilityStatuses: FACILITY_STATUS_TERMS,
  tailingsStatuses: TAILINGS_STATUS_TERMS,
  tailingsTypes: TAILINGS_TYPE_TERMS,
  consequences: CONSEQUENCE_TERMS,
  raiseMethods: RAISE_METHOD_TERMS,
  discharges: DISCHARGE_TERMS,
  grades: GRADE_TERMS,
  residueProcesses: RESIDUE_PROCESS_TERMS,
  habitatCodes: HABITAT_TERMS,
  habitatUses: HABITAT_USE_TERMS,
  sensitivities: SENSITIVITY_TERMS,
  basesOfRecord: BASIS_OF_RECORD_TERMS,
  surveyTypes: SURVEY_TYPE_TERMS,
} as const satisfies Record<string, readonly Term[]>;
